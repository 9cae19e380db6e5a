//! The database: whether it answers, what it is, whether its tables are ours, and what its clock and its settings say.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ConnectionTrait, DbBackend, Statement, TryGetable};
use store::{Store, change, job};
use vocab::JobState;

use crate::{
    Settings,
    settings::sqlite_file,
    tables,
    told::{Told, Verdict},
};

/// So far may two clocks be apart: less than a lease of the work in the background.
const APART: TimeDelta = TimeDelta::minutes(1);
/// The oldest PostgreSQL that its makers look after.
const OLDEST_POSTGRES: i32 = 140_000;

/// Where the file of the database is not there yet.
pub(super) fn missing(settings: &Settings) -> Option<Told> {
    let file = sqlite_file(&settings.database.url).filter(|file| !file.exists())?;
    let told = format!("there is no {}: run `entente migrate`, then `entente seed`", file.display());
    Some(Told::amiss("database", told))
}

pub(super) async fn look(store: &Store, settings: &Settings) -> Vec<Told> {
    let looked = async {
        let mut told = vec![version(store).await?];
        let standing = tables::standing(store).await?;
        told.push(match (tables::refuse_newer(&standing), standing.missing.len()) {
            (Err(failure), _) => Told::amiss("tables", failure.message.replace('\n', " ")),
            (Ok(()), 0) => Told::ok("tables", format!("up to date ({})", standing.last)),
            (Ok(()), lacking) => {
                Told::amiss("tables", format!("{lacking} migrations are missing: run `entente migrate`"))
            }
        });
        told.push(durability(store, settings).await?);
        if standing.is_current() {
            told.push(clock(store).await?);
            told.push(queue(store).await?);
        }
        Ok::<_, store::Error>(told)
    };
    looked.await.unwrap_or_else(|fault| vec![Told::amiss("database", format!("it does not answer ({fault})"))])
}

fn is_sqlite(store: &Store) -> bool {
    store.reader().get_database_backend() == DbBackend::Sqlite
}

/// The one value that a statement answers.
async fn one<T: TryGetable>(store: &Store, question: &str) -> store::Result<Option<T>> {
    let db = store.reader();
    let row = db.query_one_raw(Statement::from_string(db.get_database_backend(), question)).await?;
    Ok(row.map(|row| row.try_get_by_index(0)).transpose()?)
}

async fn version(store: &Store) -> store::Result<Told> {
    const WHAT: &str = "database";
    if is_sqlite(store) {
        let version: Option<String> = one(store, "SELECT sqlite_version()").await?;
        return Ok(Told::ok(WHAT, format!("SQLite {}, which comes with this program", version.unwrap_or_default())));
    }
    let number: Option<i32> = one(store, "SELECT current_setting('server_version_num')::int").await?;
    let number = number.unwrap_or_default();
    let version = format!("PostgreSQL {}.{}", number / 10_000, number % 10_000);
    Ok(if number < OLDEST_POSTGRES {
        Told::warning(WHAT, format!("{version} is no longer looked after by its makers: move to a newer one"))
    } else {
        Told::ok(WHAT, version)
    })
}

/// Whether what is acknowledged is on the disk.
async fn durability(store: &Store, settings: &Settings) -> store::Result<Told> {
    const WHAT: &str = "durability";
    if is_sqlite(store) {
        let mode: Option<String> = one(store, "PRAGMA journal_mode").await?;
        let full: Option<i32> = one(store, "PRAGMA synchronous").await?;
        return Ok(match (mode.as_deref(), full) {
            (Some("wal"), Some(2..)) => Told::ok(WHAT, "every commit waits for the disk"),
            // A database in memory has none.
            (Some("memory"), _) => Told::warning(WHAT, "the database is in memory: it ends with the program"),
            _ if !settings.database.durable => Told::warning(WHAT, "switched off by database.durable"),
            (mode, full) => {
                Told::amiss(WHAT, format!("journal_mode is {mode:?} and synchronous {full:?}: is it our file?"))
            }
        });
    }
    let fsync: Option<String> = one(store, "SHOW fsync").await?;
    let commit: Option<String> = one(store, "SHOW synchronous_commit").await?;
    Ok(match (fsync.as_deref(), commit.as_deref()) {
        (Some("on"), Some("off")) => {
            Told::warning(WHAT, "synchronous_commit is off: a power cut can undo what was just acknowledged")
        }
        (Some("on"), _) => Told::ok(WHAT, "every commit waits for the disk"),
        _ => Told::amiss(WHAT, "fsync is off: a power cut can destroy the database; switch it on in postgresql.conf"),
    })
}

/// Whether the history, the database and this machine agree on what time it is.
async fn clock(store: &Store) -> store::Result<Told> {
    const WHAT: &str = "clock";
    let now = store.surroundings().now();
    if let Some(last) = change::last(store.reader()).await?
        && last.at > now + APART
    {
        let told =
            format!("the last line of the history is of {}, and here it is {now}: set this machine's clock", last.at);
        return Ok(Told::amiss(WHAT, told));
    }
    if !is_sqlite(store) {
        let theirs: Option<DateTime<Utc>> = one(store, "SELECT now()").await?;
        if let Some(theirs) = theirs.filter(|theirs| (*theirs - now).abs() > APART) {
            let told = format!("the database has {theirs}, this machine {now}: set both by the same time server");
            return Ok(Told::warning(WHAT, told));
        }
    }
    Ok(Told::ok(WHAT, "nothing was written in the future"))
}

/// Whether work in the background was given up.
async fn queue(store: &Store) -> store::Result<Told> {
    let counts = job::counts(store.reader()).await?;
    let of = |state| counts.iter().find(|(known, _)| *known == state).map_or(0, |(_, count)| *count);
    let (waiting, failed) = (of(JobState::Waiting), of(JobState::Failed));
    let verdict = if failed > 0 { Verdict::Warning } else { Verdict::Ok };
    let todo = if failed > 0 { "; the deliveries tell why, and can be sent again" } else { "" };
    Ok(Told { verdict, what: "work", told: format!("{waiting} pieces wait, {failed} were given up{todo}") })
}
