//! The tables of a moment of the past, in a database of its own. What is in them stands in the history already, which is why none
//! of this leaves a line there.

use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, IdenStatic, Iterable, QueryFilter, Schema,
    sea_query::{ColumnType, Index, SimpleExpr},
};

use super::UnitOfWork;
use crate::Result;

impl UnitOfWork {
    /// Makes the table of an entity, with an index for each column by which its rows refer to others.
    pub(crate) async fn make_table<E: EntityTrait>(&self) -> Result<()> {
        let schema = Schema::new(self.transaction.get_database_backend());
        self.transaction.execute(&schema.create_table_from_entity(E::default())).await?;
        let references = |column: &E::Column| matches!(column.def().get_column_type(), ColumnType::Uuid);
        let columns: Vec<E::Column> =
            E::Column::iter().filter(references).filter(|column| column.as_str() != "id").collect();
        for column in columns {
            let name = format!("{}_{}", E::default().as_str(), column.as_str());
            let index = Index::create().name(name).table(E::default()).col(column).take();
            self.transaction.execute(&index).await?;
        }
        Ok(())
    }

    /// Takes rows away that were not there yet.
    pub(crate) async fn take_away<E: EntityTrait>(&self, which: SimpleExpr) -> Result<()> {
        E::delete_many().filter(which).exec(&self.transaction).await?;
        Ok(())
    }

    /// Fills a column of every row with what follows from others.
    pub(crate) async fn fill<E: EntityTrait>(&self, column: E::Column, value: SimpleExpr) -> Result<()> {
        E::update_many().col_expr(column, value).exec(&self.transaction).await?;
        Ok(())
    }
}
