//! What actions are called, without all else that is kept of them: tables name them by the thousand.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use super::{Column, Entity};
use crate::{Result, by_ids_at};

/// Keys asked in one statement.
const KEYS_AT_ONCE: usize = 1_000;

/// What an action is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Called {
    /// Its reference, such as `PAK-12`.
    pub reference: String,
    /// What it is about.
    pub title: String,
}

/// What these actions are called, or were called at a moment; as far as there are any.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn called_at(
    db: &impl ConnectionTrait,
    ids: &[Uuid],
    known_at: Option<DateTime<Utc>>,
) -> Result<HashMap<Uuid, Called>> {
    if known_at.is_some() {
        let rows = by_ids_at::<Entity>(db, ids, known_at).await?;
        let called = |(id, row): (Uuid, super::Model)| (id, Called { reference: row.reference, title: row.title });
        return Ok(rows.into_iter().map(called).collect());
    }
    let mut found = HashMap::with_capacity(ids.len());
    for ids in ids.chunks(KEYS_AT_ONCE) {
        let rows = Entity::find().select_only().columns([Column::Id, Column::Reference, Column::Title]);
        let rows = rows.filter(Column::Id.is_in(ids.iter().copied())).into_tuple().all(db).await?;
        let called = |(id, reference, title)| (id, Called { reference, title });
        found.extend(rows.into_iter().map(called));
    }
    Ok(found)
}
