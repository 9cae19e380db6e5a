//! A small world for each test: an empty database of its own, a clock that stands still, and the running program.

mod ask;
mod database;
mod surroundings;

use std::{
    future::Future,
    panic::AssertUnwindSafe,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use store::{Store, StoreSettings, Surroundings, Who};

pub(crate) use database::Engine;
pub(crate) use surroundings::TestSurroundings;

/// What a story happens in.
pub(crate) struct World {
    /// The records.
    pub(crate) store: Store,
    /// Where they are.
    url: String,
    /// The clock, which a story can put on.
    pub(crate) clock: Arc<TestSurroundings>,
    /// How many statements have run.
    pub(crate) statements: Arc<AtomicUsize>,
    /// The running program.
    pub(crate) app: axum::Router,
    /// On whose behalf it writes.
    pub(crate) who: Who,
    /// What it signs in with; nothing where it is signed in as whoever is at this machine.
    token: Option<String>,
}

impl World {
    async fn open(url: &str) -> Self {
        let clock = Arc::new(TestSurroundings::default());
        let surroundings: Arc<dyn Surroundings> = clock.clone();
        let opened = StoreSettings { connections: 4, durable: false, ..StoreSettings::new(url) };
        let mut store = Store::open(&opened, surroundings).await.expect("the test database opens");
        let statements = Arc::new(AtomicUsize::new(0));
        let counter = statements.clone();
        store.on_statement(move |_| {
            counter.fetch_add(1, Ordering::Relaxed);
        });
        let who = entente::desk::at_the_desk(&store, "Amina, desk officer").await.expect("an account");
        let app = program(&store, &who);
        Self { store, url: url.to_owned(), clock, statements, app, who, token: None }
    }

    /// The engine that it is on.
    pub(crate) fn engine(&self) -> Engine {
        if self.url.starts_with("sqlite:") { Engine::Sqlite } else { Engine::Postgres }
    }

    /// Where its database is.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// The records as another server opens them, on this one's database and by its clock.
    pub(crate) async fn beside(&self) -> Store {
        let opened = StoreSettings { connections: 4, durable: false, ..StoreSettings::new(&self.url) };
        Store::open(&opened, self.clock.clone()).await.expect("the database opens a second time")
    }

    /// The same world with another program at its door.
    pub(crate) fn with_app(&self, app: axum::Router) -> Self {
        let Self { store, url, clock, statements, who, .. } = self;
        let (store, clock, statements) = (store.clone(), clock.clone(), statements.clone());
        Self { store, url: url.clone(), clock, statements, app, who: who.clone(), token: None }
    }

    /// The same world, as it is to whoever signs in with a token.
    pub(crate) fn signed(&self, token: impl Into<String>) -> Self {
        Self { token: Some(token.into()), ..self.with_app(self.app.clone()) }
    }

    /// The same world with an account of its own at its desk, where it had none.
    pub(crate) async fn at_its_desk(&self) -> Self {
        let who = entente::desk::at_the_desk(&self.store, "Amina, desk officer").await.expect("an account");
        Self { app: program(&self.store, &who), who, ..self.with_app(self.app.clone()) }
    }

    /// The same world, in which nobody is signed in by being at this machine.
    pub(crate) fn nobodys(&self) -> Self {
        Self { who: Who::system(), ..self.with_app(self.app.clone()) }
    }

    /// One more world as this one was at its beginning, on the same engine.
    pub(crate) async fn afresh(&self, story: impl AsyncFnOnce(&World)) {
        let engine = if self.url.starts_with("sqlite") { Engine::Sqlite } else { Engine::Postgres };
        told(engine, story).await;
    }

    /// Another world with nothing in it, not even the reference data, on either engine, with the same
    /// clock; skipped where the engine cannot be had.
    pub(crate) async fn elsewhere(&self, engine: Engine, story: impl AsyncFnOnce(&World)) {
        let Some(database) = database::empty(engine).await else { return };
        let opened = StoreSettings { connections: 4, durable: false, ..StoreSettings::new(&database.url) };
        let store = Store::open(&opened, self.clock.clone()).await.expect("the empty database opens");
        let there = Self { app: program(&store, &self.who), store, ..self.with_app(self.app.clone()) };
        story(&there).await;
        there.store.close().await.expect("the other database closes");
        database.drop_it().await;
    }

    /// So many servers on one database without tables, on the same engine and with the same clock.
    pub(crate) async fn blank(&self, servers: usize, story: impl AsyncFnOnce(&[Store])) {
        let Some(database) = database::blank(self.engine()).await else { return };
        let opened = StoreSettings { connections: 4, durable: false, ..StoreSettings::new(&database.url) };
        let mut stores = Vec::new();
        for _ in 0..servers {
            stores.push(Store::open(&opened, self.clock.clone()).await.expect("the database opens"));
        }
        story(&stores).await;
        for store in stores {
            store.close().await.expect("the database closes");
        }
        database.drop_it().await;
    }

    /// Writes something in one unit of work on behalf of the system.
    pub(crate) async fn write<T>(
        &self,
        write: impl AsyncFnOnce(&mut store::UnitOfWork) -> store::Result<T>,
    ) -> store::Result<T> {
        let mut work = self.store.begin(&Who::system()).await?;
        let written = write(&mut work).await?;
        work.commit().await?;
        Ok(written)
    }

    /// How many statements were run while something was done.
    pub(crate) async fn statements_of<T>(&self, doing: impl Future<Output = T>) -> (usize, T) {
        let before = self.statements.load(Ordering::Relaxed);
        let done = doing.await;
        (self.statements.load(Ordering::Relaxed) - before, done)
    }
}

/// The running program over a database.
fn program(store: &Store, who: &Who) -> axum::Router {
    // A test is no measurement: it may run unoptimized on a busy machine.
    let patient = ("ENTENTE_LIMITS_OPERATION_SECONDS".to_owned(), "120".to_owned());
    let sources = entente::settings::Sources { variables: vec![patient], ..Default::default() };
    let settings = entente::Settings::load(&sources).expect("the settings");
    entente::app(&settings, store.clone(), who.clone())
}

/// Tells a story in a world of its own.
pub(crate) fn tell(engine: Engine, story: impl AsyncFnOnce(&World)) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    runtime.expect("a runtime").block_on(told(engine, story));
}

/// The same inside of a runtime; tidies up also where the story ends badly.
async fn told(engine: Engine, story: impl AsyncFnOnce(&World)) {
    let Some(database) = database::fresh(engine).await else { return };
    let world = World::open(&database.url).await;
    let end = futures_util::FutureExt::catch_unwind(AssertUnwindSafe(story(&world))).await;
    drop(world);
    database.drop_it().await;
    if let Err(panic) = end {
        std::panic::resume_unwind(panic);
    }
}

/// Declares stories; each is told on SQLite and on PostgreSQL.
macro_rules! stories {
    ($($(#[$doc:meta])* async fn $name:ident($world:ident: &World) $body:block)+) => {
        $(
            $(#[$doc])*
            mod $name {
                #[allow(unused_imports, reason = "not every story needs all that its file imports")]
                use super::*;

                async fn story($world: &$crate::world::World) $body

                #[test]
                fn sqlite() {
                    $crate::world::tell($crate::world::Engine::Sqlite, story);
                }

                #[test]
                fn postgres() {
                    $crate::world::tell($crate::world::Engine::Postgres, story);
                }
            }
        )+
    };
}
pub(crate) use stories;
