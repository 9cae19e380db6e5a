//! Dates as news gives them: a day, a month or a year.

use std::{fmt, str::FromStr};

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

crate::word::words! {
    /// How much of a date is known.
    "date precision" DatePrecision {
        /// The day.
        Day = "day",
        /// The month.
        Month = "month",
        /// The year.
        Year = "year",
    }
}

/// A date of which the day, the month or only the year is known; written `2026-11-24`, `2026-11` or `2026`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PartialDate {
    first: NaiveDate,
    precision: DatePrecision,
}

impl PartialDate {
    /// The period of this precision that `day` lies in.
    pub fn new(day: NaiveDate, precision: DatePrecision) -> Self {
        let first = match precision {
            DatePrecision::Day => Some(day),
            DatePrecision::Month => day.with_day(1),
            DatePrecision::Year => day.with_day(1).and_then(|d| d.with_month(1)),
        };
        Self { first: first.unwrap_or(day), precision }
    }

    /// How much is known.
    pub fn precision(self) -> DatePrecision {
        self.precision
    }

    /// The first day of the period: when a meeting counts as held.
    pub fn first_day(self) -> NaiveDate {
        self.first
    }

    /// The last day of the period: what is due "in 2027" is late only after it.
    pub fn last_day(self) -> NaiveDate {
        let next = match self.precision {
            DatePrecision::Day => return self.first,
            DatePrecision::Month if self.first.month() < 12 => self.first.with_month(self.first.month() + 1),
            DatePrecision::Month | DatePrecision::Year => NaiveDate::from_ymd_opt(self.first.year() + 1, 1, 1),
        };
        next.and_then(|d| d.pred_opt()).unwrap_or(NaiveDate::MAX)
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.precision {
            DatePrecision::Day => write!(f, "{}", self.first.format("%Y-%m-%d")),
            DatePrecision::Month => write!(f, "{}", self.first.format("%Y-%m")),
            DatePrecision::Year => write!(f, "{}", self.first.format("%Y")),
        }
    }
}

/// A text that is no date of the form `2026-11-24`, `2026-11` or `2026`, or a day that does not exist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoSuchDate(pub String);

impl fmt::Display for NoSuchDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{}\" is no date: write 2026-11-24, 2026-11 or 2026", self.0)
    }
}

impl std::error::Error for NoSuchDate {}

impl FromStr for PartialDate {
    type Err = NoSuchDate;

    fn from_str(text: &str) -> Result<Self, NoSuchDate> {
        let part = |range: std::ops::Range<usize>| {
            text.get(range).filter(|p| p.bytes().all(|b| b.is_ascii_digit())).and_then(|p| p.parse::<u32>().ok())
        };
        let dashes = text.bytes().enumerate().all(|(i, b)| (b == b'-') == (i == 4 || i == 7));
        let parts = match (text.len(), dashes) {
            (4, true) => (part(0..4), Some(1), Some(1), DatePrecision::Year),
            (7, true) => (part(0..4), part(5..7), Some(1), DatePrecision::Month),
            (10, true) => (part(0..4), part(5..7), part(8..10), DatePrecision::Day),
            _ => return Err(NoSuchDate(text.to_owned())),
        };
        let (Some(year), Some(month), Some(day), precision) = parts else { return Err(NoSuchDate(text.to_owned())) };
        i32::try_from(year)
            .ok()
            .and_then(|year| NaiveDate::from_ymd_opt(year, month, day))
            .map(|first| Self { first, precision })
            .ok_or_else(|| NoSuchDate(text.to_owned()))
    }
}

impl TryFrom<String> for PartialDate {
    type Error = NoSuchDate;
    fn try_from(text: String) -> Result<Self, NoSuchDate> {
        text.parse()
    }
}

impl From<PartialDate> for String {
    fn from(date: PartialDate) -> Self {
        date.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_partial_date_knows_its_first_and_last_day() {
        for (text, first, last) in [
            ("2024-02-29", "2024-02-29", "2024-02-29"),
            ("2024-02", "2024-02-01", "2024-02-29"),
            ("2026-12", "2026-12-01", "2026-12-31"),
            ("2027", "2027-01-01", "2027-12-31"),
        ] {
            let date: PartialDate = text.parse().expect(text);
            assert_eq!((date.first_day().to_string(), date.last_day().to_string()), (first.into(), last.into()));
            assert_eq!(date.to_string(), text);
        }
    }

    #[test]
    fn a_day_that_does_not_exist_is_refused() {
        for text in
            ["2024-02-30", "2023-02-29", "2024-13", "24-01-01", "2024-1-1", "", "tomorrow", "２０２４", "2024/01/02"]
        {
            assert!(text.parse::<PartialDate>().is_err(), "{text}");
        }
    }
}
