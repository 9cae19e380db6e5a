//! The product as it is served, by a clock that stands at the last day of the records.

use std::sync::Arc;

use axum::Router;
use chrono::{DateTime, Utc};
use entente::{
    Settings,
    http::listen::{self, Stop},
    settings::Sources,
    surroundings::Machine,
};
use store::{Store, Surroundings};
use tokio::net::TcpListener;
use uuid::Uuid;

use crate::{Outcome, arguments::Arguments, child, generated};

/// Noon of the last day; identifiers and secrets as they are made elsewhere.
pub(crate) struct Noon;

impl Surroundings for Noon {
    fn now(&self) -> DateTime<Utc> {
        generated::end()
    }

    fn fresh_id(&self) -> Uuid {
        Machine.fresh_id()
    }

    fn fresh_secret(&self) -> [u8; 32] {
        Machine.fresh_secret()
    }
}

/// Serves the product until the one that measures has ended.
pub(crate) async fn serve(arguments: &Arguments) -> Outcome<()> {
    let settings = settings(arguments)?;
    entente::log::begin(&settings.log);
    let store = Store::open(&settings.store(), Arc::new(Noon)).await?;
    let who = entente::desk::at_the_desk(&store, &settings.account).await?;
    listen(entente::app(&settings, store, who), &settings).await
}

/// The settings as they come with the program, but for the database, how many connections it has, and that one client may
/// ask as much as it can.
pub(crate) fn settings(arguments: &Arguments) -> Outcome<Settings> {
    let variables =
        [("DATABASE_URL", child::database()?), ("ENTENTE_DATABASE_CONNECTIONS", arguments.connections.to_string())];
    let variables = variables.map(|(name, value)| (name.to_owned(), value)).to_vec();
    Ok(Settings::load(&Sources { variables, ..Sources::default() })?)
}

/// Serves on a port of its own, which it tells.
pub(crate) async fn listen(app: Router, settings: &Settings) -> Outcome<()> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    child::tell(listener.local_addr()?.port());
    listen::serve(listener, app, &settings.limits, &mut Stop::listen()?).await;
    Ok(())
}
