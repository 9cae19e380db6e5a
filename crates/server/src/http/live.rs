//! The answers to an operation, one after another, whichever way they go out: one to a query, one to each event.

use std::{panic::AssertUnwindSafe, sync::Arc};

use api::Resume;
use apollo_compiler::ast::OperationType;
use async_graphql::{Response, Value};
use axum::{body::to_bytes, http::StatusCode, response::Response as HttpResponse};
use futures_core::stream::BoxStream;
use futures_util::{StreamExt, stream};
use store::Who;

use super::{
    answer,
    code::{Code, Refusal},
    complete::complete,
    graphql::{Checked, Executes, Gate, execute},
    negotiate::Media,
    places::Places,
    request_id::RequestId,
};
use crate::{settings::Live, telemetry};

/// What those who listen share.
pub struct Hall<E> {
    /// What executes.
    pub gate: Arc<Gate<E>>,
    /// How much may be listened to.
    pub live: Live,
    /// How many may listen.
    pub places: Places,
}

/// An answer as it goes out.
pub struct Told {
    /// In JSON.
    pub text: String,
    /// Whether it holds nothing but errors. It is the last then.
    pub failed: bool,
    /// The place of its event.
    pub cursor: Option<String>,
}

impl Told {
    /// The errors in it, in JSON.
    pub fn errors(&self) -> serde_json::Value {
        let answer: serde_json::Value = serde_json::from_str(&self.text).unwrap_or_default();
        answer["errors"].clone()
    }
}

impl From<Refusal> for Told {
    fn from(refusal: Refusal) -> Self {
        Self { text: refusal.body().to_string(), failed: true, cursor: None }
    }
}

/// Executes what was checked.
pub fn answers<E: Executes>(
    gate: Arc<Gate<E>>,
    checked: Checked,
    who: &Who,
    id: RequestId,
    resume: Option<Resume>,
) -> BoxStream<'static, Told> {
    let who = who.clone();
    if checked.operation.operation_type != OperationType::Subscription {
        let answer = async move {
            let response = execute(gate, checked, who, Media::GraphQl, id).await;
            let failed = response.status() != StatusCode::OK;
            Told { text: text(response).await, failed, cursor: None }
        };
        return stream::once(telemetry::within(answer)).boxed();
    }
    let who = Who { request_id: Some(id.0.clone()), ..who };
    let Checked { request, document, operation, cost } = checked;
    let name = operation.name.as_ref().map(|name| name.as_str()).unwrap_or_default();
    let mut span = gate.telemetry.operation("subscription", name, &id.0, cost.requested);
    tracing::info!(request = %id.0, name, "a subscription begins");
    let request = resume.into_iter().fold(request, async_graphql::Request::data);
    let events = AssertUnwindSafe(gate.executor.stream(request, who)).catch_unwind();
    let told = events.then(move |event| {
        let told = match event {
            Ok(mut response) => {
                complete(&mut response.data, &response.errors, &document.typed, &operation);
                Ok(response)
            }
            Err(_) => {
                span.errors(1);
                tracing::error!(request = %id.0, "a subscription ended in a panic");
                Err(Refusal::request(StatusCode::INTERNAL_SERVER_ERROR, Code::Internal, answer::INTERNAL))
            }
        };
        async {
            match told {
                Ok(response) => of_event(response).await,
                Err(refusal) => refusal.into(),
            }
        }
    });
    told.boxed()
}

async fn of_event(response: Response) -> Told {
    let failed = !response.errors.is_empty() && response.data == Value::Null;
    let cursor = match response.extensions.get("cursor") {
        Some(Value::String(cursor)) => Some(cursor.clone()),
        _ => None,
    };
    Told { text: text(answer::executed(Media::GraphQl, response)).await, failed, cursor }
}

/// The body of an answer, which lies in memory.
async fn text(response: HttpResponse) -> String {
    let bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap_or_default();
    String::from_utf8_lossy(&bytes).into_owned()
}
