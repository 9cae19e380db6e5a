//! An organization that people have confirmed under this name or acronym in an earlier report.
//!
//! It reads after the other rules that find bodies: what a text defines itself, or names in full, goes before what is known.

use std::collections::BTreeMap;

use vocab::OrganizationKind;

use super::{Example, Rule};
use crate::{
    document::Document,
    draft::{By, Draft, Organization, Tokens, Who},
    known::{self, Organization as Known},
    pack::Class,
};

/// An organization that people have confirmed under this name. Its example leans on names that are invented in
/// [`crate::known`].
pub const RULE: Rule = Rule {
    name: "organization-confirmed",
    example: Example {
        text: "Omar Tall, Minister of Culture of Mali, met Rana Aziz, Director of Dune Link, in Bamako. DLK offered to train librarians.",
        reads: &["organization ngo: Dune Link (DLK)"],
    },
    apply,
};

const BY: By = By { rule: RULE.name, confidence: 0.9 };

/// Kinds of body that go by the same name in many states.
const OF_EVERY_STATE: [OrganizationKind; 5] = [
    OrganizationKind::Ministry,
    OrganizationKind::Embassy,
    OrganizationKind::NationalCommission,
    OrganizationKind::Government,
    OrganizationKind::Unit,
];

fn apply(draft: &mut Draft<'_, '_>) {
    let known = &draft.known.organizations;
    if known.is_empty() {
        return;
    }
    let document = draft.document;
    let names = known.iter().enumerate().flat_map(|(index, body)| body.spellings().map(move |name| (index, name)));
    let hits: Vec<(Tokens, usize)> = known::hits(document, names)
        .into_iter()
        .filter_map(|(tokens, meant)| {
            let mut fitting = meant.into_iter().filter(|index| fits(document, tokens.clone(), &known[*index]));
            // Where two bodies bear the name, nobody can tell which is meant.
            let first = fitting.next()?;
            fitting.next().is_none().then_some((tokens, first))
        })
        .collect();
    let mut noted: BTreeMap<usize, usize> = BTreeMap::new();
    for (tokens, index) in &hits {
        let Some(there) = standing(draft, tokens) else { continue };
        let body = match (noted.get(index), there) {
            (Some(body), _) => *body,
            (None, Some(body)) => confirm(draft, body, &known[*index]),
            (None, None) => {
                let written = hits.iter().filter(|(_, of)| of == index).map(|(tokens, _)| tokens.clone());
                let new = told(document, &known[*index], written.collect());
                draft.organization(Organization { evidence: vec![tokens.clone()], ..new })
            }
        };
        noted.insert(*index, body);
        if there.is_none() {
            draft.mention(tokens.clone(), Who::Organization(body));
        }
    }
}

/// Whether a name can mean a body here: an acronym, or a name that bodies of many states have, only where the text
/// names the body's state.
fn fits(document: &Document<'_>, tokens: Tokens, body: &Known) -> bool {
    let other = [Class::State, Class::Demonym, Class::Head, Class::Honorific, Class::Calendar];
    let single = tokens.len() == 1;
    // In a line that is all in capitals every word looks like an acronym.
    let capitals = |at: usize| document.tokens[at].acronym;
    let shouted = tokens.start > 0 && capitals(tokens.start - 1) && capitals(tokens.end);
    if single && (shouted || other.iter().any(|class| document.is_in(tokens.start, *class))) {
        return false;
    }
    let common = single || OF_EVERY_STATE.contains(&body.kind);
    !common || body.state.as_deref().is_none_or(|state| super::state_named(document, state).is_some())
}

/// Who is said to stand there already: an organization under exactly this name, or nobody. `None` where the name is
/// part of another one. What stands inside the name gives way to it.
fn standing(draft: &mut Draft<'_, '_>, tokens: &Tokens) -> Option<Option<usize>> {
    let before = draft.mentions_before(tokens.start).next().is_some_and(|(before, _)| before.end > tokens.start);
    let inside: Vec<(Tokens, Who)> = draft.mentions_in(tokens.clone()).collect();
    if before || inside.iter().any(|(other, _)| other.end > tokens.end) {
        return None;
    }
    if let [(other, Who::Organization(index))] = inside.as_slice()
        && other == tokens
    {
        return Some(Some(*index));
    }
    for (other, _) in inside {
        draft.mentions.remove(&other.start);
    }
    Some(None)
}

/// What people confirmed of a body goes before what a noun in its name tells of it.
fn confirm(draft: &mut Draft<'_, '_>, index: usize, known: &Known) -> usize {
    let body = &mut draft.organizations[index];
    if body.by.confidence < BY.confidence || body.kind == OrganizationKind::Other {
        body.kind = known.kind;
        body.state = body.state.or_else(|| super::state_index(known.state.as_deref()?));
        body.by = By { rule: RULE.name, confidence: body.by.confidence.max(BY.confidence) };
    }
    body.acronym = body.acronym.take().or_else(|| known.acronym.clone());
    index
}

/// The body, under the name that the text has for it.
fn told(document: &Document<'_>, known: &Known, written: Vec<Tokens>) -> Organization {
    let name = written.iter().find(|tokens| tokens.len() > 1).map(|tokens| document.words(tokens.clone()));
    let acronym = written.iter().find(|tokens| tokens.len() == 1).map(|tokens| document.words(tokens.clone()));
    Organization {
        name: name.unwrap_or_else(|| known.name.clone()),
        kind: known.kind,
        acronym: acronym.or_else(|| known.acronym.clone()),
        state: known.state.as_deref().and_then(super::state_index),
        listed: known.kind == OrganizationKind::NationalCommission,
        evidence: Vec::new(),
        by: BY,
    }
}
