//! Every column that names what can be merged is known to merging.

use std::collections::{BTreeMap, BTreeSet};

use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement};
use store::merge;

use crate::{stories::tables::present, world::stories};

/// Tables whose rows become one with others: what names such a row is led on with it.
const MERGED: [&str; 9] = [
    "person",
    "organization",
    "post",
    "appointment",
    "record_name",
    "evidence",
    "rejected_link",
    "standing",
    "participation",
];

/// Columns that could hold the name of such a row, and hold none: table, column, what they hold.
const OTHER: [(&str, &str, &str); 20] = [
    ("change", "account_id", "who wrote"),
    ("change", "before", "a row as it was"),
    ("change", "after", "a row as it was"),
    ("audit_entry", "account_id", "who asked"),
    ("audit_entry", "token_id", "by which token"),
    ("job", "leased_by", "which server has the work"),
    ("job", "payload", "accounts and periods"),
    ("session", "identity_id", "as whom a provider knows who signed in"),
    ("receipt", "answer", "what a client was answered, as it was then"),
    ("news_report", "cut", "places in a text"),
    ("finding", "value", "what was read, in words"),
    ("finding", "correction", "the same"),
    ("finding", "spans", "places in a text"),
    ("witness", "value", "what was read, in words"),
    ("witness", "spans", "places in a text"),
    ("doubt", "spans", "places in a text"),
    ("finding", "result_concept", "a word"),
    ("search_entry", "concept", "a word"),
    ("merge", "concept", "a word"),
    ("rejected_merge", "concept", "a word"),
];

/// Which table each column refers to, where the database keeps watch over it.
async fn watched(db: &DatabaseConnection) -> BTreeMap<(String, String), String> {
    let question = match db.get_database_backend() {
        DbBackend::Sqlite => {
            "SELECT m.name AS owner, k.\"from\" AS name, k.\"table\" AS target \
             FROM pragma_table_list m, pragma_foreign_key_list(m.name) k WHERE m.schema = 'main'"
        }
        _ => {
            "SELECT c.conrelid::regclass::text AS owner, a.attname::text AS name, c.confrelid::regclass::text AS target \
             FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1] \
             WHERE c.contype = 'f' AND c.connamespace = current_schema()::regnamespace"
        }
    };
    let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), question)).await.expect("the keys");
    let text = |row: &sea_orm::QueryResult, column| row.try_get::<String>("", column).expect("a text");
    rows.iter().map(|row| ((text(row, "owner"), text(row, "name")), text(row, "target"))).collect()
}

stories! {
    /// A column that names people, organizations or what becomes one with them, and that merging does not know, fails here: it
    /// would go on naming what is gone.
    async fn every_column_that_names_what_can_be_merged_is_known_to_merging(world: &World) {
        let (tables, watched) = (present(world.store.reader()).await, watched(world.store.reader()).await);
        let known: BTreeSet<_> = merge::columns().into_iter().collect();
        for (table, column) in &known {
            assert!(tables.get(*table).is_some_and(|columns| columns.contains_key(*column)), "there is no {table}.{column}");
        }
        for (table, columns) in &tables {
            for (column, (holds, _)) in columns.iter().filter(|(column, _)| *column != "id") {
                let target = watched.get(&(table.clone(), column.clone()));
                let may_name = match (target, holds.as_str()) {
                    (Some(target), _) => MERGED.contains(&target.as_str()),
                    (None, holds) => ["uuid", "json"].contains(&holds),
                };
                let is_other = OTHER.iter().any(|(of, name, _)| (of, name) == (&table.as_str(), &column.as_str()));
                let is_known = known.contains(&(table.as_str(), column.as_str()));
                assert!(
                    !may_name || is_known || is_other,
                    "{table}.{column} may name what can be merged: add it to crates/store/src/merge/reference.rs, or say here what it holds"
                );
            }
        }
    }
}
