//! Writing what is no record: rows that tell how work goes, not what is known. They have no history.

use sea_orm::{
    Condition, EntityTrait, IntoActiveModel, ModelTrait, PrimaryKeyTrait, QueryFilter, TryInsertResult,
    sea_query::{OnConflict, SimpleExpr},
};

use super::UnitOfWork;
use crate::Result;

/// A row that tells how work goes. Which rows are such is a list of its own in the rules of the house.
pub(crate) trait Bookkeeping:
    ModelTrait<Entity: EntityTrait<Model = Self, PrimaryKey: PrimaryKeyTrait>>
{
}

impl UnitOfWork {
    /// Writes down a row, unless one like it is there: whether it was new.
    pub(crate) async fn note<M>(&mut self, row: M) -> Result<bool>
    where
        M: Bookkeeping + IntoActiveModel<<M::Entity as EntityTrait>::ActiveModel>,
    {
        let insert = M::Entity::insert(row.into_active_model()).on_conflict(OnConflict::new().do_nothing().to_owned());
        match insert.try_insert().exec_without_returning(&self.transaction).await? {
            TryInsertResult::Inserted(rows) => Ok(rows > 0),
            TryInsertResult::Conflicted | TryInsertResult::Empty => Ok(false),
        }
    }

    /// Changes the rows that a condition picks, in one statement: as they are afterwards.
    pub(crate) async fn book<M: Bookkeeping>(
        &mut self,
        which: Condition,
        set: Vec<(<M::Entity as EntityTrait>::Column, SimpleExpr)>,
    ) -> Result<Vec<M>> {
        let mut update = M::Entity::update_many().filter(which);
        for (column, value) in set {
            update = update.col_expr(column, value);
        }
        Ok(update.exec_with_returning(&self.transaction).await?)
    }

    /// Forgets the rows that a condition picks: how many.
    pub(crate) async fn forget<M: Bookkeeping>(&mut self, which: Condition) -> Result<u64> {
        Ok(M::Entity::delete_many().filter(which).exec(&self.transaction).await?.rows_affected)
    }
}
