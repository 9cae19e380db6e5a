//! Whose post it is. A post belongs to an organization, and reports often name the one without the other.

use extract::reading::{Basis, Organization, Person};
use store::{Concept, RecordRef, Result, UnitOfWork};
use uuid::Uuid;
use vocab::{Language, OrganizationKind};

use crate::{
    desk::{Desk, Piece},
    entry::Entry,
    matching::{self, Pick, words},
};

/// Words of those who lead an embassy, in the languages of the reports.
const ENVOYS: [&str; 7] = ["ambassador", "ambassadeur", "ambassadrice", "affaires", "envoy", "سفير", "سفيره"];

/// Words in a body's own name that tell its kind, the telling one first.
const KINDS: [(&str, OrganizationKind); 13] = [
    ("ministry", OrganizationKind::Ministry),
    ("ministere", OrganizationKind::Ministry),
    ("وزاره", OrganizationKind::Ministry),
    ("embassy", OrganizationKind::Embassy),
    ("ambassade", OrganizationKind::Embassy),
    ("سفاره", OrganizationKind::Embassy),
    ("university", OrganizationKind::University),
    ("universite", OrganizationKind::University),
    ("جامعه", OrganizationKind::University),
    ("government", OrganizationKind::Government),
    ("authority", OrganizationKind::Government),
    ("agency", OrganizationKind::Government),
    ("company", OrganizationKind::Company),
];

/// The organization that the post of an accepted person belongs to, made where it is not known.
///
/// 1. The body that the value names: the host or the unit of it that the post names; what the report's own finding of that
///    body became; a known one; else a new one, as the report's finding tells of it.
/// 2. No body is named: the host, where the post names it; of an ambassador the embassy, the one that the report tells of
///    first; of any other official of a state its government.
///
/// `None` where neither a body nor a state is told; then nobody can say whose post it is.
pub(super) async fn organization(
    work: &mut UnitOfWork,
    desk: &mut Desk,
    finding_id: Uuid,
    person: &Person,
    title: &str,
) -> Result<Option<Uuid>> {
    let named = person.organization.as_deref().filter(|name| !name.trim().is_empty());
    if let Some(ours) = ours(desk, named, title) {
        return Ok(Some(ours));
    }
    let read = named.and_then(|name| piece_named(desk, name).cloned());
    if let Some(id) = read.as_ref().and_then(|piece| piece.record) {
        return Ok(Some(id));
    }
    let body = match (read.filter(|piece| !piece.is_rejected()).map(|piece| piece.entry), named) {
        (Some(Entry::Organization(body)), _) => body,
        (_, Some(name)) if !is_rejected(desk, name) => told(name, kind_of(name), person),
        _ => match (implied(desk, person, title), embassy_told(desk, person)) {
            (Some(body), Some(embassy)) if body.kind == OrganizationKind::Embassy => match embassy.record {
                Some(id) => return Ok(Some(id)),
                None => told_by(embassy).unwrap_or(body),
            },
            (Some(body), _) => body,
            (None, _) => return Ok(None),
        },
    };
    let candidates = matching::organization::candidates(work.connection(), &desk.known, &body).await?;
    let id = match matching::pick(candidates) {
        Pick::One(record) => record.id,
        // Several sure ones are a question on the organization's own finding; the first made is taken until it is answered.
        Pick::Several(candidates) => candidates[0].id,
        Pick::New => super::organization::create(work, desk, &body).await?,
    };
    desk.lay_evidence(work, finding_id, RecordRef::new(Concept::Organization, id), None).await?;
    Ok(Some(id))
}

/// The host, or the unit of it that the post names.
fn ours(desk: &Desk, named: Option<&str>, title: &str) -> Option<Uuid> {
    let body = match named {
        Some(name) => desk.known.ours_named(name).map(|body| body.id).or_else(|| {
            let linked = piece_named(desk, name)?.record?;
            desk.known.is_ours(linked).then_some(linked)
        }),
        None if desk.known.names_host(title) => desk.known.host.as_ref().map(|host| host.row.id),
        None => None,
    }?;
    Some(desk.known.unit_in(title).map_or(body, |unit| unit.id))
}

/// The report's own finding of a body of this name or acronym.
fn piece_named<'d>(desk: &'d Desk, name: &str) -> Option<&'d Piece> {
    let is = |piece: &&Piece| matches!(piece.entry, Entry::Organization(_)) && piece.goes_by(name);
    desk.pieces.iter().find(is)
}

fn is_rejected(desk: &Desk, name: &str) -> bool {
    piece_named(desk, name).is_some_and(Piece::is_rejected)
}

/// The body of a post that names none.
fn implied(desk: &Desk, person: &Person, title: &str) -> Option<Organization> {
    let state = desk.known.state(person.state.as_deref()?)?;
    let said = words(title);
    if !ENVOYS.iter().any(|envoy| said.contains(*envoy)) {
        return Some(told(&format!("Government of {}", state.name_en), OrganizationKind::Government, person));
    }
    // The state an ambassador is accredited to tells one embassy of a state from another.
    let host_state = vocab::member_state::all().iter().find(|other| {
        let name = words(other.name(Language::En));
        other.alpha3 != state.code && !name.is_empty() && name.is_subset(&said)
    });
    let label = match host_state {
        Some(host_state) => format!("Embassy of {} in {}", state.name_en, host_state.name(Language::En)),
        None => format!("Embassy of {}", state.name_en),
    };
    Some(told(&label, OrganizationKind::Embassy, person))
}

/// The report's own finding of the embassy of a person's state, if it tells of one alone.
fn embassy_told<'d>(desk: &'d Desk, person: &Person) -> Option<&'d Piece> {
    let of_state = |piece: &&Piece| {
        told_by(piece).is_some_and(|body| body.kind == OrganizationKind::Embassy && body.state == person.state)
    };
    let mut told = desk.pieces.iter().filter(|piece| !piece.is_rejected()).filter(of_state);
    told.next().filter(|_| told.next().is_none())
}

fn told_by(piece: &Piece) -> Option<Organization> {
    match &piece.entry {
        Entry::Organization(body) => Some(body.clone()),
        _ => None,
    }
}

fn kind_of(name: &str) -> OrganizationKind {
    let said = words(name);
    KINDS.iter().find(|(word, _)| said.contains(*word)).map_or(OrganizationKind::Other, |(_, kind)| *kind)
}

/// A body as a person's finding tells of it.
fn told(name: &str, kind: OrganizationKind, person: &Person) -> Organization {
    let basis = Basis { evidence: Vec::new(), confidence: person.basis.confidence, rule: "post".to_owned() };
    Organization { name: name.to_owned(), kind, acronym: None, state: person.state.clone(), basis }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_tells_its_kind() {
        for (name, kind) in [
            ("Federal Ministry of Rivers", OrganizationKind::Ministry),
            ("وزارة المياه", OrganizationKind::Ministry),
            ("Ambassade du Mali", OrganizationKind::Embassy),
            ("Plains University", OrganizationKind::University),
            ("League of River Schools", OrganizationKind::Other),
        ] {
            assert_eq!(kind_of(name), kind, "{name}");
        }
    }
}
