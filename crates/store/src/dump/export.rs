//! Out.

use std::{collections::BTreeMap, io::Write};

use serde::Serialize;
use serde_json::{Map, Value as Json};

use super::{
    BYTES_AT_ONCE, End, FORMAT, Fault, Header, ROWS_AT_ONCE, VERSION,
    table::{TABLES, Table, all},
};
use crate::Store;

/// A line of a row, as it is written.
#[derive(Serialize)]
struct Line<'a> {
    kind: &'static str,
    row: &'a Map<String, Json>,
}

/// How many rows there are of each kind.
pub type Counts = BTreeMap<String, u64>;

/// Writes everything but by what people sign in, as it stands at one moment; answers with how many rows there are.
/// `migration` is the last one of this database.
///
/// # Errors
/// [`Fault::Store`]; [`Fault::Io`].
pub async fn export(store: &Store, migration: &str, out: impl Write) -> Result<Counts, Fault> {
    write(store, migration, TABLES.iter().copied(), out).await
}

/// The same for a backup: with the hashes of passwords and tokens.
///
/// # Errors
/// As [`export`].
pub async fn export_whole(store: &Store, migration: &str, out: impl Write) -> Result<Counts, Fault> {
    write(store, migration, all(), out).await
}

async fn write(
    store: &Store,
    migration: &str,
    tables: impl Iterator<Item = &'static dyn Table>,
    mut out: impl Write,
) -> Result<Counts, Fault> {
    let moment = store.snapshot().await?;
    line(&mut out, &Header { format: FORMAT.to_owned(), version: VERSION, migration: migration.to_owned() })?;
    let mut counts = Counts::new();
    for table in tables {
        let mut rows = 0;
        let (mut behind, mut limit) = (None, 1);
        loop {
            let page = table.page(&moment, behind, limit).await?;
            let mut bytes = 0;
            for (_, row) in &page {
                bytes += line(&mut out, &Line { kind: table.kind(), row })?;
                rows += 1;
            }
            behind = page.into_iter().next_back().map(|(key, _)| key);
            if behind.is_none() {
                break;
            }
            // A row can be a tiny name or a report of megabytes.
            limit = if bytes < BYTES_AT_ONCE { (limit * 2).min(ROWS_AT_ONCE) } else { (limit / 2).max(1) };
        }
        counts.insert(table.kind().to_owned(), rows);
    }
    line(&mut out, &End { rows: counts.values().sum() })?;
    out.flush()?;
    Ok(counts)
}

/// Writes a line; answers with how long it was.
fn line(out: &mut impl Write, line: &impl Serialize) -> Result<usize, Fault> {
    let mut bytes = serde_json::to_vec(line).map_err(std::io::Error::from)?;
    bytes.push(b'\n');
    out.write_all(&bytes)?;
    Ok(bytes.len())
}
