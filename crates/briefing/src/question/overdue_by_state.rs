//! Overdue by state: with whom what is late was said.

use std::cmp::Reverse;

use futures_core::future::BoxFuture;
use store::Result;
use uuid::Uuid;

use super::late::{Late, late_by};
use crate::{
    answer::{Answer, Asked, Cell, Column, ColumnKind, Question},
    found::Found,
};

/// How many actions are late, by the state they belong to.
pub(crate) static QUESTION: Question = Question {
    name: "overdue-by-state",
    title: "Overdue, by state",
    asks: "Actions whose due day has passed and that are neither delivered nor dropped, counted by the state they \
           belong to, whichever side is late; most first, and those of no state in a row of their own. Actions without \
           a due day are not judged.",
    rule: "overdue-by-state/1",
    columns: &[
        Column { name: "state", title: "State", kind: ColumnKind::Record },
        Column { name: "overdue", title: "Overdue", kind: ColumnKind::Number },
        Column { name: "oldest", title: "Oldest due day", kind: ColumnKind::Day },
    ],
    ask: |asked| -> BoxFuture<'_, _> { Box::pin(answer(asked)) },
};

pub(super) fn rows(asked: Asked<'_>) -> Found<(Option<Uuid>, Late)> {
    let mut found = late_by(asked, |standing| standing.action.state);
    found.rows.sort_by_cached_key(|(state, late)| {
        (Reverse(late.count), late.oldest, state.map(|state| asked.name_of(state)), *state)
    });
    found
}

async fn answer(asked: Asked<'_>) -> Result<Answer> {
    Ok(rows(asked)
        .told(|(state, late)| vec![asked.state_cell(*state), Cell::count(late.count), Cell::day(late.oldest)]))
}
