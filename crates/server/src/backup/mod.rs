//! Backups: everything that is kept, in one packed file that either engine takes back.
//!
//! The lines are those of `entente export lines`, read at one moment while others write, so that a backup is the same on
//! SQLite and on PostgreSQL and moves between them. Behind them stands the manifest: what made the file, when, from which
//! tables, how many rows of each kind there are, and the hash of everything before it.

mod check;
mod file;
mod seal;

use std::{
    collections::BTreeMap,
    fs::File,
    io::{BufReader, Read, Write},
    path::Path,
};

use chrono::{DateTime, SubsecRound, Utc};
use flate2::{Compression, bufread::GzDecoder, write::GzEncoder};
use serde::{Deserialize, Serialize};
use store::{
    Store, audit_entry,
    dump::{self, Tables},
    search::Pass,
};

use self::{file::Part, seal::Seal};
use crate::{Failure, tables};

pub use check::check;

/// The name of the format.
const FORMAT: &str = "entente-backup";
/// Its version: counted on when a file means something else than before.
const VERSION: u32 = 1;

/// What a backup says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    format: String,
    version: u32,
    /// The program that wrote it.
    pub program: String,
    /// The last migration of the tables it was written from.
    pub migration: String,
    /// The moment of which it tells.
    pub at: DateTime<Utc>,
    /// How many rows there are of each kind.
    pub rows: BTreeMap<String, u64>,
    /// How many bytes the lines have before they are packed.
    bytes: u64,
    /// SHA-256 of them, in hexadecimal.
    sha256: String,
}

/// The last line.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Last {
    manifest: Manifest,
}

impl Manifest {
    /// How many rows there are in all.
    pub fn total(&self) -> u64 {
        self.rows.values().sum()
    }

    /// In a line: how much it is, of when, and by what it was written.
    pub fn told(&self) -> String {
        let Self { program, migration, at, .. } = self;
        format!("{} rows, as they stood at {at:?}, from the tables of {migration}, by {program}", self.total())
    }
}

/// Writes a backup while others work. The file appears under its name once it is whole, on the disk, and read back.
///
/// # Errors
/// Where the file is there already, or cannot be written or read back; then there is none of this name.
pub async fn write(store: &Store, file: &Path) -> Result<Manifest, Failure> {
    let part = Part::create(file)?;
    let at = store.surroundings().now().trunc_subsecs(6);
    let (program, migration) = (program(), tables::last_migration());
    let mut sealed = Seal::new(GzEncoder::new(part.writer()?, Compression::default()));
    let mut rows = dump::export_whole(store, &migration, &mut sealed).await.map_err(|fault| part.told(fault))?;
    rows.retain(|_, count| *count > 0);
    let (mut packed, bytes, sha256) = sealed.end();
    let manifest =
        Manifest { format: FORMAT.to_owned(), version: VERSION, program, migration, at, rows, bytes, sha256 };
    let last = Last { manifest };
    serde_json::to_writer(&mut packed, &last).map_err(|fault| part.told(std::io::Error::from(fault)))?;
    let written = packed.write_all(b"\n").and_then(|()| packed.finish()).and_then(|mut out| out.flush());
    written.map_err(|fault| part.told(fault))?;
    // What the disk gives back is compared with what was meant.
    if check(part.path())? != last.manifest {
        return Err(Failure::broken(format!("{}: it was not read back as it was written", file.display())));
    }
    part.put()?;
    Ok(last.manifest)
}

/// Takes a backup into an empty database: all of it, or nothing. Where it is from older tables than those of this program,
/// the database gets the tables of then, and is brought up to date behind it.
///
/// # Errors
/// Where the file is not whole, or of a newer program; where the database is not empty.
pub async fn restore(store: &Store, file: &Path) -> Result<Manifest, Failure> {
    let manifest = check(file)?;
    let standing = tables::standing(store).await?;
    tables::refuse_newer(&standing)?;
    let is_current = manifest.migration == tables::last_migration();
    if !tables::is_known(&manifest.migration) {
        return Err(Failure::asked_wrong(format!(
            "{}: it was made by a newer program ({}, from the tables of {}): restore it with that one",
            file.display(),
            manifest.program,
            manifest.migration
        )));
    }
    if !is_current && !standing.missing.contains(&manifest.migration) && standing.last != manifest.migration {
        return Err(Failure::asked_wrong(format!(
            "{}: it is from older tables ({}) than this database has: restore it into one without tables, which \
             `entente restore` makes by itself",
            file.display(),
            manifest.migration
        )));
    }
    tables::bring_up(store, Some(&manifest.migration)).await?;
    let lines = unpacked(file)?.take(manifest.bytes);
    let into = if is_current { Tables::Current } else { Tables::Older };
    let taken = dump::import(store, &manifest.migration, into, lines).await;
    taken.map_err(|fault| told(file, fault.into()))?;
    tables::bring_up(store, None).await?;
    audit_entry::begin(store).await?;
    Pass::over_missing().run(store).await?;
    Ok(manifest)
}

/// What is in the file.
fn unpacked(file: &Path) -> Result<BufReader<GzDecoder<BufReader<File>>>, Failure> {
    let opened = File::open(file).map_err(|fault| Failure::asked_wrong(format!("{}: {fault}", file.display())))?;
    Ok(BufReader::new(GzDecoder::new(BufReader::new(opened))))
}

fn program() -> String {
    concat!("entente ", env!("CARGO_PKG_VERSION")).to_owned()
}

/// A fault, with the file that it was met in.
fn told(file: &Path, failure: Failure) -> Failure {
    let Failure { message, code } = failure;
    Failure { message: format!("{}: {message}", file.display()), code }
}
