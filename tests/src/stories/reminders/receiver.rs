//! Somebody who is called, of the tests' own, on this machine; and the signature of a call, computed by other means.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

use base64::{Engine, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha256};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

use super::Shared;

/// How it behaves.
#[derive(Debug, Clone, Copy)]
pub(super) enum Manner {
    /// It answers with this status.
    Status(u16),
    /// It hangs up in the middle of its answer.
    HangsUp,
    /// It says nothing.
    Silent,
}

/// A call: its head, by names in small letters, and its body.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Call {
    pub(super) head: BTreeMap<String, String>,
    pub(super) body: String,
}

/// The receiver, and what it was told.
pub(super) struct Receiver {
    pub(super) url: String,
    manner: Shared<Manner>,
    calls: Shared<Vec<Call>>,
}

impl Receiver {
    pub(super) async fn open(manner: Manner) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}/entente", listener.local_addr().expect("an address"));
        let (manner, calls) = (Arc::new(Mutex::new(manner)), Shared::<Vec<Call>>::default());
        let (behave, told) = (manner.clone(), calls.clone());
        // It ends with the runtime of its story.
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let manner = *behave.lock().expect("the manner");
                tokio::spawn(answer(stream, manner, told.clone()));
            }
        });
        Self { url, manner, calls }
    }

    pub(super) fn behave(&self, manner: Manner) {
        *self.manner.lock().expect("the manner") = manner;
    }

    /// What it was told so far.
    pub(super) fn calls(&self) -> Vec<Call> {
        self.calls.lock().expect("the calls").clone()
    }
}

async fn answer(mut stream: TcpStream, manner: Manner, told: Shared<Vec<Call>>) -> Option<()> {
    let call = heard(&mut stream).await?;
    told.lock().expect("the calls").push(call);
    let reply = match manner {
        Manner::Status(status) => format!("HTTP/1.1 {status} so\r\ncontent-length: 0\r\n\r\n"),
        Manner::HangsUp => "HTTP/1.1 2".to_owned(),
        Manner::Silent => std::future::pending().await,
    };
    stream.write_all(reply.as_bytes()).await.ok()
}

async fn heard(stream: &mut TcpStream) -> Option<Call> {
    let mut request = Vec::new();
    loop {
        let mut bytes = [0; 4096];
        let read = stream.read(&mut bytes).await.ok().filter(|read| *read > 0)?;
        request.extend_from_slice(&bytes[..read]);
        let text = String::from_utf8_lossy(&request);
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let head: BTreeMap<_, _> = head
            .lines()
            .filter_map(|line| line.split_once(": "))
            .map(|(name, value)| (name.to_lowercase(), value.to_owned()))
            .collect();
        if body.len() >= head.get("content-length")?.parse().ok()? {
            return Some(Call { body: body.to_owned(), head });
        }
    }
}

impl Call {
    pub(super) fn header(&self, name: &str) -> &str {
        self.head.get(name).unwrap_or_else(|| panic!("no {name}: {self:?}"))
    }

    /// The signature that it ought to have.
    pub(super) fn signature(&self, secret: &[u8]) -> String {
        let signed = format!("{}.{}.{}", self.header("webhook-id"), self.header("webhook-timestamp"), self.body);
        format!("v1,{}", STANDARD.encode(hmac(secret, signed.as_bytes())))
    }
}

/// HMAC with SHA-256 by its definition in RFC 2104.
fn hmac(key: &[u8], message: &[u8]) -> [u8; 32] {
    let padded = |with: u8| {
        let mut block = [with; 64];
        key.iter().zip(&mut block).for_each(|(byte, place)| *place ^= byte);
        block
    };
    let inner = Sha256::new().chain_update(padded(0x36)).chain_update(message).finalize();
    Sha256::new().chain_update(padded(0x5c)).chain_update(inner).finalize().into()
}
