//! In which form a paper is written.

use std::{
    io::{self, IsTerminal, Write},
    path::Path,
};

use briefing::Paper;
use clap::ValueEnum;

use crate::{Failure, pdf};

/// A form of a paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Form {
    /// One HTML file that needs nothing else, for any browser's printer
    Html,
    /// A PDF, where the program was built with it
    Pdf,
}

impl Form {
    /// The form that is asked for; else the one after which the file is called.
    pub(super) fn of(asked: Option<Self>, out: Option<&Path>) -> Self {
        let is_pdf = |file: &Path| file.extension().is_some_and(|end| end.eq_ignore_ascii_case("pdf"));
        asked.unwrap_or(if out.is_some_and(is_pdf) { Self::Pdf } else { Self::Html })
    }

    /// How its files end.
    pub(super) fn end(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Pdf => "pdf",
        }
    }

    /// Writes a paper into a file, or to standard output.
    pub(super) fn write(self, paper: &Paper, out: Option<&Path>) -> Result<(), Failure> {
        let bytes = match self {
            Self::Html => paper.html().into_bytes(),
            Self::Pdf => pdf::pdf(paper)?,
        };
        match out {
            Some(file) => write(file, bytes),
            None if self == Self::Pdf && io::stdout().is_terminal() => {
                Err(Failure::asked_wrong("a PDF is nothing for a screen: name a file with --out FILE"))
            }
            None => Ok(io::stdout().lock().write_all(&bytes)?),
        }
    }
}

/// Writes a page, or another document, into a file.
pub(super) fn write(file: &Path, page: impl AsRef<[u8]>) -> Result<(), Failure> {
    std::fs::write(file, page).map_err(|fault| Failure::broken(format!("{}: {fault}", file.display())))
}
