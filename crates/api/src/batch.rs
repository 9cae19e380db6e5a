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
use briefing::Shelf;
use futures_core::future::BoxFuture;
use store::Store;

/// The most keys of one statement.
const KEYS_AT_ONCE: usize = 10_000;

/// Where the resolvers of one request ask.
pub type Loader = DataLoader<Database>;

/// What the loader reads from.
pub struct Database(pub Store, pub Shelf);

/// The questions of one request that are not asked yet.
#[derive(Clone, Default)]
pub struct Batches(Arc<Mutex<Vec<BoxFuture<'static, ()>>>>);

impl Batches {
    /// A loader for one request, whose questions gather here.
    pub fn loader(&self, store: Store, shelf: Shelf) -> Loader {
        let gathered = self.clone();
        let loader = DataLoader::new(Database(store, shelf), move |batch| gathered.put(batch));
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
