//! Asking a language model over HTTP: one request, one answer, each with its bounds.

use std::{fmt, io, pin::pin, sync::Arc, time::Duration};

use axum::http::{HeaderValue, Request, StatusCode, header};
use extract::second_reader::Task;
use http_body_util::{BodyExt, Full};
use hyper::{
    body::{Bytes, Incoming},
    client::conn::http1,
};
use hyper_util::rt::TokioIo;
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::{
    net::{TcpStream, lookup_host},
    time::timeout,
};
use tokio_rustls::{
    TlsConnector,
    rustls::{ClientConfig, RootCertStore, crypto::ring, pki_types::ServerName},
};

use super::address::Address;
use crate::{
    Failure,
    settings::{AnswerForm, SecondReader},
};

/// The longest answer, in bytes. A report's is a few thousand.
const MOST: usize = 1024 * 1024;
/// The longest key, in bytes.
const LONGEST_KEY: usize = 4 * 1024;

/// A language model that can be asked.
#[derive(Clone)]
pub struct Endpoint {
    patience: Duration,
    address: Address,
    model: String,
    key: Option<HeaderValue>,
    form: AnswerForm,
    tls: Option<TlsConnector>,
}

/// Why a model gave no answer. It never holds what was sent or answered.
#[derive(Debug)]
pub enum Fault {
    /// Nobody answers there.
    Unreachable(io::Error),
    /// It took too long.
    Late(Duration),
    /// The connection broke off, or what came was no HTTP.
    Broken,
    /// It answered, and refused.
    Status(StatusCode),
    /// The answer was too long.
    TooLong,
    /// The answer was no chat completion.
    NoCompletion,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreachable(fault) => write!(f, "the second reader cannot be reached: {fault}"),
            Self::Late(patience) => write!(f, "the second reader did not answer within {} s", patience.as_secs_f32()),
            Self::Broken => f.write_str("the connection to the second reader broke off"),
            Self::Status(status) => write!(f, "the second reader answered with status {}", status.as_u16()),
            Self::TooLong => write!(f, "the second reader's answer is longer than {MOST} bytes"),
            Self::NoCompletion => f.write_str("the second reader's answer is no chat completion: is it the right url?"),
        }
    }
}

impl std::error::Error for Fault {}

impl Endpoint {
    /// The model that is set, where one is.
    ///
    /// # Errors
    /// Where a part of the setting is missing, or the key cannot be read.
    pub fn of(settings: &SecondReader) -> Result<Option<Self>, Failure> {
        let SecondReader { url, model, key_file, timeout_seconds, answer_form } = settings;
        let Some(address) = Address::parse(url) else { return Ok(None) };
        if model.trim().is_empty() {
            return Err(Failure::asked_wrong("second_reader.model is empty: name the model, or leave out the url"));
        }
        let tls = address.is_encrypted.then(trusting).transpose()?;
        let key = if key_file.is_empty() { None } else { Some(key(key_file)?) };
        let patience = Duration::from_secs(*timeout_seconds);
        Ok(Some(Self { patience, address, model: model.trim().to_owned(), key, form: *answer_form, tls }))
    }

    /// The same model, given another time for a report.
    pub fn with_patience(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }

    /// The version under which what it reads is kept: the model, and the version of the task.
    pub fn version(&self) -> String {
        format!("{}/{}", self.model, extract::second_reader::VERSION)
    }

    /// What the model answers, whatever that is; nothing where it declines.
    ///
    /// # Errors
    /// Where there is no answer, or none in bounds.
    pub async fn ask(&self, task: &Task) -> Result<String, Fault> {
        timeout(self.patience, self.exchange(task)).await.unwrap_or(Err(Fault::Late(self.patience)))
    }

    async fn exchange(&self, task: &Task) -> Result<String, Fault> {
        let stream = self.connect().await.map_err(Fault::Unreachable)?;
        let body = match &self.tls {
            None => self.send(TokioIo::new(stream), task).await?,
            Some(tls) => {
                let name = ServerName::try_from(self.address.host.clone());
                let name = name.map_err(|fault| Fault::Unreachable(io::Error::other(fault)))?;
                let stream = tls.connect(name, stream).await.map_err(Fault::Unreachable)?;
                self.send(TokioIo::new(stream), task).await?
            }
        };
        said(&body).ok_or(Fault::NoCompletion)
    }

    async fn connect(&self) -> io::Result<TcpStream> {
        let mut fault = io::Error::new(io::ErrorKind::NotFound, "the host has no address");
        for address in lookup_host((&*self.address.host, self.address.port)).await? {
            // A name that is said to be this machine has to be it.
            if !self.address.is_encrypted && !address.ip().is_loopback() {
                continue;
            }
            match TcpStream::connect(address).await {
                Ok(stream) => return Ok(stream),
                Err(failed) => fault = failed,
            }
        }
        Err(fault)
    }

