//! The verbs of this crate inside a unit of work that somebody else begins and ends, as one who keeps a receipt with what
//! was done has to. Where reading takes its time, it is done before the unit begins.

use serde_json::Value;
use store::{RecordRef, Result, Store, UnitOfWork, bulk, reading};
use uuid::Uuid;

use crate::{
    Accepted, Decided, Engine, Incoming, Ingested, news_report,
    reading::{self as rereading, Again},
    record::Link,
    review,
};

/// A report that was handed in, read and not kept yet.
pub struct Read(news_report::Read);

/// A kept report that was read again, which is not kept yet.
pub struct Reread(Again);

/// What a person decides on a finding.
#[derive(Debug, Clone, PartialEq)]
pub enum Decision {
    /// It is right: it is this known record, or the one sure match, or something new.
    Accept(Option<RecordRef>),
    /// It is right and something new, although it fits a known record.
    AcceptAsNew,
    /// It is about the right thing, with another value, in the shape of its kind.
    Correct {
        /// What it should have been.
        value: Value,
        /// Why.
        reason: Option<String>,
    },
    /// It is wrong.
    Reject {
        /// Why.
        reason: Option<String>,
    },
}

/// Reads a report that is handed in.
///
/// # Errors
/// As [`crate::ingest`].
pub async fn read(store: &Store, incoming: Incoming) -> Result<Read> {
    read_with(store, &Engine::own(), incoming).await
}

pub(crate) async fn read_with(store: &Store, engine: &Engine<'_>, incoming: Incoming) -> Result<Read> {
    news_report::read(store.reader(), engine, incoming).await.map(Read)
}

/// Keeps a report that was read.
///
/// # Errors
/// As [`crate::ingest`].
pub async fn take_in(work: &mut UnitOfWork, read: Read) -> Result<Ingested> {
    take_in_with(work, &Engine::own(), read).await
}

pub(crate) async fn take_in_with(work: &mut UnitOfWork, engine: &Engine<'_>, read: Read) -> Result<Ingested> {
    news_report::take_in(work, engine, read.0).await
}

/// Reads a kept report again.
///
/// # Errors
/// As [`crate::read_again`].
pub async fn reread(store: &Store, report_id: Uuid) -> Result<Reread> {
    reread_with(store, &Engine::own(), report_id).await
}

pub(crate) async fn reread_with(store: &Store, engine: &Engine<'_>, report_id: Uuid) -> Result<Reread> {
    rereading::again(store.reader(), engine, report_id).await.map(Reread)
}

/// Keeps what was read again.
///
/// # Errors
/// As [`crate::read_again`].
pub async fn take_again(work: &mut UnitOfWork, again: Reread) -> Result<reading::Model> {
    take_again_with(work, &Engine::own(), again).await
}

pub(crate) async fn take_again_with(
    work: &mut UnitOfWork,
    engine: &Engine<'_>,
    again: Reread,
) -> Result<reading::Model> {
    rereading::keep_again(work, engine, again.0).await
}

/// Accepts a reading.
///
/// # Errors
/// As [`crate::accept_reading`].
pub async fn accept_reading(work: &mut UnitOfWork, reading_id: Uuid, except: &[Uuid]) -> Result<Accepted> {
    review::accept_reading(work, reading_id, except).await
}

/// Decides on a finding.
///
/// # Errors
/// As [`crate::accept_finding`], [`crate::correct_finding`].
pub async fn decide(work: &mut UnitOfWork, finding_id: Uuid, decision: Decision) -> Result<Decided> {
    match decision {
        Decision::Accept(link) => review::accept_finding(work, finding_id, link.map_or(Link::Found, Link::To)).await,
        Decision::AcceptAsNew => review::accept_finding(work, finding_id, Link::New).await,
        Decision::Correct { value, reason } => review::correct_finding(work, finding_id, value, reason).await,
        Decision::Reject { reason } => review::reject_finding(work, finding_id, reason).await,
    }
}

/// Decides on many findings, in their order. The unit of work is to last only where no row was refused.
///
/// # Errors
/// [`store::Error::Invalid`] for no rows or too many; [`store::Error::Database`].
pub async fn decide_all(work: &mut UnitOfWork, rows: Vec<(Uuid, Result<Decision>)>) -> Result<bulk::Outcome<Decided>> {
    let mut tried = bulk::Tried::none(work, rows.len())?;
    for (id, decision) in rows {
        let decided = match decision {
            Ok(decision) => decide(work, id, decision).await,
            Err(error) => Err(error),
        };
        tried.row(work, decided).await?;
    }
    Ok(tried.outcome())
}
