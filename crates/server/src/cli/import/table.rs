//! `entente import actions FILE`, `… meetings FILE`, `… contacts FILE`

use std::{
    fs,
    io::{self, BufWriter, Read, Write},
    path::PathBuf,
};

use clap::{Args, ValueEnum};
use intake::table::{self, Became, Options, Order, Report, Table};
use store::Store;
use vocab::ImportKind;

use super::{Tried, end, on_behalf};
use crate::{Failure, Settings};

/// A table, and how it is to be understood.
#[derive(Debug, Args)]
pub(in crate::cli) struct Sheet {
    #[command(flatten)]
    tried: Tried,
    /// A column of the file and the field that it tells of, such as "Quoi=title"; - where it is not to be read, such as
    /// "Budget=-". May be given several times
    #[arg(long = "column", value_name = "TITLE=FIELD", value_parser = pair)]
    columns: Vec<(String, String)>,
    /// A field and what every line says of it where the file has no column, such as kind=plan. May be given several times
    #[arg(long = "set", value_name = "FIELD=VALUE", value_parser = pair)]
    set: Vec<(String, String)>,
    /// Keep the cells of columns that are not known as notes, where a record has a place for them
    #[arg(long)]
    keep: bool,
    /// How days such as 03/04/2026 are meant, where the file does not decide it
    #[arg(long)]
    dates: Option<Dates>,
    /// The encoding of the file, such as windows-1256, where it is not recognized
    #[arg(long, value_name = "NAME")]
    encoding: Option<String>,
    /// Take the very same file in once more
    #[arg(long)]
    again: bool,
    /// Write what becomes of each line into a file of comma-separated values as well
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
}

/// The order of a day and a month.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Dates {
    /// 31/12/2026
    DayFirst,
    /// 12/31/2026
    MonthFirst,
}

/// Two words with `=` between them.
fn pair(text: &str) -> Result<(String, String), String> {
    let halves = text.split_once('=').map(|(one, other)| (one.trim().to_owned(), other.trim().to_owned()));
    halves.ok_or_else(|| "write it with = between the two".to_owned())
}

impl Sheet {
    pub(super) async fn run(self, store: &Store, settings: &Settings, of: ImportKind) -> Result<(), Failure> {
        let Self { tried: Tried { from, apply }, columns, set, keep, dates, encoding, again, report } = self;
        let mut file = Vec::new();
        from.open()?.read_to_end(&mut file)?;
        let name = from.file.file_name().map_or_else(|| "-".to_owned(), |name| name.to_string_lossy().into_owned());
        let dates = dates.map(|dates| match dates {
            Dates::DayFirst => Order::DayFirst,
            Dates::MonthFirst => Order::MonthFirst,
        });
        let options = Options { columns, set, keep, dates, encoding, again };
        let who = on_behalf(store, settings, apply).await?.doing(format!("import {of}"));
        let table = Table { of, name: &name, file: &file };
        let told = table::take_in(store, &who, table, &options, apply).await;
        let told = told.map_err(|error| from.told(error.into()))?;
        if let Some(path) = report {
            let wrong = |fault: io::Error| Failure::asked_wrong(format!("{}: {fault}", path.display()));
            fs::write(&path, told.table()?).map_err(wrong)?;
        }
        print(&told, apply)?;
        if told.count(Became::Refused) > 0 {
            return Err(from.told(Failure::asked_wrong("mend the refused lines: nothing was written")));
        }
        match &told.before {
            Some(before) if !again => {
                let message = format!(
                    "this very file was taken in as import {} on {}: nothing was written; --again takes it in once more",
                    before.number,
                    before.created_at.date_naive()
                );
                Err(from.told(Failure::asked_wrong(message)))
            }
            _ => Ok(()),
        }
    }
}

fn print(report: &Report, apply: bool) -> io::Result<()> {
    let mut out = BufWriter::new(io::stdout().lock());
    for line in &report.lines {
        writeln!(out, "{line}")?;
    }
    for title in &report.unknown {
        writeln!(out, "not known: the column \"{title}\" (--column \"{title}=FIELD\" says what it tells)")?;
    }
    for title in &report.no_place {
        writeln!(out, "not kept: the column \"{title}\"")?;
    }
    let counts = Became::ALL.map(|became| format!("{} {}", report.count(became), became.code()));
    writeln!(out, "read as {}", report.encoding)?;
    writeln!(out, "{}{}", counts.join(", "), end(apply && report.is_fine()))?;
    if let Some(import) = &report.import {
        writeln!(out, "This is import {0}: `entente import revert {0}` takes it back.", import.number)?;
    }
    out.flush()
}
