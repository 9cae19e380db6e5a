//! `entente export WHAT`

use std::{
    fs::File,
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};

use clap::{Args, Subcommand};

use super::open;
use crate::{
    Failure, Settings, iati,
    lists::{self, Asked},
    popolo,
    sheet::Form,
    tables,
};

#[derive(Debug, Subcommand)]
pub(super) enum Export {
    /// Everything, its history included, as lines of JSON: `entente import lines` takes it into an empty database
    Lines(Out),
    /// People, organizations, posts and who holds them, as a document of Popolo in JSON
    Popolo(Out),
    /// Follow-up actions that both sides have agreed to, or more, as activities of IATI 2.03
    Iati(Activities),
    /// A list of records, as filtered: follow-up-actions, meetings, organizations or people
    List(Listed),
}

/// Which activities.
#[derive(Debug, Args)]
pub(super) struct Activities {
    /// Of one state alone, by ISO 3166-1 code, such as PAK
    #[arg(long, value_name = "CODE")]
    state: Option<String>,
    #[command(flatten)]
    to: Out,
}

/// Which list, and which of its records.
#[derive(Debug, Args)]
pub(super) struct Listed {
    /// The list
    list: String,
    /// A filter by its name, as for GraphQL, such as states=PAK,MLI or overdue=true
    #[arg(long = "where", value_name = "NAME=VALUE", value_parser = pair)]
    filters: Vec<(String, String)>,
    /// The day by which things are judged [default: that of --known-at, else today]
    #[arg(long, value_name = "DATE")]
    as_of: Option<String>,
    /// The moment up to which records count, such as 2026-11-24T12:00:00Z [default: all of them]
    #[arg(long, value_name = "MOMENT")]
    known_at: Option<String>,
    /// Write into this file, as a workbook where it ends in .xlsx [default: standard output, as comma-separated values]
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

fn pair(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or("a filter has a name and a value, such as states=PAK")?;
    Ok((name.to_owned(), value.to_owned()))
}

/// Where to.
#[derive(Debug, Args)]
pub(super) struct Out {
    /// Write into this file [default: standard output]
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

impl Export {
    pub(super) async fn run(self, settings: Settings) -> Result<(), Failure> {
        let store = open::open_prepared(&settings).await?;
        match self {
            Self::Lines(to) => {
                let rows = store::dump::export(&store, &tables::last_migration(), to.open()?).await?;
                to.tell(&format!("{} rows", rows.values().sum::<u64>()));
            }
            Self::Popolo(to) => {
                let document = popolo::document(&store).await?;
                to.put(&serde_json::to_vec_pretty(&document).map_err(io::Error::from)?)?;
                to.tell(&format!("{} people, {} organizations", document.persons.len(), document.organizations.len()));
            }
            Self::Iati(Activities { state, to }) => {
                let document = iati::document(&store, &settings.iati, state.as_deref()).await?;
                to.put(document.as_bytes())?;
            }
            Self::List(Listed { list, filters, as_of, known_at, out }) => {
                let clock = [("asOf", as_of), ("knownAt", known_at)].into_iter();
                let clock = clock.filter_map(|(name, value)| Some((name.to_owned(), value?)));
                let list = lists::list(&list)?;
                let workbook = out.as_ref().is_some_and(|file| file.extension().is_some_and(|end| end == "xlsx"));
                let form = if workbook { Form::Xlsx } else { Form::Csv };
                let (_, bytes) = lists::file(&store, list, Asked::new(filters.into_iter().chain(clock))?, form).await?;
                Out { out }.put(&bytes)?;
            }
        }
        Ok(store.close().await?)
    }
}

impl Out {
    fn open(&self) -> Result<Box<dyn Write>, Failure> {
        Ok(match &self.out {
            Some(file) => Box::new(BufWriter::new(File::create(file).map_err(|fault| broken(file, &fault))?)),
            None => Box::new(BufWriter::new(io::stdout())),
        })
    }

    fn put(&self, bytes: &[u8]) -> Result<(), Failure> {
        let mut out = self.open()?;
        out.write_all(bytes)?;
        Ok(out.flush()?)
    }

    /// Tells what was written, where standard output is free for it.
    fn tell(&self, what: &str) {
        if let Some(file) = &self.out {
            println!("{what}  {}", file.display());
        }
    }
}

fn broken(file: &Path, fault: &io::Error) -> Failure {
    Failure::broken(format!("{}: {fault}", file.display()))
}
