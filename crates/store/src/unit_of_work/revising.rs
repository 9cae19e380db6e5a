//! Revising and removing a row: as it was read, or as it is once nobody else is writing it.

use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, Iden, Iterable, QueryFilter, QuerySelect,
    sea_query::{Expr, LockType},
};
use uuid::Uuid;

use super::{ColumnOf, UnitOfWork, is_row};
use crate::{Error, Recorded, Result};

impl UnitOfWork {
    /// Revises a row that was read in this unit, as [`UnitOfWork::revise`] does.
    ///
    /// # Errors
    /// [`Error::Conflict`] where it is at another version by now; whatever `change` refuses.
    pub(crate) async fn revise_from<M>(&mut self, before: M, change: impl FnOnce(&mut M) -> Result<()>) -> Result<M>
    where
        M: Recorded + PartialEq,
        M::Entity: EntityTrait<Model = M>,
    {
        let id = before.id();
        let mut after = before.clone();
        change(&mut after)?;
        let mut after = self.led(after).await?;
        if after == before {
            return Ok(before);
        }
        after.next_version();
        let mut update = M::Entity::update_many().filter(is_row::<M::Entity>(id));
        if let Some(version) = version_of::<M>() {
            update = update.filter(version.eq(before.version()));
        }
        for (column, value) in values::<M>(&after) {
            update = update.col_expr(column, Expr::val(value));
        }
        if update.exec(&self.transaction).await?.rows_affected == 0 {
            let current = crate::by_id::<M::Entity>(&self.transaction, id).await?.version();
            return Err(Error::Conflict { concept: M::CONCEPT, id, expected: before.version(), current });
        }
        self.remember(id, after.version(), Some(&before), Some(&after));
        Ok(after)
    }

    /// A row as it is once nobody else is revising it, which nobody else revises until this unit ends. Others may go on
    /// writing rows that refer to it, as they may while it is revised.
    pub(super) async fn latest<M: Recorded>(&self, id: Uuid) -> Result<M>
    where
        M::Entity: EntityTrait<Model = M>,
    {
        let row = M::Entity::find().filter(is_row::<M::Entity>(id)).lock(LockType::NoKeyUpdate);
        row.one(&self.transaction).await?.ok_or(Error::NotFound { concept: M::CONCEPT, id })
    }

    /// Removes a row that only joins others, one that was merged into another, or one that an import made which is taken
    /// back; any other record is closed, never removed. One that is gone already is no matter.
    ///
    /// # Errors
    /// [`Error::Conflict`] where the row is at another version by now; [`Error::Database`].
    pub async fn remove<M: Recorded>(&mut self, row: M) -> Result<()>
    where
        M::Entity: EntityTrait<Model = M>,
    {
        let id = row.id();
        let mut delete = M::Entity::delete_many().filter(is_row::<M::Entity>(id));
        if let Some(version) = version_of::<M>() {
            delete = delete.filter(version.eq(row.version()));
        }
        if delete.exec(&self.transaction).await?.rows_affected == 0 {
            // What somebody else has done since is not taken away with it.
            return match crate::by_ids::<M::Entity>(&self.transaction, &[id]).await?.get(&id).map(Recorded::version) {
                Some(current) => Err(Error::Conflict { concept: M::CONCEPT, id, expected: row.version(), current }),
                None => Ok(()),
            };
        }
        self.remember(id, row.version() + 1, Some(&row), None);
        Ok(())
    }
}

/// The column that counts the revisions of a row, where there is one.
pub(super) fn version_of<M: Recorded>() -> Option<ColumnOf<M>> {
    ColumnOf::<M>::iter().find(|column| column.to_string() == "version")
}

/// The columns of a row with their values, without its key.
fn values<M: Recorded>(row: &M) -> Vec<(<M::Entity as EntityTrait>::Column, sea_orm::Value)> {
    let row = row.to_active();
    <M::Entity as EntityTrait>::Column::iter()
        .filter(|column| column.to_string() != "id")
        .filter_map(|column| Some((column, row.get(column).into_value()?)))
        .collect()
}
