//! How a command ends badly: a line for people, and an exit code for scripts.

use std::fmt;

/// Why a command could not do what it was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// What is wrong and what to do, in a sentence or a few lines; empty where all has been said.
    pub message: String,
    /// The exit code.
    pub code: u8,
}

/// The exit code where something failed.
const BROKEN: u8 = 1;

impl Failure {
    /// The command cannot be done as it was given: correct it and run it again.
    pub fn asked_wrong(message: impl Into<String>) -> Self {
        Self { message: message.into(), code: 2 }
    }

    /// The command was right, and something failed.
    pub fn broken(message: impl Into<String>) -> Self {
        Self { message: message.into(), code: BROKEN }
    }

    /// Whether the command was right, and something failed.
    pub fn is_broken(&self) -> bool {
        self.code == BROKEN
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Failure {}

/// The one who runs a command also runs the database, so that here its message may be shown.
impl From<store::Error> for Failure {
    fn from(error: store::Error) -> Self {
        match error {
            store::Error::Database(_) => Self::broken(error.to_string()),
            _ => Self::asked_wrong(error.to_string()),
        }
    }
}

impl From<store::dump::Fault> for Failure {
    fn from(fault: store::dump::Fault) -> Self {
        match fault {
            store::dump::Fault::Store(error) => error.into(),
            store::dump::Fault::Io(error) => error.into(),
            told => Self::asked_wrong(told.to_string()),
        }
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        // Whoever reads standard output has seen enough, as `head` has.
        if error.kind() == std::io::ErrorKind::BrokenPipe {
            return Self { message: String::new(), code: 0 };
        }
        Self::broken(error.to_string())
    }
}
