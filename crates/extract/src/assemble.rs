//! From the board to the reading.

use vocab::DoubtCode;

use crate::{
    draft::{By, Draft, Tokens, Who, code},
    reading::{Action, Area, Basis, Doubt, Organization, Person, Reading, State},
};

/// What the rules wrote on the board, as facts in the order of the text.
pub fn assemble(draft: Draft<'_, '_>) -> Reading {
    let mut reading = Reading {
        states: draft
            .states
            .iter()
            .map(|(state, fact)| State {
                code: code(*state).to_owned(),
                basis: basis(&draft, std::slice::from_ref(&fact.evidence), fact.by),
            })
            .collect(),
        organizations: draft
            .organizations
            .iter()
            .filter(|body| body.listed)
            .map(|body| organization(&draft, body))
            .collect(),
        people: draft
            .people
            .iter()
            .enumerate()
            .filter(|(index, person)| person.present && is_in_body(&draft, *index))
            .map(|(_, person)| person)
            .map(|entry| person(&draft, entry))
            .collect(),
        areas: draft
            .areas
            .iter()
            .map(|(area, fact)| Area {
                slug: vocab::cooperation_area::all()[*area].slug.to_owned(),
                basis: basis(&draft, &fact.evidence, fact.by),
            })
            .collect(),
        ..Reading::default()
    };
    reading.meetings = draft.meetings;
    reading.actions = draft.actions.into_iter().map(|(action, _)| action).collect();
    reading.fulfilments = draft.fulfilments;
    reading.doubts = draft.doubts;
    let unsure: Vec<_> = reading.actions.extract_if(.., |action| action.basis.confidence < SURE_ENOUGH).collect();
    reading.doubts.extend(unsure.into_iter().map(unsure_of));
    reading.states.sort_by_key(|fact| fact.basis.evidence[0].start);
    reading.organizations.sort_by_key(|fact| fact.basis.evidence[0].start);
    reading.people.sort_by_key(|fact| fact.basis.evidence[0].start);
    reading.areas.sort_by_key(|fact| fact.basis.evidence[0].start);
    reading.actions.sort_by_key(|fact| fact.basis.evidence[0].start);
    reading
}

/// An action below this confidence is told as a doubt: wrong more often than right, it would cost more than it gives.
const SURE_ENOUGH: f64 = 0.5;

fn unsure_of(action: Action) -> Doubt {
    let message = format!("There may be a follow-up ({}) here, but who acts is not clear.", action.kind);
    Doubt { code: DoubtCode::LowConfidence, message, evidence: action.basis.evidence }
}

fn basis(draft: &Draft<'_, '_>, evidence: &[Tokens], by: By) -> Basis {
    Basis {
        evidence: evidence.iter().map(|tokens| draft.document.span(tokens.clone())).collect(),
        confidence: (by.confidence * 1000.0).round() / 1000.0,
        rule: by.rule.to_owned(),
    }
}

fn organization(draft: &Draft<'_, '_>, body: &crate::draft::Organization) -> Organization {
    Organization {
        name: body.name.clone(),
        kind: body.kind,
        acronym: body.acronym.clone(),
        state: body.state.map(|state| code(state).to_owned()),
        basis: basis(draft, &body.evidence, body.by),
    }
}

fn person(draft: &Draft<'_, '_>, person: &crate::draft::Person) -> Person {
    Person {
        name: person.name.clone(),
        also: person.also.clone(),
        honorific: person.honorific.clone(),
        post: person.post.clone(),
        organization: person.organization.map(|index| draft.side_name_of_body(index)),
        state: person.state.map(|state| code(state).to_owned()),
        role: person.role,
        basis: basis(draft, &person.evidence, person.by),
    }
}

/// Whether a person is named in the body and not only in the headline, where titles in capitals look like names. A
/// report that names nobody in its body is taken at its headline's word.
fn is_in_body(draft: &Draft<'_, '_>, person: usize) -> bool {
    let document = draft.document;
    let in_body = |at: usize| !document.sentences[document.sentence_of(at)].headline;
    let mut named = draft.mentions.iter().filter(|(_, (_, who))| *who == Who::Person(person));
    let entry = &draft.people[person];
    named.any(|(at, _)| in_body(*at))
        || (entry.named.len() > 1 && entry.post.as_ref().is_some_and(|post| post.contains(' ')))
}
