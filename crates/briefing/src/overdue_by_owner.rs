//! Overdue by owner: who on our side looks after what is late.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use futures_core::future::BoxFuture;
use sea_orm::{QueryFilter, QuerySelect};
use store::{Concept, RecordRef, Result, account, by_ids, follow_up_action, page};
use uuid::Uuid;

use crate::answer::{Answer, Asked, Cell, Column, ColumnKind, Question};

/// How many actions are late, by who looks after them.
pub(crate) static QUESTION: Question = Question {
    name: "overdue-by-owner",
    title: "Overdue, by owner",
    asks: "Actions whose due day has passed and that are neither delivered nor dropped, counted by the account that \
           looks after them; those that nobody looks after come first. Actions without a due day are not judged.",
    rule: "overdue-by-owner/1",
    columns: &[
        Column { name: "owner", title: "Owner", kind: ColumnKind::Record },
        Column { name: "overdue", title: "Overdue", kind: ColumnKind::Number },
        Column { name: "oldest", title: "Oldest due day", kind: ColumnKind::Day },
    ],
    ask: |asked| -> BoxFuture<'_, _> { Box::pin(answer(asked)) },
};

async fn answer(asked: Asked<'_>) -> Result<Answer> {
    use follow_up_action::Column as Of;
    let all = follow_up_action::Filter {
        state_ids: asked.state_id.map(|id| vec![id]),
        today: Some(asked.today),
        ..follow_up_action::Filter::default()
    };
    let late = follow_up_action::Filter { overdue: Some(true), ..all.clone() };
    let late = follow_up_action::select(&late).select_only().columns([Of::OwnerId, Of::DueOn]);
    let mut by_owner: BTreeMap<Option<Uuid>, (i64, Option<NaiveDate>)> = BTreeMap::new();
    for (owner, due) in late.into_tuple::<(Option<Uuid>, Option<NaiveDate>)>().all(asked.db).await? {
        let (count, oldest) = by_owner.entry(owner).or_default();
        *count += 1;
        *oldest = [*oldest, due].into_iter().flatten().min();
    }
    let ids: Vec<_> = by_owner.keys().flatten().copied().collect();
    let accounts = by_ids::<account::Entity>(asked.db, &ids).await?;
    let owner = |id: &Option<Uuid>| match id.and_then(|id| accounts.get(&id)) {
        Some(account) => Cell::Record(RecordRef::new(Concept::Account, account.id), account.name.clone()),
        None => Cell::Empty,
    };
    let dated = follow_up_action::select(&all).filter(sea_orm::ColumnTrait::is_not_null(&Of::DueOn));
    Ok(Answer {
        rows: by_owner
            .iter()
            .map(|(id, (count, oldest))| vec![owner(id), Cell::Number(*count), oldest.map_or(Cell::Empty, Cell::Day)])
            .collect(),
        judged: page::count(asked.db, dated).await?,
        of: page::count(asked.db, follow_up_action::select(&all)).await?,
    })
}
