//! Reading rows by their keys, many at a time.

use std::{collections::HashMap, hash::Hash};

use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, Iterable, ModelTrait, PrimaryKeyToColumn, QueryFilter, QueryOrder,
    Select,
};
use uuid::Uuid;

use crate::{Error, Recorded, Result};

/// Keys asked in one statement; far below what either database takes.
pub(crate) const KEYS_AT_ONCE: usize = 1_000;

/// The row with this identifier.
///
/// # Errors
/// [`Error::NotFound`] where there is none.
pub async fn by_id<E>(db: &impl ConnectionTrait, id: Uuid) -> Result<E::Model>
where
    E: EntityTrait,
    E::Model: Recorded<Entity = E>,
{
    let rows = by_ids::<E>(db, &[id]).await?;
    rows.into_values().next().ok_or(Error::NotFound { concept: E::Model::CONCEPT, id })
}

/// The rows with these identifiers, as far as there are any.
///
/// # Errors
/// [`Error::Database`].
pub async fn by_ids<E>(db: &impl ConnectionTrait, ids: &[Uuid]) -> Result<HashMap<Uuid, E::Model>>
where
    E: EntityTrait,
    E::Model: Recorded<Entity = E>,
{
    let Some(key) = E::PrimaryKey::iter().next().map(PrimaryKeyToColumn::into_column) else {
        return Ok(HashMap::new());
    };
    let mut found = HashMap::with_capacity(ids.len());
    for ids in ids.chunks(KEYS_AT_ONCE) {
        let rows = E::find().filter(key.is_in(ids.iter().copied())).all(db).await?;
        found.extend(rows.into_iter().map(|row| (Recorded::id(&row), row)));
    }
    Ok(found)
}

/// The rows of `select` whose `column` is one of `parents`, grouped by it, in the order of `select`, then of their
/// keys (which is the order of their making). For lists that are short by nature; long ones are read by [`crate::page`].
///
/// # Errors
/// [`Error::Database`].
pub async fn by_parents<E, K>(
    db: &impl ConnectionTrait,
    select: Select<E>,
    column: E::Column,
    parents: &[K],
    parent_of: impl Fn(&E::Model) -> Option<K>,
) -> Result<HashMap<K, Vec<E::Model>>>
where
    E: EntityTrait,
    E::Model: ModelTrait<Entity = E>,
    K: Clone + Eq + Hash + Into<sea_orm::Value>,
{
    let mut found: HashMap<K, Vec<E::Model>> = HashMap::with_capacity(parents.len());
    for parents in parents.chunks(KEYS_AT_ONCE) {
        let mut select = select.clone().filter(column.is_in(parents.iter().cloned()));
        for key in E::PrimaryKey::iter() {
            select = select.order_by_asc(key.into_column());
        }
        for row in select.all(db).await? {
            if let Some(parent) = parent_of(&row) {
                found.entry(parent).or_default().push(row);
            }
        }
    }
    Ok(found)
}
