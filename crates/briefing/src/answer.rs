//! What every question and every answer has.

use std::collections::HashMap;

use chrono::{Months, NaiveDate};
use futures_core::future::BoxFuture;
use sea_orm::DatabaseConnection;
use store::{Concept, RecordRef, Result, by_ids_at, follow_up_action::titles_at, meeting};
use uuid::Uuid;
use vocab::{Language, Word, status::Rhythms};

use crate::{
    Clock,
    book::{Action, Book, Meeting, Stand},
};

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
    /// Where the words of records are read.
    pub db: &'a DatabaseConnection,
    /// What is known.
    pub book: &'a Book,
    /// The day by which things are judged, and by what was known when.
    pub clock: Clock,
    /// How long each kind of action may be silent.
    pub rhythms: Rhythms,
    /// One state, or all.
    pub state_id: Option<Uuid>,
    /// The day from which on things count, where the question has a period.
    pub from: Option<NaiveDate>,
}

/// An action that there is on the day, and how it stands.
#[derive(Debug, Clone, Copy)]
pub struct Standing<'a> {
    /// Its identifier.
    pub id: Uuid,
    /// The action.
    pub action: &'a Action,
    /// How it stands.
    pub stand: Stand,
}

impl<'a> Asked<'a> {
    /// The day by which things are judged.
    pub fn day(&self) -> NaiveDate {
        self.clock.as_of
    }

    /// The first day of the period; a year before the day, where none was given.
    pub fn first_day(&self) -> NaiveDate {
        self.from.unwrap_or_else(|| self.day().checked_sub_months(Months::new(12)).unwrap_or(NaiveDate::MIN))
    }

    /// The actions there are on the day, of the state that is asked for.
    pub fn actions(self) -> impl Iterator<Item = Standing<'a>> {
        self.actions_where(move |action| self.state_id.is_none() || action.state == self.state_id)
    }

    /// The actions there are on the day, as far as they are meant.
    pub(crate) fn actions_where(self, is_meant: impl Fn(&Action) -> bool) -> impl Iterator<Item = Standing<'a>> {
        let actions = self.book.actions.iter().filter(move |(_, action)| is_meant(action));
        actions.filter_map(move |(id, action)| {
            Some(Standing { id: *id, action, stand: action.stands(self.rhythms, self.day())? })
        })
    }

    /// The meetings, of all days and of none, in which the state that is asked for had part.
    pub fn meetings(self) -> impl Iterator<Item = (Uuid, &'a Meeting)> {
        let meetings = self.book.meetings.iter().map(|(id, meeting)| (*id, meeting));
        meetings.filter(move |(_, meeting)| self.state_id.is_none_or(|state| meeting.states.contains(&state)))
    }

    /// The states of a meeting, as far as they are asked for; one `None` for a meeting of no state.
    pub(crate) fn states_of(self, meeting: &'a Meeting) -> impl Iterator<Item = Option<Uuid>> {
        let asked_for = move |state: &&Uuid| self.state_id.is_none_or(|asked| asked == **state);
        let of_none = meeting.states.is_empty().then_some(None);
        meeting.states.iter().filter(asked_for).map(|state| Some(*state)).chain(of_none)
    }

    /// The state that is asked for, or all.
    pub fn states(self) -> impl Iterator<Item = (Uuid, &'a str)> {
        let states = self.book.states.iter().map(|(id, code)| (*id, code.as_str()));
        states.filter(move |(id, _)| self.state_id.is_none_or(|state| state == *id))
    }

    /// The name of a state in English, by which rows are put in order.
    pub(crate) fn name_of(&self, state: Uuid) -> &'a str {
        self.book.states.get(&state).map_or("", |code| state_name(code))
    }

    /// A state, shown by its name in English.
    pub fn state_cell(&self, state: Option<Uuid>) -> Cell {
        match state.and_then(|id| Some((id, self.book.states.get(&id)?))) {
            Some((id, code)) => Cell::Record(RecordRef::new(Concept::MemberState, id), state_name(code).to_owned()),
            None => Cell::Empty,
        }
    }

    /// An action, shown by its reference.
    pub fn reference(&self, id: Uuid) -> Cell {
        let record = RecordRef::new(Concept::FollowUpAction, id);
        let action = self.book.actions.get(&id);
        action.map_or(Cell::Empty, |action| Cell::Record(record, action.reference.to_string()))
    }

    /// What actions are about.
    ///
    /// # Errors
    /// [`store::Error::Database`].
    pub async fn titles(&self, ids: impl IntoIterator<Item = Uuid>) -> Result<Titles> {
        let ids: Vec<_> = ids.into_iter().collect();
        Ok(Titles(titles_at(self.db, &ids, self.clock.known_at).await?))
    }

    /// The words of meetings.
    ///
    /// # Errors
    /// [`store::Error::Database`].
    pub async fn meeting_words(&self, ids: impl IntoIterator<Item = Uuid>) -> Result<MeetingWords> {
        let ids: Vec<_> = ids.into_iter().collect();
        Ok(MeetingWords(by_ids_at::<meeting::Entity>(self.db, &ids, self.clock.known_at).await?))
    }
}

/// The name of a state in English; its code, where it is in no list.
pub(crate) fn state_name(code: &str) -> &str {
    vocab::member_state::by_code(code).map_or(code, |state| state.name(Language::En))
}

/// A word of a closed list as it is read.
pub(crate) fn spoken(word: impl Word) -> String {
    word.code().replace('-', " ")
}

/// What actions are about.
pub struct Titles(HashMap<Uuid, String>);

impl Titles {
    /// What this one is about.
    pub fn title(&self, id: Uuid) -> Cell {
        self.0.get(&id).map_or(Cell::Empty, |title| Cell::Text(title.clone()))
    }
}

/// Meetings as they are shown.
pub struct MeetingWords(HashMap<Uuid, meeting::Model>);

impl MeetingWords {
    /// A meeting, shown by its title.
    pub fn record(&self, id: Uuid) -> Cell {
        let record = RecordRef::new(Concept::Meeting, id);
        self.0.get(&id).map_or(Cell::Empty, |row| Cell::Record(record, row.title.clone()))
    }

    /// What it is called.
    pub fn title(&self, id: Uuid) -> Cell {
        self.0.get(&id).map_or(Cell::Empty, |row| Cell::Text(row.title.clone()))
    }
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

impl Answer {
    /// The answer of these rows, which could judge so many records of so many.
    pub fn new(rows: impl IntoIterator<Item = Vec<Cell>>, judged: usize, of: usize) -> Self {
        let count = |number| i64::try_from(number).unwrap_or(i64::MAX);
        Self { rows: rows.into_iter().collect(), judged: count(judged), of: count(of) }
    }
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

impl Cell {
    /// A word of a closed list, or nothing.
    pub fn word(word: Option<impl Word>) -> Self {
        word.map_or(Self::Empty, |word| Self::Text(spoken(word)))
    }

    /// A word where something is so, and nothing where it is not.
    pub fn flag(is_so: bool, word: &str) -> Self {
        if is_so { Self::Text(word.to_owned()) } else { Self::Empty }
    }

    /// A count.
    pub fn count(number: usize) -> Self {
        Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }

    /// A day, or nothing.
    pub fn day(day: Option<NaiveDate>) -> Self {
        day.map_or(Self::Empty, Self::Day)
    }
}
