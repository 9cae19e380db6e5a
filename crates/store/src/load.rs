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

/// The keys, filled up with `filler` to a power of two. Databases keep a plan for the text of a statement: so there are a
/// handful of texts for lists of any length, where otherwise each length would be planned anew.
pub(crate) fn filled_up<K: Clone>(keys: &[K], filler: &K) -> impl Iterator<Item = K> {
    let more = keys.len().next_power_of_two() - keys.len();
    keys.iter().cloned().chain(std::iter::repeat_n(filler.clone(), more))
}

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
        let rows = E::find().filter(key.is_in(filled_up(ids, &Uuid::nil()))).all(db).await?;
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
        let Some(last) = parents.last() else { continue };
        let mut select = select.clone().filter(column.is_in(filled_up(parents, last)));
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_nearly_the_same_length_are_one_text() {
        let lengths = |keys: &[i32]| filled_up(keys, &0).collect::<Vec<_>>();
        assert_eq!(lengths(&[1]), [1]);
        assert_eq!(lengths(&[1, 2, 3]), [1, 2, 3, 0]);
        assert_eq!(lengths(&[1, 2, 3, 4]), [1, 2, 3, 4]);
        assert_eq!(filled_up(&[7; KEYS_AT_ONCE], &0).count(), 1_024);
    }
}
