//! What is to be told about a table: what was asked, by which clock, and what could be judged.

use briefing::{Cell, Told};
use chrono::NaiveDate;

/// Labels, each with what it says.
pub(crate) struct About {
    /// The day the table is of.
    pub(crate) day: NaiveDate,
    /// The lines.
    pub(crate) lines: Vec<(&'static str, Cell)>,
}

impl About {
    /// About an answer.
    pub(crate) fn answer(told: &Told) -> Self {
        let Told { question, clock, answer, .. } = told;
        let text = |text: &str| Cell::Text(text.to_owned());
        let state = told.state.as_deref().map_or_else(|| text("all"), text);
        let known_at = match clock.known_at {
            Some(moment) => Cell::Text(moment.to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true)),
            None => text("all that is known"),
        };
        let lines = vec![
            ("Question", text(question.title)),
            ("Name", text(question.name)),
            ("What it counts", text(question.asks)),
            ("State", state),
            ("From", told.from.map_or(Cell::Empty, Cell::Day)),
            ("As of", Cell::Day(clock.as_of)),
            ("Known at", known_at),
            ("Rule", text(question.rule)),
            ("Judged", Cell::Number(answer.judged)),
            ("Of", Cell::Number(answer.of)),
            ("Rows", count(answer.rows.len())),
        ];
        Self { day: clock.as_of, lines }
    }
}

/// A count as a cell.
pub(crate) fn count(number: usize) -> Cell {
    Cell::Number(i64::try_from(number).unwrap_or(i64::MAX))
}
