//! Whom a person acts for, where the post does not say: the state or the organization that the report is about.

use std::collections::BTreeMap;

use super::{Example, Rule};
use crate::{
    document::Document,
    draft::{By, Draft, Who},
    pack::{Class, HeadKind, Owner},
    text::Gap,
};

/// Whom a person acts for, where the post does not say.
pub const RULE: Rule = Rule {
    name: "affiliation-inferred",
    example: Example {
        text: "Anna Berg, Director-General of UNESCO, met Prime Minister Omar Tall in Dakar. Relations between Senegal and UNESCO were good. \
               Education in Senegal and research were discussed.",
        reads: &["person Omar Tall, Prime Minister, SEN"],
    },
    apply,
};

/// Inferring costs this much of the confidence in the person.
const DISCOUNT: f64 = 0.95;

fn apply(draft: &mut Draft<'_, '_>) {
    let state = likely_state(draft);
    let organization = likely_organization(draft);
    let host = accredited_to(draft);
    for body in draft.organizations.iter_mut().filter(|body| body.kind == vocab::OrganizationKind::Ministry) {
        body.state = body.state.or(host).or(state);
    }
    for person in &mut draft.people {
        if person.state.is_some() || person.organization.is_some() {
            continue;
        }
        let by = By { rule: RULE.name, confidence: person.by.confidence * DISCOUNT };
        match person.head {
            Some((HeadKind::Minister | HeadKind::Deputy, _)) if host.or(state).is_some() => {
                (person.state, person.by) = (host.or(state), by);
            }
            Some((HeadKind::Relay, _)) | None => {}
            Some((_, Owner::State | Owner::Ministry)) if state.is_some() => (person.state, person.by) = (state, by),
            Some((HeadKind::Chief | HeadKind::DeputyChief | HeadKind::Representative, _)) if organization.is_some() => {
                (person.organization, person.by) = (organization, by);
            }
            Some((HeadKind::Official, _)) | Some(_) => {}
        }
    }
}

/// The state that an ambassador in the text is accredited to: the minister he meets is usually of that state.
fn accredited_to(draft: &Draft<'_, '_>) -> Option<u32> {
    let document = draft.document;
    let envoys =
        draft.posts.iter().filter(|post| post.called(document).kind == HeadKind::Envoy && post.state.is_some());
    envoys.filter_map(|post| post.accredited.or_else(|| capital_in(document, post.label.clone()))).next()
}

fn capital_in(document: &Document<'_>, tokens: crate::draft::Tokens) -> Option<u32> {
    let city = document.hits_in(tokens, Class::City).next()?;
    capital_state(document, city.value)
}

/// The state whose capital a city is, by its place in the reference data.
fn capital_state(document: &Document<'_>, city: u32) -> Option<u32> {
    let state = document.pack.cities[city as usize].capital_of?;
    vocab::member_state::all().iter().position(|s| s.alpha3 == state).map(|at| at as u32)
}

/// The state that the text names most, those first that no envoy in the text acts for.
fn likely_state(draft: &Draft<'_, '_>) -> Option<u32> {
    let document = draft.document;
    let mut counts: BTreeMap<u32, (usize, usize)> = BTreeMap::new();
    let all = 0..document.tokens.len();
    let names = [Class::State, Class::Demonym].into_iter().flat_map(|class| document.hits_in(all.clone(), class));
    let mut note = |state: u32, at: usize, weight: usize| {
        let entry = counts.entry(state).or_insert((0, at));
        entry.0 += weight;
        entry.1 = entry.1.min(at);
    };
    let after_city = |at: usize| at > 1 && document.is_mark(at - 1, ',') && document.is_in(at - 2, Class::City);
    for hit in names.filter(|hit| !stands_in_a_body(draft, hit.first) && !after_city(hit.first)) {
        note(hit.value, hit.first, 2);
    }
    // Some people are called like a city.
    for hit in document.hits_in(all.clone(), Class::City).filter(|hit| !stands_in_a_person(draft, hit.first)) {
        if let Some(state) = capital_state(document, hit.value) {
            note(state, hit.first, 1);
        }
    }
    let envoys: Vec<u32> =
        draft.people.iter().filter(|p| matches!(p.head, Some((HeadKind::Envoy, _)))).filter_map(|p| p.state).collect();
    counts
        .into_iter()
        .filter(|(state, _)| !envoys.contains(state))
        .max_by_key(|(_, (count, first))| (*count, std::cmp::Reverse(*first)))
        .map(|(state, _)| state)
}

fn stands_in_a_body(draft: &Draft<'_, '_>, at: usize) -> bool {
    let before = draft.mentions_before(at + 1).next();
    before.is_some_and(|(tokens, who)| {
        tokens.end > at && matches!(who, Who::Organization(i) if draft.organizations[i].state.is_none())
    })
}

fn stands_in_a_person(draft: &Draft<'_, '_>, at: usize) -> bool {
    let before = draft.mentions_before(at + 1).next();
    let same_line = at > 0 && draft.document.tokens[at].gap <= Gap::Space;
    let titled = same_line && [Class::Head, Class::Honorific].iter().any(|class| draft.document.is_in(at - 1, *class));
    titled || before.is_some_and(|(tokens, who)| tokens.end > at && matches!(who, Who::Person(_)))
}

/// The organization that the text names first.
fn likely_organization(draft: &Draft<'_, '_>) -> Option<usize> {
    let international = |index: &usize| draft.organizations[*index].kind == vocab::OrganizationKind::International;
    (0..draft.organizations.len()).filter(international).min_by_key(|i| draft.organizations[*i].evidence[0].start)
}
