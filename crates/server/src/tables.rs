//! Whether the tables of a database are those that this program knows.

use migrations::{Migrate, Migrator};
use sea_orm::{ConnectionTrait, Statement};
use store::Store;

use crate::Failure;

/// How the tables of a database stand to those of this program.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Standing {
    /// Migrations that the database lacks, in their order.
    pub missing: Vec<String>,
    /// Migrations that this program does not know: a newer one has made them.
    pub unknown: Vec<String>,
}

/// The last migration of this program, and of every database that it works on.
pub fn last_migration() -> String {
    Migrator::migrations().last().map_or_else(String::new, |migration| migration.name().to_owned())
}

/// Compares the tables of the database with those of this program; changes nothing.
///
/// # Errors
/// [`store::Error::Database`] where the database does not answer.
pub async fn standing(store: &Store) -> store::Result<Standing> {
    let database = store.reader();
    let statement = |sql: &str| Statement::from_string(database.get_database_backend(), sql);
    database.query_one_raw(statement("SELECT 1")).await?;
    // A database that answers and has no such table was never migrated.
    let rows = database.query_all_raw(statement("SELECT version FROM seaql_migrations")).await.unwrap_or_default();
    let applied = rows.iter().map(|row| row.try_get("", "version")).collect::<Result<Vec<String>, _>>()?;
    let known: Vec<String> = Migrator::migrations().iter().map(|migration| migration.name().to_owned()).collect();
    let without = |these: &[String], those: &[String]| -> Vec<String> {
        these.iter().filter(|name| !those.contains(name)).cloned().collect()
    };
    Ok(Standing { missing: without(&known, &applied), unknown: without(&applied, &known) })
}

/// # Errors
/// Where a newer program has changed the tables: this one could damage what it does not understand.
pub fn refuse_newer(standing: &Standing) -> Result<(), Failure> {
    let Some(name) = standing.unknown.first() else { return Ok(()) };
    let message = format!(
        "this database was brought up to date by a newer entente ({name} is unknown to this one, {}):\nuse that version, \
         or another database",
        env!("CARGO_PKG_VERSION")
    );
    Err(Failure::asked_wrong(message))
}

/// # Errors
/// Where the tables are older or newer than this program's.
pub fn refuse_other(standing: &Standing) -> Result<(), Failure> {
    refuse_newer(standing)?;
    let lacking = match standing.missing.len() {
        0 => return Ok(()),
        1 => "a migration".to_owned(),
        n => format!("{n} migrations"),
    };
    let message = format!("the tables of this database lack {lacking}: run `entente migrate`, then `entente seed`");
    Err(Failure::asked_wrong(message))
}
