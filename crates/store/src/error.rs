//! What can go wrong when keeping and asking.

use sea_orm::{ConnAcquireErr, DbErr, RuntimeErr, sqlx};
use uuid::Uuid;

use crate::Concept;

/// What can go wrong. Only [`Error::Database`] must not be shown to people.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The database failed; the details are for the log.
    #[error("the database failed: {0}")]
    Database(#[from] DbErr),
    /// There is no such record.
    #[error("there is no {} {id}", vocab::Word::code(*.concept))]
    NotFound {
        /// What was asked for.
        concept: Concept,
        /// Its identifier.
        id: Uuid,
    },
    /// Somebody else revised the record since it was read.
    #[error("the {} has changed since: it is now at version {current}, not {expected}", vocab::Word::code(*.concept))]
    Conflict {
        /// Which concept.
        concept: Concept,
        /// Which record.
        id: Uuid,
        /// The version the caller had read.
        expected: i32,
        /// The version the record has now.
        current: i32,
    },
    /// They may not do this; the message is a sentence for people.
    #[error("{0}")]
    Forbidden(String),
    /// A value that cannot be kept; the message is a sentence for people.
    #[error("{message}")]
    Invalid {
        /// The field of the draft, in the words of the API.
        field: &'static str,
        /// What is wrong and what to do.
        message: String,
    },
}

impl Error {
    /// A value that cannot be kept: `message` says what is wrong and what to do.
    pub fn invalid(field: &'static str, message: impl Into<String>) -> Self {
        Self::Invalid { field, message: message.into() }
    }

    /// Whether it was waited for somebody else who writes, and too long: nothing was written, and it can be tried again.
    pub fn is_busy(&self) -> bool {
        // What PostgreSQL calls `lock_not_available`; and the primary code of what can also be an extended one: SQLITE_BUSY.
        self.code().is_some_and(|code| code == "55P03" || code.parse::<u32>().is_ok_and(|code| code & 0xff == 5))
    }

    /// Whether the database took too long, or has too much to do to begin with this.
    pub fn is_late(&self) -> bool {
        let has_no_connection = matches!(self, Self::Database(DbErr::ConnectionAcquire(ConnAcquireErr::Timeout)))
            || matches!(self.sqlx(), Some(sqlx::Error::PoolTimedOut));
        // What PostgreSQL calls `query_canceled`: by its `statement_timeout`, as nobody else cancels.
        has_no_connection || self.code().is_some_and(|code| code == "57014")
    }

    /// What the database calls it.
    fn code(&self) -> Option<String> {
        Some(self.sqlx()?.as_database_error()?.code()?.into_owned())
    }

    fn sqlx(&self) -> Option<&sqlx::Error> {
        match self {
            Self::Database(
                DbErr::Conn(RuntimeErr::SqlxError(fault))
                | DbErr::Exec(RuntimeErr::SqlxError(fault))
                | DbErr::Query(RuntimeErr::SqlxError(fault)),
            ) => Some(fault),
            _ => None,
        }
    }

    /// Something of ours that has no form in which it could be kept; the details are for the log.
    pub fn unwritable(fault: &dyn std::fmt::Display) -> Self {
        Self::Database(DbErr::Type(fault.to_string()))
    }
}

/// The result of everything here.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Text as it may be kept: trimmed, not empty, without the NUL that PostgreSQL refuses, at most `most` characters.
///
/// # Errors
/// [`Error::Invalid`] naming `field`.
pub fn text(field: &'static str, value: &str, most: usize) -> Result<String> {
    let value = value.trim();
    if value.is_empty() {
        return Err(Error::invalid(field, format!("{field} is empty: write at least one character")));
    }
    if value.contains('\0') {
        return Err(Error::invalid(field, format!("{field} holds a NUL character: remove it")));
    }
    if value.chars().nth(most).is_some() {
        return Err(Error::invalid(field, format!("{field} is longer than {most} characters: shorten it")));
    }
    Ok(value.to_owned())
}

/// Like [`text`], where nothing or white space alone means that there is none.
///
/// # Errors
/// [`Error::Invalid`] naming `field`.
pub fn optional_text(field: &'static str, value: Option<&str>, most: usize) -> Result<Option<String>> {
    value.filter(|v| !v.trim().is_empty()).map(|v| text(field, v, most)).transpose()
}
