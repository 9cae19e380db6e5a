//! Opening a database with what it takes to keep acknowledged writes.

use std::{sync::Arc, time::Duration};

use futures_core::future::BoxFuture;
use sea_orm::{
    AccessMode, ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr,
    IsolationLevel, SqliteTransactionMode, TransactionOptions, TransactionTrait,
    sqlx::{self, Connection, Executor, sqlite},
};

use vocab::{Reminders, status::Rhythms};

use crate::{
    Result, Surroundings, UnitOfWork, Who, Written,
    past::Pasts,
    reference::{Reference, Tables},
};

/// The oldest SQLite that does not corrupt a database in WAL mode.
const OLDEST_SQLITE: [u32; 3] = [3, 51, 3];

/// How long a connection waits for another one that writes, where nobody says.
const PATIENCE: Duration = Duration::from_secs(5);

/// How long the tables may be under change by another program, on SQLite, where waiting has no end of its own.
const LONGEST_CHANGE: Duration = Duration::from_secs(600);

/// The number under which programs on one PostgreSQL database take turns in changing its tables.
const TABLES_LOCK: i64 = 0x0065_6e74_656e_7465;

/// How to reach the database and how hard to lean on it.
#[derive(Debug, Clone)]
pub struct StoreSettings {
    /// `sqlite://PATH`, `sqlite::memory:` or `postgres://…`.
    pub url: String,
    /// Connections for reading; on PostgreSQL as many again for writing. At least 1.
    pub connections: u32,
    /// Whether every commit is forced to the disk (SQLite `synchronous=FULL`).
    pub durable: bool,
    /// How long whoever writes waits for others who write the same.
    pub patience: Duration,
    /// How long an action of each kind may be silent.
    pub rhythms: Rhythms,
    /// How those are reminded who have not said otherwise.
    pub reminders: Reminders,
}

impl StoreSettings {
    /// The defaults for a database at `url`.
    pub fn new(url: impl Into<String>) -> Self {
        let (rhythms, reminders) = (Rhythms::default(), Reminders::default());
        Self { url: url.into(), connections: 8, durable: true, patience: PATIENCE, rhythms, reminders }
    }
}

