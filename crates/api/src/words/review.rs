//! The closed lists around reports, readings and their review.

use async_graphql::Enum;

/// How the text of a report was handed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Enum)]
#[graphql(remote = "vocab::ReportFormat")]
pub enum ReportFormat {
    /// Plain text, as pasted.
    Plain,
    /// An HTML page or fragment.
    Html,
}

/// Where a reading stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Enum)]
#[graphql(remote = "vocab::ReadingState")]
pub enum ReadingState {
    /// Nobody has decided on any finding.
    Waiting,
    /// Some findings are decided.
    InReview,
    /// Every finding is decided.
    Done,
    /// A newer engine has read the report since, and nobody had decided on this one.
    Superseded,
    /// The report is in a language that the engine does not read; it is kept.
    Unread,
    /// A second reader's: what it read stands beside the findings of the first, and is decided on there.
    Joined,
}

/// What a finding is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Enum)]
#[graphql(remote = "vocab::FindingKind")]
pub enum FindingKind {
    /// A state that is party to the contact.
    State,
    /// An organization or ministry.
    Organization,
    /// A person, with the post they hold.
    Person,
    /// The contact itself.
    Meeting,
    /// A cooperation area.
    Area,
    /// Something to follow up.
    Action,
    /// Something that was promised earlier and is told as done.
    Fulfilment,
}

/// What a person decided on a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Enum)]
#[graphql(remote = "vocab::FindingState")]
pub enum FindingState {
    /// Not decided.
    Waiting,
    /// Taken as it was read.
    Accepted,
    /// Taken with another value.
    Corrected,
    /// Not taken.
    Rejected,
}

/// Why an engine is not sure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Enum)]
#[graphql(remote = "vocab::DoubtCode")]
pub enum DoubtCode {
    /// A weekday and a date contradict each other.
    WeekdayMismatch,
    /// Two statements of the same date differ.
    DateConflict,
    /// A word could stand for more than one party.
    AmbiguousReference,
    /// The language is not one the engine reads.
    UnsupportedLanguage,
    /// A name fits more than one known record, or none quite.
    AmbiguousName,
    /// Something was found with too little confidence to be a finding.
    LowConfidence,
    /// The page holds no text to read.
    NoText,
}
