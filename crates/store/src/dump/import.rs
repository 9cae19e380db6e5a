//! In.

use std::{
    collections::BTreeSet,
    io::{BufRead, Read},
};

use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, Statement};
use serde_json::{Map, Value as Json};

use super::{
    BYTES_AT_ONCE, End, FORMAT, Fault, Header, LONGEST_LINE, Line, ROWS_AT_ONCE, VERSION,
    table::{Later, Lines, RUNNING_NUMBER, Table, all},
};
use crate::{Error, Store, UnitOfWork, Who};

/// What databases call the counters and the index, which are emptied where they are there.
const RUNNING_NUMBERS: &str = "running_number";
const INDEX: &str = "search_entry";

/// The tables of the database that something is taken into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tables {
    /// Those that this program works on.
    Current,
    /// Older ones, from which what was written lacks what came later.
    Older,
}

/// Takes in everything that was written out of another database, in one transaction; answers with how many rows there
/// were. `migration` is the last one of this database, which has to be empty. Nothing of it is indexed for the search yet:
/// [`crate::search::Pass::over_missing`] does that.
///
/// # Errors
/// Any [`Fault`]; then nothing was kept.
pub async fn import(store: &Store, migration: &str, tables: Tables, lines: impl BufRead) -> Result<u64, Fault> {
    let mut lines = Numbered { lines, number: 0 };
    check(&lines.next()?, migration).map_err(|message| Fault::Line { line: 1, message })?;
    let mut work = store.begin(&Who::system()).await?;
    let there = names(work.connection()).await?;
    refuse_unless_empty(&work, &there).await?;
    if there.contains(RUNNING_NUMBERS) {
        work.forget_numbers().await?;
    }
    if there.contains(INDEX) {
        work.forget_index().await?;
    }
    let mut taken = Taken { tables, pending: None, later: Vec::new() };
    let rows = loop {
        let text = lines.next()?;
        let wrong = |message| Fault::Line { line: lines.number, message };
        if let Ok(End { rows }) = serde_json::from_str(&text) {
            break rows;
        }
        let Line { kind, row } = serde_json::from_str(&text).map_err(|fault| wrong(unread(&text, &fault)))?;
        let table = all().find(|table| table.kind() == kind);
        let table = table.ok_or_else(|| wrong(format!("there is no kind \"{kind}\" here")))?;
        taken.take(&mut work, table, (lines.number, text.len()), row).await?;
    };
    taken.end(&mut work).await?;
    lines.end(rows)?;
    work.commit().await?;
    store.forget_reference();
    Ok(rows)
}

/// What is wrong with the first line.
fn check(text: &str, migration: &str) -> Result<(), String> {
    let foreign = |_| "it is no first line of a file that `entente export lines` wrote".to_owned();
    let header: Header = serde_json::from_str(text).map_err(foreign)?;
    if header.format != FORMAT || header.version > VERSION {
        return Err(format!(
            "it is {} in version {}, and this program reads {FORMAT} up to version {VERSION}: use a newer one",
            header.format, header.version
        ));
    }
    if header.migration != migration {
        return Err(format!(
            "it was written from the tables of {}, and this program's are those of {migration}: take it in with the \
             program that wrote it, then run `entente migrate` with this one",
            header.migration
        ));
    }
    Ok(())
}

fn unread(text: &str, fault: &serde_json::Error) -> String {
    if text.is_empty() {
        return "the file ends here, before its last line: it is not whole".to_owned();
    }
    format!("it is no row ({fault})")
}

/// The tables that there are, by name.
async fn names(db: &DatabaseTransaction) -> Result<BTreeSet<String>, Error> {
    let question = match db.get_database_backend() {
        DbBackend::Sqlite => "SELECT name FROM sqlite_master WHERE type = 'table'",
        _ => "SELECT tablename::text AS name FROM pg_tables WHERE schemaname = current_schema()",
    };
    let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), question)).await?;
    Ok(rows.iter().map(|row| row.try_get("", "name")).collect::<Result<_, DbErr>>()?)
}

async fn refuse_unless_empty(work: &UnitOfWork, there: &BTreeSet<String>) -> Result<(), Fault> {
    let counted = all().filter(|table| there.contains(table.name()));
    for table in counted.filter(|table| table.kind() != RUNNING_NUMBER) {
        if !table.is_empty(work.connection()).await? {
            return Err(Fault::NotEmpty { kind: table.kind() });
        }
    }
    Ok(())
}

/// What was read and not kept yet: rows of one kind, and references that wait for their row.
struct Taken {
    tables: Tables,
    pending: Option<(&'static dyn Table, Lines)>,
    later: Vec<(&'static dyn Table, Later)>,
}

impl Taken {
    async fn take(
        &mut self,
        work: &mut UnitOfWork,
        table: &'static dyn Table,
        (number, length): (u64, usize),
        row: Map<String, Json>,
    ) -> Result<(), Fault> {
        let fits = |(of, lines): &(&'static dyn Table, Lines)| {
            of.kind() == table.kind() && lines.rows.len() < ROWS_AT_ONCE && lines.bytes < BYTES_AT_ONCE
        };
        if !self.pending.as_ref().is_some_and(fits) {
            self.keep(work).await?;
        }
        let (_, lines) = self
            .pending
            .get_or_insert((table, Lines { first: number, bytes: 0, tables: self.tables, rows: Vec::new() }));
        lines.bytes += length;
        lines.rows.push(row);
        Ok(())
    }

    async fn keep(&mut self, work: &mut UnitOfWork) -> Result<(), Fault> {
        if let Some((table, lines)) = self.pending.take() {
            let later = table.keep(work, lines).await?;
            self.later.extend(later.into_iter().map(|later| (table, later)));
        }
        Ok(())
    }

    async fn end(mut self, work: &mut UnitOfWork) -> Result<(), Fault> {
        self.keep(work).await?;
        for (table, later) in self.later {
            table.refer(work, later).await?;
        }
        Ok(())
    }
}

/// The lines of a file, counted.
struct Numbered<R> {
    lines: R,
    number: u64,
}

impl<R: BufRead> Numbered<R> {
    /// The next line without its end; empty behind the last.
    fn next(&mut self) -> Result<String, Fault> {
        self.number += 1;
        let mut bytes = Vec::new();
        let read = (&mut self.lines).take(LONGEST_LINE).read_until(b'\n', &mut bytes)?;
        let wrong = |message: &str| Fault::Line { line: self.number, message: message.to_owned() };
        if read as u64 == LONGEST_LINE {
            return Err(wrong("it is longer than any row"));
        }
        if bytes.last() == Some(&b'\n') {
            bytes.pop();
        }
        String::from_utf8(bytes).map_err(|_| wrong("it is not UTF-8"))
    }

    /// Whether this was the last line, and as many came before it as it says.
    fn end(mut self, rows: u64) -> Result<(), Fault> {
        let came = self.number - 2;
        if rows != came {
            let message = format!("it speaks of {rows} rows, and {came} came before it: the file is not whole");
            return Err(Fault::Line { line: self.number, message });
        }
        if !self.next()?.is_empty() {
            let message = "something comes behind the last line".to_owned();
            return Err(Fault::Line { line: self.number, message });
        }
        Ok(())
    }
}
