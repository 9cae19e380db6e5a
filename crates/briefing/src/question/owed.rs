//! The ledger: what we owe, what they owe, and what waits for an answer of either side.

use futures_core::future::BoxFuture;
use store::Result;

use crate::{
    answer::{Answer, Asked, Cell, Column, ColumnKind, Question, Standing},
    book::Action,
    ledger::Page,
};

/// The most rows an answer shows; the coverage tells how many there are.
const MOST: usize = 1_000;

/// Which open actions wait for whom, first due first.
pub(crate) static QUESTION: Question = Question {
    name: "owed",
    title: "The ledger: who owes what, and who waits for whom",
    asks: "Every action that is neither delivered nor dropped. What was promised, agreed or planned is owed by the side \
           that moves next; what was asked, offered, proposed or an invitation waits for that side's answer. First due \
           first, then the oldest. Actions for which nobody has said which of the two sides moves next are not judged.",
    rule: "owed/2",
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

async fn answer(asked: Asked<'_>) -> Result<Answer> {
    let open: Vec<_> = asked.actions().filter(|standing| standing.stand.is_open()).collect();
    let mut owed: Vec<_> = open.iter().filter_map(|standing| Some((page(standing.action)?, standing))).collect();
    owed.sort_by_key(|(_, standing)| {
        (standing.action.due_on.is_none(), standing.action.due_on, standing.action.since, standing.id)
    });
    let judged = owed.len();
    owed.truncate(MOST);
    let words = asked.words(owed.iter().map(|(_, standing)| standing.id)).await?;
    let row = |(page, Standing { id, action, stand }): &(&str, &Standing<'_>)| {
        vec![
            Cell::Text((*page).to_owned()),
            words.reference(*id),
            words.title(*id),
            asked.state_cell(action.state),
            Cell::word(Some(stand.status)),
            Cell::day(action.due_on),
            if stand.overdue { Cell::Text("overdue".to_owned()) } else { Cell::Empty },
            Cell::Number((asked.day() - action.since).num_days()),
        ]
    };
    Ok(Answer::new(owed.iter().map(row), judged, open.len()))
}
