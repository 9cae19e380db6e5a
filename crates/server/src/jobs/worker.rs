//! A worker: takes jobs, does them, and ends them together with what came of them.

use std::{sync::Arc, time::Duration};

use chrono::{DateTime, TimeDelta, Utc};
use store::{
    Store, UnitOfWork, Who,
    job::{self, End},
};
use tokio::task::JoinSet;
use uuid::Uuid;

use super::Job;
use crate::{
    background::{Background, Stopping},
    telemetry::{self, Telemetry},
};

/// How long a job may take before another server takes it over; no kind of work takes longer than that.
pub const LEASE: TimeDelta = TimeDelta::minutes(5);
/// After so many attempts a job is given up.
const MOST_ATTEMPTS: i32 = 12;
/// The pause after the first attempt; each further one is twice as long.
const FIRST_PAUSE: TimeDelta = TimeDelta::minutes(1);
/// The longest pause.
const LONGEST_PAUSE: TimeDelta = TimeDelta::hours(6);

/// Works off the queue. A copy is the same worker.
#[derive(Clone)]
pub struct Worker {
    store: Store,
    who: Uuid,
    jobs: Arc<[Arc<dyn Job>]>,
    at_once: usize,
    telemetry: Telemetry,
}

impl Worker {
    /// A worker that can do these kinds of work, so many pieces at once.
    pub fn new(store: Store, jobs: Vec<Arc<dyn Job>>, at_once: usize) -> Self {
        let who = store.surroundings().fresh_id();
        Self { store, who, jobs: jobs.into(), at_once: at_once.max(1), telemetry: Telemetry::default() }
    }

    /// The same, telling how long its work took.
    pub fn telling(self, telemetry: Telemetry) -> Self {
        Self { telemetry, ..self }
    }

    /// Where it works.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// Goes to work, and again whenever so much time has passed.
    pub fn begin(self, pause: Duration) -> Background {
        Background::begin("the background work", async move |mut stopping| {
            loop {
                self.step(Some(&stopping)).await;
                if !stopping.sleep(pause).await {
                    return;
                }
            }
        })
    }

    /// Queues what has become due, then does what is in the queue, until nothing is due or it is told to stop; what it has
    /// begun it ends. How many pieces were done.
    pub async fn step(&self, stopping: Option<&Stopping>) -> usize {
        for job in self.jobs.iter() {
            if let Err(fault) = job.plan(self).await {
                tracing::error!(kind = job.kind(), %fault, "the background work could not look for what is due");
            }
        }
        let mut running = JoinSet::new();
        let mut done = 0;
        loop {
            while running.len() < self.at_once && !stopping.is_some_and(Stopping::is_told) {
                match self.take().await {
                    Ok(Some((job, taken))) => {
                        let (kind, attempt) = (job.kind(), taken.attempts);
                        let work = self.clone().run(job, taken);
                        running.spawn(self.telemetry.job(kind, attempt, work));
                    }
                    Ok(None) => break,
                    Err(fault) => {
                        tracing::error!(%fault, "the background work could not look into the queue");
                        break;
                    }
                }
            }
            match running.join_next().await {
                None => return done,
                Some(Ok(())) => done += 1,
                // Nobody ends it: it is taken again once its lease has run out.
                Some(Err(fault)) => tracing::error!(%fault, "a job ended in a panic"),
            }
        }
    }

    /// Takes what is due.
    async fn take(&self) -> store::Result<Option<(Arc<dyn Job>, job::Model)>> {
        let kinds: Vec<_> = self.jobs.iter().map(|job| job.kind()).collect();
        let mut work = self.store.begin(&Who::system()).await?;
        let until = work.now() + LEASE;
        let taken = job::take(&mut work, &kinds, self.who, until).await?;
        work.commit().await?;
        Ok(taken.and_then(|taken| {
            let job = self.jobs.iter().find(|job| job.kind() == taken.kind)?;
            Some((job.clone(), taken))
        }))
    }

    async fn run(self, job: Arc<dyn Job>, taken: job::Model) {
        let ended = if taken.attempts > MOST_ATTEMPTS + 1 {
            // It has taken the whole program with it, time and again.
            let reason = format!("after {} attempts it never came to an end", taken.attempts - 1);
            self.end(&taken, End::Failed { reason }, async |_| Ok(())).await.map(drop)
        } else {
            job.run(self.clone(), taken.clone()).await
        };
        let Err(fault) = ended else { return };
        let again = self.again(&taken, fault.to_string());
        if let Err(fault) = self.end(&taken, again, async |_| Ok(())).await {
            tracing::error!(kind = taken.kind, key = taken.key, %fault, "a job could not be put off");
        }
    }

    /// Ends a job together with what came of it: all of it, or nothing where another server has taken the job over in the
    /// meantime. Whether it was ended.
    ///
    /// # Errors
    /// [`store::Error::Database`], and what `write` refuses; then nothing was written.
    pub async fn end(
        &self,
        taken: &job::Model,
        end: End,
        write: impl AsyncFnOnce(&mut UnitOfWork) -> store::Result<()>,
    ) -> store::Result<bool> {
        let mut work = self.store.begin(&Who::background(taken.kind.clone())).await?;
        if !job::end(&mut work, taken, &end).await? {
            tracing::warn!(kind = taken.kind, key = taken.key, "a job was taken over by another server meanwhile");
            return Ok(false);
        }
        write(&mut work).await?;
        work.commit().await?;
        match end {
            End::Done => telemetry::job_came_to("done", false),
            End::Again { at, reason } => {
                telemetry::job_came_to("again", true);
                tracing::warn!(kind = taken.kind, key = taken.key, %at, "a job is tried again: {reason}");
            }
            End::Failed { reason } => {
                telemetry::job_came_to("failed", true);
                tracing::error!(kind = taken.kind, key = taken.key, "a job is given up: {reason}");
            }
        }
        Ok(true)
    }

    /// The end of a job that went wrong and may go better later: put off, each time for longer; given up at last.
    pub fn again(&self, taken: &job::Model, reason: String) -> End {
        if taken.attempts >= MOST_ATTEMPTS {
            return End::Failed { reason };
        }
        End::Again { at: due_again(self.store.surroundings().now(), taken.attempts), reason }
    }
}

/// When what was attempted so often is attempted again.
fn due_again(now: DateTime<Utc>, attempts: i32) -> DateTime<Utc> {
    let doublings = u32::try_from(attempts - 1).unwrap_or(0).min(16);
    now + (FIRST_PAUSE * 2_i32.pow(doublings)).min(LONGEST_PAUSE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pause_is_twice_as_long_up_to_a_limit() {
        let now = "2026-03-02T09:00:00Z".parse().expect("a moment");
        for (attempts, minutes) in [(1, 1), (2, 2), (3, 4), (9, 256), (10, 360), (11, 360), (1_000, 360)] {
            assert_eq!(due_again(now, attempts) - now, TimeDelta::minutes(minutes), "after {attempts}");
        }
    }
}
