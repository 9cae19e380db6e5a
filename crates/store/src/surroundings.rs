//! What a write needs from the outside world.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

/// The time, fresh identifiers and secrets. Only `server` implements it with the real clock; tests bring their own.
pub trait Surroundings: Send + Sync + 'static {
    /// The time.
    fn now(&self) -> DateTime<Utc>;
    /// An identifier that was never given before (UUID version 7).
    fn fresh_id(&self) -> Uuid;
    /// 256 bits that nobody can guess.
    fn fresh_secret(&self) -> [u8; 32];
    /// The day it is, by which due dates are late.
    fn today(&self) -> NaiveDate {
        self.now().date_naive()
    }
}
