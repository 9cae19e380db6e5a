//! Whether what is kept holds together: what the engine says of its files, and what the records say of one another.
//!
//! Nothing is written. Everything is looked at as it stands at one moment, so that others may go on writing.

mod engine;
mod history;
mod merge;
mod receipt;
mod search;
mod trail;
mod words;

use std::fmt::Display;

use sea_orm::{ConnectionTrait, DatabaseTransaction, Statement};

use crate::{Result, Store, dump};

/// So many of the things that are amiss are told one by one.
const TOLD: usize = 10;

/// What was looked at, and what came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// What has to hold.
    pub what: &'static str,
    /// At how many things it was looked.
    pub looked_at: u64,
    /// What does not hold; the first of it.
    pub amiss: Vec<String>,
    /// How much more does not hold.
    pub more: u64,
}

impl Check {
    fn of(what: &'static str) -> Self {
        Self { what, looked_at: 0, amiss: Vec::new(), more: 0 }
    }

    fn fails(&mut self, why: impl Display) {
        if self.amiss.len() < TOLD {
            self.amiss.push(why.to_string());
        } else {
            self.more += 1;
        }
    }

    /// Counts what a statement counts, and tells where there is any.
    async fn none(&mut self, db: &DatabaseTransaction, question: &str, told: impl Display) -> Result<()> {
        let count = number(db, question).await?;
        if count > 0 {
            self.fails(format_args!("{count} {told}"));
        }
        Ok(())
    }

    /// Whether all of it holds.
    pub fn holds(&self) -> bool {
        self.amiss.is_empty()
    }
}

/// Looks at everything. `migration` is the last one of this database.
///
/// # Errors
/// [`crate::Error::Database`] where it cannot be read; a table that cannot be read is told as what is amiss.
pub async fn all(store: &Store, migration: &str) -> Result<Vec<Check>> {
    let mut rows = Check::of("every row can be read");
    match dump::export_whole(store, migration, std::io::sink()).await {
        Ok(counts) => rows.looked_at = counts.values().sum(),
        Err(fault) => rows.fails(fault),
    }
    let moment = store.snapshot().await?;
    let mut checks = engine::checks(&moment).await?;
    checks.push(rows);
    if checks.iter().all(Check::holds) {
        checks.push(words::check(&moment).await?);
        checks.extend(history::checks(&moment).await?);
        checks.push(merge::check(&moment).await?);
        checks.push(trail::check(&moment).await?);
        checks.push(receipt::check(&moment).await?);
        checks.push(search::check(&moment).await?);
    }
    Ok(checks)
}

/// The one number that a statement answers.
async fn number(db: &DatabaseTransaction, question: &str) -> Result<i64> {
    let statement = Statement::from_string(db.get_database_backend(), question);
    let row = db.query_one_raw(statement).await?;
    Ok(row.map_or(Ok(0), |row| row.try_get_by_index(0))?)
}
