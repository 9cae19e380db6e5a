//! Everything that is kept as lines of JSON: out of one database, into an empty one, on either engine.
//!
//! The first line tells the format and the tables it was written from, the last how many rows there are; each line
//! between is a row with its kind. Rows come in the order of [`table::TABLES`], then of their keys, so that the same
//! records give the same bytes wherever they lie. The history is among them, so that past moments are answered alike.

mod export;
mod import;
pub(crate) mod row;
mod table;

use std::io;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

use crate::Error;

pub use export::{Counts, export, export_whole};
pub use import::{Tables, import};
pub use table::{LEFT_OUT, table_names};
pub(crate) use table::{Later, recorded};

/// The name of the format.
const FORMAT: &str = "entente-lines";

/// Its version: counted on when a line means something else than before.
const VERSION: u32 = 1;

/// The longest line: far more than a report can be, and far less than memory holds.
pub const LONGEST_LINE: u64 = 256 << 20;

/// Rows read or written in one statement, at most; SQLite takes 32,766 parameters, and the widest row has 31.
const ROWS_AT_ONCE: usize = 1_000;

/// Bytes of them that are enough: memory holds a little more than these, however much there is.
const BYTES_AT_ONCE: usize = 1 << 20;

/// The first line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Header {
    format: String,
    version: u32,
    /// The last migration of the tables it was written from.
    migration: String,
}

/// A line of a row.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    kind: String,
    row: Map<String, Json>,
}

/// The last line, without which a file is not whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct End {
    /// How many lines there are between the first and this one.
    rows: u64,
}

/// Why everything could not be written or read.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The database failed or refused.
    #[error(transparent)]
    Store(#[from] Error),
    /// The file failed.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// The database holds something already.
    #[error(
        "this database is not empty (there is a row of the kind {kind}): everything goes into an empty one alone.\n\
         Make one with `entente migrate --database URL`, and do not seed it"
    )]
    NotEmpty {
        /// The first kind of which there is something.
        kind: &'static str,
    },
    /// The rows of some lines do not fit the others; nothing was kept.
    #[error("lines {first} to {last} ({kind}): the database refuses them ({error}). Nothing was taken in")]
    Refused {
        /// The first of the lines.
        first: u64,
        /// The last of the lines.
        last: u64,
        /// Their kind.
        kind: &'static str,
        /// What the database says.
        error: Error,
    },
    /// A line cannot be read; nothing was kept.
    #[error("line {line}: {message}. Nothing was taken in")]
    Line {
        /// Which, counted from 1.
        line: u64,
        /// What is wrong with it.
        message: String,
    },
}
