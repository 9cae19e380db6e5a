//! The program over HTTP.

pub mod allowance;
mod answer;
mod asked;
mod calendar;
mod charts;
mod code;
mod complete;
mod document;
mod graphiql;
mod graphql;
mod guard;
mod health;
pub mod listen;
mod negotiate;
mod origin;
mod page;
mod records;
mod request_id;
mod scan;
mod sheets;
mod trusted;

use std::{any::Any, sync::Arc};

use axum::{
    Router,
    http::{HeaderValue, StatusCode, header},
    middleware::{from_fn_with_state, map_response},
    response::Response,
    routing::get,
};
use briefing::Shelf;
use store::{Store, Surroundings, Who};
use tokio::sync::Notify;
use tower_http::catch_panic::CatchPanicLayer;

use crate::Settings;
use allowance::Allowance;
use code::{Code, Refusal};
use document::Documents;
use graphql::{Executes, Gate};
use negotiate::Media;

/// A query that answers on the sample reports.
pub const EXAMPLE: &str = "{ followUpActions(first: 3) { nodes { reference kind title status evidence { quote } } } }";

/// The whole program as a router: requests in, answers out. Unsigned requests act on behalf of `who`.
pub fn app(settings: &Settings, store: Store, who: Who) -> Router {
    app_telling(settings, store, who, Shelf::default(), Arc::default())
}

/// The same, over the books of a shelf that others may share, which tells `written` after each mutation.
pub fn app_telling(settings: &Settings, store: Store, who: Who, shelf: Shelf, written: Arc<Notify>) -> Router {
    let doors = origin::Doors { loopback_only: settings.listen.ip().is_loopback() && !settings.allow_remote };
    let surroundings = store.surroundings().clone();
    let executor = api::schema(store.clone(), shelf.clone());
    let documents = Documents::of(<api::Schema as Executes>::schema(), settings.only_trusted_documents);
    let allowance = Allowance::of(settings.limits.cost_per_minute);
    let gate = Gate { executor, documents, allowance, who, limits: settings.limits.clone(), written };
    let ready = Router::new().route("/readyz", get(health::readyz)).with_state(store.clone());
    let files = Router::new()
        .route("/answers/{file}", get(sheets::sheet))
        .route("/calendar/{file}", get(calendar::calendar))
        .route("/charts/{file}", get(charts::picture))
        .with_state((store.clone(), shelf.clone()));
    let records = Router::new()
        .route("/popolo.json", get(records::popolo))
        .route("/lists/{file}", get(records::list))
        .with_state(store.clone());
    let iati = Router::new()
        .route("/iati/activities.xml", get(records::activities))
        .with_state((store, settings.iati.clone()));
    wrapped(asking(gate).merge(ready).merge(files).merge(records).merge(iati), doors, surroundings)
}

fn asking<E: Executes>(gate: Gate<E>) -> Router {
    let graphql = get(graphql::get::<E>).post(graphql::post::<E>).fallback(graphql::other_method);
    Router::new()
        .route("/", get(page::index))
        .route("/page.css", get(page::style))
        .route("/page.js", get(page::script))
        .route("/graphiql", get(graphiql::page))
        .route("/graphiql/{file}", get(graphiql::file))
        .route("/graphql", graphql)
        .route("/schema.graphql", get(page::schema))
        .route("/livez", get(health::livez))
        .with_state(Arc::new(gate))
}

/// What holds for every route, the outermost last.
fn wrapped(routes: Router, doors: origin::Doors, surroundings: Arc<dyn Surroundings>) -> Router {
    routes
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn_with_state(doors, origin::keep))
        .layer(map_response(guarded))
        .layer(from_fn_with_state(surroundings, request_id::name))
}

/// A panic outside of an operation, which has its own answer.
fn panicked(_: Box<dyn Any + Send + 'static>) -> Response {
    tracing::error!("a request ended in a panic");
    let refusal = Refusal::request(StatusCode::INTERNAL_SERVER_ERROR, Code::Internal, answer::INTERNAL);
    answer::refused_with(Media::Json, &refusal)
}

/// Browsers are not to guess what an answer is.
async fn guarded(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    response
}

#[cfg(test)]
mod tests;
