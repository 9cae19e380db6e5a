//! Overdue by owner: who on our side looks after what is late.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use futures_core::future::BoxFuture;
use store::{Concept, RecordRef, Result, account, by_ids_at};
use uuid::Uuid;

use crate::answer::{Answer, Asked, Cell, Column, ColumnKind, Question};

/// How many actions are late, by who looks after them.
pub(crate) static QUESTION: Question = Question {
    name: "overdue-by-owner",
    title: "Overdue, by owner",
    asks: "Actions whose due day has passed and that are neither delivered nor dropped, counted by the account that \
           looks after them; those that nobody looks after come first. Actions without a due day are not judged.",
    rule: "overdue-by-owner/2",
    columns: &[
        Column { name: "owner", title: "Owner", kind: ColumnKind::Record },
        Column { name: "overdue", title: "Overdue", kind: ColumnKind::Number },
        Column { name: "oldest", title: "Oldest due day", kind: ColumnKind::Day },
    ],
    ask: |asked| -> BoxFuture<'_, _> { Box::pin(answer(asked)) },
};

async fn answer(asked: Asked<'_>) -> Result<Answer> {
    let mut by_owner: BTreeMap<Option<Uuid>, (usize, Option<NaiveDate>)> = BTreeMap::new();
    let (mut all, mut dated) = (0, 0);
    for standing in asked.actions() {
        all += 1;
        dated += usize::from(standing.action.due_on.is_some());
        if standing.stand.overdue {
            let (count, oldest) = by_owner.entry(standing.action.owner).or_default();
            *count += 1;
            *oldest = [*oldest, standing.action.due_on].into_iter().flatten().min();
        }
    }
    let ids: Vec<_> = by_owner.keys().flatten().copied().collect();
    let accounts = by_ids_at::<account::Entity>(asked.db, &ids, asked.clock.known_at).await?;
    let owner = |id: &Option<Uuid>| match id.and_then(|id| accounts.get(&id)) {
        Some(account) => Cell::Record(RecordRef::new(Concept::Account, account.id), account.name.clone()),
        None => Cell::Empty,
    };
    let rows = by_owner.iter().map(|(id, (count, oldest))| vec![owner(id), Cell::count(*count), Cell::day(*oldest)]);
    Ok(Answer::new(rows, dated, all))
}
