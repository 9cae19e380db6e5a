//! The closed lists of taking tables in, and back.

use async_graphql::Enum;

/// Of what a table is that comes in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Enum)]
#[graphql(remote = "vocab::ImportKind")]
pub enum ImportKind {
    /// Of follow-up actions.
    Actions,
    /// Of meetings.
    Meetings,
    /// Of people and the posts they hold.
    Contacts,
}

/// What becomes of a record when its import is taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Enum)]
pub enum RevertOutcome {
    /// The import had made it: it is gone.
    Removed,
    /// It is as it was before.
    PutBack,
    /// It, or a part of it, stays as it is.
    Left,
}
