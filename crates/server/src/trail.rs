//! What was refused, on its way into the audit trail.
//!
//! What a mutation made is written into the trail by the unit of work that made it. What was refused has none: it is told
//! here, gathered, and written in a transaction of its own. So that nobody fills the disk by being refused, whoever has not
//! signed in is counted, and so is an account once it was refused often: one entry for each thing and reason in a minute.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError},
    time::Duration,
};

use store::{
    Store, Who,
    audit_entry::{self, Refused},
};
use tokio::time::Instant;
use uuid::Uuid;
use vocab::Outcome;

use crate::background::Background;

/// How long refusals are counted until the count is written.
const PAUSE: Duration = Duration::from_secs(60);
/// So many refusals of an account in that time have an entry each.
const SINGLE: u32 = 20;
/// So many different ones wait to be written; of further ones it is not told whose they were.
const WAITING: usize = 500;

/// Where refusals are told. A copy is the same.
#[derive(Clone, Default)]
pub struct Trail(Arc<Known>);

#[derive(Default)]
struct Known {
    store: OnceLock<Store>,
    waiting: Mutex<Waiting>,
}

#[derive(Default)]
struct Waiting {
    refused: HashMap<Key, Refused>,
    /// How many of each account had an entry of its own, since when.
    single: HashMap<Uuid, (Instant, u32)>,
}

/// What is counted together: whose it was, what, why, and in which request, where each has an entry.
#[derive(PartialEq, Eq, Hash)]
struct Key {
    account_id: Option<Uuid>,
    token_id: Option<Uuid>,
    act: String,
    code: String,
    request_id: Option<String>,
}

impl Trail {
    /// From now on what is told is written into the trail of this store.
    pub(crate) fn lead_to(&self, store: Store) {
        // Whoever is told twice goes on where it was.
        let _ = self.0.store.set(store);
    }

    /// Tells that somebody asked for something and was refused it; whether it has an entry of its own.
    pub(crate) fn tell(&self, mut who: Who, code: &str) -> bool {
        let mut waiting = self.waiting();
        let is_single = who.account_id.is_some_and(|account| waiting.may_be_single(account));
        let mut key = Key {
            account_id: who.account_id,
            token_id: who.token_id,
            act: who.act.clone().into_owned(),
            code: code.to_owned(),
            request_id: who.request_id.clone().filter(|_| is_single),
        };
        if waiting.refused.len() >= WAITING && !waiting.refused.contains_key(&key) {
            (key.account_id, key.token_id, key.request_id) = (None, None, None);
            (who.account_id, who.token_id) = (None, None);
        }
        let told =
            waiting.refused.entry(key).or_insert_with(|| Refused { who: who.clone(), code: code.to_owned(), times: 0 });
        told.times = told.times.saturating_add(1);
        told.who.request_id = who.request_id;
        is_single
    }

    /// The same, and writes it at once where it has an entry of its own and nothing is broken.
    pub(crate) async fn tell_at_once(&self, who: Who, code: &str) {
        if self.tell(who, code) && Outcome::of(code) == Outcome::Refused {
            self.write().await;
        }
    }

    /// Writes what was told. What cannot be written is told again later.
    pub async fn write(&self) {
        let Some(store) = self.0.store.get() else { return };
        let taken = std::mem::take(&mut self.waiting().refused);
        if taken.is_empty() {
            return;
        }
        let Err(fault) = audit_entry::refused(store, taken.values().cloned().collect()).await else { return };
        tracing::error!(%fault, "what was refused could not be written into the audit trail, and is tried again");
        let mut waiting = self.waiting();
        for (key, refused) in taken {
            let told = waiting.refused.entry(key).or_insert_with(|| Refused { times: 0, ..refused.clone() });
            told.times = told.times.saturating_add(refused.times);
        }
    }

    /// Begins to write, every minute, and at the end.
    pub(crate) fn begin(self) -> Background {
        Background::begin("the audit trail", async move |mut stopping| {
            loop {
                let goes_on = stopping.sleep(PAUSE).await;
                self.write().await;
                if !goes_on {
                    return;
                }
            }
        })
    }

    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        self.0.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Waiting {
    fn may_be_single(&mut self, account: Uuid) -> bool {
        let now = Instant::now();
        let (since, times) = self.single.entry(account).or_insert((now, 0));
        if now.saturating_duration_since(*since) > PAUSE {
            (*since, *times) = (now, 0);
        }
        *times = times.saturating_add(1);
        *times <= SINGLE
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(trail: &Trail) -> Vec<(Option<u128>, Option<String>, i32)> {
        let waiting = trail.waiting();
        let told = waiting.refused.values().map(|refused| {
            (refused.who.account_id.map(|id| id.as_u128()), refused.who.request_id.clone(), refused.times)
        });
        let mut told: Vec<_> = told.collect();
        told.sort();
        told
    }

    fn asks(account: Option<u128>, request: u32) -> Who {
        let account_id = account.map(Uuid::from_u128);
        Who { account_id, request_id: Some(format!("{request:03}")), ..Who::background("sign-in") }
    }

    #[tokio::test]
    async fn whoever_has_not_signed_in_is_counted_and_an_account_once_it_was_refused_often() {
        let trail = Trail::default();
        assert!((0..1_000).all(|request| !trail.tell(asks(None, request), "UNAUTHENTICATED")));
        assert_eq!(told(&trail), [(None, Some("999".to_owned()), 1_000)]);
        assert_eq!((0..30).filter(|request| trail.tell(asks(Some(7), *request), "FORBIDDEN")).count(), SINGLE as usize);
        let told = told(&trail);
        assert_eq!(told.len(), 1 + SINGLE as usize + 1);
        assert!(
            told.contains(&(Some(7), Some("000".to_owned()), 1))
                && told.contains(&(Some(7), Some("029".to_owned()), 10))
        );
    }

    #[tokio::test]
    async fn so_many_wait_and_of_further_ones_it_is_not_told_whose_they_were() {
        let trail = Trail::default();
        for account in 0..2_000 {
            trail.tell(asks(Some(account), 1), "FORBIDDEN");
        }
        let told = told(&trail);
        assert_eq!((told.len(), told[0].2), (WAITING + 1, 1_500));
    }
}
