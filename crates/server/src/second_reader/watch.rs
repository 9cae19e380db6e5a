//! The second reader at work in the background: one report after the other, whenever something was written.

use std::{collections::HashMap, sync::Arc, time::Duration};

use extract::second_reader::ENGINE;
use intake::second_reader::{Name, unheard};
use store::{Store, Who};
use tokio::{
    sync::{Notify, watch},
    task::JoinHandle,
    time::{sleep, timeout},
};
use uuid::Uuid;

use super::{Endpoint, Fault, keep, prepare};

/// How often a report is tried until the program is started again.
const TRIES: u32 = 3;
/// So many failures one after the other, and the rest waits too.
const FAILURES: u32 = 3;
/// How long until what failed is tried again, and what other programs have taken in is found.
const PAUSE: Duration = Duration::from_secs(300);

/// A second reader at work.
pub struct Watch {
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
}

impl Watch {
    /// Begins to read what it has not read, and again whenever `written` tells that something was written.
    pub fn begin(store: Store, endpoint: Endpoint, written: Arc<Notify>) -> Self {
        let (stop, stopping) = watch::channel(false);
        let work = Work { store, endpoint, stopping, failed: HashMap::new() };
        Self { stop, task: tokio::spawn(work.run(written)) }
    }

    /// Stops: what is being asked is given up, what is being written is written.
    pub async fn stop(self, patience: Duration) {
        self.stop.send_replace(true);
        if timeout(patience, self.task).await.is_err() {
            tracing::warn!("the second reader did not stop in time");
        }
    }
}

struct Work {
    store: Store,
    endpoint: Endpoint,
    stopping: watch::Receiver<bool>,
    failed: HashMap<Uuid, u32>,
}

impl Work {
    async fn run(mut self, written: Arc<Notify>) {
        loop {
            self.sweep().await;
            if *self.stopping.borrow() {
                return;
            }
            tokio::select! {
                () = written.notified() => {}
                () = sleep(PAUSE) => {}
                _ = self.stopping.changed() => return,
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
            if failures >= FAILURES || *self.stopping.borrow() {
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
            _ = self.stopping.changed() => return Outcome::Nobody,
        };
        match answer {
            // From here on it goes to its end, which is all or nothing.
            Ok(answer) => match keep(&self.store, &Who::system(), &self.endpoint, report, answer).await {
                Ok(_) => Outcome::Read,
                Err(fault) => failed(report_id, &fault),
            },
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
