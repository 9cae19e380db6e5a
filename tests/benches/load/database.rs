//! The records that are made once for each size, and the copies of them on which is measured.

use std::{
    env, fmt, fs,
    path::{Path, PathBuf},
    str::FromStr,
    sync::Arc,
};

use store::{Store, StoreSettings};

use crate::{Outcome, generated, known::Known, on_postgres, process::Postgres, product};

/// A database engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Engine {
    Sqlite,
    Postgres,
}

/// Where PostgreSQL is to be had; `scripts/with-postgres` sets it.
const SERVER: &str = "TEST_DATABASE_URL";

impl Engine {
    /// Those on which can be measured.
    pub(crate) fn at_hand() -> Vec<Self> {
        if server().is_some() { vec![Self::Sqlite, Self::Postgres] } else { vec![Self::Sqlite] }
    }

    /// The engine behind a URL.
    pub(crate) fn of(url: &str) -> Self {
        if url.starts_with("sqlite") { Self::Sqlite } else { Self::Postgres }
    }
}

impl fmt::Display for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Sqlite => "SQLite",
            Self::Postgres => "PostgreSQL",
        })
    }
}

impl FromStr for Engine {
    type Err = ();

    fn from_str(name: &str) -> Result<Self, ()> {
        match name {
            "sqlite" => Ok(Self::Sqlite),
            "postgres" => Ok(Self::Postgres),
            _ => Err(()),
        }
    }
}

fn server() -> Option<String> {
    env::var(SERVER).ok().filter(|url| !url.is_empty())
}

/// The records of one size, in a SQLite file that is kept.
pub(crate) struct Made {
    pub(crate) actions: usize,
    pub(crate) known: Arc<Known>,
    file: PathBuf,
}

impl Made {
    /// Makes them, or finds them as an earlier run has made them.
    pub(crate) async fn at(folder: &Path, actions: usize) -> Outcome<Self> {
        let file = generated::file(folder, actions);
        eprintln!("{}", file.display());
        let made = generated::world(&format!("sqlite://{}?mode=rwc", file.display()), actions).await?;
        let known = Arc::new(Known::of(&made).await?);
        // With its last connection the journal goes into the file.
        made.store.close().await?;
        Ok(Self { actions, known, file })
    }

    /// The records, opened.
    pub(crate) async fn open(&self) -> store::Result<Store> {
        let url = format!("sqlite://{}", self.file.display());
        Store::open(&StoreSettings::new(url), Arc::new(product::Noon)).await
    }
}

/// A copy of the records that is written on and thrown away.
pub(crate) struct Scratch {
    pub(crate) engine: Engine,
    pub(crate) url: String,
    /// The processes of the database, where it has some on this machine.
    pub(crate) postgres: Option<Postgres>,
    /// The file of the copy, or the server on which it is.
    kept: Kept,
}

enum Kept {
    File(PathBuf),
    On(String),
}

impl Scratch {
    /// Copies the records.
    pub(crate) async fn of(made: &Made, engine: Engine) -> Outcome<Self> {
        eprintln!("{} actions on {engine}", made.actions);
        match engine {
            Engine::Sqlite => {
                let file = made.file.with_extension("run.db");
                clear(&file);
                fs::copy(&made.file, &file)?;
                let url = format!("sqlite://{}", file.display());
                Ok(Self { engine, url, postgres: None, kept: Kept::File(file) })
            }
            Engine::Postgres => {
                let server = server().ok_or_else(|| format!("no PostgreSQL: {SERVER} names no server"))?;
                let url = on_postgres::make(&server, made).await?;
                let postgres = Postgres::behind(&url).await?;
                Ok(Self { engine, url, postgres, kept: Kept::On(server) })
            }
        }
    }

    /// Removes the copy.
    pub(crate) async fn remove(self) -> Outcome<()> {
        match self.kept {
            Kept::File(file) => clear(&file),
            Kept::On(server) => on_postgres::remove(&server).await?,
        }
        Ok(())
    }
}

/// Removes a SQLite database, as far as it is there.
fn clear(file: &Path) {
    for end in ["", "-wal", "-shm"] {
        let _ = fs::remove_file(format!("{}{end}", file.display()));
    }
}
