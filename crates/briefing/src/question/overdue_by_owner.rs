//! Overdue by owner: who on our side looks after what is late.

use futures_core::future::BoxFuture;
use store::{Concept, RecordRef, Result, account, by_ids_at};
use uuid::Uuid;

use super::late::late_by;
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
    let found = late_by(asked, |standing| standing.action.owner);
    let ids: Vec<_> = found.rows.iter().filter_map(|(owner, _)| *owner).collect();
    let accounts = by_ids_at::<account::Entity>(asked.db, &ids, asked.clock.known_at).await?;
    let name = |id: &Option<Uuid>| match id.and_then(|id| accounts.get(&id)) {
        Some(account) => Cell::Record(RecordRef::new(Concept::Account, account.id), account.name.clone()),
        None => Cell::Empty,
    };
    Ok(found.told(|(owner, late)| vec![name(owner), Cell::count(late.count), Cell::day(late.oldest)]))
}
