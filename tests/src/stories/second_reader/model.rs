//! A language model of the tests' own, on this machine, that answers as it is told to, also badly.

use std::{
    convert::Infallible,
    sync::{Arc, Mutex},
    time::Duration,
};

use axum::{
    Router,
    body::{Body, to_bytes},
    extract::{Request, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use entente::{
    Settings,
    second_reader::{Endpoint, Heard, Unheard},
    settings::Sources,
};
use serde_json::{Value, json};

use crate::world::World;

/// How it answers.
#[derive(Debug, Clone)]
pub(crate) enum Manner {
    /// With a completion that says this.
    Says(String),
    /// With this body.
    Body(String),
    /// With this status, and the right answer in the body.
    Status(u16),
    /// Not at all, for longer than anybody waits.
    Silent,
    /// A byte now and then, for longer than anybody waits.
    Drips,
    /// With more than anybody wants to read.
    Floods,
    /// By sending the one who asks elsewhere.
    Redirects,
}

/// The model, and what it was asked.
pub(crate) struct Model {
    url: String,
    shared: Arc<Mutex<Shared>>,
}

struct Shared {
    manner: Manner,
    asked: Vec<(HeaderMap, Value)>,
}

impl Model {
    pub(crate) async fn start(manner: Manner) -> Self {
        let shared = Arc::new(Mutex::new(Shared { manner, asked: Vec::new() }));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}/v1/chat/completions", listener.local_addr().expect("an address"));
        let app = Router::new().fallback(answer).with_state(shared.clone());
        // It ends with the runtime of its story.
        tokio::spawn(async move { axum::serve(listener, app).await });
        Self { url, shared }
    }

    pub(crate) fn behave(&self, manner: Manner) {
        self.shared.lock().expect("the model").manner = manner;
    }

    /// What it was asked so far, each with its head.
    pub(crate) fn asked(&self) -> Vec<(HeaderMap, Value)> {
        self.shared.lock().expect("the model").asked.clone()
    }

    /// The way to it, by the settings.
    pub(crate) fn endpoint(&self) -> Endpoint {
        endpoint(&self.url, "tiny")
    }

    /// Lets it read a report.
    pub(crate) async fn read(&self, world: &World, report: &Value) -> Result<Heard, Unheard> {
        let manner = self.shared.lock().expect("the model").manner.clone();
        let patience = match manner {
            Manner::Silent | Manner::Drips => Duration::from_millis(300),
            _ => Duration::from_secs(60),
        };
        let endpoint = self.endpoint().with_patience(patience);
        entente::second_reader::read(&world.store, &world.who, &endpoint, key(report)).await
    }
}

/// The way to a model, by the settings.
pub(crate) fn endpoint(url: &str, model: &str) -> Endpoint {
    let set = |name: &str, value: &str| (format!("ENTENTE_SECOND_READER_{name}"), value.to_owned());
    let variables = vec![set("URL", url), set("MODEL", model)];
    let settings = Settings::load(&Sources { variables, ..Sources::default() }).expect("the settings");
    Endpoint::of(&settings.second_reader).expect("an endpoint").expect("it is set")
}

/// The key of a report.
pub(crate) fn key(report: &Value) -> uuid::Uuid {
    api::id::decode(report.as_str().expect("an identifier")).expect("an identifier").id
}

/// A completion that says something.
pub(crate) fn completion(content: &str) -> String {
    json!({ "id": "1", "object": "chat.completion", "choices": [
        { "index": 0, "message": { "role": "assistant", "content": content }, "finish_reason": "stop" }] })
    .to_string()
}

async fn answer(State(shared): State<Arc<Mutex<Shared>>>, request: Request) -> Response {
    let (head, body) = request.into_parts();
    let body = to_bytes(body, 1 << 20).await.expect("a request");
    let manner = {
        let mut shared = shared.lock().expect("the model");
        shared.asked.push((head.headers, serde_json::from_slice(&body).expect("JSON")));
        shared.manner.clone()
    };
    let right = || completion(&super::said().to_string());
    match manner {
        Manner::Says(content) => completion(&content).into_response(),
        Manner::Body(body) => body.into_response(),
        Manner::Status(status) => (StatusCode::from_u16(status).expect("a status"), right()).into_response(),
        Manner::Silent => {
            tokio::time::sleep(Duration::from_secs(600)).await;
            right().into_response()
        }
        Manner::Drips => {
            let drops = futures_util::stream::unfold((), |()| async {
                tokio::time::sleep(Duration::from_millis(50)).await;
                Some((Ok::<_, Infallible>(" "), ()))
            });
            Body::from_stream(drops).into_response()
        }
        Manner::Floods => completion(&" ".repeat(3 << 20)).into_response(),
        Manner::Redirects => {
            (StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, "/elsewhere")], right()).into_response()
        }
    }
}