    async fn send<S>(&self, stream: S, task: &Task) -> Result<Vec<u8>, Fault>
    where
        S: hyper::rt::Read + hyper::rt::Write + Unpin + Send + 'static,
    {
        let request = self.request(task)?;
        let (mut sender, connection) = http1::handshake(stream).await.map_err(|_| Fault::Broken)?;
        let mut connection = pin!(connection);
        let mut answer = pin!(async {
            let response = sender.send_request(request).await.map_err(|_| Fault::Broken)?;
            // A redirect is an answer like any other that is none: what was meant for one host goes to no other.
            match response.status() {
                StatusCode::OK => collected(response.into_body()).await,
                status => Err(Fault::Status(status)),
            }
        });
        tokio::select! {
            done = answer.as_mut() => done,
            // What has come before the other side closed is still to be taken.
            _ = connection.as_mut() => answer.await,
        }
    }

    fn request(&self, task: &Task) -> Result<Request<Full<Bytes>>, Fault> {
        let Task { instructions, report, form } = task;
        let response_format = match self.form {
            AnswerForm::JsonObject => json!({ "type": "json_object" }),
            AnswerForm::JsonSchema => json!({ "type": "json_schema",
                "json_schema": { "name": "reading", "strict": true, "schema": form } }),
        };
        let body = json!({
            "model": self.model,
            "messages": [{ "role": "system", "content": instructions }, { "role": "user", "content": report }],
            "response_format": response_format,
            "temperature": 0,
            "stream": false,
        });
        let mut request = Request::post(&*self.address.path)
            .header(header::HOST, &*self.address.authority)
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::ACCEPT, "application/json")
            .header(header::USER_AGENT, concat!("entente/", env!("CARGO_PKG_VERSION")))
            .header(header::CONNECTION, "close");
        if let Some(key) = &self.key {
            request = request.header(header::AUTHORIZATION, key);
        }
        request.body(Full::from(body.to_string())).map_err(|_| Fault::Broken)
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

/// The key in a file, as a header that shows itself to nobody.
fn key(file: &str) -> Result<HeaderValue, Failure> {
    let fault = |why: String| Failure::asked_wrong(format!("second_reader.key_file: {file}: {why}"));
    let text = std::fs::read_to_string(file).map_err(|error| fault(error.to_string()))?;
    let text = text.trim();
    if text.is_empty() || text.len() > LONGEST_KEY {
        return Err(fault("it holds no key: write the key into it, and nothing else".to_owned()));
    }
    let header = HeaderValue::from_str(&format!("Bearer {text}"));
    let mut header = header.map_err(|_| fault("it holds what no key can: one line of letters and signs".to_owned()))?;
    header.set_sensitive(true);
    Ok(header)
}

/// The body, in bounds.
async fn collected(mut body: Incoming) -> Result<Vec<u8>, Fault> {
    let mut bytes = Vec::new();
    while let Some(frame) = body.frame().await {
        let data = frame.map_err(|_| Fault::Broken)?.into_data().unwrap_or_default();
        if bytes.len() + data.len() > MOST {
            return Err(Fault::TooLong);
        }
        bytes.extend_from_slice(&data);
    }
    Ok(bytes)
}

#[derive(Deserialize)]
struct Completion {
    choices: Vec<Choice>,
}

#[derive(Deserialize)]
struct Choice {
    message: Message,
}

#[derive(Deserialize)]
struct Message {
    /// A text, or parts with a text each; null where the model declines.
    content: Option<Value>,
}

/// What the first choice of a completion says.
fn said(body: &[u8]) -> Option<String> {
    let Completion { choices } = serde_json::from_slice(body).ok()?;
    match choices.into_iter().next()?.message.content {
        Some(Value::String(text)) => Some(text),
        Some(Value::Array(parts)) => Some(parts.iter().filter_map(|part| part["text"].as_str()).collect()),
        _ => Some(String::new()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_completion_says_is_found_in_its_forms() {
        for (body, expected) in [
            (
                json!({ "id": "1", "choices": [{ "index": 0, "message": { "role": "assistant", "content": "{}" } }] }),
                Some("{}"),
            ),
            (
                json!({ "choices": [{ "message": { "content": [{ "type": "text", "text": "a" }, { "text": "b" }] } }] }),
                Some("ab"),
            ),
            (json!({ "choices": [{ "message": { "content": null, "refusal": "no" } }] }), Some("")),
            (json!({ "choices": [] }), None),
            (json!({ "error": { "message": "wrong key" } }), None),
            (json!([]), None),
        ] {
            assert_eq!(said(body.to_string().as_bytes()).as_deref(), expected, "{body}");
        }
        assert_eq!(said(b"<html>"), None);
    }
}
