//! The second reader at work in the background: one report after the other, whenever something was written.

use std::{collections::HashMap, sync::Arc, time::Duration};

use extract::second_reader::ENGINE;
use intake::second_reader::{Name, unheard};
use store::{Store, Who};
use tokio::sync::Notify;
use uuid::Uuid;

use super::{Endpoint, Fault, keep, prepare};
use crate::background::{Background, Stopping};

/// How often a report is tried until the program is started again.
const TRIES: u32 = 3;
/// So many failures one after the other, and the rest waits too.
const FAILURES: u32 = 3;
/// How long until what failed is tried again, and what other programs have taken in is found.
const PAUSE: Duration = Duration::from_secs(300);

/// Begins to read what it has not read, and again whenever `written` tells that something was written. Told to stop, it
/// gives up what it is asking; what is being written is written.
pub fn begin(store: Store, endpoint: Endpoint, written: Arc<Notify>) -> Background {
    Background::begin("the second reader", |stopping| {
        Work { store, endpoint, stopping, failed: HashMap::new() }.run(written)
    })
}

struct Work {
    store: Store,
    endpoint: Endpoint,
    stopping: Stopping,
    failed: HashMap<Uuid, u32>,
}

impl Work {
    async fn run(mut self, written: Arc<Notify>) {
        loop {
            self.sweep().await;
            if self.stopping.is_told() {
                return;
            }
            tokio::select! {
                () = written.notified() => {}
                go_on = self.stopping.sleep(PAUSE) => {
                    if !go_on {
                        return;
                    }
                }
            }
        }
    }

    /// Reads what it has not read, the first taken in first.
    async fn sweep(&mut self) {
        let version = self.endpoint.version();
        let waiting = match unheard(&self.store, Name { engine: ENGINE, version: &version }).await {
            Ok(waiting) => waiting,
            Err(fault) => return tracing::error!(%fault, "the second reader could not look for reports"),
        };
        let mut failures = 0;
        for report in waiting {
            if self.failed.get(&report).is_some_and(|tries| *tries >= TRIES) {
                continue;
            }
            match self.read(report).await {
                Outcome::Read => failures = 0,
                Outcome::Failed => {
                    *self.failed.entry(report).or_default() += 1;
                    failures += 1;
                }
                Outcome::Nobody => return,
            }
            if failures >= FAILURES || self.stopping.is_told() {
                return;
            }
        }
    }

    async fn read(&mut self, report_id: Uuid) -> Outcome {
        let (report, task) = match prepare(&self.store, report_id).await {
            Ok(prepared) => prepared,
            Err(fault) => return failed(report_id, &fault),
        };
        let answer = tokio::select! {
            answer = self.endpoint.ask(&task) => answer,
            () = self.stopping.told() => return Outcome::Nobody,
        };
        match answer {
            // From here on it goes to its end, which is all or nothing.
            Ok(answer) => {
                match keep(&self.store, &Who::background("second-reader"), &self.endpoint, report, answer).await {
                    Ok(_) => Outcome::Read,
                    Err(fault) => failed(report_id, &fault),
                }
            }
            Err(fault @ Fault::Unreachable(_)) => {
                tracing::warn!("{fault}; the rules' reading stands");
                Outcome::Nobody
            }
            Err(fault) => failed(report_id, &fault),
        }
    }
}

/// What came of one report.
enum Outcome {
    /// It was read.
    Read,
    /// It was not, and another may be.
    Failed,
    /// No other would be now.
    Nobody,
}

fn failed(report: Uuid, fault: &dyn std::error::Error) -> Outcome {
    tracing::warn!(%report, "{fault}; the rules' reading stands");
    Outcome::Failed
}
