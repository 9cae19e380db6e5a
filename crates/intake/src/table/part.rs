//! Who took part in a meeting, as a cell tells it: by identifiers, as Entente writes them, or by names.

use chrono::NaiveDate;
use store::{
    Concept, Error, RecordRef, Result, UnitOfWork, appointment, organization,
    participation::{Draft, Model},
    party::Party,
    person, post,
};
use uuid::Uuid;
use vocab::{ParticipationRole, Word, fold};

use super::{contact, fields::Fields, known::Known};
use crate::same;

/// The meeting that somebody took part in.
pub(super) struct Of {
    pub(super) meeting_id: Uuid,
    pub(super) day: Option<NaiveDate>,
    pub(super) states: Vec<Uuid>,
}

/// The parts that a line tells of; nothing where it tells of none.
pub(super) async fn read(
    work: &mut UnitOfWork,
    known: &mut Known,
    fields: &Fields<'_>,
    of: &Of,
) -> Result<Option<Vec<Draft>>> {
    let meeting_id = of.meeting_id;
    if let Some(parts) = fields.several("participantIds") {
        let mut drafts = Vec::with_capacity(parts.len());
        for part in parts {
            drafts.push(by_ids(work, known, meeting_id, &part).await?);
        }
        return Ok(Some(drafts));
    }
    let Some(names) = fields.several("participants") else { return Ok(None) };
    let mut drafts = Vec::with_capacity(names.len());
    for name in names {
        let party = by_name(work, known, &name, of).await?;
        drafts.push(Draft { meeting_id, role: ParticipationRole::Principal, party });
    }
    Ok(Some(drafts))
}

/// A part as Entente writes it: the role, then the identifiers of who it was and on whose behalf.
pub fn written(part: &Model) -> String {
    let Party { person_id, post_id, organization_id, state_id } = part.party();
    let ids = [
        (Concept::Person, person_id),
        (Concept::Post, post_id),
        (Concept::Organization, organization_id),
        (Concept::MemberState, state_id),
    ];
    let ids = ids.into_iter().filter_map(|(concept, id)| Some(RecordRef::new(concept, id?).encode()));
    std::iter::once(part.role.0.code().to_owned()).chain(ids).collect::<Vec<_>>().join(" ")
}

const IDS: &str = "participantIds";

async fn by_ids(work: &UnitOfWork, known: &mut Known, meeting_id: Uuid, part: &str) -> Result<Draft> {
    let mut words = part.split_whitespace();
    let role = words.next().unwrap_or_default();
    let role = ParticipationRole::from_code(role).map_err(|no| Error::invalid(IDS, format!("{IDS}: {no}")))?;
    let mut party = Party::default();
    for id in words {
        match RecordRef::decode(id).map(|record| record.concept) {
            Some(Concept::Post) => {
                let id = RecordRef::key(IDS, id, Concept::Post)?;
                party.post_id = Some(known.there::<post::Entity>(work, IDS, id).await?);
            }
            Some(Concept::Organization) => {
                let id = RecordRef::key(IDS, id, Concept::Organization)?;
                party.organization_id = Some(known.there::<organization::Entity>(work, IDS, id).await?);
            }
            Some(Concept::MemberState) => {
                let id = RecordRef::key(IDS, id, Concept::MemberState)?;
                party.state_id = Some(known.there::<store::member_state::Entity>(work, IDS, id).await?);
            }
            _ => {
                let id = RecordRef::key(IDS, id, Concept::Person)?;
                party.person_id = Some(known.there::<person::Entity>(work, IDS, id).await?);
            }
        }
    }
    Ok(Draft { meeting_id, role, party })
}

/// What a name is made of: `Name (on whose behalf)`, or `Name, post, body, state` as Entente tells it.
#[derive(Debug, PartialEq, Eq)]
struct Told<'n> {
    name: &'n str,
    behalf: Vec<&'n str>,
}

fn told(text: &str) -> Told<'_> {
    let text = text.trim();
    let bracket = text.strip_suffix(')').and_then(|text| text.split_once('('));
    let (name, behalf) = match bracket {
        Some((name, behalf)) => (name, behalf),
        None => text.split_once(',').unwrap_or((text, "")),
    };
    Told { name: name.trim(), behalf: behalf.split(',').map(str::trim).filter(|part| !part.is_empty()).collect() }
}

