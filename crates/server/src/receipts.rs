//! Receipts of mutations, forgotten in the background once they have been kept long enough.

use std::time::Duration;

use store::{Store, Who, receipt};

use crate::background::Background;

/// How long until it is looked again.
const PAUSE: Duration = Duration::from_secs(60 * 60);

/// Begins to forget what is old.
pub fn begin(store: Store) -> Background {
    Background::begin("the receipts", async move |mut stopping| {
        loop {
            match forget(&store).await {
                Ok(0) => {}
                Ok(forgotten) => tracing::info!(forgotten, "old receipts of mutations were forgotten"),
                Err(fault) => tracing::error!(%fault, "old receipts of mutations could not be forgotten"),
            }
            if !stopping.sleep(PAUSE).await {
                return;
            }
        }
    })
}

async fn forget(store: &Store) -> store::Result<u64> {
    let mut work = store.begin(&Who::system()).await?;
    let forgotten = receipt::forget_old(&mut work).await?;
    work.commit().await?;
    Ok(forgotten)
}
