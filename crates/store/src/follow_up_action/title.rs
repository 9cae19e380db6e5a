//! What actions are about, without all else that is kept of them: tables tell it by the thousand.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use super::{Column, Entity};
use crate::{Result, by_ids_at, load::KEYS_AT_ONCE};

/// The titles of these actions, as they are or as they were at a moment; as far as there are any.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn titles_at(
    db: &impl ConnectionTrait,
    ids: &[Uuid],
    known_at: Option<DateTime<Utc>>,
) -> Result<HashMap<Uuid, String>> {
    if known_at.is_some() {
        let rows = by_ids_at::<Entity>(db, ids, known_at).await?;
        return Ok(rows.into_iter().map(|(id, row)| (id, row.title)).collect());
    }
    let mut found = HashMap::with_capacity(ids.len());
    for ids in ids.chunks(KEYS_AT_ONCE) {
        let rows = Entity::find().select_only().columns([Column::Id, Column::Title]);
        let rows: Vec<(Uuid, String)> = rows.filter(Column::Id.is_in(ids.iter().copied())).into_tuple().all(db).await?;
        found.extend(rows);
    }
    Ok(found)
}
