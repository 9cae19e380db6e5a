//! The collector, called as others are called over HTTP: in bounds, and encrypted wherever it is not on this machine.

use std::{
    fmt,
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use async_trait::async_trait;
use axum::http::{Request, Response, StatusCode};
use hyper::body::Bytes;
use opentelemetry_http::{HttpClient, HttpError};
use tokio::runtime::Handle;

use crate::{
    Failure,
    outbound::{
        Caller, Reach,
        address::{self, Address},
    },
};

/// How long it may take for a batch.
const PATIENCE: Duration = Duration::from_secs(5);
/// The longest answer, in bytes.
const MOST: usize = 64 * 1024;

/// Where batches of spans are sent.
pub(super) struct Collector {
    caller: Caller,
    /// Batches are made on a thread of their own, where nothing can be waited for.
    runtime: Handle,
    is_away: AtomicBool,
}

impl Collector {
    pub(super) fn at(url: &str) -> Result<Self, Failure> {
        let address = Address::parse(url)
            .ok_or_else(|| Failure::asked_wrong(format!("telemetry.endpoint {}", address::WANTED)))?;
        let caller = Caller::new(address, Reach::Anywhere, PATIENCE)?;
        Ok(Self { caller, runtime: Handle::current(), is_away: AtomicBool::new(false) })
    }

    /// Says once that spans are lost, and once that they no longer are.
    fn tell(&self, amiss: Option<String>) {
        let was_away = self.is_away.swap(amiss.is_some(), Ordering::Relaxed);
        match amiss {
            Some(amiss) if !was_away => {
                tracing::warn!(
                    "the collector of telemetry.endpoint {amiss}: traces are lost until it takes them again"
                );
            }
            None if was_away => tracing::info!("the collector of telemetry.endpoint takes traces again"),
            _ => {}
        }
    }
}

impl fmt::Debug for Collector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Collector")
    }
}

#[async_trait]
impl HttpClient for Collector {
    async fn send_bytes(&self, request: Request<Bytes>) -> Result<Response<Bytes>, HttpError> {
        let (head, body) = request.into_parts();
        let caller = self.caller.clone();
        let answered = self.runtime.spawn(async move { caller.post(head.headers, body, MOST).await }).await?;
        let answer = answered.and_then(|(status, body)| Ok((status, body?)));
        self.tell(match &answer {
            Ok((status, _)) if status.is_success() => None,
            Ok((status, _)) => Some(format!("answered with status {}", status.as_u16())),
            Err(fault) => Some(fault.to_string()),
        });
        let (status, body): (StatusCode, Vec<u8>) = answer.map_err(|fault| fault.to_string())?;
        Ok(Response::builder().status(status).body(body.into())?)
    }
}
