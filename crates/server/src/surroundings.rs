//! The outside world: the clock, chance, and the environment. Everything else is handed these as values.
#![expect(clippy::disallowed_methods, reason = "this is the one place that may ask for them")]

use chrono::{DateTime, Utc};
use store::Surroundings;
use uuid::Uuid;

/// The clock of this machine, identifiers by it, and its chance.
#[derive(Debug, Clone, Copy, Default)]
pub struct Machine;

impl Surroundings for Machine {
    fn now(&self) -> DateTime<Utc> {
        Utc::now()
    }

    fn fresh_id(&self) -> Uuid {
        Uuid::now_v7()
    }

    fn fresh_secret(&self) -> [u8; 32] {
        let mut secret = [0; 32];
        // A machine without chance makes no identifiers either; a secret that can be guessed would be worse than none.
        getrandom::fill(&mut secret).expect("the system has chance to give");
        secret
    }
}

/// The variables of the environment whose name and value are text.
pub fn variables() -> Vec<(String, String)> {
    let texts =
        std::env::vars_os().filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)));
    texts.collect()
}
