//! The closed lists of signing in: what accounts may do, and what tokens are good for.

use async_graphql::Enum;

/// What an account may do. Each role may do all that those before it may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Enum)]
#[graphql(remote = "vocab::Role")]
pub enum Role {
    /// Reads the records.
    Viewer,
    /// Also changes what belongs to the member states assigned to it.
    DeskOfficer,
    /// Also changes what belongs to any state, or to none.
    Editor,
    /// Also assigns, and asks how all partnerships stand.
    Manager,
    /// Also says who may do what.
    Admin,
}

/// What a token is good for, as far as the role of its account goes. Each scope is good for all that those before it are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Enum)]
#[graphql(remote = "vocab::Scope")]
pub enum Scope {
    /// Reading.
    Read,
    /// Also changing records.
    Write,
    /// Also saying who may do what.
    Admin,
}
