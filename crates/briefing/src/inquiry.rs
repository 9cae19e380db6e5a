//! A question as somebody puts it, in words, and what comes of it.

use chrono::{DateTime, NaiveDate, Utc};
use store::{Error, Result, Store};

use crate::{Answer, Asked, Clock, Question, Shelf, question, questions};

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
    /// Answers it.
    ///
    /// # Errors
    /// [`Error::Invalid`] where there is no such question or state, or a day lies where none can; [`Error::Database`].
    pub async fn answer(&self, store: &Store, shelf: &Shelf) -> Result<Told> {
        let Some(question) = question(&self.question) else {
            let names = questions().iter().map(|question| question.name).collect::<Vec<_>>().join(", ");
            let message = format!("there is no question \"{}\": ask one of {names}", self.question);
            return Err(Error::invalid("question", message));
        };
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