/// An open database: some connections that read, and others that write; one, where the engine allows one writer.
#[derive(Clone)]
pub struct Store {
    reader: DatabaseConnection,
    writer: DatabaseConnection,
    surroundings: Arc<dyn Surroundings>,
    written: Written,
    reference: Reference,
    rhythms: Rhythms,
    reminders: Reminders,
    pasts: Pasts,
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
            let writer = Database::connect(postgres_writer_options(settings)).await?;
            (Database::connect(postgres_reader_options(settings)).await?, writer)
        };
        Ok(Self::over(reader, writer, surroundings, (settings.rhythms, settings.reminders)))
    }

    /// Over connections, with nothing kept in memory yet.
    fn over(
        reader: DatabaseConnection,
        writer: DatabaseConnection,
        surroundings: Arc<dyn Surroundings>,
        (rhythms, reminders): (Rhythms, Reminders),
    ) -> Self {
        let (written, reference, pasts) = (Written::default(), Reference::default(), Pasts::default());
        Self { reader, writer, surroundings, written, reference, rhythms, reminders, pasts }
    }

    /// A database in memory without any table, by other surroundings; gone with the last copy of it.
    pub(crate) async fn in_memory(&self, surroundings: Arc<dyn Surroundings>) -> Result<Self> {
        let settings = StoreSettings { durable: false, ..StoreSettings::new("sqlite::memory:") };
        let mut options = sqlite_options(&settings, 1);
        // It lives in its one connection, which is never given up.
        options.min_connections(1).idle_timeout(None::<Duration>).max_lifetime(None::<Duration>);
        let writer = Database::connect(options).await?;
        Ok(Self::over(writer.clone(), writer, surroundings, (self.rhythms, self.reminders)))
    }

    /// The moments of the past that were asked for.
    pub(crate) fn pasts(&self) -> &Pasts {
        &self.pasts
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
        let (written, reference) = (self.written.clone(), self.reference.clone());
        Ok(UnitOfWork::new(transaction, self.surroundings.clone(), written, reference, who.clone()))
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
        // Nothing begins on those that read.
        let moment = self.writer.begin_with_config(Some(level), Some(mode)).await?;
        // Whoever reads what is written out may be slow.
        for patience in ["idle_in_transaction_session_timeout", "statement_timeout"] {
            moment.execute_unprepared(&format!("SET LOCAL {patience} = 0")).await?;
        }
        Ok(moment)
    }

    /// A transaction for changing the tables: whoever else wants to change them waits until it has ended, also in another
    /// program, and it may take its time. All of the change happens, or nothing.
    ///
    /// # Errors
    /// [`crate::Error::Database`].
    pub async fn change_tables(&self) -> Result<DatabaseTransaction> {
        let mut waited = Duration::ZERO;
        let transaction = loop {
            match begin(&self.writer).await {
                Err(fault) if fault.is_busy() && waited < LONGEST_CHANGE => waited += PATIENCE,
                begun => break begun?,
            }
        };
        if transaction.get_database_backend() == DbBackend::Postgres {
            for patience in ["statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout"] {
                transaction.execute_unprepared(&format!("SET LOCAL {patience} = 0")).await?;
            }
            transaction.execute_unprepared(&format!("SELECT pg_advisory_xact_lock({TABLES_LOCK})")).await?;
        }
        Ok(transaction)
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

    /// The states and cooperation areas, as they are kept in memory.
    ///
    /// # Errors
    /// [`crate::Error::Database`] where they have to be read.
    pub async fn reference(&self) -> Result<Arc<Tables>> {
        self.reference.tables(&self.reader).await
    }

    /// Has them read anew: whoever hears that another program wrote them calls it.
    pub fn forget_reference(&self) {
        self.reference.forget();
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
    let (durable, patience) = (settings.durable, settings.patience);
    let mut options = ConnectOptions::new(&settings.url);
    options
        .max_connections(connections.max(1))
        .acquire_timeout(Duration::from_secs(10))
        .test_before_acquire(false)
        .sqlx_logging(false)
        .record_stmt_in_spans(false);
    options.map_sqlx_sqlite_opts(move |sqlite| {
        let synchronous = if durable { sqlite::SqliteSynchronous::Full } else { sqlite::SqliteSynchronous::Off };
        sqlite
            .create_if_missing(true)
            .journal_mode(sqlite::SqliteJournalMode::Wal)
            .synchronous(synchronous)
            .busy_timeout(patience)
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

/// Connections on which nothing ever begins, so that none can be left inside a transaction: they are given out as they are,
/// and the server refuses what would write.
fn postgres_reader_options(settings: &StoreSettings) -> ConnectOptions {
    let mut options =
        postgres_options(settings, settings.connections.max(1), &[("default_transaction_read_only", "on")]);
    // A look at whether the server is there costs as much as a short statement.
    options.test_before_acquire_if_idle_for(Duration::from_secs(1));
    options
}

fn postgres_writer_options(settings: &StoreSettings) -> ConnectOptions {
    let mut options = postgres_options(settings, settings.connections.max(2), &[]);
    // A BEGIN that was cancelled half-way leaves an open transaction behind; autocommit writes on such a connection
    // would be answered "ok" and vanish.
    options.map_sqlx_postgres_before_acquire(|connection, _| -> BoxFuture<'_, Result<bool, sqlx::Error>> {
        Box::pin(async move { connection.execute("ROLLBACK").await.map(|_| true) })
    });
    options
}

fn postgres_options(
    settings: &StoreSettings,
    connections: u32,
    more: &'static [(&'static str, &'static str)],
) -> ConnectOptions {
    let mut options = ConnectOptions::new(&settings.url);
    options
        .max_connections(connections)
        .connect_timeout(Duration::from_secs(5))
        .acquire_timeout(Duration::from_secs(10))
        .sqlx_logging(false)
        .record_stmt_in_spans(false);
    let patience = format!("{}ms", settings.patience.as_millis());
    options.map_sqlx_postgres_opts(move |postgres| {
        let limits = [("statement_timeout", "10s"), ("idle_in_transaction_session_timeout", "15s")];
        postgres.options(limits.iter().chain(more).copied()).options([("lock_timeout", &patience)])
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
