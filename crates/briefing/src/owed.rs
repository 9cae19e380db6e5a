//! What is owed: the open actions, by the side that owes the next move.

use futures_core::future::BoxFuture;
use sea_orm::sea_query::Order;
use store::{
    Concept, RecordRef, Result, by_ids, follow_up_action, member_state,
    page::{self, Slice},
};
use vocab::{ActionStatus, Language, Word};

use crate::answer::{Answer, Asked, Cell, Column, ColumnKind, Question};

/// The most rows an answer shows; the coverage tells how many there are.
const MOST: u64 = 1_000;

/// Which open actions wait for whom, first due first.
pub(crate) static QUESTION: Question = Question {
    name: "owed",
    title: "What is owed, and by whom",
    asks: "Every action that is neither delivered nor dropped, with the side that owes the next move, first due first. \
           Actions for which nobody has said who moves next are not judged.",
    rule: "owed/1",
    columns: &[
        Column { name: "awaits", title: "Waiting for", kind: ColumnKind::Text },
        Column { name: "action", title: "Action", kind: ColumnKind::Record },
        Column { name: "what", title: "What", kind: ColumnKind::Text },
        Column { name: "state", title: "State", kind: ColumnKind::Record },
        Column { name: "due", title: "Due", kind: ColumnKind::Day },
        Column { name: "overdue", title: "Overdue", kind: ColumnKind::Text },
    ],
    ask: |asked| -> BoxFuture<'_, _> { Box::pin(answer(asked)) },
};

async fn answer(asked: Asked<'_>) -> Result<Answer> {
    let open = ActionStatus::ALL.iter().copied().filter(|status| !status.is_closed()).collect();
    let filter = follow_up_action::Filter {
        state_ids: asked.state_id.map(|id| vec![id]),
        statuses: Some(open),
        ..follow_up_action::Filter::default()
    };
    let waiting = follow_up_action::Filter { awaits: Some(vocab::Side::ALL.to_vec()), ..filter.clone() };
    let order = follow_up_action::OrderBy::DueOn.keys(Order::Asc);
    let page = page::page(asked.db, follow_up_action::select(&waiting), &order, &Slice::first(MOST)).await?;
    let ids: Vec<_> = page.rows.iter().filter_map(|(_, action)| action.state_id).collect();
    let states = by_ids::<member_state::Entity>(asked.db, &ids).await?;
    let row = |action: &follow_up_action::Model| {
        let state = action.state_id.and_then(|id| states.get(&id));
        vec![
            action.awaits.map_or(Cell::Empty, |side| Cell::Text(side.0.to_string())),
            Cell::Record(RecordRef::new(Concept::FollowUpAction, action.id), action.reference.clone()),
            Cell::Text(action.title.clone()),
            state.map_or(Cell::Empty, |state| {
                Cell::Record(RecordRef::new(Concept::MemberState, state.id), state.name(Language::En).to_owned())
            }),
            action.due_on.map_or(Cell::Empty, Cell::Day),
            if action.overdue(asked.today) { Cell::Text("overdue".to_owned()) } else { Cell::Empty },
        ]
    };
    Ok(Answer {
        rows: page.rows.iter().map(|(_, action)| row(action)).collect(),
        judged: page::count(asked.db, follow_up_action::select(&waiting)).await?,
        of: page::count(asked.db, follow_up_action::select(&filter)).await?,
    })
}
