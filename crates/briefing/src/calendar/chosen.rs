//! What stands in a calendar: all of one state, or what an account looks after.

use std::collections::HashSet;

use chrono::Datelike;
use store::{Result, assignment, by_ids_at, by_parents_at, follow_up_action, participation, party::Party};
use uuid::Uuid;
use vocab::Side;

use crate::{
    answer::{Asked, Standing},
    book::Meeting,
};

/// The records of a calendar.
pub(super) struct Chosen<'a> {
    /// The actions that are due.
    pub(super) due: Vec<Standing<'a>>,
    /// The tasks that are due.
    pub(super) tasks: Vec<Uuid>,
    /// The meetings.
    pub(super) met: Vec<Uuid>,
}

impl<'a> Chosen<'a> {
    /// The open actions and the meetings of the state that is asked for.
    pub(super) fn of_state(asked: Asked<'a>) -> Self {
        let due = asked.actions().filter(|it| is_open(it) && is_due(asked, it)).collect();
        let met = asked.meetings().filter(|(_, met)| may_stand(asked, met)).map(|(id, _)| id);
        Self { due, tasks: Vec::new(), met: met.collect() }
    }

    /// The open actions that an account owns, its open tasks, and the meetings of the states assigned to it or in which
    /// somebody took part with whom its open actions are.
    pub(super) async fn of_account(asked: Asked<'a>, account: Uuid) -> Result<Self> {
        let own: Vec<_> = asked.actions().filter(|it| it.action.owner == Some(account) && is_open(it)).collect();
        let mine = asked.book.tasks.iter().filter(|(_, task)| task.assignee == Some(account) && task.is_open);
        let tasks = mine.filter(|(_, task)| task.due_on.is_some_and(|due| due >= asked.first_day()));
        let tasks = tasks.map(|(id, _)| *id).collect();
        let with = Others::of(asked, &own).await?;
        let mut states: HashSet<Uuid> = assignment::states_of(asked.db, account).await?.into_iter().collect();
        states.extend(with.states);
        let met = asked.meetings().filter(|(id, met)| {
            let is_theirs = with.meetings.contains(id) || met.states.iter().any(|state| states.contains(state));
            is_theirs && may_stand(asked, met)
        });
        let met = met.map(|(id, _)| id).collect();
        let due = own.into_iter().filter(|it| is_due(asked, it)).collect();
        Ok(Self { due, tasks, met })
    }
}

fn is_open(it: &Standing<'_>) -> bool {
    it.stand.is_open()
}

fn is_due(asked: Asked<'_>, it: &Standing<'_>) -> bool {
    it.action.due_on.is_some_and(|due| due >= asked.first_day())
}

/// Whether a meeting may have a day in the calendar: one "in 2025" counts as held on the first day of the year and stands on
/// the last.
fn may_stand(asked: Asked<'_>, met: &Meeting) -> bool {
    met.held_on.is_some_and(|held| held.year() >= asked.first_day().year())
}

/// With whom some actions are: the meetings in which such a person or body took part, and the states of which no more is known.
#[derive(Default)]
struct Others {
    meetings: HashSet<Uuid>,
    states: HashSet<Uuid>,
}

impl Others {
    async fn of(asked: Asked<'_>, actions: &[Standing<'_>]) -> Result<Self> {
        let ids: Vec<Uuid> = actions.iter().map(|it| it.id).collect();
        let rows = by_ids_at::<follow_up_action::Entity>(asked.db, &ids, None).await?;
        let (mut people, mut bodies, mut others) = (Vec::new(), Vec::new(), Self::default());
        for Party { person_id, organization_id, state_id, .. } in rows.values().flat_map(other_sides) {
            let organization_id = organization_id.filter(|body| Some(*body) != asked.book.host());
            people.extend(person_id);
            bodies.extend(organization_id);
            if person_id.is_none() && organization_id.is_none() {
                others.states.extend(state_id);
            }
        }
        for (column, ids) in
            [(participation::Column::PersonId, people), (participation::Column::OrganizationId, bodies)]
        {
            let parts = by_parents_at::<participation::Entity>(asked.db, column, &ids, None).await?;
            others.meetings.extend(parts.into_iter().map(|part| part.meeting_id));
        }
        Ok(others)
    }
}

/// Who stands on the other side of an action; on both, where it is of neither side alone.
fn other_sides(row: &follow_up_action::Model) -> Vec<Party> {
    match row.actor_side.0 {
        Side::Ours => vec![row.counterpart()],
        Side::Theirs => vec![row.actor()],
        Side::Both | Side::Other => vec![row.actor(), row.counterpart()],
    }
}
