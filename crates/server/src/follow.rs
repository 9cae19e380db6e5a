//! Following the history: what anybody writes, in this program or another, is told to those who listen.

use std::{sync::Arc, time::Duration};

use api::Feed;
use store::{Elsewhere, Store};
use tokio::{sync::Notify, time::sleep};

use crate::background::Background;

/// Begins to look for what was written: when this program has written, when PostgreSQL tells that another has, and in any
/// case whenever so much time has passed. One look serves all who listen.
pub fn begin(store: Store, feed: Feed, pause: Duration) -> Background {
    Background::begin("following the history", move |mut stopping| async move {
        let mut written = store.written().hear();
        let heard = Arc::new(Notify::new());
        let elsewhere = tokio::spawn(listen(store.clone(), heard.clone(), pause));
        loop {
            if let Err(fault) = feed.look(&store).await {
                tracing::error!(%fault, "what was written could not be looked for");
            }
            tokio::select! {
                // The store outlives its last word.
                _ = written.changed() => {}
                () = heard.notified() => {}
                go_on = stopping.sleep(pause) => {
                    if !go_on {
                        break;
                    }
                }
            }
        }
        elsewhere.abort();
    })
}

/// Tells of what other programs write, where the engine does. A connection that breaks is made again; meanwhile the looks
/// that come in any case have to do.
async fn listen(store: Store, heard: Arc<Notify>, pause: Duration) {
    loop {
        match hear(&store, &heard).await {
            Ok(()) => return,
            Err(fault) => tracing::warn!(%fault, "other servers are not heard, and looked after every {pause:?}"),
        }
        sleep(pause).await;
    }
}

async fn hear(store: &Store, heard: &Notify) -> store::Result<()> {
    let Some(mut elsewhere) = Elsewhere::listen(store).await? else { return Ok(()) };
    // What was written until now was told to nobody.
    heard.notify_one();
    loop {
        elsewhere.heard().await?;
        heard.notify_one();
    }
}
