//! The two clocks: what was true on a day, and what was known at a moment.

use chrono::{DateTime, NaiveDate, Utc};

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
}
