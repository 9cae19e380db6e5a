//! What every question and every answer has.

use chrono::NaiveDate;
use futures_core::future::BoxFuture;
use sea_orm::DatabaseConnection;
use store::{RecordRef, Result};
use uuid::Uuid;

/// A question of staff or management.
pub struct Question {
    /// The stable key, such as `owed`.
    pub name: &'static str,
    /// The heading.
    pub title: &'static str,
    /// What it counts and what it leaves out, in a sentence or two.
    pub asks: &'static str,
    /// The version of the rule it is answered by; it grows with every change that can change an answer.
    pub rule: &'static str,
    /// What the rows hold, in order.
    pub columns: &'static [Column],
    /// Answers it from the records.
    pub ask: for<'a> fn(Asked<'a>) -> BoxFuture<'a, Result<Answer>>,
}

/// A column of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// The stable key.
    pub name: &'static str,
    /// The heading.
    pub title: &'static str,
    /// What its cells hold.
    pub kind: ColumnKind,
}

/// What the cells of a column hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnKind {
    /// Words.
    Text,
    /// A count.
    Number,
    /// A day.
    Day,
    /// A record, shown by its name.
    Record,
}

/// What a question is asked of.
#[derive(Clone, Copy)]
pub struct Asked<'a> {
    /// The records.
    pub db: &'a DatabaseConnection,
    /// The day by which things are late.
    pub today: NaiveDate,
    /// One state, or all.
    pub state_id: Option<Uuid>,
}

/// The answer: its rows, and how many records it could judge of how many there are.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Answer {
    /// The rows, each with a cell for each column.
    pub rows: Vec<Vec<Cell>>,
    /// How many records could be judged.
    pub judged: i64,
    /// How many there are.
    pub of: i64,
}

/// A cell of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Nothing to say.
    Empty,
    /// Words.
    Text(String),
    /// A count.
    Number(i64),
    /// A day.
    Day(NaiveDate),
    /// A record, and the name it is shown by.
    Record(RecordRef, String),
}
