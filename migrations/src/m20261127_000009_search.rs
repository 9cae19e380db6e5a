//! The index of the search: what can be found, and the folded words by which each engine finds it in its own way.

use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

use crate::columns::{create, day, id, number, text};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// SQLite keeps no copy of the words. What is not ASCII is a letter to it: the words come folded. An index of its own for
/// beginnings (`prefix`) was measured: it doubles the index, and finds no sooner.
const SQLITE: &[&str] = &["CREATE VIRTUAL TABLE search_words USING fts5 \
     (title, text, content = '', contentless_delete = 1, tokenize = 'ascii')"];

const POSTGRES: &[&str] = &[
    "CREATE TABLE search_words (no integer PRIMARY KEY, words tsvector NOT NULL)",
    "CREATE INDEX search_words_words ON search_words USING gin (words)",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // Words are known by number in SQLite, and only a key of this kind stays as it is when the file is written anew.
        let entry = Table::create()
            .table(Alias::new("search_entry"))
            .col(number("no").primary_key())
            .col(id("id").not_null().unique_key())
            .col(text("concept"))
            .col(day("day").not_null())
            .col(number("folding"))
            .take();
        create(manager, vec![entry], Vec::new()).await?;
        let words = if manager.get_database_backend() == DbBackend::Sqlite { SQLITE } else { POSTGRES };
        for statement in words {
            manager.get_connection().execute_unprepared(statement).await?;
        }
        Ok(())
    }
}
