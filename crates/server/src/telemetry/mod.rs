//! Traces for OpenTelemetry, where the program is built with the feature `otel`: how long a request, an operation and a piece
//! of background work took, and what belongs to what.
//!
//! A span holds words of closed lists, numbers, routes with the names of their parts, and the names of the request and of the
//! operation: no path, variable, text, account or address of anybody. It is sent from beside the work, which never waits for it.

#[cfg(feature = "otel")]
mod collector;
#[cfg(feature = "otel")]
mod spans;
#[cfg(not(feature = "otel"))]
mod without;

#[cfg(feature = "otel")]
pub use spans::Telemetry;
#[cfg(feature = "otel")]
pub(crate) use spans::{job_came_to, within};
#[cfg(not(feature = "otel"))]
pub use without::Telemetry;
#[cfg(not(feature = "otel"))]
pub(crate) use without::{job_came_to, within};

use crate::{Failure, settings};

/// Whether this program can send what is to be sent.
///
/// # Errors
/// Where it is built without traces, and they are to be sent.
pub fn usable(settings: &settings::Telemetry) -> Result<(), Failure> {
    if cfg!(feature = "otel") || settings.endpoint.is_empty() {
        return Ok(());
    }
    Err(Failure::asked_wrong(
        "telemetry.endpoint is set, and this program was built without traces: leave it empty, or build the program with \
         `cargo build --release -p entente --features otel`",
    ))
}
