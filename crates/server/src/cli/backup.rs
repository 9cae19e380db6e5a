//! `entente backup FILE`, `entente restore FILE` and `entente verify [FILE]`

use std::path::PathBuf;

use clap::Args;
use store::verify::{self, Check};

use super::open;
use crate::{
    Failure, Settings, backup, tables,
    told::{self, Told},
};

#[derive(Debug, Args)]
pub(super) struct Backup {
    /// The file to be written; it must not be there
    file: PathBuf,
}

impl Backup {
    pub(super) async fn run(self, settings: Settings) -> Result<(), Failure> {
        let store = open::open_prepared(&settings).await?;
        let manifest = backup::write(&store, &self.file).await?;
        println!("{}: {}; read back and whole.", self.file.display(), manifest.told());
        Ok(store.close().await?)
    }
}

#[derive(Debug, Args)]
pub(super) struct Restore {
    /// A file that `entente backup` wrote
    file: PathBuf,
}

impl Restore {
    pub(super) async fn run(self, settings: Settings) -> Result<(), Failure> {
        // Looked at first, so that no database is made for a file that is none.
        backup::check(&self.file)?;
        open::make_folder(&settings)?;
        let store = open::open(&settings).await?;
        let manifest = backup::restore(&store, &self.file).await?;
        println!("{}: {}; all of it was taken in.", self.file.display(), manifest.told());
        Ok(store.close().await?)
    }
}

#[derive(Debug, Args)]
pub(super) struct Verify {
    /// A file that `entente backup` wrote [default: the database]
    file: Option<PathBuf>,
}

impl Verify {
    /// Whether a file is to be looked at, which needs no database.
    pub(super) fn file(&self) -> Option<Result<(), Failure>> {
        let file = self.file.as_ref()?;
        Some(backup::check(file).map(|manifest| {
            println!("{}: {}; whole.", file.display(), manifest.told());
            for (kind, count) in &manifest.rows {
                println!("{count:>10} {kind}");
            }
        }))
    }

    pub(super) async fn run(settings: Settings) -> Result<(), Failure> {
        let store = open::open_prepared(&settings).await?;
        let checks = verify::all(&store, &tables::last_migration()).await?;
        store.close().await?;
        told::print(&checks.into_iter().map(line).collect::<Vec<_>>())
    }
}

fn line(check: Check) -> Told {
    let Check { what, looked_at, amiss, more } = check;
    match (amiss.as_slice(), more) {
        ([], _) => Told::ok(what, format!("{looked_at} looked at")),
        (amiss, 0) => Told::amiss(what, amiss.join("; ")),
        (amiss, more) => Told::amiss(what, format!("{}; and {more} more", amiss.join("; "))),
    }
}
