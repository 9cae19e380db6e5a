//! How it is seen that the program runs.

use std::net::SocketAddr;

use serde::Deserialize;

/// Where is told what is counted.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Metrics {
    /// Empty, off, or an address with a port.
    pub listen: String,
}

impl Metrics {
    /// Whether it is told where everything else is, as far as that is this machine alone.
    pub fn is_beside(&self) -> bool {
        self.listen.is_empty()
    }

    /// The address of its own, where it has one.
    pub fn address(&self) -> Option<SocketAddr> {
        self.listen.parse().ok()
    }
}

/// Where traces are sent.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Telemetry {
    /// The collector; empty where nothing is sent.
    pub endpoint: String,
    /// As what this server is known there.
    pub service_name: String,
}

/// What is told about the work.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Log {
    /// What is important enough.
    pub level: String,
    /// In which form.
    pub format: LogFormat,
}

/// The form of a line of the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// For people.
    Text,
    /// For machines.
    Json,
}
