//! GraphQL over HTTP: one operation per request, by POST, or by GET where it changes nothing.

use std::{
    future::Future,
    sync::{Arc, OnceLock},
};

use async_graphql::{Request, Response, parser::types::OperationType};
use axum::{
    Extension,
    body::{Body, HttpBody},
    extract::{Request as HttpRequest, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    response::{IntoResponse, Redirect, Response as HttpResponse},
};
use futures_core::stream::BoxStream;
use http_body_util::BodyExt;
use store::Who;
use tokio::{
    runtime::Handle,
    sync::Notify,
    task::JoinHandle,
    time::{Instant, timeout},
};

use super::{
    answer,
    asked::{self, Asked},
    code::{Code, Refusal},
    complete::Fields,
    guard,
    negotiate::{self, Media},
    request_id::RequestId,
};
use crate::settings::Limits;

/// What executes operations: the schema, or in a test something smaller.
pub trait Executes: Send + Sync + 'static {
    /// Executes one operation on behalf of `who`.
    fn execute(&self, request: Request, who: Who) -> impl Future<Output = Response> + Send;
    /// Answers a subscription on behalf of `who`, once for each event.
    fn stream(&self, request: Request, who: Who) -> BoxStream<'static, Response>;
    /// The schema in its own language.
    fn sdl(&self) -> String;
}

impl Executes for api::Schema {
    async fn execute(&self, request: Request, who: Who) -> Response {
        Self::execute(self, request.data(who)).await
    }

    fn stream(&self, request: Request, who: Who) -> BoxStream<'static, Response> {
        self.execute_stream(request.data(who))
    }

    fn sdl(&self) -> String {
        api::sdl()
    }
}

/// The types of all fields, once somebody has asked.
pub type LazyFields = OnceLock<Fields>;

/// What the handlers share.
pub struct Gate<E> {
    /// What executes.
    pub executor: E,
    /// What may be null in its answers; found out when the first operation fails.
    pub fields: LazyFields,
    /// On whose behalf, until there is sign-in.
    pub who: Who,
    /// How much may be asked for.
    pub limits: Limits,
    /// Is told after each mutation.
    pub written: Arc<Notify>,
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
    let Checked { request, kind } = match asked.and_then(|asked| checked(&gate, asked)) {
        Ok(checked) => checked,
        Err(refusal) => {
            tracing::info!(request = %id.0, code = refusal.code.as_str(), "refused: {}", refusal.message);
            return answer::refused_with(media, &refusal);
        }
    };
    if kind == Some(OperationType::Mutation) && method == Method::GET {
        return method_not_allowed(media, "what changes something is sent by POST", "POST");
    }
    if kind == Some(OperationType::Subscription) {
        let message = "subscriptions are served at /graphql/ws (WebSocket) and /graphql/sse (server-sent events)";
        return answer::refused_with(media, &Refusal::malformed(message));
    }
    execute(gate, request, kind, media, id).await
}

/// A request that may be executed, and the kind of its operation.
pub struct Checked {
    /// The request, parsed.
    pub request: Request,
    /// The kind of its operation; `None` where it names none that is there.
    pub kind: Option<OperationType>,
}

/// Parses what is asked, and refuses what asks for too much before anything else looks at it.
///
/// # Errors
/// Where it is no GraphQL, or larger than the limits allow.
pub fn checked<E: Executes>(gate: &Gate<E>, asked: Asked) -> Result<Checked, Refusal> {
    let document = asked::parsed(&asked.query, &gate.limits)?;
    guard::inspect(&document, asked.variables.as_ref(), &gate.limits)?;
    let kind = guard::kind(&document, asked.operation_name.as_deref());
    let mut request = asked.into_request();
    request.set_parsed_query(document);
    Ok(Checked { request, kind })
}

