//! A meeting as the book holds it.

use chrono::NaiveDate;
use store::meeting;
use uuid::Uuid;
use vocab::MeetingKind;

/// A meeting, without its words.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Meeting {
    /// What kind of contact; none before its own line is read.
    pub kind: Option<MeetingKind>,
    /// The day, or the first of the period; none where nobody has said.
    pub held_on: Option<NaiveDate>,
    /// The states that had part in it.
    pub states: Vec<Uuid>,
}

impl Meeting {
    pub(super) fn put(&mut self, row: &meeting::Model) {
        self.kind = Some(row.kind.0);
        self.held_on = row.held_on;
    }

    /// Whether it had been held by a day.
    pub fn was_held_by(&self, day: NaiveDate) -> bool {
        self.held_on.is_some_and(|held| held <= day)
    }
}
