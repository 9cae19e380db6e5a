//! Keeping rows that were kept elsewhere before. Their lines of history come with them, so that none is written.

use sea_orm::{EntityTrait, QueryFilter, sea_query::Expr};
use uuid::Uuid;

use super::{UnitOfWork, is_row};
use crate::{Result, running_number};

impl UnitOfWork {
    /// Keeps rows as they are.
    pub(crate) async fn restore<E: EntityTrait>(&self, rows: Vec<E::ActiveModel>) -> Result<()>
    where
        E::ActiveModel: Send,
    {
        E::insert_many(rows).exec_without_returning(&self.transaction).await?;
        Ok(())
    }

    /// Makes a row that was restored refer to another one.
    pub(crate) async fn refer<E: EntityTrait>(&self, column: E::Column, from: Uuid, to: Uuid) -> Result<()> {
        E::update_many().col_expr(column, Expr::val(to)).filter(is_row::<E>(from)).exec(&self.transaction).await?;
        Ok(())
    }

    /// Forgets how far was counted, so that counters can be restored.
    pub(crate) async fn forget_numbers(&self) -> Result<()> {
        running_number::Entity::delete_many().exec(&self.transaction).await?;
        Ok(())
    }
}
