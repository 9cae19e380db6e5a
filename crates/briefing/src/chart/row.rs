//! The rows of an answer, read by the names of their columns, and their words in the language of a picture.

use chrono::NaiveDate;
use vocab::{Language, Word};

use crate::{
    Cell, Column, Told,
    brief::words::{Spoken, say},
};

/// A row of an answer.
#[derive(Clone, Copy)]
pub(super) struct Row<'a> {
    columns: &'static [Column],
    cells: &'a [Cell],
}

/// The rows of an answer.
pub(super) fn rows(told: &Told) -> Vec<Row<'_>> {
    told.answer.rows.iter().map(|cells| Row { columns: told.question.columns, cells }).collect()
}

impl<'a> Row<'a> {
    fn cell(&self, column: &str) -> Option<&'a Cell> {
        self.cells.get(self.columns.iter().position(|one| one.name == column)?)
    }

    /// The words of a cell; none where it is empty.
    pub(super) fn text(&self, column: &str) -> Option<&'a str> {
        match self.cell(column)? {
            Cell::Text(text) | Cell::Record(_, text) => Some(text),
            Cell::Empty | Cell::Number(_) | Cell::Day(_) => None,
        }
    }

    /// A count; nothing is none.
    pub(super) fn number(&self, column: &str) -> i64 {
        match self.cell(column) {
            Some(Cell::Number(number)) => *number,
            _ => 0,
        }
    }

    /// A day.
    pub(super) fn day(&self, column: &str) -> Option<NaiveDate> {
        match self.cell(column)? {
            Cell::Day(day) => Some(*day),
            _ => None,
        }
    }

    /// A word of a closed list.
    pub(super) fn word<W: Word>(&self, column: &str) -> Option<W> {
        W::from_code(&self.text(column)?.replace(' ', "-")).ok()
    }

    /// A word of a closed list in a language; as it stands, where the list does not have it.
    pub(super) fn said<W: Word + Spoken>(&self, column: &str, language: Language) -> &'a str {
        let known = self.word::<W>(column).map(|word| say(word.phrase(), language));
        known.or(self.text(column)).unwrap_or_default()
    }

    /// The name of a state in a language.
    pub(super) fn state(&self, language: Language) -> &'a str {
        let name = self.text("state").unwrap_or_default();
        let known = vocab::member_state::all().iter().find(|state| state.name(Language::En) == name);
        known.map_or(name, |state| state.name(language))
    }
}
