//! The closed list of `extensions.code`, and what is answered where nothing was executed.

use axum::http::StatusCode;
use serde_json::{Value, json};

/// Why something was not done; every error in an answer carries one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Code {
    /// The document is no GraphQL.
    ParseFailed,
    /// The document does not fit the schema.
    ValidationFailed,
    /// The request or a value in it is wrong.
    BadUserInput,
    /// A document is asked for by a hash that is not known; sent in full with the hash, it is known from then on.
    PersistedQueryNotFound,
    /// Nobody is signed in, or not any more.
    Unauthenticated,
    /// Whoever asks may not do this, or comes from where none may come from.
    Forbidden,
    /// The operation asks for too much.
    OperationLimit,
    /// The client has asked for too much in too little time.
    RateLimited,
    /// It took too long.
    Timeout,
    /// Something is broken here.
    Internal,
}

impl Code {
    /// As clients read it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ParseFailed => "GRAPHQL_PARSE_FAILED",
            Self::ValidationFailed => "GRAPHQL_VALIDATION_FAILED",
            Self::BadUserInput => "BAD_USER_INPUT",
            Self::PersistedQueryNotFound => "PERSISTED_QUERY_NOT_FOUND",
            Self::Unauthenticated => "UNAUTHENTICATED",
            Self::Forbidden => "FORBIDDEN",
            Self::OperationLimit => "OPERATION_LIMIT",
            Self::RateLimited => "RATE_LIMITED",
            Self::Timeout => "TIMEOUT",
            Self::Internal => "INTERNAL_SERVER_ERROR",
        }
    }
}

impl Code {
    /// Whether what is said of it may repeat what a client has sent.
    pub fn repeats(self) -> bool {
        matches!(self, Self::ParseFailed | Self::ValidationFailed | Self::BadUserInput)
    }
}

/// Why a request is not executed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The status, where it does not depend on the media type.
    pub status: Option<StatusCode>,
    /// The code.
    pub code: Code,
    /// What is wrong and what to do.
    pub message: String,
    /// The line and column in the document.
    pub place: Option<(usize, usize)>,
    /// What else is wrong, of the same code.
    pub also: Vec<Told>,
}

/// One more thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// What is wrong and what to do.
    pub message: String,
    /// The line and column in the document.
    pub place: Option<(usize, usize)>,
}

impl Refusal {
    /// Of the request, whatever its document.
    pub fn request(status: StatusCode, code: Code, message: impl Into<String>) -> Self {
        Self { status: Some(status), code, message: message.into(), place: None, also: Vec::new() }
    }

    /// Of a request that is not put together as it must be.
    pub fn malformed(message: impl Into<String>) -> Self {
        Self::request(StatusCode::BAD_REQUEST, Code::BadUserInput, message)
    }

    /// Of the document of a request that is well put together.
    pub fn document(code: Code, message: impl Into<String>) -> Self {
        Self { status: None, code, message: message.into(), place: None, also: Vec::new() }
    }

    /// With the place in the document.
    #[must_use]
    pub fn at(mut self, line: usize, column: usize) -> Self {
        self.place = Some((line, column));
        self
    }

    /// As the body of an answer.
    pub fn body(&self) -> Value {
        let error = |message: &str, place: Option<(usize, usize)>| {
            let mut error = json!({ "message": cut(message), "extensions": { "code": self.code.as_str() } });
            if let Some((line, column)) = place {
                error["locations"] = json!([{ "line": line, "column": column }]);
            }
            error
        };
        let first = error(&self.message, self.place);
        let also = self.also.iter().map(|told| error(&told.message, told.place));
        let errors: Vec<_> = std::iter::once(first).chain(also).take(MOST_ERRORS).collect();
        json!({ "errors": errors })
    }
}

/// The most errors in one answer.
pub const MOST_ERRORS: usize = 20;

/// The most characters of a message; hostile documents are quoted in them.
const LONGEST: usize = 500;

/// The message, cut where it is too long.
pub fn cut(message: &str) -> &str {
    message.char_indices().nth(LONGEST).map_or(message, |(end, _)| &message[..end])
}