/// Executes in a task of its own, so that a client that leaves cancels nothing: a transaction that is dropped half-way
/// can lose what others write after it on the same connection.
pub async fn execute<E: Executes>(
    gate: Arc<Gate<E>>,
    mut request: Request,
    kind: Option<OperationType>,
    media: Media,
    RequestId(id): RequestId,
) -> HttpResponse {
    let begun = Instant::now();
    // The document is parsed already: its text is asked for only where a field fails.
    let query = std::mem::take(&mut request.query);
    let patience = gate.limits.operation();
    let who = Who { request_id: Some(id.clone()), ..gate.who.clone() };
    let operation = request.operation_name.clone();
    let task = begin(gate.clone(), request, who, kind);
    let abort = task.abort_handle();
    let broken = |status, code, message: &str| answer::refused_with(media, &Refusal::request(status, code, message));
    let (errors, response) = match timeout(patience, task).await {
        Ok(Ok(mut response)) => {
            if !response.errors.is_empty() {
                let fields = gate.fields.get_or_init(|| Fields::of(&gate.executor.sdl()));
                fields.complete(&mut response.data, &response.errors, &query, operation.as_deref());
            }
            (response.errors.len(), answer::executed(media, response))
        }
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
    let name: String = operation.unwrap_or_default().chars().take(60).collect();
    let ms = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
    tracing::info!(request = %id, kind, name, errors, ms, "operation");
    response
}

/// What changes something may read a long report, which is work for the processor: that is done beside the workers, so
/// that others are answered meanwhile.
fn begin<E: Executes>(
    gate: Arc<Gate<E>>,
    request: Request,
    who: Who,
    kind: Option<OperationType>,
) -> JoinHandle<Response> {
    let executor = gate.clone();
    let work = async move { executor.executor.execute(request, who).await };
    if kind == Some(OperationType::Mutation) {
        let runtime = Handle::current();
        return tokio::task::spawn_blocking(move || {
            let response = runtime.block_on(work);
            gate.written.notify_one();
            response
        });
    }
    tokio::spawn(work)
}

/// How many bytes too many are still read, and thrown away: a client that is cut off while it sends does not read why.
const DRAINED: usize = 32 * 1024 * 1024;

/// The body of a request, as far as it may be read.
///
/// # Errors
/// Where it is too large, too slow, or breaks off.
pub async fn body(request: HttpRequest, limits: &Limits) -> Result<Vec<u8>, Refusal> {
    let body = request.into_body();
    let announced = usize::try_from(body.size_hint().lower()).unwrap_or(usize::MAX);
    let too_large = || {
        let message = format!("the body is larger than {} bytes", limits.body_bytes);
        Refusal::request(StatusCode::PAYLOAD_TOO_LARGE, Code::OperationLimit, message)
    };
    if announced > limits.body_bytes.saturating_add(DRAINED) {
        return Err(too_large());
    }
    match timeout(limits.body(), collected(body, limits.body_bytes)).await {
        Ok(Ok(Some(bytes))) => Ok(bytes),
        Ok(Ok(None)) => Err(too_large()),
        Ok(Err(_)) => Err(Refusal::malformed("the body broke off")),
        Err(_) => {
            let message = format!("the body took longer than {} s", limits.body_seconds);
            Err(Refusal::request(StatusCode::REQUEST_TIMEOUT, Code::Timeout, message))
        }
    }
}

/// The body; `None` where it is larger than `most`.
async fn collected(mut body: Body, most: usize) -> Result<Option<Vec<u8>>, axum::Error> {
    let (mut bytes, mut seen) = (Vec::new(), 0_usize);
    while let Some(frame) = body.frame().await {
        let data = frame?.into_data().unwrap_or_default();
        seen = seen.saturating_add(data.len());
        if seen > most.saturating_add(DRAINED) {
            break;
        }
        if seen <= most {
            bytes.extend_from_slice(&data);
        } else {
            bytes = Vec::new();
        }
    }
    Ok((seen <= most).then_some(bytes))
}

fn accepts_pages(headers: &HeaderMap) -> bool {
    headers.get(header::ACCEPT).is_some_and(|accept| accept.as_bytes().starts_with(b"text/html"))
}

fn not_acceptable() -> HttpResponse {
    let message = "answers are application/graphql-response+json or application/json";
    answer::refused_with(Media::Json, &Refusal::request(StatusCode::NOT_ACCEPTABLE, Code::BadUserInput, message))
}

/// Why the method will not do.
pub fn method_not_allowed(media: Media, message: &str, allowed: &'static str) -> HttpResponse {
    let refusal = Refusal::request(StatusCode::METHOD_NOT_ALLOWED, Code::BadUserInput, message);
    let mut response = answer::refused_with(media, &refusal);
    response.headers_mut().insert(header::ALLOW, HeaderValue::from_static(allowed));
    response
}
