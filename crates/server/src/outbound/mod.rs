//! Calls to others over HTTP: one request, one answer, each with its bounds. No redirect is followed: what was meant for
//! one host goes to no other.

pub mod address;
mod reach;

use std::{fmt, io, pin::pin, sync::Arc, time::Duration};

use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use http_body_util::{BodyExt, Full};
use hyper::{
    body::{Bytes, Incoming},
    client::conn::http1,
};
use hyper_util::rt::TokioIo;
use tokio::{
    net::{TcpStream, lookup_host},
    time::timeout,
};
use tokio_rustls::{
    TlsConnector,
    rustls::{ClientConfig, RootCertStore, crypto::ring, pki_types::ServerName},
};

use crate::Failure;
use address::Address;
pub use reach::Reach;

/// Who can be called.
#[derive(Clone)]
pub struct Caller {
    address: Address,
    reach: Reach,
    patience: Duration,
    tls: Option<TlsConnector>,
}

/// Why there is no answer. It never holds what was sent or answered.
#[derive(Debug)]
pub enum Fault {
    /// Nobody answers there.
    Unreachable(io::Error),
    /// It took too long.
    Late(Duration),
    /// The connection broke off, or what came was no HTTP.
    Broken,
    /// The answer was too long.
    TooLong,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreachable(fault) => write!(f, "cannot be reached: {fault}"),
            Self::Late(patience) => write!(f, "did not answer within {} s", patience.as_secs_f32()),
            Self::Broken => f.write_str("broke the connection off"),
            Self::TooLong => f.write_str("answered with more than is taken"),
        }
    }
}

/// An answer: its status, and its body as far as it was wanted.
pub type Answer = (StatusCode, Result<Vec<u8>, Fault>);

impl Caller {
    /// The way to an address, as far as it lies within reach, with so much patience for a whole call.
    ///
    /// # Errors
    /// Where encryption cannot be had.
    pub fn new(address: Address, reach: Reach, patience: Duration) -> Result<Self, Failure> {
        let tls = address.is_encrypted.then(trusting).transpose()?;
        Ok(Self { address, reach, patience, tls })
    }

    /// The same, with another patience.
    pub fn with_patience(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }

    /// Posts JSON, or what `headers` say it is; of the answer at most so many bytes are taken.
    ///
    /// # Errors
    /// Where there is no answer.
    pub async fn post(&self, headers: HeaderMap, body: impl Into<Bytes>, most: usize) -> Result<Answer, Fault> {
        self.call(Method::POST, headers, body.into(), most).await
    }

    /// Gets JSON; of the answer at most so many bytes are taken.
    ///
    /// # Errors
    /// As [`Caller::post`].
    pub async fn get(&self, headers: HeaderMap, most: usize) -> Result<Answer, Fault> {
        self.call(Method::GET, headers, Bytes::new(), most).await
    }

    async fn call(&self, method: Method, headers: HeaderMap, body: Bytes, most: usize) -> Result<Answer, Fault> {
        let request = self.request(method, headers, body)?;
        timeout(self.patience, self.exchange(request, most)).await.unwrap_or(Err(Fault::Late(self.patience)))
    }

    fn request(&self, method: Method, headers: HeaderMap, body: Bytes) -> Result<Request<Full<Bytes>>, Fault> {
        let request = Request::builder()
            .method(method)
            .uri(&*self.address.path)
            .header(header::HOST, &*self.address.authority)
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::ACCEPT, "application/json")
            .header(header::USER_AGENT, concat!("entente/", env!("CARGO_PKG_VERSION")))
            .header(header::CONNECTION, "close");
        let mut request = request.body(Full::new(body)).map_err(|_| Fault::Broken)?;
        request.headers_mut().extend(headers);
        Ok(request)
    }

    async fn exchange(&self, request: Request<Full<Bytes>>, most: usize) -> Result<Answer, Fault> {
        let stream = self.connect().await.map_err(Fault::Unreachable)?;
        match &self.tls {
            None => send(TokioIo::new(stream), request, most).await,
            Some(tls) => {
                let name = ServerName::try_from(self.address.host.clone());
                let name = name.map_err(|fault| Fault::Unreachable(io::Error::other(fault)))?;
                let stream = tls.connect(name, stream).await.map_err(Fault::Unreachable)?;
                send(TokioIo::new(stream), request, most).await
            }
        }
    }

    /// Connects to an address that was looked at: a name may mean another one a moment later.
    async fn connect(&self) -> io::Result<TcpStream> {
        let mut fault = io::Error::new(io::ErrorKind::NotFound, "the host has no address");
        for address in lookup_host((&*self.address.host, self.address.port)).await? {
            // A name that is said to be this machine has to be it.
            if !self.address.is_encrypted && !address.ip().is_loopback() {
                continue;
            }
            if !self.reach.holds(address.ip()) {
                fault = io::Error::new(io::ErrorKind::PermissionDenied, reach::REFUSED);
                continue;
            }
            match TcpStream::connect(address).await {
                Ok(stream) => return Ok(stream),
                Err(failed) => fault = failed,
            }
        }
        Err(fault)
    }
}

async fn send<S>(stream: S, request: Request<Full<Bytes>>, most: usize) -> Result<Answer, Fault>
where
    S: hyper::rt::Read + hyper::rt::Write + Unpin + Send + 'static,
{
    let (mut sender, connection) = http1::handshake(stream).await.map_err(|_| Fault::Broken)?;
    let mut connection = pin!(connection);
    let mut answer = pin!(async {
        let response = sender.send_request(request).await.map_err(|_| Fault::Broken)?;
        Ok((response.status(), collected(response.into_body(), most).await))
    });
    tokio::select! {
        done = answer.as_mut() => done,
        // What has come before the other side closed is still to be taken.
        _ = connection.as_mut() => answer.await,
    }
}

/// Encryption that trusts the certificates that browsers trust.
fn trusting() -> Result<TlsConnector, Failure> {
    let roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    let config =
        ClientConfig::builder_with_provider(Arc::new(ring::default_provider())).with_safe_default_protocol_versions();
    let config = config.map_err(|fault| Failure::broken(fault.to_string()))?;
    Ok(TlsConnector::from(Arc::new(config.with_root_certificates(roots).with_no_client_auth())))
}

/// The body, in bounds.
async fn collected(mut body: Incoming, most: usize) -> Result<Vec<u8>, Fault> {
    let mut bytes = Vec::new();
    while let Some(frame) = body.frame().await {
        let data = frame.map_err(|_| Fault::Broken)?.into_data().unwrap_or_default();
        if bytes.len() + data.len() > most {
            return Err(Fault::TooLong);
        }
        bytes.extend_from_slice(&data);
    }
    Ok(bytes)
}