/// The party that is called so. A state or a body that is known by the name is that; anything else is a person.
async fn by_name(work: &mut UnitOfWork, known: &mut Known, text: &str, of: &Of) -> Result<Party> {
    const FIELD: &str = "participants";
    let whole = text.trim();
    if let Some(state) = known.find_state(whole) {
        return Ok(Party { state_id: Some(state), ..Party::default() });
    }
    let only_state = Some(&of.states).filter(|states| states.len() == 1).and_then(|states| states.first()).copied();
    for (name, state) in within_state(known, whole) {
        if let Some(id) = known.find_organization(work.connection(), FIELD, name, state.or(only_state)).await? {
            return Ok(Party { organization_id: Some(id), state_id: state, ..Party::default() });
        }
    }
    let Told { name, mut behalf } = told(whole);
    let state_id = behalf.last().and_then(|last| known.find_state(last));
    if state_id.is_some() {
        behalf.pop();
    }
    // The names of bodies have commas too: the longest end that is known, else the last part alone.
    let mut body = None;
    for from in 0..behalf.len() {
        let joined = behalf[from..].join(", ");
        let found = known.find_organization(work.connection(), FIELD, &joined, state_id.or(only_state)).await?;
        if let Some(id) = found {
            body = Some((from, id));
            break;
        }
    }
    if body.is_none()
        && let Some(last) = behalf.last()
    {
        let id = known.organization(work, FIELD, last, state_id.or(only_state), None).await?;
        body = Some((behalf.len() - 1, id));
    }
    let organization_id = body.map(|(_, id)| id);
    let title = body.map(|(from, _)| behalf[..from].join(", ")).filter(|title| !title.is_empty());
    let post_id = match (organization_id, title) {
        (Some(organization_id), Some(title)) => Some(contact::post(work, known, organization_id, &title).await?),
        _ => None,
    };
    let person_id = Some(person(work, name, post_id, organization_id, of.day).await?);
    Ok(Party { person_id, post_id, organization_id, state_id })
}

/// A name with the state that stands behind its last comma, and as it is.
fn within_state<'n>(known: &Known, text: &'n str) -> Vec<(&'n str, Option<Uuid>)> {
    let mut ways = vec![(text, None)];
    if let Some((name, state)) = text.rsplit_once(',')
        && let Some(state) = known.find_state(state)
    {
        ways.push((name.trim(), Some(state)));
    }
    ways
}

/// The one person of this name who held the post, or one in the body; a new one where nobody bears the name.
async fn person(
    work: &mut UnitOfWork,
    name: &str,
    post_id: Option<Uuid>,
    organization_id: Option<Uuid>,
    day: Option<NaiveDate>,
) -> Result<Uuid> {
    let db = work.connection();
    let posts = match (post_id, organization_id) {
        (Some(post), _) => vec![post],
        (None, Some(body)) => same::posts(db, body).await?,
        (None, None) => Vec::new(),
    };
    let bearing = person::bearing(db, &[fold(name)]).await?;
    let fitting = same::holding(db, bearing.clone(), &posts).await?;
    let refused = |count: usize| {
        let message = format!("participants: {count} people are called \"{name}\": tell post and body, or the id");
        Error::invalid("participants", message)
    };
    match (fitting.as_slice(), bearing.as_slice()) {
        ([one], _) => return Ok(one.id),
        ([], []) => {}
        // Where nothing is told but the name, it means the only one who bears it.
        ([], [one]) if posts.is_empty() && organization_id.is_none() => return Ok(one.id),
        ([], several) if post_id.is_none() => return Err(refused(several.len())),
        ([], _) => {}
        (several, _) => return Err(refused(several.len())),
    }
    let draft = person::Draft { label: name.to_owned(), ..person::Draft::default() };
    let row = person::create(work, draft).await?;
    if let Some(post_id) = post_id {
        let seen_on = day.filter(|day| *day <= work.today());
        let draft = appointment::Draft { person_id: row.id, post_id, start: None, end: None, seen_on, source: None };
        appointment::create(work, draft).await?;
    }
    Ok(row.id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_told_with_or_without_on_whose_behalf() {
        for (text, name, behalf) in [
            ("Salim Al-Harthy", "Salim Al-Harthy", vec![]),
            ("Salim Al-Harthy (Ministry of Heritage, Oman)", "Salim Al-Harthy", vec!["Ministry of Heritage", "Oman"]),
            ("Salim Al-Harthy, Minister, Ministry", "Salim Al-Harthy", vec!["Minister", "Ministry"]),
            ("(Oman)", "", vec!["Oman"]),
        ] {
            assert_eq!(told(text), Told { name, behalf }, "{text}");
        }
    }
}
