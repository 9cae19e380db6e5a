//! What a resolver can fail with. It is no `Display`, so nothing becomes a GraphQL error but through the one function
//! below, and a message of the database cannot reach a client.

use async_graphql::{Error, ErrorExtensions};
use sea_orm::SqlErr;

use crate::id::called;

/// Why a client got no answer: the closed list of `extensions.code` that this crate gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultCode {
    /// The text of the request is no GraphQL.
    GraphqlParseFailed,
    /// The document does not fit the schema.
    GraphqlValidationFailed,
    /// An argument cannot be used as it is.
    BadUserInput,
    /// Nobody is signed in.
    Unauthenticated,
    /// Whoever asks may not do this.
    Forbidden,
    /// There is no such record.
    NotFound,
    /// Somebody else was faster.
    Conflict,
    /// It took too long.
    Timeout,
    /// Something broke; the log tells what.
    InternalServerError,
}

impl FaultCode {
    /// The code as clients read it.
    pub fn code(self) -> &'static str {
        match self {
            Self::GraphqlParseFailed => "GRAPHQL_PARSE_FAILED",
            Self::GraphqlValidationFailed => "GRAPHQL_VALIDATION_FAILED",
            Self::BadUserInput => "BAD_USER_INPUT",
            Self::Unauthenticated => "UNAUTHENTICATED",
            Self::Forbidden => "FORBIDDEN",
            Self::NotFound => "NOT_FOUND",
            Self::Conflict => "CONFLICT",
            Self::Timeout => "TIMEOUT",
            Self::InternalServerError => "INTERNAL_SERVER_ERROR",
        }
    }
}

/// Why a resolver has no answer. Deliberately not `Display`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// What kind of failure.
    pub code: FaultCode,
    /// A sentence for people: what is wrong and what to do.
    pub message: String,
    /// The argument or field it is about.
    pub argument: Option<&'static str>,
    /// The version a record has now, where somebody was faster.
    pub current_version: Option<i32>,
}

impl Fault {
    /// A failure of this kind.
    pub fn new(code: FaultCode, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), argument: None, current_version: None }
    }

    /// An argument that cannot be used as it is.
    pub fn input(argument: &'static str, message: impl Into<String>) -> Self {
        Self { argument: Some(argument), ..Self::new(FaultCode::BadUserInput, message) }
    }

    /// Something broke that clients can do nothing about; `details` are for the log.
    pub fn internal(details: &dyn std::fmt::Debug) -> Self {
        tracing::error!(?details, "a request failed");
        Self::new(FaultCode::InternalServerError, "something broke on our side; it was written down, try again later")
    }
}

impl From<store::Error> for Fault {
    fn from(error: store::Error) -> Self {
        match error {
            store::Error::NotFound { concept, .. } => {
                Self::new(FaultCode::NotFound, format!("there is no such {}: look it up again", called(concept)))
            }
            store::Error::Forbidden(message) => Self::new(FaultCode::Forbidden, message),
            store::Error::Invalid { field, message } => Self::input(field, message),
            store::Error::Conflict { concept, current, .. } => {
                let name = called(concept);
                let message = format!("somebody was faster: the {name} is at version {current} now, look at it again");
                Self { current_version: Some(current), ..Self::new(FaultCode::Conflict, message) }
            }
            busy if busy.is_busy() => Self::new(
                FaultCode::Timeout,
                "somebody else is writing the same and takes too long, so nothing was written: send it again, under the same \
                 clientMutationId where it has one",
            ),
            late if late.is_late() => Self::new(
                FaultCode::Timeout,
                "the database has too much to do, or this is too much for it: ask for less at once, or send it again later, \
                 under the same clientMutationId where it has one",
            ),
            store::Error::Database(error) => match error.sql_err() {
                Some(SqlErr::ForeignKeyConstraintViolation(_)) => Self::new(
                    FaultCode::NotFound,
                    "one of the records that the input names is not there: look it up again",
                ),
                Some(SqlErr::UniqueConstraintViolation(_)) => {
                    Self::new(FaultCode::BadUserInput, "there is such a record already: revise it instead")
                }
                _ => Self::internal(&error),
            },
        }
    }
}

impl From<Fault> for Error {
    fn from(fault: Fault) -> Self {
        let Fault { code, message, argument, current_version } = fault;
        Self::new(message).extend_with(|_, extensions| {
            extensions.set("code", code.code());
            argument.into_iter().for_each(|argument| extensions.set("argument", argument));
            current_version.into_iter().for_each(|version| extensions.set("currentVersion", version));
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_database_says_stays_in_the_log() {
        let error = store::Error::Database(sea_orm::DbErr::Custom("secret table".to_owned()));
        let error = Error::from(Fault::from(error));
        assert!(!error.message.contains("secret"), "{}", error.message);
        assert_eq!(error.extensions.and_then(|e| e.get("code").cloned()), Some("INTERNAL_SERVER_ERROR".into()));
    }
}
