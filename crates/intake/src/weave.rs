//! Brings together what was accepted of one report, in whatever order it was.
//!
//! Each pair is looked at when one of the two is decided, and never again: what a person has changed by hand since stays
//! as they made it. What is there already is not made twice, what is known already is not overwritten.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use store::{Concept, Result, UnitOfWork, by_id, evidence, follow_up_action, meeting, participation, party::Party};
use uuid::Uuid;
use vocab::ParticipationRole;

use crate::{
    desk::{Desk, Piece},
    entry::Entry,
    record::follow_up_action::{Ties, filled, ties},
};

/// Brings together what was decided now with what was decided before.
pub(crate) async fn weave(work: &mut UnitOfWork, desk: &Desk) -> Result<()> {
    for piece in &desk.pieces {
        let Some(record) = piece.record.filter(|_| !piece.is_rejected()) else { continue };
        match &piece.entry {
            Entry::Meeting(_) => states(work, desk, piece, record).await?,
            Entry::Person(_) | Entry::Organization(_) => take_part(work, desk, piece, record).await?,
            Entry::Action(action) => tie(work, desk, piece, (action, record)).await?,
            Entry::State(_) | Entry::Area(_) | Entry::Fulfilment(_) => {}
        }
    }
    Ok(())
}

/// The states of a meeting: those that the report tells of, as long as nobody rejects them.
async fn states(work: &mut UnitOfWork, desk: &Desk, meeting: &Piece, meeting_id: Uuid) -> Result<()> {
    let of_states = |piece: &&Piece| matches!(piece.entry, Entry::State(_));
    let touched = desk.is_fresh(meeting) || desk.pieces.iter().filter(of_states).any(|state| desk.is_fresh(state));
    if !touched {
        return Ok(());
    }
    let present = meeting::state::Entity::find().filter(meeting::state::Column::MeetingId.eq(meeting_id));
    let present: Vec<Uuid> = present.all(work.connection()).await?.into_iter().map(|row| row.state_id).collect();
    let mut wanted: Vec<Uuid> = match is_told_elsewhere(work, desk, meeting_id).await? {
        // Another report may tell of a state that this one's reviewer rejected.
        true => present.clone(),
        false => {
            let rejected = desk.pieces.iter().filter(of_states).filter(|state| state.is_rejected());
            let rejected: Vec<Uuid> = rejected.filter_map(|piece| code(desk, piece)).collect();
            present.iter().copied().filter(|state| !rejected.contains(state)).collect()
        }
    };
    for (_, state) in desk.states() {
        if !wanted.contains(&state) {
            wanted.push(state);
        }
    }
    meeting::state::put(work, meeting_id, &wanted).await
}

fn code(desk: &Desk, piece: &Piece) -> Option<Uuid> {
    match &piece.entry {
        Entry::State(state) => desk.known.state_id(Some(&state.code)),
        _ => None,
    }
}

/// Whether another report is evidence for a meeting too.
async fn is_told_elsewhere(work: &UnitOfWork, desk: &Desk, meeting_id: Uuid) -> Result<bool> {
    let other = evidence::of(Concept::Meeting)
        .filter(evidence::Column::RecordId.eq(meeting_id))
        .filter(evidence::Column::ReportId.ne(desk.report.id));
    Ok(other.one(work.connection()).await?.is_some())
}

/// The part of a person or an organization in the meeting of the report.
async fn take_part(work: &mut UnitOfWork, desk: &Desk, piece: &Piece, record: Uuid) -> Result<()> {
    let Some(meeting) = desk.meeting_at(piece.start()) else { return Ok(()) };
    let Some(meeting_id) = meeting.record.filter(|_| desk.is_fresh(piece) || desk.is_fresh(meeting)) else {
        return Ok(());
    };
    let (role, party) = match &piece.entry {
        Entry::Person(person) => {
            let posting = desk.postings.get(&record);
            let state_id = posting.and_then(|p| p.state_id).or_else(|| desk.known.state_id(person.state.as_deref()));
            let party = Party {
                person_id: Some(record),
                post_id: posting.map(|posting| posting.post_id),
                organization_id: posting.map(|posting| posting.organization_id),
                state_id,
            };
            (person.role, party)
        }
        Entry::Organization(body) => {
            let state_id = desk.known.state_id(body.state.as_deref());
            let party = Party { organization_id: Some(record), state_id, ..Party::default() };
            (ParticipationRole::Principal, party)
        }
        _ => return Ok(()),
    };
    participation::create(work, participation::Draft { meeting_id, role, party }).await?;
    Ok(())
}

/// The meeting and the parties of an action, as far as they were missing.
async fn tie(
    work: &mut UnitOfWork,
    desk: &Desk,
    piece: &Piece,
    (entry, action_id): (&extract::reading::Action, Uuid),
) -> Result<()> {
    let touched = desk.pieces.iter().any(|other| desk.is_fresh(other));
    if !touched {
        return Ok(());
    }
    let Ties { meeting_id, actor, counterpart } = ties(desk, piece.start(), entry);
    let row = by_id::<follow_up_action::Entity>(work.connection(), action_id).await?;
    let revision = follow_up_action::Revision {
        meeting_id: row.meeting_id.is_none().then_some(meeting_id),
        actor: is_new(row.actor(), actor).then(|| filled(row.actor(), actor)),
        counterpart: is_new(row.counterpart(), counterpart).then(|| filled(row.counterpart(), counterpart)),
        ..follow_up_action::Revision::default()
    };
    follow_up_action::revise(work, action_id, Some(row.version), revision).await?;
    Ok(())
}

/// Whether a party tells more of the one that is kept, and nothing else than it.
fn is_new(kept: Party, told: Party) -> bool {
    let agrees = |kept: Option<Uuid>, told: Option<Uuid>| kept.is_none() || told.is_none() || kept == told;
    agrees(kept.person_id, told.person_id)
        && agrees(kept.post_id, told.post_id)
        && agrees(kept.organization_id, told.organization_id)
        && agrees(kept.state_id, told.state_id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_person_wrote_is_never_overwritten() {
        let id = |number| Some(Uuid::from_u128(number));
        let party = |person_id, organization_id| Party { person_id, organization_id, ..Party::default() };
        for (kept, told, new, expected) in [
            (party(None, id(1)), party(id(2), id(1)), true, party(id(2), id(1))),
            (party(None, None), party(id(2), id(1)), true, party(id(2), id(1))),
            (party(None, id(3)), party(id(2), id(1)), false, party(None, id(3))),
            (party(id(2), None), party(None, id(1)), true, party(id(2), id(1))),
        ] {
            assert_eq!(is_new(kept, told), new);
            assert_eq!(if new { filled(kept, told) } else { kept }, expected);
        }
    }
}
