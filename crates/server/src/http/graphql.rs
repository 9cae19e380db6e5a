//! GraphQL over HTTP: one operation per request, by POST, or by GET where it changes nothing.

use std::{
    future::Future,
    sync::{Arc, LazyLock},
};

use apollo_compiler::{Node, Schema as Typed, ast::OperationType, executable::Operation, validation::Valid};
use async_graphql::{Request, Response};
use axum::{
    Extension,
    extract::{Request as HttpRequest, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    response::{IntoResponse, Redirect, Response as HttpResponse},
};
use futures_core::stream::BoxStream;
use store::Who;
use tokio::{
    runtime::Handle,
    sync::{Notify, OwnedSemaphorePermit, Semaphore},
    task::JoinHandle,
    time::{Instant, timeout, timeout_at},
};
use vocab::Role;

use super::{
    allowance::Allowance,
    answer,
    asked::Asked,
    body::posted,
    code::{Code, Refusal},
    complete::complete,
    document::{Document, Documents},
    guard::{self, Cost},
    negotiate::{self, Media},
    porter::{Caller, Client, Porter},
    request_id::RequestId,
    rights,
    undone::{self, tell_all},
    visitor::Visitor,
};
use crate::{metrics::Metrics, settings::Limits, telemetry::Telemetry, trail::Trail};

/// What executes operations: the schema, or in a test something smaller.
pub trait Executes: Send + Sync + 'static {
    /// Executes one operation on behalf of `who`.
    fn execute(&self, request: Request, who: Who) -> impl Future<Output = Response> + Send;
    /// Answers a subscription on behalf of `who`, once for each event.
    fn stream(&self, request: Request, who: Who) -> BoxStream<'static, Response>;
    /// What documents have to fit.
    fn schema() -> &'static Valid<Typed>;
    /// The least role that may ask for a field of a type.
    fn least(of: &str, field: &str) -> Option<Role>;
}

impl Executes for api::Schema {
    async fn execute(&self, request: Request, who: Who) -> Response {
        Self::execute(self, request.data(who)).await
    }

    fn stream(&self, request: Request, who: Who) -> BoxStream<'static, Response> {
        self.execute_stream(request.data(who))
    }

    fn schema() -> &'static Valid<Typed> {
        static SERVED: LazyLock<Valid<Typed>> = LazyLock::new(|| typed(&api::sdl()));
        &SERVED
    }

    fn least(of: &str, field: &str) -> Option<Role> {
        api::rights::least(of, field)
    }
}

/// A schema of ours as validation takes it.
pub fn typed(sdl: &str) -> Valid<Typed> {
    Typed::parse_and_validate(sdl, "schema.graphql").unwrap_or_else(|fault| {
        // A test has read the same schema: what is served is never without one.
        tracing::error!("the schema is not valid: {fault}");
        Valid::assume_valid(fault.partial)
    })
}

/// What the handlers share.
pub struct Gate<E> {
    /// What executes.
    pub executor: E,
    /// What is asked of it.
    pub documents: Documents,
    /// How much of it each client may ask for.
    pub allowance: Allowance,
    /// Who knows on whose behalf.
    pub porter: Porter,
    /// How much may be asked for.
    pub limits: Limits,
    /// The turns of the operations: what waits for one costs nothing but its request.
    pub turns: Arc<Semaphore>,
    /// Is told after each mutation.
    pub written: Arc<Notify>,
    /// What is counted.
    pub metrics: Metrics,
    /// Where it is told how long they took.
    pub telemetry: Telemetry,
    /// Where it is told which mutations were not done.
    pub trail: Trail,
}

/// `POST /graphql`
pub async fn post<E: Executes>(
    State(gate): State<Arc<Gate<E>>>,
    Extension(id): Extension<RequestId>,
    Extension(caller): Extension<Caller>,
    visitor: Option<Extension<Visitor>>,
    request: HttpRequest,
) -> HttpResponse {
    let Some(media) = negotiate::media(request.headers()) else { return not_acceptable() };
    let asked = posted(request, &gate.limits).await;
    let client = client(&caller, visitor);
    respond(gate, asked, Call { media, id, method: Method::POST, caller, client }).await
}

