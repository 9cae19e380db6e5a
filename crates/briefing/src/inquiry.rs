//! A question as somebody puts it, in words, and what comes of it.

use chrono::{DateTime, NaiveDate, Utc};
use store::{Error, Result, Rights, Store};
use vocab::Role;

use crate::{Answer, Asked, Clock, Question, Shelf, question, questions};

/// The questions that tell how states, or those who look after them, stand beside one another.
const STATUS: [&str; 8] = [
    "partnerships",
    "matrix",
    "overdue-by-owner",
    "overdue-by-state",
    "overdue-by-age",
    "talked-never-agreed",
    "quiet-partners",
    "delivery-rate",
];

/// A question as somebody puts it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Inquiry {
    /// The name of the question.
    pub question: String,
    /// Of one state alone, by ISO 3166-1 code.
    pub state: Option<String>,
    /// The first day that counts, where the question has a period.
    pub from: Option<NaiveDate>,
    /// The day by which things are judged.
    pub as_of: Option<NaiveDate>,
    /// The moment up to which records count.
    pub known_at: Option<DateTime<Utc>>,
}

/// What came of it.
#[derive(Clone)]
pub struct Told {
    /// The question.
    pub question: &'static Question,
    /// By which clock it was answered.
    pub clock: Clock,
    /// Of which state alone, by the code it was asked with.
    pub state: Option<String>,
    /// The first day that counted, where one was given.
    pub from: Option<NaiveDate>,
    /// The answer.
    pub answer: Answer,
}

impl Inquiry {
    /// The least role that may ask it. How all partnerships stand beside one another is for managers; of one state, and from
    /// day to day, everybody who works here asks.
    pub fn least(&self) -> Role {
        if self.state.is_none() && STATUS.contains(&self.question.as_str()) { Role::Manager } else { Role::Viewer }
    }

    /// Answers it to somebody with these rights.
    ///
    /// # Errors
    /// [`Error::Invalid`] where there is no such question or state, or a day lies where none can; [`Error::Forbidden`]
    /// where it is not for them; [`Error::Database`].
    pub async fn answer(&self, rights: Rights, store: &Store, shelf: &Shelf) -> Result<Told> {
        let Some(question) = question(&self.question) else {
            let names = questions().iter().map(|question| question.name).collect::<Vec<_>>().join(", ");
            let message = format!("there is no question \"{}\": ask one of {names}", self.question);
            return Err(Error::invalid("question", message));
        };
        if !rights.is_at_least(Some(self.least())) {
            let message = format!(
                "\"{}\" over all states takes the role {}: name one state, or ask a manager",
                self.question,
                self.least()
            );
            return Err(Error::Forbidden(message));
        }
        let clock = Clock::set(store.surroundings().as_ref(), self.as_of, self.known_at)?;
        if let Some(from) = self.from.filter(|from| *from > clock.as_of) {
            let message = format!("{from} lies behind {}, where the period ends", clock.as_of);
            return Err(Error::invalid("from", message));
        }
        let book = shelf.open(store, clock.known_at).await?;
        let state_id = self.state.as_deref().map(|code| book.state(code)).transpose()?;
        let (db, rhythms, from) = (store.reader(), store.rhythms(), self.from);
        let answer = (question.ask)(Asked { db, book: &book, clock, rhythms, state_id, from }).await?;
        Ok(Told { question, clock, state: self.state.clone(), from, answer })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_status_questions_are_questions_and_of_one_state_everybody_asks() {
        for question in STATUS {
            assert!(super::question(question).is_some(), "{question}");
            let asked = |state: Option<&str>| {
                Inquiry { question: question.to_owned(), state: state.map(str::to_owned), ..Inquiry::default() }.least()
            };
            assert_eq!((asked(None), asked(Some("PAK"))), (Role::Manager, Role::Viewer), "{question}");
        }
        assert_eq!(Inquiry { question: "owed".to_owned(), ..Inquiry::default() }.least(), Role::Viewer);
    }
}
