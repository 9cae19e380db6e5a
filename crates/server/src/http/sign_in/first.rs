//! The one-time link by which the first admin is made, where nobody can sign in yet.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use store::access_token;
use tokio::time::Instant;

/// How long the link leads anywhere.
const LASTS: Duration = Duration::from_secs(60 * 60);

/// The link. A copy is the same link: it leads in once.
#[derive(Clone)]
pub struct FirstAdmin(Arc<Mutex<Option<Open>>>);

struct Open {
    secret_hash: String,
    until: Instant,
}

impl FirstAdmin {
    /// A link that leads in by this secret, from now on for an hour.
    pub fn new(secret: &str) -> Self {
        let open = Open { secret_hash: access_token::hash(secret), until: Instant::now() + LASTS };
        Self(Arc::new(Mutex::new(Some(open))))
    }

    /// Whether it leads in by this secret.
    pub fn leads_in(&self, secret: &str) -> bool {
        let open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        open.as_ref().is_some_and(|open| open.secret_hash == access_token::hash(secret) && Instant::now() < open.until)
    }

    /// Closes it.
    pub fn close(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}
