//! The closed lists of the audit trail.

use async_graphql::Enum;

/// By which way something was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Enum)]
#[graphql(remote = "vocab::Way")]
pub enum Way {
    /// A mutation.
    Graphql,
    /// A page of the server, where people sign in and out.
    Page,
    /// A command on the machine that holds the database.
    CommandLine,
    /// The server by itself.
    Background,
    /// Bringing the tables up to date.
    Migration,
}

/// What came of something that was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Enum)]
#[graphql(remote = "vocab::Outcome")]
pub enum Outcome {
    /// It was done.
    Done,
    /// It was not to be done, and whoever asked was told why.
    Refused,
    /// It could not be done, for something that broke or took too long.
    Failed,
}
