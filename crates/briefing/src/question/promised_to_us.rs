//! Promised to us: what the other side is bound to do.

use futures_core::future::BoxFuture;
use store::Result;
use vocab::Side;

use crate::{
    answer::{Answer, Asked, Cell, Column, ColumnKind, Question, Standing},
    found::Found,
};

/// The open commitments of the other side.
pub(crate) static QUESTION: Question = Question {
    name: "promised-to-us",
    title: "Promised to us",
    asks: "Commitments (promised, signed or resourced) on which the other side acts, alone or together with us, and that \
           are neither delivered nor dropped; first due first, then the oldest. What was only proposed or agreed in \
           principle is left out. Those without a due day come last and are not judged: they are never late.",
    rule: "promised-to-us/1",
    columns: &[
        Column { name: "action", title: "Action", kind: ColumnKind::Record },
        Column { name: "what", title: "What", kind: ColumnKind::Text },
        Column { name: "state", title: "State", kind: ColumnKind::Record },
        Column { name: "status", title: "Status", kind: ColumnKind::Text },
        Column { name: "due", title: "Due", kind: ColumnKind::Day },
        Column { name: "overdue", title: "Overdue", kind: ColumnKind::Text },
    ],
    ask: |asked| -> BoxFuture<'_, _> { Box::pin(answer(asked)) },
};

pub(super) fn rows(asked: Asked<'_>) -> Found<Standing<'_>> {
    let is_promised = |Standing { action, stand, .. }: &Standing<'_>| {
        action.strength.is_commitment() && matches!(action.actor_side, Side::Theirs | Side::Both) && stand.is_open()
    };
    let rows: Vec<_> = asked.actions().filter(is_promised).collect();
    let is_dated = |standing: &Standing<'_>| standing.action.due_on.is_some();
    let judged = rows.iter().filter(|standing| is_dated(standing)).count();
    Found { judged, of: rows.len(), rows }
        .first(|Standing { id, action, .. }| (action.due_on.is_none(), action.due_on, action.since, *id), is_dated)
}

async fn answer(asked: Asked<'_>) -> Result<Answer> {
    let found = rows(asked);
    let titles = asked.titles(found.rows.iter().map(|standing| standing.id)).await?;
    Ok(found.told(|Standing { id, action, stand }| {
        vec![
            asked.reference(*id),
            titles.title(*id),
            asked.state_cell(action.state),
            Cell::word(Some(stand.status)),
            Cell::day(action.due_on),
            Cell::flag(stand.overdue, "overdue"),
        ]
    }))
}
