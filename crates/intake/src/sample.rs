//! Invented entries for the unit tests.

use extract::reading::{Action, Basis, Meeting, Organization, Person};
use vocab::{ActionKind, MeetingKind, OrganizationKind, ParticipationRole, Strength, evidence::Span};

pub(crate) fn basis(start: usize, quote: &str) -> Basis {
    let span = Span { start, end: start + quote.chars().count(), quote: quote.to_owned() };
    Basis { evidence: vec![span], confidence: 0.9, rule: "sample".to_owned() }
}

pub(crate) fn action(
    kind: ActionKind,
    quote: &str,
    actor: Option<&str>,
    side: Option<&str>,
    counterpart: Option<&str>,
) -> Action {
    Action {
        kind,
        strength: Strength::Proposed,
        actor: actor.map(str::to_owned),
        actor_side: side.map(str::to_owned),
        counterpart: counterpart.map(str::to_owned),
        areas: Vec::new(),
        due: None,
        missing: Vec::new(),
        quote: quote.to_owned(),
        basis: basis(0, quote),
    }
}

pub(crate) fn meeting(date: Option<&str>) -> Meeting {
    Meeting {
        kind: MeetingKind::Meeting,
        date: date.map(|date| date.parse().expect("a date")),
        mode: None,
        place: None,
        basis: basis(0, "met"),
    }
}

pub(crate) fn person(name: &str, post: Option<&str>, organization: Option<&str>, state: Option<&str>) -> Person {
    Person {
        name: name.to_owned(),
        also: Vec::new(),
        honorific: None,
        post: post.map(str::to_owned),
        organization: organization.map(str::to_owned),
        state: state.map(str::to_owned),
        role: ParticipationRole::Principal,
        basis: basis(0, name),
    }
}

pub(crate) fn organization(
    name: &str,
    kind: OrganizationKind,
    acronym: Option<&str>,
    state: Option<&str>,
) -> Organization {
    Organization {
        name: name.to_owned(),
        kind,
        acronym: acronym.map(str::to_owned),
        state: state.map(str::to_owned),
        basis: basis(0, name),
    }
}
