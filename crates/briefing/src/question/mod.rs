//! The list of the questions.

mod changes;
mod delivery_rate;
mod disputed;
mod handovers;
mod late;
mod matrix;
mod overdue_by_age;
mod overdue_by_owner;
mod overdue_by_state;
mod owed;
mod partnerships;
mod promised_to_us;
mod quiet_partners;
mod requests_unanswered;
mod signed_not_started;
mod talked_never_agreed;
#[cfg(test)]
mod tests;
mod timeline;
mod unverifiable;
mod upcoming_meetings;
mod without_holder;

use crate::Question;

pub(crate) use partnerships::reasons;
pub(crate) use timeline::EVENTS;

static QUESTIONS: &[&Question] = &[
    &partnerships::QUESTION,
    &matrix::QUESTION,
    &owed::QUESTION,
    &requests_unanswered::QUESTION,
    &promised_to_us::QUESTION,
    &upcoming_meetings::QUESTION,
    &changes::QUESTION,
    &timeline::QUESTION,
    &overdue_by_owner::QUESTION,
    &overdue_by_state::QUESTION,
    &overdue_by_age::QUESTION,
    &signed_not_started::QUESTION,
    &talked_never_agreed::QUESTION,
    &quiet_partners::QUESTION,
    &handovers::QUESTION,
    &without_holder::QUESTION,
    &disputed::QUESTION,
    &unverifiable::QUESTION,
    &delivery_rate::QUESTION,
];

/// Every question, in the order in which it is shown.
pub fn questions() -> &'static [&'static Question] {
    QUESTIONS
}

/// The question of this name.
pub fn question(name: &str) -> Option<&'static Question> {
    questions().iter().copied().find(|question| question.name == name)
}
