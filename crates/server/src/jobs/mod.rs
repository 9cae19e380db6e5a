//! Work in the background: one file for each kind, and one line in the list.
//!
//! Every server has a worker. It wakes now and then, lets each kind queue what has become due, and does what is in the
//! queue, which all servers share: whoever takes a job has it alone, as long as the lease runs.

mod channels;
mod deliver;
mod digest;
mod worker;

use std::sync::Arc;

use briefing::Shelf;
use futures_core::future::BoxFuture;
use store::job;

use crate::{Failure, Settings};

pub use channels::Channels;
pub use worker::{LEASE, Worker};

/// Every kind of work that these settings ask for, over the books of a shelf.
///
/// # Errors
/// Where a setting of one of them cannot be used.
pub fn all(settings: &Settings, shelf: &Shelf) -> Result<Vec<Arc<dyn Job>>, Failure> {
    Ok(by(settings, shelf, Channels::of(settings)?))
}

/// Every kind of work, sending by these ways.
pub fn by(settings: &Settings, shelf: &Shelf, channels: Channels) -> Vec<Arc<dyn Job>> {
    let make = digest::MakeDigest::new(channels.clone(), settings.reminders.hour, shelf.clone());
    vec![Arc::new(make), Arc::new(deliver::Deliver::new(channels))]
}

/// A kind of work.
pub trait Job: Send + Sync + 'static {
    /// What it is called in the queue.
    fn kind(&self) -> &'static str;

    /// Queues what has become due.
    ///
    /// # Errors
    /// [`store::Error::Database`]; it is asked again the next time.
    fn plan<'a>(&'a self, worker: &'a Worker) -> BoxFuture<'a, store::Result<()>>;

    /// Does a piece of it, and ends it with [`Worker::end`].
    ///
    /// # Errors
    /// What it did not foresee; then the piece is tried again later.
    fn run(self: Arc<Self>, worker: Worker, taken: job::Model) -> BoxFuture<'static, store::Result<()>>;
}
