//! Who is at the other end of a connection, and whether it is time to go.

use std::net::{IpAddr, Ipv4Addr};

use tokio::sync::watch;

/// The client of a connection. As long as a copy is held, a server that stops waits for it.
#[derive(Debug, Clone)]
pub struct Visitor {
    /// Where it is.
    pub address: IpAddr,
    stopping: Option<watch::Receiver<()>>,
}

impl Visitor {
    /// Who comes from this address while `stopping` has not changed.
    pub fn new(address: IpAddr, stopping: watch::Receiver<()>) -> Self {
        Self { address, stopping: Some(stopping) }
    }

    /// Waits until the server stops.
    pub async fn has_to_go(&mut self) {
        match &mut self.stopping {
            // Whoever could tell is gone: that counts.
            Some(stopping) => drop(stopping.changed().await),
            None => std::future::pending().await,
        }
    }
}

/// Somebody on this machine who asks the router without a port.
impl Default for Visitor {
    fn default() -> Self {
        Self { address: IpAddr::V4(Ipv4Addr::LOCALHOST), stopping: None }
    }
}
