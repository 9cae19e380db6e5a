//! Upcoming meetings: with what we go into each.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use futures_core::future::BoxFuture;
use store::Result;
use uuid::Uuid;
use vocab::Side;

use crate::{
    answer::{Answer, Asked, Cell, Column, ColumnKind, Question, Standing},
    found::Found,
};

/// The meetings that lie ahead, and how much is open with each state.
pub(crate) static QUESTION: Question = Question {
    name: "upcoming-meetings",
    title: "Upcoming meetings",
    asks: "Meetings whose day lies behind the day by which things are judged, a row for each state that has part, the \
           next first: how many actions with that state are open, how many of them overdue, and for how many the next \
           move is ours, alone or together with them. Of a meeting whose month or year alone is known, the first day \
           counts. Meetings without a day are not judged.",
    rule: "upcoming-meetings/1",
    columns: &[
        Column { name: "day", title: "Day", kind: ColumnKind::Day },
        Column { name: "meeting", title: "Meeting", kind: ColumnKind::Record },
        Column { name: "state", title: "State", kind: ColumnKind::Record },
        Column { name: "open", title: "Open", kind: ColumnKind::Number },
        Column { name: "overdue", title: "Overdue", kind: ColumnKind::Number },
        Column { name: "waiting", title: "Waiting for us", kind: ColumnKind::Number },
    ],
    ask: |asked| -> BoxFuture<'_, _> { Box::pin(answer(asked)) },
};

/// What is open with a state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Open {
    pub(super) all: usize,
    pub(super) overdue: usize,
    pub(super) waiting: usize,
}

/// A meeting with a state.
pub(super) struct Row {
    pub(super) on: NaiveDate,
    pub(super) meeting: Uuid,
    pub(super) state: Option<Uuid>,
    pub(super) open: Open,
}

pub(super) fn rows(asked: Asked<'_>) -> Found<Row> {
    let (mut rows, mut judged, mut of) = (Vec::new(), 0, 0);
    for (id, meeting) in asked.meetings() {
        of += 1;
        judged += usize::from(meeting.held_on.is_some());
        if let Some(on) = meeting.held_on.filter(|held| *held > asked.day()) {
            let row = |state| Row { on, meeting: id, state, open: Open::default() };
            rows.extend(asked.states_of(meeting).map(row));
        }
    }
    let mut found = Found { rows, judged, of }.first(|row| (row.on, row.meeting, row.state), |_| true);
    let open = open_with(asked, found.rows.iter().filter_map(|row| row.state));
    for row in &mut found.rows {
        row.open = row.state.and_then(|state| open.get(&state).copied()).unwrap_or_default();
    }
    found
}

/// What is open with each of these states.
fn open_with(asked: Asked<'_>, states: impl Iterator<Item = Uuid>) -> BTreeMap<Uuid, Open> {
    let mut with: BTreeMap<Uuid, Open> = states.map(|state| (state, Open::default())).collect();
    if with.is_empty() {
        return with;
    }
    for Standing { action, stand, .. } in asked.actions().filter(|standing| standing.stand.is_open()) {
        if let Some(open) = action.state.and_then(|state| with.get_mut(&state)) {
            open.all += 1;
            open.overdue += usize::from(stand.overdue);
            open.waiting += usize::from(matches!(action.awaits, Some(Side::Ours | Side::Both)));
        }
    }
    with
}

async fn answer(asked: Asked<'_>) -> Result<Answer> {
    let found = rows(asked);
    let words = asked.meeting_words(found.rows.iter().map(|row| row.meeting)).await?;
    Ok(found.told(|Row { on, meeting, state, open }| {
        vec![
            Cell::Day(*on),
            words.record(*meeting),
            asked.state_cell(*state),
            Cell::count(open.all),
            Cell::count(open.overdue),
            Cell::count(open.waiting),
        ]
    }))
}
