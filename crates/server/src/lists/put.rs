//! Tables in: lines with an identifier revise their record, lines without one make a new one.

use std::io::Read;

use csv::{ReaderBuilder, StringRecord};
use store::{Error, Result, Store, UnitOfWork, Who};

use super::{fields::Fields, follow_up_action, meeting};

/// Of what a table is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// Of follow-up actions.
    FollowUpActions,
    /// Of meetings.
    Meetings,
}

/// What became of a table.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// A text for each line that was new, revised or refused.
    pub lines: Vec<String>,
    /// Records that were new.
    pub new: usize,
    /// Records that were revised.
    pub revised: usize,
    /// Records that stood there just so.
    pub unchanged: usize,
    /// Lines that cannot be taken in.
    pub refused: usize,
}

/// Takes a table in, in one transaction: only where it is meant to be applied, and no line is refused.
///
/// # Errors
/// [`Error::Invalid`] where it is no table; [`Error::Database`].
pub async fn take_in(store: &Store, who: &Who, of: Change, mut table: impl Read, apply: bool) -> Result<Taken> {
    let mut text = String::new();
    let unread = |fault: &dyn std::fmt::Display| Error::invalid("file", format!("it cannot be read: {fault}"));
    table.read_to_string(&mut text).map_err(|fault| unread(&fault))?;
    let text = text.trim_start_matches('\u{FEFF}');
    let mut lines = ReaderBuilder::new().delimiter(delimiter(text)).from_reader(text.as_bytes());
    let titles = lines.headers().map_err(|fault| unread(&fault))?.clone();
    check(&titles, columns(of))?;
    let mut work = store.begin(who).await?;
    let mut taken = Taken::default();
    for cells in lines.records() {
        let cells = cells.map_err(|fault| unread(&fault))?;
        let number = cells.position().map_or(0, csv::Position::line);
        let before = work.written();
        let fields = Fields { titles: &titles, cells: &cells };
        taken.mark(number, line(&mut work, of, &fields).await, work.written() != before)?;
    }
    if apply && taken.refused == 0 {
        work.commit().await?;
    }
    Ok(taken)
}

/// The records that a line can speak of.
pub(super) enum Line {
    /// One that was not there.
    New(String),
    /// One that was.
    Known(String),
}

async fn line(work: &mut UnitOfWork, of: Change, fields: &Fields<'_>) -> Result<Line> {
    match of {
        Change::FollowUpActions => follow_up_action::put::line(work, fields).await,
        Change::Meetings => meeting::put::line(work, fields).await,
    }
}

fn columns(of: Change) -> &'static [&'static str] {
    match of {
        Change::FollowUpActions => follow_up_action::LIST.columns,
        Change::Meetings => meeting::LIST.columns,
    }
}

impl Taken {
    fn mark(&mut self, number: u64, line: Result<Line>, written: bool) -> Result<()> {
        let (count, told) = match line {
            Ok(Line::New(called)) => (&mut self.new, Some(format!("new: {called}"))),
            Ok(Line::Known(called)) if written => (&mut self.revised, Some(format!("revised: {called}"))),
            Ok(Line::Known(_)) => (&mut self.unchanged, None),
            Err(error @ Error::Database(_)) => return Err(error),
            Err(told) => (&mut self.refused, Some(format!("refused: {told}"))),
        };
        *count += 1;
        self.lines.extend(told.map(|told| format!("line {number}: {told}")));
        Ok(())
    }
}

/// Where the language writes decimals with a comma, spreadsheets put a semicolon between cells.
fn delimiter(text: &str) -> u8 {
    let titles = text.lines().next().unwrap_or_default();
    [b',', b';', b'\t']
        .into_iter()
        .max_by_key(|sign| titles.bytes().filter(|byte| byte == sign).count())
        .unwrap_or(b',')
}

/// A column that is not known is one that somebody will miss.
fn check(titles: &StringRecord, columns: &[&str]) -> Result<()> {
    match titles.iter().find(|title| !columns.contains(title)) {
        Some(title) => {
            let message = format!("there is no column \"{title}\": they are {}", columns.join(", "));
            Err(Error::invalid("file", message))
        }
        None => Ok(()),
    }
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
