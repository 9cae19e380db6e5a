//! The end of the history, kept in memory for all who follow it: one server reads what is new once, however many listen.

use std::sync::Arc;

use store::{Store, change, history, reference};
use tokio::sync::watch;

use super::{CONCEPTS, Line};

/// How many numbers back the lines are kept in memory. Whoever is further behind reads from the database.
const KEPT: i32 = 1_000;

/// Where what was written last is told. A copy tells and hears the same.
#[derive(Clone, Default)]
pub struct Feed(watch::Sender<Arc<Recent>>);

/// The lines behind one number and up to another.
#[derive(Default)]
pub(super) struct Recent {
    pub(super) behind: i32,
    pub(super) to: i32,
    lines: Vec<Arc<Line>>,
}

impl Recent {
    /// The lines behind a number that is not before `self.behind`.
    pub(super) fn behind(&self, number: i32) -> &[Arc<Line>] {
        &self.lines[self.lines.partition_point(|line| line.seq <= number)..]
    }
}

impl Feed {
    /// Reads what was written since it last looked, and wakes who listens where there is something. Whoever owns the feed
    /// calls it: when it hears that something was written, and now and then in any case.
    ///
    /// # Errors
    /// [`store::Error::Database`]; the next look makes up for it.
    pub async fn look(&self, store: &Store) -> store::Result<()> {
        let known = self.0.borrow().clone();
        let to = history::last_number(store.reader()).await?;
        if to <= known.to {
            return Ok(());
        }
        let from = known.to.max(to - KEPT);
        let followed = [&CONCEPTS[..], &reference::CONCEPTS].concat();
        let mut read = change::next(store.reader(), &followed, from, KEPT.unsigned_abs().into()).await?;
        // Of what was written further back nobody knows what it was.
        if from > known.to || reference::told_of(&read) {
            store.forget_reference();
        }
        // What was written since `to` was read is read the next time.
        read.retain(|line| line.seq <= to && CONCEPTS.contains(&line.concept.0));
        let behind = if from > known.to { from } else { known.behind.max(to - KEPT) };
        let kept = known.lines.iter().filter(|line| line.seq > behind).cloned();
        let lines = kept.chain(read.into_iter().map(Arc::new)).collect();
        self.0.send_replace(Arc::new(Recent { behind, to, lines }));
        Ok(())
    }

    /// The number of the last line that was told.
    pub fn told_to(&self) -> i32 {
        self.0.borrow().to
    }

    pub(super) fn listen(&self) -> watch::Receiver<Arc<Recent>> {
        self.0.subscribe()
    }
}
