//! A client: one connection that is kept, over which one request goes at a time.

use axum::http::{Request, StatusCode, header};
use http_body_util::{BodyExt, Full};
use hyper::{
    body::Bytes,
    client::conn::http1::{self, SendRequest},
};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

use crate::Outcome;

/// A client of a server on this machine.
pub(crate) struct Client {
    sender: SendRequest<Full<Bytes>>,
    host: String,
    port: u16,
}

impl Client {
    /// Connects to a port.
    pub(crate) async fn connect(port: u16) -> Outcome<Self> {
        let host = format!("127.0.0.1:{port}");
        let stream = TcpStream::connect(&host).await?;
        stream.set_nodelay(true)?;
        let (sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
        // How it ends is told to whoever sends on it.
        tokio::spawn(connection);
        Ok(Self { sender, host, port })
    }

    /// Asks, and waits for the whole answer.
    pub(crate) async fn ask(&mut self, path: &str, body: String) -> Outcome<(StatusCode, Bytes)> {
        let request = Request::post(path)
            .header(header::HOST, &self.host)
            .header(header::CONTENT_TYPE, "application/json")
            .body(Full::new(Bytes::from(body)))?;
        // While the other side was asked, this one may have given up what said nothing for so long.
        if self.sender.ready().await.is_err() {
            *self = Self::connect(self.port).await?;
        }
        let response = self.sender.send_request(request).await?;
        let status = response.status();
        Ok((status, response.into_body().collect().await?.to_bytes()))
    }
}
