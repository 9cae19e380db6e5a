//! Many rows in one mutation: all of them or none.

use async_graphql::SimpleObject;
use store::{Error, bulk};

use crate::fault::Fault;

/// Why one of many rows cannot be done.
#[derive(Debug, Clone, SimpleObject)]
pub struct RowRefusal {
    /// Which row, counted from 0.
    pub row: usize,
    /// `FORBIDDEN`, `NOT_FOUND`, `CONFLICT` or `BAD_USER_INPUT`.
    pub code: String,
    /// What is wrong and what to do, for people.
    pub message: String,
    /// The version the record has now, where somebody else was faster.
    pub current_version: Option<i32>,
}

impl From<bulk::Refused> for RowRefusal {
    fn from(bulk::Refused { row, error }: bulk::Refused) -> Self {
        let Fault { code, message, current_version, .. } = error.into();
        Self { row, code: code.code().to_owned(), message, current_version }
    }
}

/// What was done, where no row was refused; else the reason why nothing is to last, and `refused` has the rows.
///
/// # Errors
/// [`Error::Invalid`] where a row was refused.
pub fn all_or_none<T>(outcome: bulk::Outcome<T>, refused: &mut Vec<RowRefusal>) -> store::Result<Vec<T>> {
    outcome.map_err(|rows| {
        let message = match rows.len() {
            1 => "one row cannot be done, so nothing was written".to_owned(),
            count => format!("{count} rows cannot be done, so nothing was written"),
        };
        *refused = rows.into_iter().map(Into::into).collect();
        Error::invalid("rows", message)
    })
}
