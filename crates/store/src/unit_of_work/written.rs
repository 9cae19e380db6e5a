//! Telling that something was written: at once in this program, and on PostgreSQL to every server on the database. It only
//! wakes; what was written stands in the history.

use std::sync::Arc;

use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, RuntimeErr,
    sqlx::{
        self,
        postgres::{PgListener, PgPoolOptions},
    },
};
use tokio::sync::watch;

use crate::{Result, Store};

/// What PostgreSQL calls the news.
const CHANNEL: &str = "entente_written";

/// Where is told that something was written. A copy tells and hears the same.
#[derive(Debug, Clone, Default)]
pub struct Written(watch::Sender<()>);

impl Written {
    /// Hears of everything that is written from now on, several writes perhaps as one.
    pub fn hear(&self) -> watch::Receiver<()> {
        self.0.subscribe()
    }

    /// Tells everybody in this program.
    pub(super) fn tell(&self) {
        self.0.send_replace(());
    }

    /// Has other servers told once the transaction is committed, where the engine can.
    pub(super) async fn announce(transaction: &DatabaseTransaction) -> Result<()> {
        if transaction.get_database_backend() == DbBackend::Postgres {
            transaction.execute_unprepared(&format!("NOTIFY {CHANNEL}")).await?;
        }
        Ok(())
    }
}

/// Hears what servers write on the same PostgreSQL, over a connection of its own.
pub struct Elsewhere(PgListener);

impl Elsewhere {
    /// Begins to listen; `None` where the engine does not tell.
    ///
    /// # Errors
    /// [`crate::Error::Database`] where it cannot be reached.
    pub async fn listen(store: &Store) -> Result<Option<Self>> {
        if store.reader().get_database_backend() != DbBackend::Postgres {
            return Ok(None);
        }
        let how = store.reader().get_postgres_connection_pool().connect_options();
        let own = PgPoolOptions::new().max_connections(1).max_lifetime(None).idle_timeout(None);
        let own = own.connect_lazy_with(how.as_ref().clone());
        let mut listener = PgListener::connect_with(&own).await.map_err(broken)?;
        listener.listen(CHANNEL).await.map_err(broken)?;
        Ok(Some(Self(listener)))
    }

    /// Waits until something was written, or may have been while the connection was broken.
    ///
    /// # Errors
    /// [`crate::Error::Database`] where it is broken and cannot be made again.
    pub async fn heard(&mut self) -> Result<()> {
        self.0.try_recv().await.map(drop).map_err(broken)
    }
}

fn broken(fault: sqlx::Error) -> crate::Error {
    DbErr::Conn(RuntimeErr::SqlxError(Arc::new(fault))).into()
}
