//! What became of a table, line by line.

use std::fmt;

use serde::{Deserialize, Serialize};
use store::{RecordRef, import};

use super::formula;

/// What became of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Became {
    /// Its record is new.
    New,
    /// Its record was there, and is otherwise now.
    Revised,
    /// Its record stood there just so.
    Unchanged,
    /// An earlier line of the table says the same, or speaks of the same record.
    Repeated,
    /// It cannot be taken in.
    Refused,
}

impl Became {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::New, Self::Revised, Self::Unchanged, Self::Repeated, Self::Refused];

    /// What it is called.
    pub fn code(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Revised => "revised",
            Self::Unchanged => "unchanged",
            Self::Repeated => "repeated",
            Self::Refused => "refused",
        }
    }
}

/// A line of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Its number in the file, counted from 1; the titles stand in line 1.
    pub number: u64,
    /// What became of it.
    pub became: Became,
    /// Its record; none where it was refused, and none that is new where nothing was written.
    pub record: Option<RecordRef>,
    /// What the record is called, or why the line was refused.
    pub text: String,
    /// The field that it was refused for.
    pub field: Option<String>,
    /// What else there is to be said of it.
    pub notes: Vec<String>,
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}: {}", self.number, self.became.code(), self.text)?;
        self.notes.iter().try_for_each(|note| write!(f, "; {note}"))
    }
}

/// What became of a table.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Report {
    /// Every line, in the order of the file.
    pub lines: Vec<Line>,
    /// The encoding that the file was read in.
    pub encoding: String,
    /// The titles of columns that nobody here knows; their cells were kept as notes where that was asked for.
    pub unknown: Vec<String>,
    /// The titles of columns of which there is no place for what they tell.
    pub no_place: Vec<String>,
    /// The import of the very same file that stands already.
    pub before: Option<import::Model>,
    /// Whether it may be taken in once more.
    pub again: bool,
    /// The import, where the table was taken in; none where it was only tried, refused, or told nothing new.
    pub import: Option<import::Model>,
}

impl Report {
    /// How many lines became this.
    pub fn count(&self, became: Became) -> usize {
        self.lines.iter().filter(|line| line.became == became).count()
    }

    /// Whether the table can be taken in as it is: no line is refused, and it was not taken in before.
    pub fn is_fine(&self) -> bool {
        (self.before.is_none() || self.again) && self.count(Became::Refused) == 0
    }

    /// Forgets the records that are not there, because nothing was written.
    pub fn forget_new(&mut self) {
        self.import = None;
        for line in self.lines.iter_mut().filter(|line| line.became == Became::New) {
            line.record = None;
        }
    }

    /// The report as comma-separated values.
    ///
    /// # Errors
    /// Where there is no memory for it.
    pub fn table(&self) -> std::io::Result<Vec<u8>> {
        let mut out = csv::Writer::from_writer(Vec::new());
        out.write_record(["line", "became", "id", "text", "field", "notes"])?;
        for line in &self.lines {
            let id = line.record.map(RecordRef::encode).unwrap_or_default();
            let (number, notes) = (line.number.to_string(), line.notes.join("; "));
            let words = [&line.text, line.field.as_deref().unwrap_or_default(), &notes].map(formula::guarded);
            let [text, field, notes] = &words;
            out.write_record([&number, line.became.code(), &id, text, field, notes])?;
        }
        out.into_inner().map_err(|fault| std::io::Error::other(fault.to_string()))
    }
}
