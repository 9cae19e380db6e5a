//! Something at work beside the program that serves, which can be told to stop.

use std::time::Duration;

use tokio::{
    sync::watch,
    task::JoinHandle,
    time::{sleep, timeout},
};

/// Something at work in the background.
pub struct Background {
    name: &'static str,
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
}

/// Hears when the work is to stop.
#[derive(Clone)]
pub struct Stopping(watch::Receiver<bool>);

impl Background {
    /// Begins some work, which hears when it is to stop.
    pub fn begin<F>(name: &'static str, work: impl FnOnce(Stopping) -> F) -> Self
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let (stop, stopping) = watch::channel(false);
        Self { name, stop, task: tokio::spawn(work(Stopping(stopping))) }
    }

    /// Tells it to stop, and waits for it so long.
    pub async fn stop(self, patience: Duration) {
        self.stop.send_replace(true);
        if timeout(patience, self.task).await.is_err() {
            tracing::warn!("{} did not stop in time", self.name);
        }
    }
}

impl Stopping {
    /// Whether it was told.
    pub fn is_told(&self) -> bool {
        *self.0.borrow()
    }

    /// Waits until it is told.
    pub async fn told(&mut self) {
        // Whoever could tell is gone: that counts.
        let _ = self.0.wait_for(|told| *told).await;
    }

    /// Sleeps, unless it is told: whether to go on.
    pub async fn sleep(&mut self, pause: Duration) -> bool {
        tokio::select! {
            () = sleep(pause) => true,
            () = self.told() => false,
        }
    }
}
