//! Out.

use std::io::Write;

use serde::Serialize;
use serde_json::{Map, Value as Json};

use super::{End, FORMAT, Fault, Header, VERSION, table::TABLES};
use crate::Store;

/// A line of a row, as it is written.
#[derive(Serialize)]
struct Line<'a> {
    kind: &'static str,
    row: &'a Map<String, Json>,
}

/// Writes everything, as it stands at one moment; answers with how many rows there are. `migration` is the last one of
/// this database.
///
/// # Errors
/// [`Fault::Store`]; [`Fault::Io`].
pub async fn export(store: &Store, migration: &str, mut out: impl Write) -> Result<u64, Fault> {
    let moment = store.snapshot().await?;
    line(&mut out, &Header { format: FORMAT.to_owned(), version: VERSION, migration: migration.to_owned() })?;
    let mut rows = 0;
    for table in TABLES {
        let mut behind = None;
        loop {
            let page = table.page(&moment, behind).await?;
            for (_, row) in &page {
                line(&mut out, &Line { kind: table.kind(), row })?;
                rows += 1;
            }
            behind = page.into_iter().next_back().map(|(key, _)| key);
            if behind.is_none() {
                break;
            }
        }
    }
    line(&mut out, &End { rows })?;
    out.flush()?;
    Ok(rows)
}

fn line(out: &mut impl Write, line: &impl Serialize) -> Result<(), Fault> {
    serde_json::to_writer(&mut *out, line).map_err(std::io::Error::from)?;
    Ok(out.write_all(b"\n")?)
}
