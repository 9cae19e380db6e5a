//! The ledger: what we owe, what they owe, and what waits for an answer of either side.

use futures_core::future::BoxFuture;
use store::Result;

use crate::{
    answer::{Answer, Asked, Cell, Column, ColumnKind, Question, Standing},
    book::Action,
    found::Found,
    ledger::Page,
};

/// Which open actions wait for whom, first due first.
pub(crate) static QUESTION: Question = Question {
    name: "owed",
    title: "The ledger: who owes what, and who waits for whom",
    asks: "Every action that is neither delivered nor dropped. What was promised, agreed or planned is owed by the side \
           that moves next; what was asked, offered, proposed or an invitation waits for that side's answer. First due \
           first, then the oldest. Actions for which nobody has said which of the two sides moves next are not judged.",
    rule: "owed/3",
    columns: &[
        Column { name: "ledger", title: "Ledger", kind: ColumnKind::Text },
        Column { name: "action", title: "Action", kind: ColumnKind::Record },
        Column { name: "what", title: "What", kind: ColumnKind::Text },
        Column { name: "state", title: "State", kind: ColumnKind::Record },
        Column { name: "status", title: "Status", kind: ColumnKind::Text },
        Column { name: "due", title: "Due", kind: ColumnKind::Day },
        Column { name: "overdue", title: "Overdue", kind: ColumnKind::Text },
        Column { name: "age", title: "Days since it was said", kind: ColumnKind::Number },
    ],
    ask: |asked| -> BoxFuture<'_, _> { Box::pin(answer(asked)) },
};

/// On which page of the ledger an action stands; none where neither side moves next.
pub(crate) fn page(action: &Action) -> Option<&'static str> {
    Page::of(action).map(Page::name)
}

pub(super) fn rows(asked: Asked<'_>) -> Found<(&'static str, Standing<'_>)> {
    let mut of = 0;
    let open = asked.actions().filter(|standing| standing.stand.is_open()).inspect(|_| of += 1);
    let rows: Vec<_> = open.filter_map(|standing| Some((page(standing.action)?, standing))).collect();
    Found { judged: rows.len(), rows, of }
        .first(|(_, Standing { id, action, .. })| (action.due_on.is_none(), action.due_on, action.since, *id), |_| true)
}

async fn answer(asked: Asked<'_>) -> Result<Answer> {
    let found = rows(asked);
    let titles = asked.titles(found.rows.iter().map(|(_, standing)| standing.id)).await?;
    Ok(found.told(|(page, Standing { id, action, stand })| {
        vec![
            Cell::Text((*page).to_owned()),
            asked.reference(*id),
            titles.title(*id),
            asked.state_cell(action.state),
            Cell::word(Some(stand.status)),
            Cell::day(action.due_on),
            Cell::flag(stand.overdue, "overdue"),
            Cell::Number((asked.day() - action.since).num_days()),
        ]
    }))
}
