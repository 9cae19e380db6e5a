//! The two clocks: what was true on a day, and what was known at a moment.

use chrono::{DateTime, NaiveDate, Utc};
use store::{Error, Result, Surroundings};

/// By which day things are judged, and by what was known when.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Clock {
    /// The day: what was said or held after it counts as not yet there.
    pub as_of: NaiveDate,
    /// The moment up to which records count; all of them, where none is given.
    pub known_at: Option<DateTime<Utc>>,
}

impl Clock {
    /// By all that is known.
    pub fn on(as_of: NaiveDate) -> Self {
        Self { as_of, known_at: None }
    }

    /// The clock that is asked for: the day; else that of the moment; else today.
    ///
    /// # Errors
    /// [`Error::Invalid`] where either lies in the future: nobody knows what will have been.
    pub fn set(around: &dyn Surroundings, as_of: Option<NaiveDate>, known_at: Option<DateTime<Utc>>) -> Result<Self> {
        let (now, today) = (around.now(), around.today());
        if let Some(moment) = known_at.filter(|moment| *moment > now) {
            let message = format!("{} lies in the future: give a moment up to now", moment.to_rfc3339());
            return Err(Error::invalid("knownAt", message));
        }
        if let Some(day) = as_of.filter(|day| *day > today) {
            let message = format!("{day} lies in the future: give a day up to {today}");
            return Err(Error::invalid("asOf", message));
        }
        let as_of = as_of.or(known_at.map(|moment| moment.date_naive())).unwrap_or(today);
        Ok(Self { as_of, known_at })
    }
}
