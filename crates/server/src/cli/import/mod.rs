//! `entente import WHAT FILE`

mod table;
mod taken;

use std::{
    fs::File,
    io::{self, BufRead, BufReader, Write},
    path::{Path, PathBuf},
};

use clap::{Args, Subcommand};
use store::{Store, Who, dump::Tables, search::Pass};
use vocab::ImportKind;

use super::open;
use crate::{
    Failure, Settings, desk,
    popolo::{self, Report},
    tables,
};

#[derive(Debug, Subcommand)]
pub(super) enum Import {
    /// Everything that `entente export lines` wrote, into an empty database; all of it or nothing
    Lines(From),
    /// People, organizations, posts and who holds them, from a document of Popolo in JSON: what it says of a record is
    /// taken, what it does not speak of stays
    Popolo(Tried),
    /// Follow-up actions, from a table that somebody has kept, or as `entente export list follow-up-actions` writes it:
    /// lines with an id and its version revise, lines without an id are new
    Actions(table::Sheet),
    /// Meetings with who took part, from a table
    Meetings(table::Sheet),
    /// People with the posts they hold, from a table
    Contacts(table::Sheet),
    /// List the tables that were taken in
    List,
    /// Take back what a table brought: what it made is removed, what it revised is as it was
    Revert(taken::Revert),
}

/// Where from, and whether it is meant.
#[derive(Debug, Args)]
pub(super) struct Tried {
    #[command(flatten)]
    from: From,
    /// Do it; without this, only tell what would happen
    #[arg(long)]
    apply: bool,
}

/// Where from.
#[derive(Debug, Args)]
pub(super) struct From {
    /// The file; - is standard input
    file: PathBuf,
}

impl Import {
    pub(super) async fn run(self, settings: Settings) -> Result<(), Failure> {
        let store = open::open_prepared(&settings).await?;
        match self {
            Self::Lines(from) => {
                let (last, lines) = (tables::last_migration(), from.open()?);
                let rows = store::dump::import(&store, &last, Tables::Current, lines).await;
                let rows = rows.map_err(|fault| from.told(fault.into()))?;
                Pass::over_missing().run(&store).await?;
                println!("{rows} rows were taken in.");
            }
            Self::Actions(sheet) => sheet.run(&store, &settings, ImportKind::Actions).await?,
            Self::Meetings(sheet) => sheet.run(&store, &settings, ImportKind::Meetings).await?,
            Self::Contacts(sheet) => sheet.run(&store, &settings, ImportKind::Contacts).await?,
            Self::List => taken::list(&store).await?,
            Self::Revert(revert) => revert.run(&store, &settings).await?,
            Self::Popolo(Tried { from, apply }) => {
                let document = serde_json::from_reader(from.open()?).map_err(|fault| from.told(unread(&fault)))?;
                let who = on_behalf(&store, &settings, apply).await?.doing("import popolo");
                let report = popolo::take_in(&store, &who, document, apply).await;
                print(&report.map_err(|error| from.told(error.into()))?, apply)?;
            }
        }
        Ok(store.close().await?)
    }
}

/// The account at the desk is made when it is missing, and where nothing is meant nothing is written.
async fn on_behalf(store: &Store, settings: &Settings, apply: bool) -> Result<Who, Failure> {
    Ok(if apply { desk::at_the_desk(store, &settings.account).await? } else { Who::system() })
}

impl From {
    fn open(&self) -> Result<Box<dyn BufRead>, Failure> {
        if self.file == Path::new("-") {
            return Ok(Box::new(BufReader::new(io::stdin())));
        }
        let fault = |fault: io::Error| Failure::asked_wrong(format!("{}: {fault}", self.file.display()));
        Ok(Box::new(BufReader::new(File::open(&self.file).map_err(fault)?)))
    }

    /// A fault, with the file that it was met in.
    fn told(&self, failure: Failure) -> Failure {
        let Failure { message, code } = failure;
        Failure { message: format!("{}: {message}", self.file.display()), code }
    }
}

fn unread(fault: &serde_json::Error) -> Failure {
    Failure::asked_wrong(format!("it is no document of Popolo: {fault}"))
}

fn print(report: &Report, applied: bool) -> io::Result<()> {
    let mut out = io::stdout().lock();
    for line in &report.lines {
        writeln!(out, "{line}")?;
    }
    for (field, records) in &report.left_out {
        writeln!(out, "not kept: {field} (in {records} records)")?;
    }
    let Report { new, revised, unchanged, .. } = report;
    writeln!(out, "{new} new, {revised} revised, {unchanged} unchanged{}", end(applied))
}

/// Whether it happened.
fn end(applied: bool) -> &'static str {
    if applied { "." } else { ": nothing was written; --apply does it." }
}
