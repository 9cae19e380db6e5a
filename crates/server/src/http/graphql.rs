//! GraphQL over HTTP: one operation per request, by POST, or by GET where it changes nothing.

use std::{future::Future, sync::Arc};

use async_graphql::{Request, Response, parser::types::OperationType};
use axum::{
    Extension,
    body::Bytes,
    extract::{Request as HttpRequest, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    response::{IntoResponse, Redirect, Response as HttpResponse},
};
use http_body::Body as _;
use store::Who;
use tokio::time::{Instant, timeout};

use super::{
    answer,
    asked::{self, Asked},
    code::{Code, Refusal},
    guard,
    negotiate::{self, Media},
    request_id::RequestId,
};
use crate::settings::Limits;

/// What executes operations: the schema, or in a test something smaller.
pub trait Executes: Send + Sync + 'static {
    /// Executes one operation on behalf of `who`.
    fn execute(&self, request: Request, who: Who) -> impl Future<Output = Response> + Send;
}

impl Executes for api::Schema {
    async fn execute(&self, request: Request, who: Who) -> Response {
        Self::execute(self, request.data(who)).await
    }
}

/// What the handlers share.
pub struct Gate<E> {
    /// What executes.
    pub executor: E,
    /// On whose behalf, until there is sign-in.
    pub who: Who,
    /// How much may be asked for.
    pub limits: Limits,
}

/// `POST /graphql`
pub async fn post<E: Executes>(
    State(gate): State<Arc<Gate<E>>>,
    Extension(id): Extension<RequestId>,
    request: HttpRequest,
) -> HttpResponse {
    let Some(media) = negotiate::media(request.headers()) else { return not_acceptable() };
    if !negotiate::is_json(request.headers()) {
        let message = "the content type must be application/json, in UTF-8";
        let refusal = Refusal::request(StatusCode::UNSUPPORTED_MEDIA_TYPE, Code::BadUserInput, message);
        return answer::refused_with(media, &refusal);
    }
    let asked = match body(request, &gate.limits).await {
        Ok(bytes) => Asked::from_body(&bytes, &gate.limits),
        Err(refusal) => Err(refusal),
    };
    respond(gate, asked, media, id, Method::POST).await
}

/// `GET /graphql`
pub async fn get<E: Executes>(
    State(gate): State<Arc<Gate<E>>>,
    Extension(id): Extension<RequestId>,
    request: HttpRequest,
) -> HttpResponse {
    // Somebody who looks in with a browser and asks nothing.
    if request.uri().query().is_none() && accepts_pages(request.headers()) {
        return Redirect::to("/").into_response();
    }
    let Some(media) = negotiate::media(request.headers()) else { return not_acceptable() };
    let asked = Asked::from_uri(request.uri(), &gate.limits);
    respond(gate, asked, media, id, Method::GET).await
}

/// Any other method.
pub async fn other_method(headers: HeaderMap) -> HttpResponse {
    method_not_allowed(negotiate::media(&headers).unwrap_or(Media::Json), "use POST, or GET for queries", "GET, POST")
}

async fn respond<E: Executes>(
    gate: Arc<Gate<E>>,
    asked: Result<Asked, Refusal>,
    media: Media,
    id: RequestId,
    method: Method,
) -> HttpResponse {
    let checked = asked.and_then(|asked| {
        let document = asked::parsed(&asked.query, &gate.limits)?;
        guard::inspect(&document, &gate.limits)?;
        Ok((asked, document))
    });
    let (asked, document) = match checked {
        Ok(checked) => checked,
        Err(refusal) => {
            tracing::info!(request = %id.0, code = refusal.code.as_str(), "refused: {}", refusal.message);
            return answer::refused_with(media, &refusal);
        }
    };
    let kind = guard::kind(&document, asked.operation_name.as_deref());
    if kind == Some(OperationType::Mutation) && method == Method::GET {
        return method_not_allowed(media, "what changes something is sent by POST", "POST");
    }
    if kind == Some(OperationType::Subscription) {
        return answer::refused_with(media, &Refusal::malformed("subscriptions are not served here"));
    }
    let mut request = asked.into_request();
    request.set_parsed_query(document);
    execute(gate, request, kind, media, id).await
}

