//! What the provider says of itself, kept for a while: when it is asked for, and who waits for that.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use tokio::{
    sync::{Mutex, MutexGuard},
    time::Instant,
};

use super::{
    document::{self, Document},
    fault::Fault,
    keys::Keys,
};

/// So long it is believed. What the provider takes back, such as a key that was stolen, signs nobody in for longer.
const LASTS: TimeDelta = TimeDelta::hours(1);
/// What is kept is asked for again no sooner than this.
const ASKS_AGAIN: TimeDelta = TimeDelta::minutes(1);
/// So long after a failure nobody is kept waiting for another.
const RESTS: TimeDelta = TimeDelta::seconds(15);

/// What the provider says of itself.
pub(super) struct Known {
    pub(super) document: Document,
    pub(super) keys: Keys,
}

/// What is kept, and the turn of whoever asks: while they wait, others go on with what is known.
#[derive(Default)]
pub(super) struct Kept {
    held: Mutex<Held>,
    turn: Mutex<()>,
}

#[derive(Default)]
struct Held {
    known: Option<Arc<Known>>,
    /// When what is known was asked for.
    since: DateTime<Utc>,
    asked_at: Option<DateTime<Utc>>,
    failed_at: Option<DateTime<Utc>>,
}

/// What comes of asking.
type Asked = Result<Known, Fault>;

impl Kept {
    /// What is known. It is asked for where nothing is, or where it has become old; the old goes on where there is no answer.
    pub(super) async fn known(
        &self,
        now: DateTime<Utc>,
        ask: impl Future<Output = Asked>,
    ) -> Result<Arc<Known>, Fault> {
        let (known, since) = {
            let held = self.held.lock().await;
            (held.known.clone(), held.since)
        };
        match known {
            None => {
                let turn = self.turn.lock().await;
                self.asked(turn, now, ask).await
            }
            Some(known) if now - since < LASTS => Ok(known),
            Some(old) => {
                let Ok(turn) = self.turn.try_lock() else { return Ok(old) };
                Ok(self.asked(turn, now, ask).await.unwrap_or_else(|fault| {
                    tracing::warn!("the provider is not heard anew, and what it said before counts on: {fault}");
                    old
                }))
            }
        }
    }

    /// What is known once it has been asked for again, unless that was done lately.
    pub(super) async fn anew(&self, now: DateTime<Utc>, ask: impl Future<Output = Asked>) -> Result<Arc<Known>, Fault> {
        let turn = self.turn.lock().await;
        self.asked(turn, now, ask).await
    }

    async fn asked(
        &self,
        _turn: MutexGuard<'_, ()>,
        now: DateTime<Utc>,
        ask: impl Future<Output = Asked>,
    ) -> Result<Arc<Known>, Fault> {
        {
            let mut held = self.held.lock().await;
            if let Some(known) = &held.known
                && held.asked_at.is_some_and(|asked_at| now - asked_at < ASKS_AGAIN)
            {
                return Ok(known.clone());
            }
            if held.failed_at.is_some_and(|failed_at| now - failed_at < RESTS) {
                return Err(Fault::Strange(document::PART, "could not be had a moment ago"));
            }
            held.asked_at = Some(now);
        }
        let begun = Instant::now();
        let answer = ask.await;
        let mut held = self.held.lock().await;
        match answer {
            Ok(known) => {
                let known = Arc::new(known);
                (held.known, held.since, held.failed_at) = (Some(known.clone()), now, None);
                Ok(known)
            }
            Err(fault) => {
                held.failed_at = Some(now + TimeDelta::from_std(begun.elapsed()).unwrap_or_default());
                Err(fault)
            }
        }
    }
}
