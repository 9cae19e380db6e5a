//! A database for each story, made as the end-to-end suite makes its own, and a clock that stands still.

#[path = "../../../../tests/src/world/database.rs"]
mod database;
#[allow(dead_code, reason = "the end-to-end suite also lets days pass")]
#[path = "../../../../tests/src/world/surroundings.rs"]
mod surroundings;

use std::{panic::AssertUnwindSafe, sync::Arc};

use store::{Store, StoreSettings, Who};

pub(crate) use database::Engine;
pub(crate) use surroundings::TestSurroundings;

/// What a story happens in.
pub(crate) struct World {
    /// The records.
    pub(crate) store: Store,
}

impl World {
    async fn open(url: &str) -> Self {
        let settings = StoreSettings { connections: 4, durable: false, ..StoreSettings::new(url) };
        let store = Store::open(&settings, Arc::new(TestSurroundings::default())).await;
        Self { store: store.expect("the test database opens") }
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
}

/// Tells a story in a world of its own, and tidies up also where it ends badly.
pub(crate) fn tell(engine: Engine, story: impl AsyncFnOnce(&World)) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    runtime.expect("a runtime").block_on(async {
        let Some(database) = database::fresh(engine).await else { return };
        let world = World::open(&database.url).await;
        let end = futures_util::FutureExt::catch_unwind(AssertUnwindSafe(story(&world))).await;
        drop(world);
        database.drop_it().await;
        if let Err(panic) = end {
            std::panic::resume_unwind(panic);
        }
    });
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