/// `GET /graphql`
pub async fn get<E: Executes>(
    State(gate): State<Arc<Gate<E>>>,
    Extension(id): Extension<RequestId>,
    Extension(caller): Extension<Caller>,
    visitor: Option<Extension<Visitor>>,
    request: HttpRequest,
) -> HttpResponse {
    // Somebody who looks in with a browser and asks nothing.
    if request.uri().query().is_none() && accepts_pages(request.headers()) {
        return Redirect::to("/").into_response();
    }
    let Some(media) = negotiate::media(request.headers()) else { return not_acceptable() };
    let asked = Asked::from_uri(request.uri(), &gate.limits);
    let client = client(&caller, visitor);
    respond(gate, asked, Call { media, id, method: Method::GET, caller, client }).await
}

/// Any other method.
pub async fn other_method(headers: HeaderMap) -> HttpResponse {
    method_not_allowed(negotiate::media(&headers).unwrap_or(Media::Json), "use POST, or GET for queries", "GET, POST")
}

/// An operation that may be executed.
pub struct Checked {
    /// As async-graphql executes it.
    pub request: Request,
    /// What is asked, by the types of the schema.
    pub document: Arc<Document>,
    /// Which of its operations.
    pub operation: Node<Operation>,
    /// What it costs.
    pub cost: Cost,
}

impl<E: Executes> Gate<E> {
    /// Whether what is asked may be executed on behalf of those who ask.
    ///
    /// # Errors
    /// Where it is not known, no GraphQL, not valid, too large or not for them.
    pub fn checked(&self, asked: Asked, who: &Who) -> Result<Checked, Refusal> {
        let document = self.documents.find(asked.query.as_deref(), asked.named.as_ref(), &self.limits)?;
        let variables = asked.variables.as_ref();
        let cost = guard::inspect(&document.parsed, variables, &self.limits)?;
        let operation = self.documents.operation(&document, asked.operation_name.as_deref(), variables)?;
        let permitted = rights::permit(&document.typed, &operation, who.rights, E::least);
        permitted.inspect_err(|refusal| tell_all(&self.trail, who, &document.typed, &operation, refusal.code))?;
        Ok(Checked { request: asked.into_request(document.parsed.clone()), document, operation, cost })
    }

    /// Writes down that something was refused. What is wrong with a document or with a value stays out of the log: it may
    /// repeat what stands in them.
    pub fn refused(&self, id: &RequestId, refusal: &Refusal) {
        let code = refusal.code.as_str();
        self.metrics.refused(code);
        if refusal.code.repeats() {
            tracing::info!(request = %id.0, code, "refused");
        } else {
            tracing::info!(request = %id.0, code, "refused: {}", refusal.message);
        }
    }

    /// The same, and whether this client may still ask for so much.
    ///
    /// # Errors
    /// As [`Gate::checked`], or where it has asked for too much lately.
    pub fn allowed(&self, asked: Asked, who: &Who, client: Client) -> Result<Checked, Refusal> {
        let checked = self.checked(asked, who)?;
        match self.allowance.take(client, checked.cost.requested).refusal() {
            Some(refusal) => {
                tell_all(&self.trail, who, &checked.document.typed, &checked.operation, refusal.code);
                Err(refusal)
            }
            None => Ok(checked),
        }
    }
}

/// A request, beside what it asks.
struct Call {
    media: Media,
    id: RequestId,
    method: Method,
    caller: Caller,
    client: Client,
}

/// Whom a request is counted to.
pub fn client(caller: &Caller, visitor: Option<Extension<Visitor>>) -> Client {
    caller.client(visitor.map(|Extension(visitor)| visitor).unwrap_or_default().address)
}

async fn respond<E: Executes>(gate: Arc<Gate<E>>, asked: Result<Asked, Refusal>, call: Call) -> HttpResponse {
    let Call { media, id, method, caller, client } = call;
    let (judge, of) = (gate.clone(), id.clone());
    let refused = move |refusal: &Refusal| {
        judge.refused(&of, refusal);
        answer::refused_with(media, refusal)
    };
    let checked = match asked.and_then(|asked| gate.checked(asked, &caller.who)) {
        Ok(checked) => checked,
        Err(refusal) => return refused(&refusal),
    };
    match checked.operation.operation_type {
        OperationType::Mutation if method == Method::GET => {
            return method_not_allowed(media, "what changes something is sent by POST", "POST");
        }
        OperationType::Subscription => {
            let message = "subscriptions are served at /graphql/ws (WebSocket) and /graphql/sse (server-sent events)";
            return refused(&Refusal::malformed(message));
        }
        _ => {}
    }
    let left = gate.allowance.take(client, checked.cost.requested);
    let mut response = match left.refusal() {
        Some(refusal) => {
            tell_all(&gate.trail, &caller.who, &checked.document.typed, &checked.operation, refusal.code);
            refused(&refusal)
        }
        None => execute(gate, checked, caller.who, media, id).await,
    };
    response.headers_mut().extend(left.headers());
    response
}

