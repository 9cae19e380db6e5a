//! Text in, reading out: what a news report says about cooperation, each fact with its place in the text.
//!
//! No I/O, no clock, and it never fails: what a rule cannot use becomes a [`reading::Doubt`].

pub mod reading;

pub use reading::Reading;

use chrono::NaiveDate;
use vocab::{Language, ReportFormat};

/// The name under which this engine's findings are kept.
pub const ENGINE: &str = "entente-rules";
/// The version of the rules and packs; it grows with every change that can change a reading.
pub const VERSION: &str = "1";

/// A report as it was handed in.
#[derive(Debug, Clone, Copy)]
pub struct Report<'a> {
    /// The text or the HTML.
    pub text: &'a str,
    /// How `text` is to be understood.
    pub format: ReportFormat,
    /// The day it was published, where the one who handed it in knows.
    pub published_on: Option<NaiveDate>,
    /// Its language, where the one who handed it in knows.
    pub language: Option<Language>,
}

/// Reads a report. The same report gives the same reading, on every machine.
pub fn read(report: &Report<'_>) -> Reading {
    Reading { text: report.text.to_owned(), published_on: report.published_on, ..Reading::default() }
}
