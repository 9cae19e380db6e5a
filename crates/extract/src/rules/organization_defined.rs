//! An organization that the text defines: its name, then its acronym in brackets.

use super::{Example, Rule};
use crate::{
    document::Document,
    draft::{By, Draft, Organization, Tokens, Who},
    pack::Class,
    text::{Gap, Kind},
};
use vocab::OrganizationKind;

/// An organization that the text defines.
pub const RULE: Rule = Rule {
    name: "organization-defined",
    example: Example {
        text: "Rana Aziz, Secretary General of the Union of Desert Libraries (UDL), visited Oman. The UDL offered to train librarians.",
        reads: &["organization international: Union of Desert Libraries (UDL)"],
    },
    apply,
};

const BY: By = By { rule: RULE.name, confidence: 0.9 };

/// The longest name, in tokens.
const LONGEST: usize = 16;

fn apply(draft: &mut Draft<'_, '_>) {
    let document = draft.document;
    let mut defined: Vec<(String, usize)> = Vec::new();
    for (at, token) in document.tokens.iter().enumerate().skip(3) {
        let bracket = token.acronym && document.is_mark(at - 1, '(') && document.is_mark(at + 1, ')');
        if !bracket || document.is_in(at, Class::Head) {
            continue;
        }
        let Some(name) = name_before(document, at) else { continue };
        if draft.mentions.contains_key(&name.start) || document.is_in(name.start, Class::State) {
            continue;
        }
        let index = define(draft, name.clone(), document.raw(at..at + 1));
        draft.mention(name, Who::Organization(index));
        if defined.len() < 50 {
            defined.push((document.raw(at..at + 1).to_owned(), index));
        }
    }
    if !defined.is_empty() {
        mark_acronyms(draft, &defined);
    }
}

fn define(draft: &mut Draft<'_, '_>, name: Tokens, acronym: &str) -> usize {
    let document = draft.document;
    let nouns = document.hits_in(name.clone(), Class::OrganizationNoun);
    let kind = nouns.map(|hit| document.pack.organization_nouns[hit.value as usize]).next();
    draft.organization(Organization {
        name: document.words(name.clone()),
        kind: kind.unwrap_or(OrganizationKind::Other),
        acronym: Some(acronym.to_owned()),
        state: None,
        listed: false,
        evidence: vec![name],
        by: BY,
    })
}

/// The capitalised words before the bracket, if the acronym's letters begin words among them.
fn name_before(document: &Document<'_>, at: usize) -> Option<Tokens> {
    let acronym: Vec<char> = document.raw(at..at + 1).chars().filter(|c| c.is_uppercase()).collect();
    let mut left = acronym.iter().rev().peekable();
    let end = at - 1;
    for first in (end.saturating_sub(LONGEST)..end).rev() {
        let token = &document.tokens[first];
        let small = document.is_any(first, &["of", "for", "and", "the", "on", "in", "to"]) || token.is(',');
        if !(token.capital || small) || !matches!(token.kind, Kind::Word | Kind::Mark(',')) {
            return None;
        }
        let initial = document.raw(first..first + 1).chars().next();
        if token.capital && left.peek().copied().copied() == initial {
            left.next();
        }
        if token.capital && left.peek().is_none() {
            return Some(first..end);
        }
        if token.gap >= Gap::Line {
            return None;
        }
    }
    None
}

/// Wherever a defined acronym stands, its organization is named.
fn mark_acronyms(draft: &mut Draft<'_, '_>, defined: &[(String, usize)]) {
    let document = draft.document;
    for (at, token) in document.tokens.iter().enumerate() {
        if token.acronym
            && let Some((_, index)) = defined.iter().find(|(acronym, _)| acronym == document.raw(at..at + 1))
        {
            draft.mention(at..at + 1, Who::Organization(*index));
        }
    }
}
