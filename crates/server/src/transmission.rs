//! What comes of handing something to somebody else.

/// How a hand-over ended, each with what there is to say of it: never the names or words of people, nor a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It was taken.
    Taken(String),
    /// It was not, and will not be.
    Refused(String),
    /// It was not, or does no harm when it comes twice: it is tried again later.
    Later(String),
    /// It may have been taken or not, and would do harm when it came twice.
    Unknown(String),
}
