//! The port: connections in bounded number, each with bounded patience. `axum::serve` has neither.

use std::{io, net::IpAddr, pin::pin, sync::Arc, time::Duration};

use axum::Router;
use hyper::{Request, body::Incoming, server::conn::http1};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use tokio::{
    net::{TcpListener, TcpStream},
    signal::unix::{Signal, SignalKind, signal},
    sync::{Semaphore, watch},
    time::{sleep, timeout},
};
use tower::ServiceExt;

use super::{patience::Patient, visitor::Visitor};
use crate::settings::Limits;

/// The most bytes in the head of a request: a query in a URL has room.
const HEAD_BYTES: usize = 64 * 1024;

/// Hears when the program is told to stop.
pub struct Stop {
    terminate: Signal,
    interrupt: Signal,
}

impl Stop {
    /// Listens for SIGTERM and SIGINT from now on.
    ///
    /// # Errors
    /// Where the system does not let it.
    pub fn listen() -> io::Result<Self> {
        Ok(Self { terminate: signal(SignalKind::terminate())?, interrupt: signal(SignalKind::interrupt())? })
    }

    /// Waits until it is told.
    pub async fn told(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}

/// Serves until told to stop, then lets what is under way end; told a second time, it stops at once.
pub async fn serve(listener: TcpListener, app: Router, limits: &Limits, stop: &mut Stop) {
    let mut protocol = http1::Builder::new();
    protocol
        .timer(TokioTimer::new())
        .header_read_timeout(Duration::from_secs(limits.header_seconds))
        .max_buf_size(HEAD_BYTES);
    let places = Arc::new(Semaphore::new(limits.connections));
    let stopping = watch::Sender::new(());
    loop {
        let accepted = async {
            // The semaphore is never closed. While none is free, clients wait in the queue of the system.
            let place = places.clone().acquire_owned().await.ok();
            (place, listener.accept().await)
        };
        let (place, accepted) = tokio::select! {
            accepted = accepted => accepted,
            () = stop.told() => break,
        };
        let (stream, address) = match accepted {
            Ok((stream, address)) => (stream, address.ip()),
            Err(fault) => {
                // Out of file descriptors, or the client is gone already: others may fare better in a moment.
                tracing::warn!("a connection could not be accepted: {fault}");
                sleep(Duration::from_millis(50)).await;
                continue;
            }
        };
        // Where it fails, answers come a little later.
        let _ = stream.set_nodelay(true);
        let stream = Patient::new(stream, limits.write());
        let (protocol, app, stopping) = (protocol.clone(), app.clone(), stopping.subscribe());
        tokio::spawn(async move {
            if let Err(fault) = converse(&protocol, stream, address, app, stopping).await {
                tracing::debug!("a connection ended early: {fault}");
            }
            drop(place);
        });
    }
    drop(listener);
    tracing::info!("stopping: requests under way are answered first");
    stopping.send_replace(());
    tokio::select! {
        // Closed once no connection listens any more.
        late = timeout(Duration::from_secs(limits.stop_seconds), stopping.closed()) => {
            if late.is_err() {
                tracing::warn!("some requests were not answered within {} s", limits.stop_seconds);
            }
        }
        () = stop.told() => tracing::warn!("told to stop a second time: not waiting any longer"),
    }
}

/// One connection, until either side ends it; told to stop, after the answer to the request under way.
async fn converse(
    protocol: &http1::Builder,
    stream: Patient<TcpStream>,
    address: IpAddr,
    app: Router,
    mut stopping: watch::Receiver<()>,
) -> hyper::Result<()> {
    let visitor = Visitor::new(address, stopping.clone());
    let app = app.map_request(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(visitor.clone());
        request
    });
    let connection = protocol.serve_connection(TokioIo::new(stream), TowerToHyperService::new(app)).with_upgrades();
    let mut connection = pin!(connection);
    tokio::select! {
        ended = connection.as_mut() => return ended,
        _ = stopping.changed() => connection.as_mut().graceful_shutdown(),
    }
    connection.await
}
