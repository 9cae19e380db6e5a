//! The few kinds of column and index that every table is made of.

use sea_orm_migration::{
    prelude::{
        Alias, ColumnDef, DbErr, ForeignKey, Index, IndexCreateStatement, SchemaManager, Table, TableCreateStatement,
    },
    sea_orm::sea_query::ForeignKeyAction,
};

/// A table with the key that all have.
pub(crate) fn table(name: &str) -> TableCreateStatement {
    let mut table = Table::create();
    table.table(Alias::new(name)).col(ColumnDef::new(Alias::new("id")).uuid().not_null().primary_key());
    table
}

pub(crate) fn text(name: &str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).text().not_null().take()
}

pub(crate) fn optional_text(name: &str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).text().take()
}

pub(crate) fn number(name: &str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).integer().not_null().take()
}

pub(crate) fn real(name: &str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).double().not_null().take()
}

pub(crate) fn flag(name: &str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).boolean().not_null().take()
}

pub(crate) fn day(name: &str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).date().take()
}

pub(crate) fn moment(name: &str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).timestamp_with_time_zone().not_null().take()
}

pub(crate) fn optional_moment(name: &str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).timestamp_with_time_zone().take()
}

pub(crate) fn json(name: &str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).json_binary().not_null().take()
}

pub(crate) fn version() -> ColumnDef {
    number("version")
}

/// The identifier of a record that need not be there any more, or of one of several concepts.
pub(crate) fn id(name: &str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).uuid().take()
}

/// Adds a reference to a row of another table, and the index that follows it back.
pub(crate) trait References {
    fn refers(&mut self, column: &str, table: &str) -> &mut Self;
    fn may_refer(&mut self, column: &str, table: &str) -> &mut Self;
}

impl References for TableCreateStatement {
    fn refers(&mut self, column: &str, table: &str) -> &mut Self {
        self.col(id(column).not_null());
        constrain(self, column, table)
    }

    fn may_refer(&mut self, column: &str, table: &str) -> &mut Self {
        self.col(id(column));
        constrain(self, column, table)
    }
}

/// Nothing that is referred to can be removed.
fn constrain<'t>(table: &'t mut TableCreateStatement, column: &str, to: &str) -> &'t mut TableCreateStatement {
    let mut key = ForeignKey::create();
    key.from_col(Alias::new(column))
        .to_tbl(Alias::new(to))
        .to_col(Alias::new("id"))
        .on_delete(ForeignKeyAction::Restrict);
    table.foreign_key(&mut key)
}

/// An index over columns of a table, named after both.
pub(crate) fn index(table: &str, columns: &[&str]) -> IndexCreateStatement {
    let mut index = Index::create();
    index.name(format!("{table}_{}", columns.join("_"))).table(Alias::new(table));
    for column in columns {
        index.col(Alias::new(*column));
    }
    index
}

/// An index that keeps two rows from being the same in these columns.
pub(crate) fn unique(table: &str, columns: &[&str]) -> IndexCreateStatement {
    index(table, columns).unique().take()
}

/// Makes the tables, then the indexes.
pub(crate) async fn create(
    manager: &SchemaManager<'_>,
    tables: Vec<TableCreateStatement>,
    indexes: Vec<IndexCreateStatement>,
) -> Result<(), DbErr> {
    for table in tables {
        manager.create_table(table).await?;
    }
    for index in indexes {
        manager.create_index(index).await?;
    }
    Ok(())
}
