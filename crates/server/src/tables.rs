//! Whether the tables of a database are those that this program knows.

use migrations::{Migrate, Migrator};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, Statement};
use store::Store;

use crate::Failure;

/// How the tables of a database stand to those of this program.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Standing {
    /// The last migration that this program knows and the database has; empty where it has none.
    pub last: String,
    /// Migrations that the database lacks, in their order.
    pub missing: Vec<String>,
    /// Migrations that this program does not know: a newer one has made them.
    pub unknown: Vec<String>,
}

/// The last migration of this program, and of every database that it works on.
pub fn last_migration() -> String {
    Migrator::migrations().last().map_or_else(String::new, |migration| migration.name().to_owned())
}

impl Standing {
    /// Whether the tables are those of this program.
    pub fn is_current(&self) -> bool {
        self.missing.is_empty() && self.unknown.is_empty()
    }
}

/// Whether this program knows a migration.
pub fn is_known(name: &str) -> bool {
    Migrator::migrations().iter().any(|migration| migration.name() == name)
}

/// Compares the tables of the database with those of this program; changes nothing.
///
/// # Errors
/// [`store::Error::Database`] where the database does not answer.
pub async fn standing(store: &Store) -> store::Result<Standing> {
    standing_on(store.reader()).await
}

async fn standing_on(database: &impl ConnectionTrait) -> store::Result<Standing> {
    let statement = |sql: &str| Statement::from_string(database.get_database_backend(), sql);
    database.query_one_raw(statement("SELECT 1")).await?;
    let there = if database.get_database_backend() == DbBackend::Sqlite {
        "SELECT 1 FROM sqlite_master WHERE name = 'seaql_migrations'"
    } else {
        "SELECT 1 WHERE to_regclass('seaql_migrations') IS NOT NULL"
    };
    // A database that answers and has no such table was never migrated.
    let rows = match database.query_one_raw(statement(there)).await? {
        Some(_) => database.query_all_raw(statement("SELECT version FROM seaql_migrations ORDER BY version")).await?,
        None => Vec::new(),
    };
    let applied = rows.iter().map(|row| row.try_get("", "version")).collect::<Result<Vec<String>, _>>()?;
    let known: Vec<String> = Migrator::migrations().iter().map(|migration| migration.name().to_owned()).collect();
    let without = |these: &[String], those: &[String]| -> Vec<String> {
        these.iter().filter(|name| !those.contains(name)).cloned().collect()
    };
    let last = known.iter().rfind(|name| applied.contains(name)).cloned().unwrap_or_default();
    Ok(Standing { last, missing: without(&known, &applied), unknown: without(&applied, &known) })
}

/// Brings the tables up to date, or up to a migration: those that were applied, in their order. Of several programs that
/// do so at once one does it, and the others wait for it.
///
/// # Errors
/// Where a newer program has changed the tables, or the database fails; then nothing was changed.
pub async fn bring_up(store: &Store, to: Option<&str>) -> Result<Vec<String>, Failure> {
    let change = store.change_tables().await?;
    let before = standing_on(&change).await?;
    refuse_newer(&before)?;
    let mut missing = before.missing;
    if let Some(to) = to {
        let wanted = missing.iter().position(|name| name == to).map_or(0, |place| place + 1);
        missing.truncate(wanted);
    }
    let steps = u32::try_from(missing.len()).unwrap_or(u32::MAX);
    if steps > 0 {
        apply(&change, steps).await?;
    }
    change.commit().await.map_err(store::Error::from)?;
    Ok(missing)
}

async fn apply(change: &DatabaseTransaction, steps: u32) -> Result<(), Failure> {
    Migrator::up(change, Some(steps)).await.map_err(|fault| Failure::broken(fault.to_string()))
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