/// Executes in a task of its own, so that a client that leaves cancels nothing: a transaction that is dropped half-way
/// can lose what others write after it on the same connection.
async fn execute<E: Executes>(
    gate: Arc<Gate<E>>,
    request: Request,
    kind: Option<OperationType>,
    media: Media,
    RequestId(id): RequestId,
) -> HttpResponse {
    let begun = Instant::now();
    let patience = gate.limits.operation();
    let who = Who { request_id: Some(id.clone()), ..gate.who.clone() };
    let name = request.operation_name.clone().unwrap_or_default();
    let task = tokio::spawn(async move { gate.executor.execute(request, who).await });
    let abort = task.abort_handle();
    let broken = |status, code, message: &str| answer::refused_with(media, &Refusal::request(status, code, message));
    let (errors, response) = match timeout(patience, task).await {
        Ok(Ok(response)) => (response.errors.len(), answer::executed(media, response)),
        Ok(Err(fault)) => {
            tracing::error!(request = %id, "an operation ended in a panic: {fault}");
            (1, broken(StatusCode::INTERNAL_SERVER_ERROR, Code::Internal, answer::INTERNAL))
        }
        Err(_) => {
            // What changes something goes on to its end, which is all or nothing.
            if kind != Some(OperationType::Mutation) {
                abort.abort();
            }
            let message = format!("the operation took longer than {} s: ask for less at once", patience.as_secs());
            (1, broken(StatusCode::GATEWAY_TIMEOUT, Code::Timeout, &message))
        }
    };
    let kind = kind.map(|kind| kind.to_string()).unwrap_or_default();
    let name: String = name.chars().take(60).collect();
    let ms = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
    tracing::info!(request = %id, kind, name, errors, ms, "operation");
    response
}

async fn body(request: HttpRequest, limits: &Limits) -> Result<Bytes, Refusal> {
    let too_large = || {
        let message = format!("the body is larger than {} bytes", limits.body_bytes);
        Refusal::request(StatusCode::PAYLOAD_TOO_LARGE, Code::OperationLimit, message)
    };
    let body = request.into_body();
    if body.size_hint().lower() > limits.body_bytes as u64 {
        return Err(too_large());
    }
    match timeout(limits.body(), axum::body::to_bytes(body, limits.body_bytes)).await {
        Ok(Ok(bytes)) => Ok(bytes),
        Ok(Err(fault)) => Err(if is_limit(&fault) { too_large() } else { Refusal::malformed("the body broke off") }),
        Err(_) => {
            let message = format!("the body took longer than {} s", limits.body_seconds);
            Err(Refusal::request(StatusCode::REQUEST_TIMEOUT, Code::Timeout, message))
        }
    }
}

fn is_limit(fault: &axum::Error) -> bool {
    std::error::Error::source(fault).is_some_and(|source| source.is::<http_body_util::LengthLimitError>())
}

fn accepts_pages(headers: &HeaderMap) -> bool {
    headers.get(header::ACCEPT).is_some_and(|accept| accept.as_bytes().starts_with(b"text/html"))
}

fn not_acceptable() -> HttpResponse {
    let message = "answers are application/graphql-response+json or application/json";
    answer::refused_with(Media::Json, &Refusal::request(StatusCode::NOT_ACCEPTABLE, Code::BadUserInput, message))
}

fn method_not_allowed(media: Media, message: &str, allowed: &'static str) -> HttpResponse {
    let refusal = Refusal::request(StatusCode::METHOD_NOT_ALLOWED, Code::BadUserInput, message);
    let mut response = answer::refused_with(media, &refusal);
    response.headers_mut().insert(header::ALLOW, HeaderValue::from_static(allowed));
    response
}
