//! A text as a table: which sign stands between its cells, and where its lines are.

use csv::{Reader, ReaderBuilder, StringRecord};
use store::{Error, Result};

/// A table whose lines are read one by one.
pub(super) fn lines(text: &str) -> Reader<&[u8]> {
    ReaderBuilder::new().delimiter(delimiter(text)).flexible(true).from_reader(text.as_bytes())
}

/// The titles of the columns.
///
/// # Errors
/// [`Error::Invalid`] where there is no line.
pub(super) fn titles(lines: &mut Reader<&[u8]>) -> Result<StringRecord> {
    let titles = lines.headers().map_err(|fault| unread(&fault))?.clone();
    if titles.iter().all(|title| title.trim().is_empty()) {
        return Err(Error::invalid("file", "it has no line of titles: the first line names the columns"));
    }
    Ok(titles)
}

/// What a line that cannot be read is told by.
pub(super) fn unread(fault: &dyn std::fmt::Display) -> Error {
    Error::invalid("file", format!("it cannot be read: {fault}"))
}

/// Where the language writes decimals with a comma, spreadsheets put a semicolon between cells.
fn delimiter(text: &str) -> u8 {
    let titles = text.lines().next().unwrap_or_default();
    [b',', b';', b'\t']
        .into_iter()
        .max_by_key(|sign| titles.bytes().filter(|byte| byte == sign).count())
        .unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sign_between_cells_is_told_by_the_titles() {
        for (titles, sign) in [("id,kind,title", b','), ("id;kind;title\n,,,,", b';'), ("id\tkind", b'\t')] {
            assert_eq!(delimiter(titles), sign, "{titles}");
        }
        assert!([b',', b';', b'\t'].contains(&delimiter("title")));
    }
}
