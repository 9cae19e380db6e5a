//! The questions of staff and management, one file each.
//!
//! A question is a value in [`questions`]: what it asks, its columns, and how it is answered from the records. Whoever
//! serves questions (the API, the command line) walks that list; a new question is its file and its line there. What is
//! asked of the reading itself stands beside the list: [`reviews`].

pub mod answer;
mod overdue_by_owner;
mod owed;
pub mod reviews;

pub use answer::{Answer, Asked, Cell, Column, ColumnKind, Question};

static QUESTIONS: &[&Question] = &[&owed::QUESTION, &overdue_by_owner::QUESTION];

/// Every question, in the order in which it is shown.
pub fn questions() -> &'static [&'static Question] {
    QUESTIONS
}

/// The question of this name.
pub fn question(name: &str) -> Option<&'static Question> {
    questions().iter().copied().find(|question| question.name == name)
}
