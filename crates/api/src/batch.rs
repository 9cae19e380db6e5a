//! When what the resolvers of one request ask for goes to the database: once none of them can go on without an answer.
//!
//! Resolvers ask a [`DataLoader`], which hands over one future for each kind of question; starting that future at once,
//! as a task of its own would, races with the resolvers that are still to ask the same question. So the futures wait
//! here until the request stands still and nothing is on its way, and then run inside it, all at once: one statement for
//! each kind of question on each level, without a delay, and always the same number of them. A client that leaves takes
//! its unanswered questions along.

use std::{
    pin::pin,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll, Wake, Waker},
    time::Duration,
};

use async_graphql::dataloader::DataLoader;
use briefing::{Clock, Shelf, book::OpenBook};
use chrono::{DateTime, Utc};
use futures_core::future::BoxFuture;
use store::Store;

/// The most keys of one statement.
const KEYS_AT_ONCE: usize = 10_000;

/// Where the resolvers of one request ask.
pub type Loader = DataLoader<Database>;

/// What the loader reads from: the records, the books, and the moment of which both tell, where it lies in the past.
pub struct Database(pub Store, pub Shelf, pub Option<Past>);

/// A moment of the past.
#[derive(Clone)]
pub struct Past {
    /// The records as they are, with their history.
    pub now: Store,
    /// The moment.
    pub clock: Clock,
}

impl Database {
    /// The records as they are, with their history, whatever moment is told of.
    pub fn now(&self) -> &Store {
        self.2.as_ref().map_or(&self.0, |past| &past.now)
    }

    /// The book of what is known, or of what was known at a moment.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn book(&self, known_at: Option<DateTime<Utc>>) -> store::Result<OpenBook> {
        self.1.open(self.now(), known_at).await
    }
}

/// The questions of one request that are not asked yet.
#[derive(Clone, Default)]
pub struct Batches(Arc<Mutex<Vec<BoxFuture<'static, ()>>>>);

impl Batches {
    /// A loader, whose questions gather here.
    pub fn loader(&self, database: Database) -> Loader {
        let gathered = self.clone();
        let loader = DataLoader::new(database, move |batch| gathered.put(batch));
        loader.delay(Duration::ZERO).max_batch_size(KEYS_AT_ONCE)
    }

    fn put(&self, batch: BoxFuture<'static, ()>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(batch);
    }

    fn take(&self) -> Vec<BoxFuture<'static, ()>> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Runs a request, and asks what has gathered whenever the request stands still.
    pub async fn drive<T>(self, request: impl Future<Output = T>) -> T {
        let mut request = pin!(request);
        let mut running: Vec<BoxFuture<'static, ()>> = Vec::new();
        let stir = Arc::new(Stir::default());
        let stirred = Waker::from(stir.clone());
        std::future::poll_fn(move |cx| {
            stir.begin(cx.waker());
            running.retain_mut(|batch| batch.as_mut().poll(cx).is_pending());
            stir.moved.store(false, Ordering::SeqCst);
            if let Poll::Ready(answer) = request.as_mut().poll(&mut Context::from_waker(&stirred)) {
                return Poll::Ready(answer);
            }
            // Who woke itself has more to ask, and is polled again before anything is sent. While answers are on their
            // way, what is asked next may be the same question that others ask when theirs arrives: it waits.
            if running.is_empty() && !stir.moved.load(Ordering::SeqCst) {
                running = self.take();
                running.retain_mut(|batch| batch.as_mut().poll(cx).is_pending());
            }
            Poll::Pending
        })
        .await
    }
}

/// Passes wakes on to the task of the request, and remembers that there was one.
#[derive(Default)]
struct Stir {
    task: Mutex<Option<Waker>>,
    moved: AtomicBool,
}

impl Stir {
    fn begin(&self, task: &Waker) {
        let mut known = self.task.lock().unwrap_or_else(PoisonError::into_inner);
        if !known.as_ref().is_some_and(|known| known.will_wake(task)) {
            *known = Some(task.clone());
        }
    }
}

impl Wake for Stir {
    fn wake(self: Arc<Self>) {
        self.moved.store(true, Ordering::SeqCst);
        let task = self.task.lock().unwrap_or_else(PoisonError::into_inner).clone();
        task.into_iter().for_each(Waker::wake);
    }
}
