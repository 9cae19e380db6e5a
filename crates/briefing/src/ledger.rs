//! The pages of the ledger: on which of them an open action stands.

use vocab::Side;

use crate::{book::Action, partnership::is_asked};

/// A page of the ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Page {
    /// We promised, agreed or planned it.
    WeOwe,
    /// They did.
    TheyOwe,
    /// Both sides did.
    BothOwe,
    /// It waits for our answer.
    WaitingForUs,
    /// It waits for theirs.
    WaitingForThem,
    /// It waits for both sides.
    WaitingForBoth,
}

impl Page {
    /// On which page an action stands; none where neither side moves next.
    pub(crate) fn of(action: &Action) -> Option<Self> {
        Some(match (action.awaits?, !is_asked(action.kind)) {
            (Side::Ours, true) => Self::WeOwe,
            (Side::Theirs, true) => Self::TheyOwe,
            (Side::Both, true) => Self::BothOwe,
            (Side::Ours, false) => Self::WaitingForUs,
            (Side::Theirs, false) => Self::WaitingForThem,
            (Side::Both, false) => Self::WaitingForBoth,
            (Side::Other, _) => return None,
        })
    }

    /// What it is called.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::WeOwe => "we owe",
            Self::TheyOwe => "they owe",
            Self::BothOwe => "both owe",
            Self::WaitingForUs => "waiting for us",
            Self::WaitingForThem => "waiting for them",
            Self::WaitingForBoth => "waiting for both",
        }
    }
}
