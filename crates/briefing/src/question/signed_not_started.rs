//! Signed and not started: what is binding and has not begun.

use futures_core::future::BoxFuture;
use store::Result;
use vocab::{ActionStatus, Strength};

use crate::{
    answer::{Answer, Asked, Cell, Column, ColumnKind, Question, Standing},
    found::Found,
};

/// The signed actions on which nothing has begun.
pub(crate) static QUESTION: Question = Question {
    name: "signed-not-started",
    title: "Signed, not started",
    asks: "Actions that are signed or resourced and of which the updates say that nothing has begun, or nothing at all: \
           the status said is not started or recorded, however long the silence. The longest ago first. Those that \
           nobody has reported on are listed and not judged: work may have begun.",
    rule: "signed-not-started/1",
    columns: &[
        Column { name: "action", title: "Action", kind: ColumnKind::Record },
        Column { name: "what", title: "What", kind: ColumnKind::Text },
        Column { name: "state", title: "State", kind: ColumnKind::Record },
        Column { name: "signed", title: "Signed on", kind: ColumnKind::Day },
        Column { name: "days", title: "Days since", kind: ColumnKind::Number },
    ],
    ask: |asked| -> BoxFuture<'_, _> { Box::pin(answer(asked)) },
};

pub(super) fn rows(asked: Asked<'_>) -> Found<Standing<'_>> {
    let is_told = |standing: &Standing<'_>| standing.stand.said != ActionStatus::Recorded;
    let (mut judged, mut of) = (0, 0);
    let signed = asked.actions().filter(|standing| standing.action.strength >= Strength::Signed);
    let counted = signed.inspect(|standing| {
        of += 1;
        judged += usize::from(is_told(standing));
    });
    let not_begun =
        |standing: &Standing<'_>| matches!(standing.stand.said, ActionStatus::Recorded | ActionStatus::NotStarted);
    let rows = counted.filter(not_begun).collect();
    Found { rows, judged, of }.first(|standing| (standing.action.since, standing.id), is_told)
}

async fn answer(asked: Asked<'_>) -> Result<Answer> {
    let found = rows(asked);
    let titles = asked.titles(found.rows.iter().map(|standing| standing.id)).await?;
    Ok(found.told(|Standing { id, action, .. }| {
        vec![
            asked.reference(*id),
            titles.title(*id),
            asked.state_cell(action.state),
            Cell::Day(action.since),
            Cell::Number((asked.day() - action.since).num_days()),
        ]
    }))
}
