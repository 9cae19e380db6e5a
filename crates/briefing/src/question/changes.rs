//! Changes: what happened in a period.

use chrono::NaiveDate;
use futures_core::future::BoxFuture;
use store::Result;
use uuid::Uuid;
use vocab::ActionStatus;

use crate::{
    answer::{Answer, Asked, Cell, Column, ColumnKind, Question, Standing, spoken},
    found::Found,
};

/// What was said, what was met and which statuses are others than before.
pub(crate) static QUESTION: Question = Question {
    name: "changes",
    title: "What changed",
    asks: "What happened from the first day of the period (a year before the day, where none is given) to the day, both \
           included, in order of day: actions said, meetings held (a row for each state that had part), and actions \
           that stand otherwise on the day than before the period. A change of status is shown once, from the first to \
           the last, on the day of the latest statement, or on which its silence began to count; an action said in the \
           period begins as recorded. Of more than 1,000 changes the latest are shown and judged. Meetings without \
           a day are not judged.",
    rule: "changes/1",
    columns: &[
        Column { name: "day", title: "Day", kind: ColumnKind::Day },
        Column { name: "change", title: "What happened", kind: ColumnKind::Text },
        Column { name: "record", title: "Record", kind: ColumnKind::Record },
        Column { name: "what", title: "What", kind: ColumnKind::Text },
        Column { name: "state", title: "State", kind: ColumnKind::Record },
    ],
    ask: |asked| -> BoxFuture<'_, _> { Box::pin(answer(asked)) },
};

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Change {
    /// A meeting was held.
    Met,
    /// An action was said.
    Said,
    /// An action stands otherwise.
    Status(ActionStatus, ActionStatus),
}

/// A change, of a meeting or of an action.
pub(super) struct Row {
    pub(super) on: NaiveDate,
    pub(super) change: Change,
    pub(super) id: Uuid,
    pub(super) state: Option<Uuid>,
}

pub(super) fn rows(asked: Asked<'_>) -> Found<Row> {
    let (first, day) = (asked.first_day(), asked.day());
    let (mut rows, mut undated) = (Vec::new(), 0);
    for standing in asked.actions() {
        let Standing { id, action, .. } = standing;
        let row = |(on, change)| Row { on, change, id, state: action.state };
        rows.extend((action.since >= first).then_some((action.since, Change::Said)).map(row));
        rows.extend(change_of_status(asked, &standing).map(row));
    }
    for (id, meeting) in asked.meetings() {
        undated += usize::from(meeting.held_on.is_none());
        if let Some(on) = meeting.held_on.filter(|held| first <= *held && *held <= day) {
            rows.extend(asked.states_of(meeting).map(|state| Row { on, change: Change::Met, id, state }));
        }
    }
    let judged = rows.len();
    Found { rows, judged, of: judged + undated }.last(|row| (row.on, row.change, row.id, row.state))
}

/// How an action stands otherwise than before the period, and since which day.
fn change_of_status(asked: Asked<'_>, Standing { action, stand, .. }: &Standing<'_>) -> Option<(NaiveDate, Change)> {
    let before = asked.first_day().pred_opt().and_then(|eve| action.stands(asked.rhythms, eve));
    let before = before.map_or(ActionStatus::Recorded, |before| before.status);
    let on = if stand.status == ActionStatus::NoEvidence { stand.silent_from } else { stand.heard_on };
    (before != stand.status).then_some((on, Change::Status(before, stand.status)))
}

async fn answer(asked: Asked<'_>) -> Result<Answer> {
    let found = rows(asked);
    let (met, said): (Vec<&Row>, Vec<&Row>) = found.rows.iter().partition(|row| row.change == Change::Met);
    let meetings = asked.meeting_words(met.iter().map(|row| row.id)).await?;
    let titles = asked.titles(said.iter().map(|row| row.id)).await?;
    Ok(found.told(|Row { on, change, id, state }| {
        let (change, record, what) = match change {
            Change::Met => ("met".to_owned(), meetings.record(*id), meetings.title(*id)),
            Change::Said => ("said".to_owned(), asked.reference(*id), titles.title(*id)),
            Change::Status(from, to) => {
                let change = format!("status: {} to {}", spoken(*from), spoken(*to));
                (change, asked.reference(*id), titles.title(*id))
            }
        };
        vec![Cell::Day(*on), Cell::Text(change), record, what, asked.state_cell(*state)]
    }))
}
