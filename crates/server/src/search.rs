//! The index of the search, brought up to date in the background: what was there before it, or before this program folds as
//! it does.

use std::time::Duration;

use store::{Store, search::Pass};

use crate::background::Background;

/// How long until what went wrong is tried again.
const PAUSE: Duration = Duration::from_secs(60);

/// Begins to index what is not indexed yet. Until it is, a search finds what is.
pub fn begin(store: Store) -> Background {
    Background::begin("the index of the search", async move |mut stopping| {
        let (mut pass, mut indexed) = (Pass::over_missing(), 0);
        while !stopping.is_told() {
            match pass.step(&store).await {
                Ok(Some(more)) => indexed += more,
                Ok(None) => break,
                Err(fault) => {
                    tracing::error!(%fault, "the index of the search could not be brought up to date");
                    if !stopping.sleep(PAUSE).await {
                        return;
                    }
                }
            }
        }
        if indexed > 0 {
            tracing::info!(indexed, "records were indexed for the search");
        }
    })
}
