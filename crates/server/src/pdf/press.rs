//! Where papers are set as PDF for clients.

use std::{sync::Arc, time::Duration};

use briefing::Paper;
use tokio::{sync::Semaphore, task::spawn_blocking, time::timeout};

use super::pdf;
use crate::Failure;

/// How many papers are set at once. Setting one is work for the processor alone, and takes memory.
const AT_ONCE: usize = 1;

/// Sets papers beside the workers, one at a time. A copy shares the turns.
#[derive(Clone)]
pub struct Press {
    turns: Arc<Semaphore>,
    patience: Duration,
}

/// Why a paper was not set.
#[derive(Debug)]
pub enum Jam {
    /// This program or this machine cannot; the message is for people.
    Cannot(String),
    /// It was not done in this time.
    Late(Duration),
    /// Something broke; for the log.
    Broken(String),
}

impl Press {
    /// One whose clients wait no longer than this, for their turn too.
    pub fn new(patience: Duration) -> Self {
        Self { turns: Arc::new(Semaphore::new(AT_ONCE)), patience }
    }

    /// A paper as PDF.
    ///
    /// # Errors
    /// [`Jam`].
    pub async fn pdf(&self, paper: Paper) -> Result<Vec<u8>, Jam> {
        let set = async {
            let turn = self.turns.clone().acquire_owned().await.map_err(|fault| Jam::Broken(fault.to_string()))?;
            let setting = spawn_blocking(move || {
                // What is begun cannot be stopped: the turn is over when it is, whoever still waits for it.
                let _turn = turn;
                pdf(&paper)
            });
            setting.await.map_err(|fault| Jam::Broken(fault.to_string()))?.map_err(Jam::from)
        };
        timeout(self.patience, set).await.unwrap_or(Err(Jam::Late(self.patience)))
    }
}

impl From<Failure> for Jam {
    fn from(failure: Failure) -> Self {
        if failure.is_broken() { Self::Broken(failure.message) } else { Self::Cannot(failure.message) }
    }
}
