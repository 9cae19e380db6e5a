//! GraphQL over server-sent events: one operation per request, its answers as they come, in the "distinct connections"
//! mode of GraphQL over SSE. The id of an event is its cursor, so that a client that was cut off goes on by `Last-Event-ID`.

use std::{convert::Infallible, sync::Arc};

use api::Resume;
use apollo_compiler::ast::OperationType;
use axum::{
    Extension,
    extract::{Request as HttpRequest, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{
        IntoResponse, Response as HttpResponse,
        sse::{Event, KeepAlive, Sse},
    },
};
use futures_core::stream::BoxStream;
use futures_util::{StreamExt, stream};
use tokio::sync::oneshot;

use super::{
    answer,
    asked::Asked,
    body,
    code::{Code, Refusal},
    graphql::{Checked, Executes, method_not_allowed},
    live::{Hall, Told, answers},
    negotiate::Media,
    porter::Caller,
    request_id::RequestId,
    visitor::Visitor,
};

/// `POST /graphql/sse`
pub async fn post<E: Executes>(
    State(hall): State<Arc<Hall<E>>>,
    Extension(id): Extension<RequestId>,
    Extension(caller): Extension<Caller>,
    request: HttpRequest,
) -> HttpResponse {
    let (around, request) = Around::of(request, caller);
    let asked = body::posted(request, &hall.gate.limits).await;
    respond(hall, asked, around, id)
}

/// `GET /graphql/sse`, as browsers ask by themselves: for what changes nothing.
pub async fn get<E: Executes>(
    State(hall): State<Arc<Hall<E>>>,
    Extension(id): Extension<RequestId>,
    Extension(caller): Extension<Caller>,
    request: HttpRequest,
) -> HttpResponse {
    let asked = Asked::from_uri(request.uri(), &hall.gate.limits);
    let (mut around, _) = Around::of(request, caller);
    around.may_write = false;
    respond(hall, asked, around, id)
}

/// Any other method.
pub async fn other_method() -> HttpResponse {
    method_not_allowed(Media::Json, "use POST, or GET for queries and subscriptions", "GET, POST")
}

/// What a request says beside what it asks.
struct Around {
    accepted: bool,
    may_write: bool,
    resume: Option<Resume>,
    visitor: Visitor,
    caller: Caller,
}

impl Around {
    fn of(request: HttpRequest, caller: Caller) -> (Self, HttpRequest) {
        let headers = request.headers();
        let resume = headers.get("last-event-id").filter(|id| !id.is_empty());
        let resume = resume.map(|id| Resume(String::from_utf8_lossy(id.as_bytes()).into_owned()));
        let visitor = request.extensions().get().cloned().unwrap_or_default();
        (Self { accepted: accepts_events(headers), may_write: true, resume, visitor, caller }, request)
    }
}

fn respond<E: Executes>(
    hall: Arc<Hall<E>>,
    asked: Result<Asked, Refusal>,
    around: Around,
    id: RequestId,
) -> HttpResponse {
    let Around { accepted, may_write, resume, visitor, caller } = around;
    if !accepted {
        let message = "answers are text/event-stream here; other forms are served at /graphql";
        return refused(&Refusal::request(StatusCode::NOT_ACCEPTABLE, Code::BadUserInput, message));
    }
    let client = caller.client(visitor.address);
    let checked = asked.and_then(|asked| hall.gate.allowed(asked, &caller.who, client));
    let (checked, place) = match checked.and_then(|checked| Ok((checked, hall.places.take(visitor.address)?))) {
        Ok(ready) => ready,
        Err(refusal) => {
            hall.gate.refused(&id, &refusal);
            return refused(&refusal);
        }
    };
    if checked.operation.operation_type == OperationType::Mutation && !may_write {
        return method_not_allowed(Media::Json, "what changes something is sent by POST", "POST");
    }
    let listener = hall.gate.metrics.listening("stream");
    let told = until_the_end(hall.clone(), checked, id, resume, visitor, caller);
    let events = told.map(|told| {
        let event = Event::default().event("next").data(told.text);
        told.cursor.into_iter().fold(event, Event::id)
    });
    let end = stream::once(async { Event::default().event("complete").data("") });
    let events = events.chain(end).map(move |event| {
        let _held = (&place, &listener);
        Ok::<_, Infallible>(event)
    });
    let mut response = Sse::new(events).keep_alive(KeepAlive::new().interval(hall.live.ping())).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // Proxies of this kind would else hold events back until they have many.
    headers.insert("x-accel-buffering", HeaderValue::from_static("no"));
    response
}

/// The answers; events end when the server stops, or with the reason where whoever listens may not any more. All else is
/// answered first.
fn until_the_end<E: Executes>(
    hall: Arc<Hall<E>>,
    checked: Checked,
    id: RequestId,
    resume: Option<Resume>,
    mut visitor: Visitor,
    caller: Caller,
) -> BoxStream<'static, Told> {
    let is_endless = checked.operation.operation_type == OperationType::Subscription;
    let answers = answers(hall.gate.clone(), checked, &caller.who, id, resume);
    if !is_endless {
        return answers;
    }
    let (tell, why) = oneshot::channel();
    let end = async move {
        tokio::select! {
            () = visitor.has_to_go() => {}
            // Where nobody hears it, nobody listens any more.
            refusal = hall.gate.porter.turned_away(&caller) => drop(tell.send(Told::from(refusal))),
        }
    };
    answers.take_until(end).chain(stream::once(why).filter_map(async |why| why.ok())).boxed()
}

fn accepts_events(headers: &HeaderMap) -> bool {
    let mut ranges = headers.get_all(header::ACCEPT).iter().flat_map(|accept| {
        let text = accept.to_str().unwrap_or_default().to_ascii_lowercase();
        text.split(',').map(|range| range.split(';').next().unwrap_or_default().trim().to_owned()).collect::<Vec<_>>()
    });
    !headers.contains_key(header::ACCEPT)
        || ranges.any(|range| matches!(range.as_str(), "text/event-stream" | "text/*" | "*/*"))
}

/// Before the stream has begun, a refusal is an answer as any other.
fn refused(refusal: &Refusal) -> HttpResponse {
    answer::refused_with(Media::GraphQl, refusal)
}
