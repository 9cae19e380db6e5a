//! The list of the questions.

mod overdue_by_owner;
mod owed;
mod partnerships;

use crate::Question;

pub(crate) use partnerships::reasons;

static QUESTIONS: &[&Question] = &[&partnerships::QUESTION, &owed::QUESTION, &overdue_by_owner::QUESTION];

/// Every question, in the order in which it is shown.
pub fn questions() -> &'static [&'static Question] {
    QUESTIONS
}

/// The question of this name.
pub fn question(name: &str) -> Option<&'static Question> {
    questions().iter().copied().find(|question| question.name == name)
}
