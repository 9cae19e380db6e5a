//! A clock that stands still until a story puts it on, and identifiers in the order of their making.

use std::sync::{
    Mutex,
    atomic::{AtomicU64, Ordering},
};

use chrono::{DateTime, Duration, Utc};
use store::Surroundings;
use uuid::{Builder, Uuid};

/// The time, identifiers and secrets of a test.
pub(crate) struct TestSurroundings {
    now: Mutex<DateTime<Utc>>,
    given: AtomicU64,
}

impl Default for TestSurroundings {
    fn default() -> Self {
        let morning = "2026-03-02T09:00:00Z".parse().expect("a moment");
        Self { now: Mutex::new(morning), given: AtomicU64::new(0) }
    }
}

impl TestSurroundings {
    /// Lets days pass.
    pub(crate) fn pass_days(&self, days: i64) {
        self.pass(Duration::days(days));
    }

    /// Lets time pass.
    pub(crate) fn pass(&self, time: Duration) {
        *self.now.lock().expect("the clock") += time;
    }
}

impl Surroundings for TestSurroundings {
    fn now(&self) -> DateTime<Utc> {
        *self.now.lock().expect("the clock")
    }

    fn fresh_id(&self) -> Uuid {
        let number = self.given.fetch_add(1, Ordering::Relaxed);
        let mut tail = [0; 10];
        tail[2..].copy_from_slice(&number.to_be_bytes());
        let millis = u64::try_from(self.now().timestamp_millis()).unwrap_or_default();
        Builder::from_unix_timestamp_millis(millis, &tail).into_uuid()
    }

    /// Another one each time, and the same ones in each run.
    fn fresh_secret(&self) -> [u8; 32] {
        let mut secret = [7; 32];
        secret[24..].copy_from_slice(&self.given.fetch_add(1, Ordering::Relaxed).to_be_bytes());
        secret
    }
}