/// Executes in a task of its own, so that a client that leaves cancels nothing: a transaction that is dropped half-way
/// can lose what others write after it on the same connection.
pub async fn execute<E: Executes>(
    gate: Arc<Gate<E>>,
    checked: Checked,
    who: Who,
    media: Media,
    RequestId(id): RequestId,
) -> HttpResponse {
    let begun = Instant::now();
    let Checked { request, document, operation, cost } = checked;
    let kind = operation.operation_type;
    let name: String = operation.name.iter().flat_map(|name| name.chars()).take(60).collect();
    let mut span = gate.telemetry.operation(kind.name(), &name, &id, cost.requested);
    let patience = gate.limits.operation();
    let who = Who { request_id: Some(id.clone()), ..who };
    let broken = |status, code, message: &str| answer::refused_with(media, &Refusal::request(status, code, message));
    let Ok(Ok(turn)) = timeout(patience, gate.turns.clone().acquire_owned()).await else {
        span.errors(1);
        tracing::warn!(request = %id, "an operation waited too long for its turn");
        tell_all(&gate.trail, &who, &document.typed, &operation, Code::Timeout);
        let message =
            format!("too much is asked at once, and the turn did not come in {} s: ask again", patience.as_secs());
        return broken(StatusCode::SERVICE_UNAVAILABLE, Code::Timeout, &message);
    };
    let asked = undone::Asked::of(&gate.trail, &who, &document, &operation);
    let task = begin(gate.clone(), request, who.clone(), asked, turn);
    let abort = task.abort_handle();
    let (errors, response) = match timeout_at(begun + patience, task).await {
        Ok(Ok(mut response)) => {
            complete(&mut response.data, &response.errors, &document.typed, &operation);
            response.extensions.insert("cost".to_owned(), told(cost, &gate.limits));
            (response.errors.len(), answer::executed(media, response))
        }
        Ok(Err(fault)) => {
            tracing::error!(request = %id, "an operation ended in a panic: {fault}");
            tell_all(&gate.trail, &who, &document.typed, &operation, Code::Internal);
            (1, broken(StatusCode::INTERNAL_SERVER_ERROR, Code::Internal, answer::INTERNAL))
        }
        Err(_) => {
            // What changes something goes on to its end, which is all or nothing.
            if kind != OperationType::Mutation {
                abort.abort();
            }
            let message = format!("the operation took longer than {} s: ask for less at once", patience.as_secs());
            (1, broken(StatusCode::GATEWAY_TIMEOUT, Code::Timeout, &message))
        }
    };
    span.errors(errors);
    let ms = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
    gate.metrics.operation(kind.name(), errors == 0, begun.elapsed());
    tracing::info!(request = %id, kind = kind.name(), name, errors, cost = cost.requested, ms, "operation");
    response
}

/// What an operation costs, for the extensions of its answer.
fn told(cost: Cost, limits: &Limits) -> async_graphql::Value {
    let Cost { requested, past } = cost;
    if past == 0 {
        return async_graphql::value!({ "requested": requested, "most": limits.rows });
    }
    async_graphql::value!({ "requested": requested, "past": past, "most": limits.rows })
}

/// What changes something may read a long report, which is work for the processor: that is done beside the workers, so
/// that others are answered meanwhile.
fn begin<E: Executes>(
    gate: Arc<Gate<E>>,
    request: Request,
    who: Who,
    asked: Option<undone::Asked>,
    turn: OwnedSemaphorePermit,
) -> JoinHandle<Response> {
    let Some(asked) = asked else {
        return tokio::spawn(async move {
            let _turn = turn;
            gate.executor.execute(request, who).await
        });
    };
    let runtime = Handle::current();
    tokio::task::spawn_blocking(move || {
        runtime.block_on(async move {
            let _turn = turn;
            let response = gate.executor.execute(request.data(asked.refusals.clone()), who).await;
            asked.tell(&response).await;
            gate.written.notify_one();
            response
        })
    })
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
