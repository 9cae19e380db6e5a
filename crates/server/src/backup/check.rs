//! Whether a file is a whole backup.

use std::{
    collections::BTreeMap,
    io::{self, BufRead, ErrorKind, Read, Write},
    path::Path,
};

use serde::{Deserialize, de::IgnoredAny};
use store::dump::LONGEST_LINE;

use super::{FORMAT, Last, Manifest, VERSION, seal::Seal, told, unpacked};
use crate::Failure;

/// A line of a row, as far as it is counted.
#[derive(Deserialize)]
struct Counted {
    kind: String,
    #[serde(rename = "row")]
    _row: IgnoredAny,
}

/// Reads a backup through: its manifest, where every line is there as it was written.
///
/// # Errors
/// Where the file cannot be read, is no backup, or is not whole.
pub fn check(file: &Path) -> Result<Manifest, Failure> {
    let wrong = |why: &str| told(file, Failure::asked_wrong(why));
    let mut lines = unpacked(file)?;
    let (mut seal, mut rows, mut last) = (Seal::new(io::sink()), BTreeMap::new(), Vec::new());
    loop {
        let line = next(&mut lines).map_err(|fault| told(file, unread(&fault)))?;
        if line.is_empty() {
            break;
        }
        let before = std::mem::replace(&mut last, line);
        if let Ok(Counted { kind, .. }) = serde_json::from_slice(&before) {
            *rows.entry(kind).or_insert(0) += 1;
        }
        seal.write_all(&before)?;
    }
    let Ok(Last { manifest }) = serde_json::from_slice(&last) else {
        return Err(wrong("its last line is no manifest: it is no backup, or it is not whole. Use another one"));
    };
    if manifest.format != FORMAT || manifest.version > VERSION {
        return Err(wrong("it was written in a form that this program does not know: use a newer one"));
    }
    let is_at_end = lines.into_inner().into_inner().fill_buf().is_ok_and(<[u8]>::is_empty);
    let (_, bytes, sha256) = seal.end();
    if !is_at_end || bytes != manifest.bytes || sha256 != manifest.sha256 || rows != manifest.rows {
        return Err(wrong(
            "it is not as it was written: its hash, its length or its counts are others. Use another one",
        ));
    }
    Ok(manifest)
}

/// The next line with its end; empty behind the last.
fn next(lines: &mut impl BufRead) -> io::Result<Vec<u8>> {
    let mut line = Vec::new();
    let read = lines.take(LONGEST_LINE).read_until(b'\n', &mut line)?;
    if read as u64 == LONGEST_LINE {
        return Err(io::Error::new(ErrorKind::InvalidData, "a line is longer than any row"));
    }
    Ok(line)
}

fn unread(fault: &io::Error) -> Failure {
    match fault.kind() {
        ErrorKind::UnexpectedEof => Failure::asked_wrong("it ends too early: it is not whole. Use another one"),
        ErrorKind::InvalidInput | ErrorKind::InvalidData => {
            Failure::asked_wrong(format!("it is no backup, or it is damaged ({fault}). Use another one"))
        }
        _ => Failure::broken(fault.to_string()),
    }
}
