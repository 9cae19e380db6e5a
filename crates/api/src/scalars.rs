//! Days as clients write them.

use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};
use chrono::NaiveDate;

/// A day of the calendar: `2026-11-24`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Date(pub NaiveDate);

/// A day of the calendar, such as `2026-11-24`.
#[Scalar(name = "Date")]
impl ScalarType for Date {
    fn parse(value: Value) -> InputValueResult<Self> {
        let Value::String(text) = &value else { return Err(InputValueError::expected_type(value)) };
        match text.parse::<vocab::PartialDate>() {
            Ok(date) if date.precision() == vocab::DatePrecision::Day => Ok(Self(date.first_day())),
            _ => Err(InputValueError::custom(format!("\"{text}\" is no day: write it as 2026-11-24"))),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.format("%Y-%m-%d").to_string())
    }
}

impl From<Date> for NaiveDate {
    fn from(date: Date) -> Self {
        date.0
    }
}

/// A day, a month or a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PartialDate(pub vocab::PartialDate);

/// A date as precisely as it is known: a day `2026-11-24`, a month `2026-11` or a year `2026`.
#[Scalar(name = "PartialDate")]
impl ScalarType for PartialDate {
    fn parse(value: Value) -> InputValueResult<Self> {
        let Value::String(text) = &value else { return Err(InputValueError::expected_type(value)) };
        text.parse().map(Self).map_err(|no: vocab::partial_date::NoSuchDate| InputValueError::custom(no))
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_string())
    }
}

impl From<PartialDate> for vocab::PartialDate {
    fn from(date: PartialDate) -> Self {
        date.0
    }
}
