//! Why nobody is signed in with the provider. It never holds what was sent or answered.

use std::fmt;

use axum::http::StatusCode;

use crate::outbound;

/// What of the provider was asked.
pub type Part = &'static str;

/// Why nobody is signed in with the provider.
#[derive(Debug)]
pub enum Fault {
    /// It cannot be asked.
    Silent(Part, outbound::Fault),
    /// It answered with another status than 200.
    Status(Part, StatusCode),
    /// It answered with something else than the standard says, and how.
    Strange(Part, &'static str),
    /// It did not take the code that somebody brought from it.
    Code,
    /// What is told of whoever signs in, or out, cannot be trusted, and why.
    Token(&'static str),
}

impl Fault {
    /// Whether it is the provider's, and trying again later may help.
    pub fn is_of_provider(&self) -> bool {
        matches!(self, Self::Silent(..) | Self::Status(..) | Self::Strange(..))
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Silent(part, fault) => write!(f, "its {part} {fault}"),
            Self::Status(part, status) => write!(f, "its {part} answered with status {}", status.as_u16()),
            Self::Strange(part, how) => write!(f, "its {part} {how}"),
            Self::Code => f.write_str("it did not take the code"),
            Self::Token(why) => write!(f, "the token {why}"),
        }
    }
}

impl std::error::Error for Fault {}
