//! Unanswered requests: what was asked, and nobody has told what came of it.

use futures_core::future::BoxFuture;
use store::Result;
use vocab::{ActionKind, ActionStatus, Side};

use crate::{
    answer::{Answer, Asked, Cell, Column, ColumnKind, Question, Standing},
    found::Found,
};

/// The requests and invitations that wait for an answer.
pub(crate) static QUESTION: Question = Question {
    name: "requests-unanswered",
    title: "Unanswered requests and invitations",
    asks: "Requests and invitations on which there is no update of any track by the day, by whose answer they wait for: \
           ours, theirs, then that of both; the longest waiting first. Beyond its rhythm is what has waited longer than \
           its kind allows. Those for which nobody has said which of the two sides moves next are not judged.",
    rule: "requests-unanswered/1",
    columns: &[
        Column { name: "waits-for", title: "Whose answer", kind: ColumnKind::Text },
        Column { name: "action", title: "Action", kind: ColumnKind::Record },
        Column { name: "what", title: "What", kind: ColumnKind::Text },
        Column { name: "state", title: "State", kind: ColumnKind::Record },
        Column { name: "asked", title: "Asked on", kind: ColumnKind::Day },
        Column { name: "days", title: "Days waiting", kind: ColumnKind::Number },
        Column { name: "beyond", title: "Beyond its rhythm", kind: ColumnKind::Text },
    ],
    ask: |asked| -> BoxFuture<'_, _> { Box::pin(answer(asked)) },
};

pub(super) fn rows(asked: Asked<'_>) -> Found<Standing<'_>> {
    // Nobody says "recorded": it is the word for what nobody has reported on.
    let is_unanswered = |Standing { action, stand, .. }: &Standing<'_>| {
        matches!(action.kind, ActionKind::Request | ActionKind::Invitation) && stand.said == ActionStatus::Recorded
    };
    let mut of = 0;
    let unanswered = asked.actions().filter(is_unanswered).inspect(|_| of += 1);
    let of_a_side = |standing: &Standing<'_>| standing.action.awaits.is_some_and(|side| side != Side::Other);
    let rows: Vec<_> = unanswered.filter(of_a_side).collect();
    Found { judged: rows.len(), rows, of }
        .first(|standing| (standing.action.awaits, standing.action.since, standing.id), |_| true)
}

async fn answer(asked: Asked<'_>) -> Result<Answer> {
    let found = rows(asked);
    let titles = asked.titles(found.rows.iter().map(|standing| standing.id)).await?;
    Ok(found.told(|Standing { id, action, stand }| {
        vec![
            Cell::word(action.awaits),
            asked.reference(*id),
            titles.title(*id),
            asked.state_cell(action.state),
            Cell::Day(action.since),
            Cell::Number((asked.day() - action.since).num_days()),
            Cell::flag(stand.status == ActionStatus::NoEvidence, "beyond its rhythm"),
        ]
    }))
}
