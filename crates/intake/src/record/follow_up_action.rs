//! A follow-up action that was accepted: whose it is, who acts, to whom, and out of which meeting.

use extract::reading::Action;
use store::{Result, UnitOfWork, by_id, follow_up_action, party::Party};
use uuid::Uuid;
use vocab::{PartialDate, Side, follow_up_action::awaits};

use crate::{desk::Desk, entry::Entry, wording::action_title};

/// What ties an action to what else was accepted of its report.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Ties {
    pub(crate) meeting_id: Option<Uuid>,
    pub(crate) actor: Party,
    pub(crate) counterpart: Party,
}

/// Makes it, or takes the known one.
pub(super) async fn accept(
    work: &mut UnitOfWork,
    desk: &mut Desk,
    finding_id: Uuid,
    entry: &Action,
    to: Option<Uuid>,
) -> Result<Uuid> {
    if let Some(id) = to {
        tell_again(work, desk, id, entry).await?;
        return Ok(id);
    }
    let start = desk.pieces.iter().find(|piece| piece.id == finding_id).map_or(0, |piece| piece.start());
    let Ties { meeting_id, actor, counterpart } = ties(desk, start, entry);
    let actor_side = actor_side(desk, entry);
    let draft = follow_up_action::Draft {
        kind: entry.kind,
        title: action_title(entry),
        strength: entry.strength,
        missing: entry.missing.clone(),
        state_id: state(desk, entry),
        meeting_id,
        actor_side,
        actor,
        counterpart,
        awaits: answering(desk, entry, actor_side),
        due: entry.due,
        said_on: desk.told_on().map(|day| day.min(work.today())),
        owner_id: None,
        areas: entry.areas.clone(),
    };
    let id = follow_up_action::create(work, draft).await?.id;
    desk.made.actions.push(id);
    Ok(id)
}

/// A later report of the same act: another day or another amount makes a new version of the action, never a second one.
async fn tell_again(work: &mut UnitOfWork, desk: &Desk, id: Uuid, entry: &Action) -> Result<()> {
    let row = by_id::<follow_up_action::Entity>(work.connection(), id).await?;
    if desk.told_on().is_none_or(|day| day <= row.since()) {
        return Ok(()); // of the same day, or from before: nothing newer
    }
    let tells_more =
        |due: &PartialDate| row.due_on.is_none_or(|known| known < due.first_day() || due.last_day() < known);
    let title = action_title(entry);
    let revision = follow_up_action::Revision {
        due: entry.due.filter(tells_more).map(Some),
        title: (numbers(&title) != numbers(&row.title)).then_some(title),
        ..follow_up_action::Revision::default()
    };
    follow_up_action::revise(work, id, Some(row.version), revision).await?;
    Ok(())
}

/// The amounts in a text, as far as they are written in digits.
fn numbers(text: &str) -> Vec<&str> {
    let numbers =
        text.split(|c: char| !c.is_ascii_digit() && c != ',' && c != '.').map(|part| part.trim_matches([',', '.']));
    numbers.filter(|number| !number.is_empty()).collect()
}

/// The side that acts: as the value says, else the side of the person or body that is named as acting.
fn actor_side(desk: &Desk, entry: &Action) -> Side {
    let host_is_party = desk.host_is_party();
    let said = entry.actor_side.as_deref().or(entry.actor.as_deref().filter(|actor| *actor == "both"));
    match (said, entry.actor.as_deref()) {
        (Some(said), _) => desk.known.side(Some(said), host_is_party),
        (None, Some(actor)) => {
            let party = party(desk, Some(actor), None);
            let ours = party.organization_id.is_some_and(|id| desk.known.is_ours(id));
            match party == Party::default() {
                true => Side::Other,
                false if ours => Side::Ours,
                false => Side::Theirs,
            }
        }
        (None, None) => Side::Other,
    }
}

/// Who owes the next move. What the partner asks of a third party is not ours to answer.
fn answering(desk: &Desk, entry: &Action, actor_side: Side) -> Option<Side> {
    let to_another = entry.counterpart.as_deref().is_some_and(|to| desk.known.ours_named(to).is_none());
    match awaits(entry.kind, actor_side) {
        Some(Side::Ours) if actor_side == Side::Theirs && to_another => Some(Side::Other),
        side => side,
    }
}

/// The state an action belongs to: the acting one, else the one it is done to, else the only one that the report tells of.
fn state(desk: &Desk, entry: &Action) -> Option<Uuid> {
    let named = |side: &Option<String>| side.as_deref().and_then(|side| desk.known.state(side)).map(|state| state.id);
    let only = || match desk.states()[..] {
        [(_, state)] => Some(state),
        _ => None,
    };
    let acting = || party(desk, entry.actor.as_deref(), None).state_id;
    named(&entry.actor_side).or_else(|| named(&entry.counterpart)).or_else(acting).or_else(only)
}

/// What is accepted so far of what an action refers to.
pub(crate) fn ties(desk: &Desk, start: usize, entry: &Action) -> Ties {
    Ties {
        meeting_id: desk.meeting_at(start).and_then(|piece| piece.record),
        actor: party(desk, entry.actor.as_deref(), entry.actor_side.as_deref()),
        counterpart: party(desk, None, entry.counterpart.as_deref()),
    }
}

/// The party that goes by a name, and by the side it acts for; only what is accepted or was known before the report.
fn party(desk: &Desk, name: Option<&str>, side: Option<&str>) -> Party {
    let one = |name: &str| person(desk, name).or_else(|| body(desk, name)).unwrap_or_default();
    let named = name.filter(|name| *name != "both").map(one).unwrap_or_default();
    let behind = side.filter(|side| *side != "both").map(one).unwrap_or_default();
    // A person of one side never acts for the organization of another: the side fills in only what does not contradict.
    let apart = named.state_id.is_some() && behind.state_id.is_some() && named.state_id != behind.state_id;
    if apart { named } else { filled(named, behind) }
}

/// A party with what another tells of it beside.
pub(crate) fn filled(party: Party, with: Party) -> Party {
    Party {
        person_id: party.person_id.or(with.person_id),
        post_id: party.post_id.or(with.post_id),
        organization_id: party.organization_id.or(with.organization_id),
        state_id: party.state_id.or(with.state_id),
    }
}

/// The accepted person of this name, with the post in which the report shows them.
fn person(desk: &Desk, name: &str) -> Option<Party> {
    desk.pieces.iter().filter(|piece| piece.goes_by(name)).find_map(|piece| match &piece.entry {
        Entry::Person(person) => {
            let person_id = piece.record?;
            let posting = desk.postings.get(&person_id);
            Some(Party {
                person_id: Some(person_id),
                post_id: posting.map(|posting| posting.post_id),
                organization_id: posting.map(|posting| posting.organization_id),
                state_id: posting.and_then(|p| p.state_id).or_else(|| desk.known.state_id(person.state.as_deref())),
            })
        }
        _ => None,
    })
}

/// The body or state of this name or code: the host, an accepted organization, or a state.
fn body(desk: &Desk, name: &str) -> Option<Party> {
    let of = |id, state_id| Party { organization_id: Some(id), state_id, ..Party::default() };
    if let Some(ours) = desk.known.ours_named(name) {
        return Some(of(ours.id, None));
    }
    let accepted = desk.pieces.iter().filter(|piece| piece.goes_by(name)).find_map(|piece| match &piece.entry {
        Entry::Organization(body) => Some(of(piece.record?, desk.known.state_id(body.state.as_deref()))),
        _ => None,
    });
    let state = || Some(Party { state_id: Some(desk.known.state(name)?.id), ..Party::default() });
    accepted.or_else(state)
}
