//! The digest: what one person should look at, in one message for a day or a week.
//!
//! An action or task stands in it once, under its most pressing reason: it is overdue, due soon, unanswered, silent, or has
//! lately lost the holder of its post. Of an action the owner is reminded, of a task the assignee.

mod page;
mod rows;
mod words;

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use store::{Concept, RecordRef, Result, Store, account, by_id, by_ids_at, follow_up_action, task};
use uuid::Uuid;
use vocab::{Language, MemberState, ReminderReason};

use crate::{
    Asked, Clock, Shelf,
    brief::{
        self, shortened,
        words::{fill, say},
    },
};
use rows::Row;

/// The version of the rules in this folder.
pub const RULE: &str = "digest/1";

/// The most lines of a digest; how many there are is told beside them.
const MOST_LINES: usize = 100;

/// A digest as somebody asks for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wanted {
    /// Whose.
    pub account_id: Uuid,
    /// The day by which things are judged; today, where none is given.
    pub as_of: Option<NaiveDate>,
    /// In which language; in that of the account, where none is given.
    pub language: Option<Language>,
}

/// What one person should look at.
#[derive(Debug, Clone)]
pub struct Digest {
    /// Whose.
    pub account: account::Model,
    /// In which language its words are.
    pub language: Language,
    /// The day by which things are judged.
    pub as_of: NaiveDate,
    /// What there is, by the state it belongs to; in the order of their names, what belongs to none last.
    pub groups: Vec<Group>,
    /// How many there are of each reason, also those that are left out.
    pub counts: BTreeMap<ReminderReason, usize>,
}

/// What belongs to one state.
#[derive(Debug, Clone)]
pub struct Group {
    /// The state and its record; none for what belongs to no state.
    pub state: Option<(&'static MemberState, Uuid)>,
    /// The most pressing first.
    pub lines: Vec<Line>,
}

/// Something to look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Why.
    pub reason: ReminderReason,
    /// The action or the task.
    pub record: RecordRef,
    /// The action, or that of the task, as people call it.
    pub reference: String,
    /// Its words.
    pub title: String,
    /// Since when; of what is due soon, the day on which it is.
    pub since: NaiveDate,
    /// The line in a sentence.
    pub text: String,
}

impl Digest {
    /// Makes a digest.
    ///
    /// # Errors
    /// [`store::Error::NotFound`] where there is no such account, [`store::Error::Invalid`] where the day lies in the
    /// future; [`store::Error::Database`].
    pub async fn make(store: &Store, shelf: &Shelf, wanted: Wanted) -> Result<Self> {
        let Wanted { account_id, as_of, language } = wanted;
        let db = store.reader();
        let account = by_id::<account::Entity>(db, account_id).await?;
        let reminders = account.reminders(store.reminders());
        let language = language.unwrap_or(reminders.language);
        let clock = Clock::set(store.surroundings().as_ref(), as_of, None)?;
        let book = shelf.open(store, None).await?;
        let asked = Asked { db, book: &book, clock, rhythms: store.rhythms(), state_id: None, from: None };
        let mut rows = rows::rows(asked, account_id, reminders.due_soon_days);
        let mut counts: BTreeMap<_, usize> = BTreeMap::new();
        for row in &rows {
            *counts.entry(row.reason).or_default() += 1;
        }
        rows.truncate(MOST_LINES);
        let words = Words::of(asked, &rows).await?;
        Ok(Self { account, language, as_of: clock.as_of, groups: groups(asked, &rows, &words, language), counts })
    }

    /// Whether there is nothing to look at.
    pub fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }

    /// How many things there are to look at.
    pub fn total(&self) -> usize {
        self.counts.values().sum()
    }

    /// How many of them are left out.
    pub fn left_out(&self) -> usize {
        self.total() - self.groups.iter().map(|group| group.lines.len()).sum::<usize>()
    }

    /// The line by which a message is known.
    pub fn subject(&self) -> String {
        let day = brief::words::day(self.as_of, self.language);
        fill(words::SUBJECT, self.language, &[("day", &day), ("counts", &self.counts())])
    }

    /// How many of each reason, in a line.
    fn counts(&self) -> String {
        let count = |(reason, n): (&ReminderReason, &usize)| {
            let reason = say(words::reason(*reason), self.language);
            fill(words::COUNT, self.language, &[("reason", reason), ("n", &n.to_string())])
        };
        self.counts.iter().map(count).collect::<Vec<_>>().join(" · ")
    }

    /// The message as plain text.
    pub fn text(&self) -> String {
        page::text(self)
    }

    /// The message as a page: one HTML file that needs nothing else and runs nothing.
    pub fn html(&self) -> String {
        page::html(self)
    }
}

impl Group {
    /// Its heading.
    pub fn title(&self, language: Language) -> &'static str {
        self.state.map_or(say(words::NO_STATE, language), |(state, _)| state.name(language))
    }
}

/// The rows by the state they belong to.
fn groups(asked: Asked<'_>, rows: &[Row], words: &Words, language: Language) -> Vec<Group> {
    let known = |id: Uuid| Some((vocab::member_state::by_code(asked.book.states.get(&id)?)?, id));
    let mut groups: BTreeMap<(bool, &str), Group> = BTreeMap::new();
    for row in rows {
        let Some(line) = words.line(row, asked.day(), language) else { continue };
        let state = row.state.and_then(known);
        let key = (state.is_none(), state.map_or("", |(state, _)| state.name(language)));
        groups.entry(key).or_insert(Group { state, lines: Vec::new() }).lines.push(line);
    }
    groups.into_values().collect()
}

/// The words of what stands in a digest.
struct Words {
    actions: HashMap<Uuid, follow_up_action::Model>,
    tasks: HashMap<Uuid, task::Model>,
}

impl Words {
    async fn of(asked: Asked<'_>, rows: &[Row]) -> Result<Self> {
        let actions: Vec<_> = rows.iter().map(|row| row.action).collect();
        let tasks = rows.iter().filter(|row| row.record.concept == Concept::Task).map(|row| row.record.id);
        let tasks: Vec<_> = tasks.collect();
        Ok(Self {
            actions: by_ids_at::<follow_up_action::Entity>(asked.db, &actions, None).await?,
            tasks: by_ids_at::<task::Entity>(asked.db, &tasks, None).await?,
        })
    }

    fn line(&self, row: &Row, day: NaiveDate, language: Language) -> Option<Line> {
        let Row { reason, since, record, action, .. } = *row;
        let action = self.actions.get(&action)?;
        let task = self.tasks.get(&record.id);
        let title = shortened(task.map_or(&action.title, |task| &task.title));
        let what = if task.is_some() { words::TASK } else { words::ACTION };
        let what = fill(what, language, &[("reference", &action.reference), ("title", &title)]);
        let days = (day - since).num_days().abs().to_string();
        let values = [("what", what.as_str()), ("since", &brief::words::day(since, language)), ("days", days.as_str())];
        let text = fill(words::sentence(reason), language, &values);
        Some(Line { reason, record, reference: action.reference.clone(), title, since, text })
    }
}

#[cfg(test)]
mod tests;
