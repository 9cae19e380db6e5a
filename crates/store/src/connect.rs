//! Opening a database with what it takes to keep acknowledged writes.

use std::{sync::Arc, time::Duration};

use futures_core::future::BoxFuture;
use sea_orm::{
    AccessMode, ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr,
    IsolationLevel, SqliteTransactionMode, TransactionOptions, TransactionTrait,
    sqlx::{self, Connection, Executor, sqlite},
};

use vocab::{Reminders, status::Rhythms};

use crate::{Result, Surroundings, UnitOfWork, Who, Written};

/// The oldest SQLite that does not corrupt a database in WAL mode.
const OLDEST_SQLITE: [u32; 3] = [3, 51, 3];

/// How to reach the database and how hard to lean on it.
#[derive(Debug, Clone)]
pub struct StoreSettings {
    /// `sqlite://PATH`, `sqlite::memory:` or `postgres://…`.
    pub url: String,
    /// Connections for reading; on PostgreSQL for everything. At least 1.
    pub connections: u32,
    /// Whether every commit is forced to the disk (SQLite `synchronous=FULL`).
    pub durable: bool,
    /// How long an action of each kind may be silent.
    pub rhythms: Rhythms,
    /// How those are reminded who have not said otherwise.
    pub reminders: Reminders,
}

impl StoreSettings {
    /// The defaults for a database at `url`.
    pub fn new(url: impl Into<String>) -> Self {
        let (rhythms, reminders) = (Rhythms::default(), Reminders::default());
        Self { url: url.into(), connections: 8, durable: true, rhythms, reminders }
    }
}

/// An open database: one connection that writes where the engine allows one writer, and some that read.
#[derive(Clone)]
pub struct Store {
    reader: DatabaseConnection,
    writer: DatabaseConnection,
    surroundings: Arc<dyn Surroundings>,
    written: Written,
    rhythms: Rhythms,
    reminders: Reminders,
}

impl Store {
    /// Opens the database; a SQLite file that is not there yet is made.
    ///
    /// # Errors
    /// [`crate::Error::Database`] where it cannot be reached, or SQLite is older than 3.51.3.
    pub async fn open(settings: &StoreSettings, surroundings: Arc<dyn Surroundings>) -> Result<Self> {
        let (reader, writer) = if settings.url.starts_with("sqlite:") {
            let writer = Database::connect(sqlite_options(settings, 1)).await?;
            refuse_old_sqlite(&writer).await?;
            // A database in memory lives in its one connection.
            let in_memory = settings.url.contains(":memory:");
            let reader = if in_memory {
                writer.clone()
            } else {
                Database::connect(sqlite_options(settings, settings.connections)).await?
            };
            (reader, writer)
        } else {
            let pool = Database::connect(postgres_options(settings)).await?;
            (pool.clone(), pool)
        };
        let (rhythms, reminders) = (settings.rhythms, settings.reminders);
        Ok(Self { reader, writer, surroundings, written: Written::default(), rhythms, reminders })
    }

    /// The connection for reading.
    pub fn reader(&self) -> &DatabaseConnection {
        &self.reader
    }

    /// The connection for migrations; everything else writes through [`Store::begin`].
    pub fn writer(&self) -> &DatabaseConnection {
        &self.writer
    }

    /// Where time and identifiers come from.
    pub fn surroundings(&self) -> &Arc<dyn Surroundings> {
        &self.surroundings
    }

    /// How long an action of each kind may be silent.
    pub fn rhythms(&self) -> Rhythms {
        self.rhythms
    }

    /// How those are reminded who have not said otherwise.
    pub fn reminders(&self) -> Reminders {
        self.reminders
    }

    /// Begins a unit of work.
    ///
    /// # Errors
    /// [`crate::Error::Forbidden`] where they may change nothing; [`crate::Error::Database`].
    pub async fn begin(&self, who: &Who) -> Result<UnitOfWork> {
        if !who.rights.writes {
            let message = "you have signed in for reading alone: use a token with the scope write";
            return Err(crate::Error::Forbidden(message.to_owned()));
        }
        let transaction = begin(&self.writer).await?;
        Ok(UnitOfWork::new(transaction, self.surroundings.clone(), self.written.clone(), who.clone()))
    }

