//! What the engine says of its own files, and whether every reference leads to a row.

use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, QueryResult, Statement};

use super::{Check, number};
use crate::Result;

pub(super) async fn checks(db: &DatabaseTransaction) -> Result<Vec<Check>> {
    if db.get_database_backend() == DbBackend::Sqlite { sqlite(db).await } else { postgres(db).await }
}

async fn sqlite(db: &DatabaseTransaction) -> Result<Vec<Check>> {
    let mut whole = Check::of("the file is whole, as SQLite checks it");
    whole.looked_at = u64::try_from(number(db, "PRAGMA page_count").await?).unwrap_or_default();
    rows(db, LOOK_AGAIN).await?;
    for row in rows(db, "PRAGMA integrity_check").await? {
        let told: String = row.try_get_by_index(0)?;
        if told != "ok" {
            whole.fails(told);
        }
    }
    let mut references = Check::of(REFERENCES);
    references.looked_at = u64::try_from(
        number(db, "SELECT COUNT(*) FROM pragma_table_list m, pragma_foreign_key_list(m.name) WHERE m.schema = 'main'")
            .await?,
    )
    .unwrap_or_default();
    for row in rows(db, "PRAGMA foreign_key_check").await? {
        let (from, to): (String, String) = (row.try_get("", "table")?, row.try_get("", "parent")?);
        references.fails(format_args!("a row of {from} refers to one of {to} that is not there"));
    }
    Ok(vec![whole, references])
}

/// The check of the search's index goes by what the connection remembers of it, which others may have changed since: a search
/// has it look again.
const LOOK_AGAIN: &str = "SELECT rowid FROM search_words WHERE search_words MATCH 'a' LIMIT 1";

const REFERENCES: &str = "every reference leads to a row";

/// Every reference of one column, as all are here.
const KEYS: &str = "SELECT c.conrelid::regclass::text AS \"from\", a.attname::text AS \"column\", \
     c.confrelid::regclass::text AS \"to\", b.attname::text AS \"key\", c.convalidated AS \"valid\" \
     FROM pg_constraint c \
     JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1] \
     JOIN pg_attribute b ON b.attrelid = c.confrelid AND b.attnum = c.confkey[1] \
     WHERE c.contype = 'f' AND c.connamespace = current_schema()::regnamespace ORDER BY 1, 2";

async fn postgres(db: &DatabaseTransaction) -> Result<Vec<Check>> {
    let mut references = Check::of(REFERENCES);
    for row in rows(db, KEYS).await? {
        let text = |column| row.try_get::<String>("", column);
        let (from, column, to, key) = (text("from")?, text("column")?, text("to")?, text("key")?);
        references.looked_at += 1;
        if !row.try_get::<bool>("", "valid")? {
            references.fails(format_args!("{from}.{column}: PostgreSQL has not checked it"));
        }
        let dangling = format!(
            "SELECT COUNT(*) FROM {from} x WHERE x.{column} IS NOT NULL \
             AND NOT EXISTS (SELECT 1 FROM {to} y WHERE y.{key} = x.{column})"
        );
        let told = format!("rows of {from} refer to one of {to} that is not there");
        references.none(db, &dangling, told).await?;
    }
    Ok(vec![references])
}

async fn rows(db: &DatabaseTransaction, question: &str) -> Result<Vec<QueryResult>, DbErr> {
    db.query_all_raw(Statement::from_string(db.get_database_backend(), question)).await
}
