//! From the board to the reading.

use vocab::DoubtCode;

use crate::{
    document::Document,
    draft::{By, Draft, Tokens, Who, code},
    reading::{Area, Basis, Doubt, Organization, Person, Reading, State},
    undertaking::Undertaking,
};

/// What the rules wrote on the board, as facts in the order of the text; and what is still to be written out as actions.
pub fn assemble(draft: Draft<'_, '_>) -> (Reading, Vec<Undertaking>) {
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
    reading.fulfilments = draft.fulfilments;
    reading.doubts = draft.doubts;
    let mut undertakings = draft.undertakings;
    let unsure = undertakings.extract_if(.., |undertaking| undertaking.by.confidence < SURE_ENOUGH);
    reading.doubts.extend(unsure.map(|undertaking| unsure_of(&undertaking, draft.document)));
    reading.states.sort_by_key(|fact| fact.basis.evidence[0].start);
    reading.organizations.sort_by_key(|fact| fact.basis.evidence[0].start);
    reading.people.sort_by_key(|fact| fact.basis.evidence[0].start);
    reading.areas.sort_by_key(|fact| fact.basis.evidence[0].start);
    undertakings.sort_by_key(|undertaking| undertaking.quote.start);
    (reading, undertakings)
}

/// An action below this confidence is told as a doubt: wrong more often than right, it would cost more than it gives.
const SURE_ENOUGH: f64 = 0.5;

fn unsure_of(undertaking: &Undertaking, document: &Document<'_>) -> Doubt {
    let message = format!("There may be a follow-up ({}) here, but who acts is not clear.", undertaking.kind);
    Doubt {
        code: DoubtCode::LowConfidence,
        message,
        evidence: vec![document.offsets().span(undertaking.quote.clone())],
    }
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
        organization: person.organization.map(|index| draft.side_name_of_body(index).to_owned()),
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