    /// A transaction that reads everything as it stands now, whatever is written meanwhile, and may take its time.
    ///
    /// # Errors
    /// [`crate::Error::Database`].
    pub async fn snapshot(&self) -> Result<DatabaseTransaction> {
        if self.reader.get_database_backend() == DbBackend::Sqlite {
            return Ok(self.reader.begin().await?);
        }
        let (level, mode) = (IsolationLevel::RepeatableRead, AccessMode::ReadOnly);
        let moment = self.reader.begin_with_config(Some(level), Some(mode)).await?;
        // Whoever reads what is written out may be slow.
        moment.execute_unprepared("SET LOCAL idle_in_transaction_session_timeout = 0").await?;
        Ok(moment)
    }

    /// Closes every connection, once what runs on them has ended.
    ///
    /// # Errors
    /// [`crate::Error::Database`].
    pub async fn close(self) -> Result<()> {
        self.reader.close_by_ref().await?;
        Ok(self.writer.close_by_ref().await?)
    }

    /// Where is told that something was written: by this copy of the store and those made of it, and by other servers.
    pub fn written(&self) -> &Written {
        &self.written
    }

    /// Hears of every statement, those in units of work that begin from here on too; tests count them.
    pub fn on_statement(&mut self, heard: impl Fn(&str) + Clone + Send + Sync + 'static) {
        let heard_too = heard.clone();
        self.reader.set_metric_callback(move |info| heard_too(&info.statement.sql));
        self.writer.set_metric_callback(move |info| heard(&info.statement.sql));
    }
}

/// A transaction that may write from its first statement: SQLite cannot turn a reading one into a writing one safely.
async fn begin(writer: &DatabaseConnection) -> Result<DatabaseTransaction> {
    let options = TransactionOptions {
        sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
        ..TransactionOptions::default()
    };
    Ok(writer.begin_with_options(options).await?)
}

fn sqlite_options(settings: &StoreSettings, connections: u32) -> ConnectOptions {
    let durable = settings.durable;
    let mut options = ConnectOptions::new(&settings.url);
    options.max_connections(connections.max(1)).sqlx_logging(false).acquire_timeout(Duration::from_secs(10));
    options.map_sqlx_sqlite_opts(move |sqlite| {
        let synchronous = if durable { sqlite::SqliteSynchronous::Full } else { sqlite::SqliteSynchronous::Off };
        sqlite
            .create_if_missing(true)
            .journal_mode(sqlite::SqliteJournalMode::Wal)
            .synchronous(synchronous)
            .busy_timeout(Duration::from_secs(5))
            .foreign_keys(true)
    });
    // After a disk-full or I/O error at COMMIT the connection stays inside its transaction, and what is written on it
    // next is answered "ok" and lost: such a connection is not given out again.
    options.map_sqlx_sqlite_before_acquire(|connection, _| {
        let usable = !connection.is_in_transaction();
        Box::pin(async move { Ok(usable) })
    });
    options
}

fn postgres_options(settings: &StoreSettings) -> ConnectOptions {
    let mut options = ConnectOptions::new(&settings.url);
    options
        .max_connections(settings.connections.max(2))
        .connect_timeout(Duration::from_secs(5))
        .acquire_timeout(Duration::from_secs(10))
        .sqlx_logging(false);
    options.map_sqlx_postgres_opts(|postgres| {
        postgres.options([
            ("statement_timeout", "10s"),
            ("idle_in_transaction_session_timeout", "15s"),
            ("lock_timeout", "5s"),
        ])
    });
    // A BEGIN that was cancelled half-way leaves an open transaction behind; autocommit writes on such a connection
    // would be answered "ok" and vanish.
    options.map_sqlx_postgres_before_acquire(|connection, _| -> BoxFuture<'_, Result<bool, sqlx::Error>> {
        Box::pin(async move { connection.execute("ROLLBACK").await.map(|_| true) })
    });
    options
}

async fn refuse_old_sqlite(connection: &DatabaseConnection) -> Result<()> {
    let statement = sea_orm::Statement::from_string(DbBackend::Sqlite, "SELECT sqlite_version() AS version");
    let version = match connection.query_one_raw(statement).await? {
        Some(row) => row.try_get::<String>("", "version")?,
        None => String::new(),
    };
    let numbers: Vec<u32> = version.split('.').filter_map(|part| part.parse().ok()).collect();
    if numbers.as_slice() < OLDEST_SQLITE.as_slice() {
        return Err(DbErr::Custom(format!("SQLite {version} can corrupt a database; 3.51.3 or newer is needed")).into());
    }
    Ok(())
}
