//! The log: lines on standard error.

use tracing_subscriber::{EnvFilter, fmt};

use crate::settings::{Log, LogFormat};

/// Begins to log; a second call changes nothing.
pub fn begin(log: &Log) {
    let filter = EnvFilter::try_new(&log.level).unwrap_or_else(|_| EnvFilter::new("info"));
    let lines = fmt::Subscriber::builder().with_env_filter(filter).with_writer(std::io::stderr);
    // An error says that somebody has begun to log before, as a test may have.
    let _ = match log.format {
        LogFormat::Text => tracing::subscriber::set_global_default(lines.with_target(false).finish()),
        LogFormat::Json => tracing::subscriber::set_global_default(lines.json().flatten_event(true).finish()),
    };
}
