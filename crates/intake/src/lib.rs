//! A report's way in: take it in once, read it, match what was read to what is known, and let a person decide.
//!
//! Each verb is one transaction: all of it happens, or nothing.

use chrono::NaiveDate;
use serde_json::Value;
use store::{Error, RecordRef, Result, Store, Who, finding, follow_up_action, meeting, news_report, reading, task};
use uuid::Uuid;
use vocab::{Language, ReportFormat};

/// A report as it is handed in.
#[derive(Debug, Clone)]
pub struct Incoming {
    /// The text or the HTML.
    pub text: String,
    /// How `text` is to be understood.
    pub format: ReportFormat,
    /// Where it came from.
    pub url: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// The day it was published, where known.
    pub published_on: Option<NaiveDate>,
    /// The headline, where known.
    pub title: Option<String>,
    /// The language, where known.
    pub language: Option<Language>,
}

/// What became of a report that was handed in.
#[derive(Debug, Clone)]
pub struct Ingested {
    /// The report as kept; the first one, where the same text was handed in before.
    pub report: news_report::Model,
    /// Its latest reading.
    pub reading: reading::Model,
    /// Whether the same text was handed in before.
    pub duplicate: bool,
}

/// Takes in one report and reads it.
///
/// # Errors
/// [`Error::Invalid`] for a text that is empty, holds NUL or is longer than 5 MiB; [`Error::Database`].
pub async fn ingest(store: &Store, who: &Who, incoming: Incoming) -> Result<Ingested> {
    let _ = (store, who, incoming);
    Err(Error::invalid("text", "not built yet"))
}

/// Reads a kept report again with the engine of this program. What a person decided stays untouched.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Database`].
pub async fn read_again(store: &Store, who: &Who, report_id: Uuid) -> Result<reading::Model> {
    let _ = (store, who, report_id);
    Err(Error::invalid("reportId", "not built yet"))
}

/// What an acceptance brought about.
#[derive(Debug, Clone)]
pub struct Accepted {
    /// The reading afterwards.
    pub reading: reading::Model,
    /// The meetings that were made or linked.
    pub meetings: Vec<meeting::Model>,
    /// The actions that were made.
    pub actions: Vec<follow_up_action::Model>,
    /// The tasks that follow-up plays proposed.
    pub tasks: Vec<task::Model>,
}

/// Accepts every waiting finding of a reading but those in `except`, which keep waiting.
///
/// # Errors
/// [`Error::Conflict`] where nothing waits any more, because somebody was faster; [`Error::NotFound`];
/// [`Error::Invalid`] where `except` names a finding of another reading; [`Error::Database`].
pub async fn accept_reading(store: &Store, who: &Who, reading_id: Uuid, except: &[Uuid]) -> Result<Accepted> {
    let _ = (store, who, reading_id, except);
    Err(Error::invalid("readingId", "not built yet"))
}

/// What a decision on one finding brought about.
#[derive(Debug, Clone)]
pub struct Decided {
    /// The finding afterwards.
    pub finding: finding::Model,
    /// What it brought about; nothing but the reading for a rejection.
    pub accepted: Accepted,
}

/// Accepts one finding: as the known record `link`, where given, else as a new record or the one sure match.
///
/// # Errors
/// [`Error::Conflict`] where it is decided already; [`Error::NotFound`]; [`Error::Database`].
pub async fn accept_finding(store: &Store, who: &Who, finding_id: Uuid, link: Option<RecordRef>) -> Result<Decided> {
    let _ = (store, who, finding_id, link);
    Err(Error::invalid("findingId", "not built yet"))
}

/// Accepts one finding with another value, in the shape of its kind.
///
/// # Errors
/// As [`accept_finding`]; [`Error::Invalid`] where `value` has not the shape of its kind.
pub async fn correct_finding(
    store: &Store,
    who: &Who,
    finding_id: Uuid,
    value: Value,
    reason: Option<String>,
) -> Result<Decided> {
    let _ = (store, who, finding_id, value, reason);
    Err(Error::invalid("findingId", "not built yet"))
}

/// Rejects one finding.
///
/// # Errors
/// [`Error::Conflict`] where it is decided already; [`Error::NotFound`]; [`Error::Database`].
pub async fn reject_finding(store: &Store, who: &Who, finding_id: Uuid, reason: Option<String>) -> Result<Decided> {
    let _ = (store, who, finding_id, reason);
    Err(Error::invalid("findingId", "not built yet"))
}
