//! A database for each test, copied from one that was migrated and seeded once.

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
};

use sea_orm::{ConnectionTrait, Database, DatabaseConnection};
use store::{Store, StoreSettings};
use tokio::sync::OnceCell;

use super::TestSurroundings;

/// Where the PostgreSQL half runs; `scripts/with-postgres` sets it.
const POSTGRES: &str = "TEST_DATABASE_URL";

/// A database engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Engine {
    /// Embedded.
    Sqlite,
    /// A server.
    Postgres,
}

/// A database that one test has to itself.
pub(crate) struct Fresh {
    /// How to open it.
    pub(crate) url: String,
    kept: Kept,
}

enum Kept {
    File(PathBuf),
    On { admin: String, name: String },
}

static TEMPLATE_FILE: OnceCell<PathBuf> = OnceCell::const_new();
static TEMPLATE_DATABASE: OnceCell<String> = OnceCell::const_new();
static MADE: AtomicU32 = AtomicU32::new(0);

/// A fresh database; `None` where this engine cannot be had, which is said loudly.
#[expect(clippy::disallowed_methods, reason = "the test run hands the server on in the environment")]
pub(crate) async fn fresh(engine: Engine) -> Option<Fresh> {
    let name = format!("entente_{}_{}", std::process::id(), MADE.fetch_add(1, Ordering::Relaxed));
    match engine {
        Engine::Sqlite => {
            let template = TEMPLATE_FILE.get_or_init(template_file).await;
            let file = template.with_file_name(format!("{name}.db"));
            std::fs::copy(template, &file).expect("the template is copied");
            Some(Fresh { url: format!("sqlite://{}", file.display()), kept: Kept::File(file) })
        }
        Engine::Postgres => {
            let Some(admin) = std::env::var(POSTGRES).ok().filter(|url| !url.is_empty()) else {
                eprintln!("SKIPPED the PostgreSQL half of this test: {POSTGRES} is not set");
                return None;
            };
            let template = TEMPLATE_DATABASE.get_or_init(|| template_database(admin.clone())).await;
            run(&admin, &format!("CREATE DATABASE {name} TEMPLATE {template}")).await;
            Some(Fresh { url: on(&admin, &name), kept: Kept::On { admin, name } })
        }
    }
}

/// A database with the tables and nothing in them; `None` as for [`fresh`].
pub(crate) async fn empty(engine: Engine) -> Option<Fresh> {
    let made = fresh(engine).await?;
    // What a copy has too much is quicker thrown away than the tables are made.
    let all = Database::connect(&made.url).await.expect("the copy opens");
    let none = store::dump::table_names().into_iter().rev().map(|table| format!("DELETE FROM {table}"));
    for statement in std::iter::once("UPDATE organization SET parent_id = NULL".to_owned()).chain(none) {
        all.execute_unprepared(&statement).await.unwrap_or_else(|fault| panic!("{statement}: {fault}"));
    }
    all.close().await.expect("the copy closes");
    Some(made)
}

/// A database without tables; `None` as for [`fresh`].
#[expect(clippy::disallowed_methods, reason = "the test run hands the server on in the environment")]
pub(crate) async fn blank(engine: Engine) -> Option<Fresh> {
    let name = format!("entente_{}_{}", std::process::id(), MADE.fetch_add(1, Ordering::Relaxed));
    match engine {
        Engine::Sqlite => {
            let file = TEMPLATE_FILE.get_or_init(template_file).await.with_file_name(format!("{name}.db"));
            Some(Fresh { url: format!("sqlite://{}?mode=rwc", file.display()), kept: Kept::File(file) })
        }
        Engine::Postgres => {
            let admin = std::env::var(POSTGRES).ok().filter(|url| !url.is_empty())?;
            run(&admin, &format!("CREATE DATABASE {name}")).await;
            Some(Fresh { url: on(&admin, &name), kept: Kept::On { admin, name } })
        }
    }
}

impl Fresh {
    /// Removes it.
    pub(crate) async fn drop_it(self) {
        match self.kept {
            Kept::File(file) => {
                for suffix in ["", "-wal", "-shm"] {
                    let _ = std::fs::remove_file(format!("{}{suffix}", file.display()));
                }
            }
            Kept::On { admin, name } => run(&admin, &format!("DROP DATABASE {name} WITH (FORCE)")).await,
        }
    }
}

async fn template_file() -> PathBuf {
    let all = Path::new(env!("CARGO_TARGET_TMPDIR"));
    sweep(all);
    let folder = all.join(std::process::id().to_string());
    std::fs::create_dir_all(&folder).expect("a temporary folder");
    let file = folder.join("template.db");
    prepare(&format!("sqlite://{}", file.display())).await;
    file
}

/// Removes what earlier runs left behind, as far as the system tells that they have ended.
fn sweep(all: &Path) {
    if !Path::new("/proc/self").exists() {
        return;
    }
    for entry in std::fs::read_dir(all).into_iter().flatten().flatten() {
        let ended = |name: &str| !Path::new("/proc").join(name).exists();
        if entry.file_name().to_str().is_some_and(ended) {
            let _ = std::fs::remove_dir_all(entry.path());
        }
    }
}

async fn template_database(admin: String) -> String {
    let name = format!("entente_template_{}", std::process::id());
    run(&admin, &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await;
    run(&admin, &format!("CREATE DATABASE {name}")).await;
    prepare(&on(&admin, &name)).await;
    name
}

/// Migrates and seeds a new database.
async fn prepare(url: &str) {
    let settings = StoreSettings { connections: 2, durable: false, ..StoreSettings::new(url) };
    // The day before: identifiers hold the time, and those of a test must not be given twice.
    let surroundings = TestSurroundings::default();
    surroundings.pass_days(-1);
    let store = Store::open(&settings, Arc::new(surroundings)).await.expect("the template opens");
    <migrations::Migrator as migrations::Migrate>::up(store.writer(), None).await.expect("the migrations run");
    store::seed::load(&store, None).await.expect("the reference data loads");
    store.close().await.expect("the template closes");
}

/// The same server with another database.
fn on(admin: &str, name: &str) -> String {
    let (before, query) = admin.split_once('?').map_or((admin, None), |(before, query)| (before, Some(query)));
    let server = before.rsplit_once('/').map_or(before, |(server, _)| server);
    query.map_or_else(|| format!("{server}/{name}"), |query| format!("{server}/{name}?{query}"))
}

async fn run(admin: &str, statement: &str) {
    let connection: DatabaseConnection = Database::connect(admin).await.expect("the test PostgreSQL answers");
    connection.execute_unprepared(statement).await.unwrap_or_else(|fault| panic!("{statement}: {fault}"));
    connection.close().await.expect("the connection closes");
}
