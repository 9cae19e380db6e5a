//! What a subscription and whoever carries its events say to each other beside the answers.

use std::sync::{Arc, Mutex, PoisonError};

/// Where a client goes on that was cut off, as its transport tells it; it counts before the `after` of the document, which
/// is where it first began.
#[derive(Debug, Clone)]
pub struct Resume(pub String);

/// The cursor of the event that is being answered.
#[derive(Clone, Default)]
pub(crate) struct Place(Arc<Mutex<Option<String>>>);

impl Place {
    /// Another event is on its way.
    pub(super) fn put(&self, cursor: String) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(cursor);
    }

    /// The cursor of the event that was answered last, once.
    pub(crate) fn take(&self) -> Option<String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}
