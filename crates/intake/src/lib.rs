//! A report's way in: take it in once, read it, match what was read to what is known, and let a person decide.
//!
//! Each verb is one transaction: all of it happens, or nothing. Inside a transaction that somebody else ends, the same
//! verbs are had from [`within`].

mod agreement;
mod carry;
mod confirmed;
mod desk;
pub mod duplicates;
mod engine;
mod entry;
pub mod exam;
mod known;
mod learn;
mod matching;
mod news_report;
mod places;
pub mod plays;
mod reading;
mod record;
mod review;
pub mod same;
#[cfg(test)]
mod sample;
pub mod second_reader;
pub mod table;
mod weave;
pub mod within;
mod wording;

pub use engine::Engine;
pub use matching::{Candidate, SURE};
pub use news_report::LONGEST;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::{RecordRef, Result, Store, UnitOfWork, Who};
use uuid::Uuid;
use vocab::{Language, ReportFormat};
use within::Decision;

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
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Ingested {
    /// The report as kept; the first one, where the same text was handed in before.
    pub report: store::news_report::Model,
    /// Its latest reading.
    pub reading: store::reading::Model,
    /// Whether the same text was handed in before.
    pub duplicate: bool,
}

/// Takes in one report and reads it.
///
/// # Errors
/// [`store::Error::Invalid`] for a text that is empty, holds NUL or is longer than 5 MiB; [`store::Error::Database`].
pub async fn ingest(store: &Store, who: &Who, incoming: Incoming) -> Result<Ingested> {
    ingest_with(store, who, &Engine::own(), incoming).await
}

/// Takes in one report and reads it with a given engine.
///
/// # Errors
/// As [`ingest`].
pub async fn ingest_with(store: &Store, who: &Who, engine: &Engine<'_>, incoming: Incoming) -> Result<Ingested> {
    let read = within::read_with(store, engine, incoming).await?;
    alone(store, who, async |work| within::take_in_with(work, engine, read).await).await
}

/// Reads a kept report again with the engine of this program. What a person decided stays untouched.
///
/// # Errors
/// [`store::Error::NotFound`]; [`store::Error::Database`].
pub async fn read_again(store: &Store, who: &Who, report_id: Uuid) -> Result<store::reading::Model> {
    read_again_with(store, who, &Engine::own(), report_id).await
}

/// Reads a kept report again with a given engine. An engine that has read it in this version does not read it again.
///
/// # Errors
/// As [`read_again`].
pub async fn read_again_with(
    store: &Store,
    who: &Who,
    engine: &Engine<'_>,
    report_id: Uuid,
) -> Result<store::reading::Model> {
    let again = within::reread_with(store, engine, report_id).await?;
    alone(store, who, async |work| within::take_again_with(work, engine, again).await).await
}

/// What an acceptance brought about.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Accepted {
    /// The reading afterwards.
    pub reading: store::reading::Model,
    /// The meetings that were made or linked.
    pub meetings: Vec<store::meeting::Model>,
    /// The actions that were made.
    pub actions: Vec<store::follow_up_action::Model>,
    /// The tasks that follow-up plays proposed.
    pub tasks: Vec<store::task::Model>,
}

/// Accepts every waiting finding of a reading but those in `except`, which keep waiting.
///
/// # Errors
/// [`store::Error::Conflict`] where nothing waits any more, because somebody was faster; [`store::Error::NotFound`];
/// [`store::Error::Invalid`] where `except` names a finding of another reading; [`store::Error::Database`].
pub async fn accept_reading(store: &Store, who: &Who, reading_id: Uuid, except: &[Uuid]) -> Result<Accepted> {
    alone(store, who, async |work| within::accept_reading(work, reading_id, except).await).await
}

/// What a decision on one finding brought about.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Decided {
    /// The finding afterwards.
    pub finding: store::finding::Model,
    /// What it brought about; nothing but the reading for a rejection.
    pub accepted: Accepted,
}

/// Accepts one finding: as the known record `link`, where given, else as a new record or the one sure match.
///
/// # Errors
/// [`store::Error::Conflict`] where it is decided already; [`store::Error::NotFound`]; [`store::Error::Database`].
pub async fn accept_finding(store: &Store, who: &Who, finding_id: Uuid, link: Option<RecordRef>) -> Result<Decided> {
    alone(store, who, async |work| within::decide(work, finding_id, Decision::Accept(link)).await).await
}

/// Accepts one finding as a new record, although it fits a known one: that one is not proposed for this name again.
///
/// # Errors
/// As [`accept_finding`]; [`store::Error::Invalid`] for a state or an area, which are all known.
pub async fn accept_finding_as_new(store: &Store, who: &Who, finding_id: Uuid) -> Result<Decided> {
    alone(store, who, async |work| within::decide(work, finding_id, Decision::AcceptAsNew).await).await
}

/// Accepts one finding with another value, in the shape of its kind.
///
/// # Errors
/// As [`accept_finding`]; [`store::Error::Invalid`] where `value` has not the shape of its kind.
pub async fn correct_finding(
    store: &Store,
    who: &Who,
    finding_id: Uuid,
    value: Value,
    reason: Option<String>,
) -> Result<Decided> {
    alone(store, who, async |work| within::decide(work, finding_id, Decision::Correct { value, reason }).await).await
}

/// Rejects one finding.
///
/// # Errors
/// [`store::Error::Conflict`] where it is decided already; [`store::Error::NotFound`]; [`store::Error::Database`].
pub async fn reject_finding(store: &Store, who: &Who, finding_id: Uuid, reason: Option<String>) -> Result<Decided> {
    alone(store, who, async |work| within::decide(work, finding_id, Decision::Reject { reason }).await).await
}

/// Does one thing in a transaction of its own.
async fn alone<T>(store: &Store, who: &Who, verb: impl AsyncFnOnce(&mut UnitOfWork) -> Result<T>) -> Result<T> {
    let mut work = store.begin(who).await?;
    let done = verb(&mut work).await?;
    work.commit().await?;
    Ok(done)
}
