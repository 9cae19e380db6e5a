//! What a look at something came to, in a line each: for people, and with an exit code for scripts.

use std::{
    fmt,
    io::{self, Write},
};

use crate::Failure;

/// How it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// As it should.
    Ok,
    /// It works, and somebody should look at it.
    Warning,
    /// It does not work, or something is lost.
    Amiss,
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Ok => "ok",
            Self::Warning => "warning",
            Self::Amiss => "amiss",
        })
    }
}

/// A line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// How it stands.
    pub verdict: Verdict,
    /// What.
    pub what: &'static str,
    /// How it is, and what to do where something is to be done.
    pub told: String,
}

impl Told {
    /// It is as it should be.
    pub fn ok(what: &'static str, told: impl Into<String>) -> Self {
        Self { verdict: Verdict::Ok, what, told: told.into() }
    }

    /// Somebody should look at it.
    pub fn warning(what: &'static str, told: impl Into<String>) -> Self {
        Self { verdict: Verdict::Warning, what, told: told.into() }
    }

    /// Something is wrong.
    pub fn amiss(what: &'static str, told: impl Into<String>) -> Self {
        Self { verdict: Verdict::Amiss, what, told: told.into() }
    }
}

/// Prints the lines.
///
/// # Errors
/// Exit code 1 where something is amiss.
pub fn print(lines: &[Told]) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    for Told { verdict, what, told } in lines {
        writeln!(out, "{verdict:<8} {what}: {told}")?;
    }
    match lines.iter().filter(|line| line.verdict == Verdict::Amiss).count() {
        0 => Ok(()),
        1 => Err(Failure::broken("something is amiss: its line above says what")),
        more => Err(Failure::broken(format!("{more} things are amiss: their lines above say what"))),
    }
}
