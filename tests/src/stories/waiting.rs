//! What waits too long for others who write is told so, and can be sent again.

use std::time::Duration;

use entente::{Settings, settings::Sources};
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DbBackend, TransactionTrait};
use serde_json::json;
use store::{Store, StoreSettings};

use crate::world::stories;

const MAKE: &str =
    "mutation { createPerson(input: { name: \"Amina Diop\", clientMutationId: \"one\" }) { person { id } } }";

stories! {
    /// Somebody holds what every writer needs, and does not come to an end.
    async fn a_lock_that_is_not_given_in_time_is_told_with_what_to_do(world: &World) {
        let patience = Duration::from_millis(200);
        let opened = StoreSettings { connections: 2, durable: false, patience, ..StoreSettings::new(world.url()) };
        let store = Store::open(&opened, world.clock.clone()).await.expect("the database opens");
        let settings = Settings::load(&Sources::default()).expect("the settings");
        let impatient = world.with_app(entente::app(&settings, store.clone(), world.who.clone()));

        let holds = world.store.writer().begin().await.expect("a transaction");
        holds.execute_unprepared("UPDATE running_number SET last = last WHERE series = 'change'").await.expect("a lock");
        let (code, told) = impatient.error(MAKE, json!({})).await;
        assert_eq!(code, "TIMEOUT", "{told}");
        assert!(told.contains("send it again") && told.contains("clientMutationId"), "{told}");
        holds.rollback().await.expect("it ends");

        let done = impatient.ask(MAKE, json!({})).await;
        assert!(done["createPerson"]["person"]["id"].is_string(), "it was not done, and is now");
        store.close().await.expect("closed");
    }

    /// All connections are taken, or a statement takes longer than the database lets it.
    async fn a_database_that_has_too_much_to_do_is_told_with_what_to_do(world: &World) {
        let wait = Duration::from_millis(100);
        let mut options = ConnectOptions::new(world.url());
        options.max_connections(1).acquire_timeout(wait).sqlx_logging(false);
        let full = Database::connect(options).await.expect("the database opens");
        let holds = full.begin().await.expect("a transaction");
        let none_free = store::Error::from(full.begin().await.expect_err("no connection is free"));
        let mut late = vec![none_free];
        if full.get_database_backend() == DbBackend::Postgres {
            holds.execute_unprepared("SET LOCAL statement_timeout = 50").await.expect("it is set");
            late.push(holds.execute_unprepared("SELECT pg_sleep(60)").await.expect_err("too long").into());
        }
        for late in late {
            assert!(late.is_late() && !late.is_busy(), "{late:?}");
            let fault = api::fault::Fault::from(late);
            assert_eq!(fault.code, api::fault::FaultCode::Timeout);
            assert!(fault.message.contains("send it again later"), "{}", fault.message);
        }
    }
}
