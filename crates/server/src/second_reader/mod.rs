//! A language model as a second reader: asked after a report was taken in, never while.

mod endpoint;
pub mod watch;

pub use endpoint::{Endpoint, Fault};

use extract::second_reader::{ENGINE, Task, task, understand};
pub use intake::second_reader::Heard;
use intake::second_reader::{Name, hear, report};
use store::{Store, Who, news_report};
use tokio::task::spawn_blocking;
use uuid::Uuid;

use crate::Failure;

/// Why a report was not read by the second reader.
#[derive(Debug)]
pub enum Unheard {
    /// It gave no answer.
    Asked(Fault),
    /// What it said could not be kept.
    Kept(store::Error),
}

impl std::fmt::Display for Unheard {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Asked(fault) => fault.fmt(f),
            Self::Kept(fault) => fault.fmt(f),
        }
    }
}

impl std::error::Error for Unheard {}

impl From<Unheard> for Failure {
    fn from(unheard: Unheard) -> Self {
        match unheard {
            Unheard::Asked(fault) => Self::broken(fault.to_string()),
            Unheard::Kept(fault) => fault.into(),
        }
    }
}

/// Lets the second reader read a report, and keeps what it says beside what was read before.
///
/// # Errors
/// Where it gives no answer; then nothing is kept. Where the report is not there or cannot be read by the first.
pub async fn read(store: &Store, who: &Who, endpoint: &Endpoint, report_id: Uuid) -> Result<Heard, Unheard> {
    let (report, task) = prepare(store, report_id).await.map_err(Unheard::Kept)?;
    let answer = endpoint.ask(&task).await.map_err(Unheard::Asked)?;
    keep(store, who, endpoint, report, answer).await.map_err(Unheard::Kept)
}

/// The report and what is asked about it.
async fn prepare(store: &Store, report_id: Uuid) -> store::Result<(news_report::Model, Task)> {
    let report = report(store, report_id).await?;
    let task = task(&report.text, report.published_on);
    Ok((report, task))
}

/// Checks an answer against the text of its report, and keeps what stands.
async fn keep(
    store: &Store,
    who: &Who,
    endpoint: &Endpoint,
    report: news_report::Model,
    answer: String,
) -> store::Result<Heard> {
    let news_report::Model { id, text, published_on, .. } = report;
    // Comparing is work for the processor.
    let read = spawn_blocking(move || understand(&answer, &text, published_on)).await;
    let read = read.unwrap_or_else(|fault| {
        tracing::error!("checking what the second reader said ended in a panic: {fault}");
        extract::Reading::default()
    });
    let version = endpoint.version();
    let heard = hear(store, who, Name { engine: ENGINE, version: &version }, id, read).await?;
    let Heard { agreed, alone, rivals, .. } = heard;
    tracing::info!(report = %id, agreed, alone, rivals, "the second reader has read a report");
    Ok(heard)
}
