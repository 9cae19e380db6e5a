//! The program over HTTP.

mod allowance;
mod answer;
mod asked;
mod body;
mod calendar;
mod charts;
mod code;
mod complete;
mod cookie;
mod document;
mod graphiql;
mod graphql;
mod guard;
mod health;
pub mod listen;
mod live;
pub(crate) mod metrics;
mod negotiate;
mod origin;
mod page;
mod papers;
mod patience;
mod places;
mod porter;
mod records;
mod request_id;
mod rights;
mod scan;
mod sheets;
mod sign_in;
mod slowing;
mod socket;
mod sse;
mod trusted;
mod undone;
mod visitor;

use std::{any::Any, sync::Arc};

use api::Feed;
use axum::{
    Router,
    http::{HeaderValue, StatusCode, header},
    middleware::{from_fn_with_state, map_response},
    response::Response,
    routing::get,
};
use briefing::Shelf;
use store::{Store, Surroundings, Who};
use tokio::sync::{Notify, Semaphore};
use tower_http::catch_panic::CatchPanicLayer;

use crate::{
    Settings, metrics::Metrics, pdf::Press, provider::Provider, settings::Live, telemetry::Telemetry, trail::Trail,
};
use allowance::Allowance;
use code::{Code, Refusal};
use document::Documents;
use graphql::{Executes, Gate};
use live::Hall;
use negotiate::Media;
use places::Places;
use porter::{Porter, admit, admit_staff};

#[cfg(feature = "otel")]
pub(crate) use request_id::RequestId;
pub use sign_in::FirstAdmin;

/// A query that answers on the sample reports.
pub const EXAMPLE: &str = "{ followUpActions(first: 3) { nodes { reference kind title status evidence { quote } } } }";

/// The whole program as a router: requests in, answers out. Whoever comes from this machine and says nothing else is signed
/// in as the account of `who`, where it has one.
pub fn app(settings: &Settings, store: Store, who: Who) -> Router {
    app_telling(settings, store, who, Around::default())
}

/// What a router shares with the work beside it.
#[derive(Clone, Default)]
pub struct Around {
    /// The books of the questions.
    pub shelf: Shelf,
    /// Is told after each mutation.
    pub written: Arc<Notify>,
    /// Wakes those who listen to events; [`crate::follow`] looks after it.
    pub feed: Feed,
    /// What is counted.
    pub metrics: Metrics,
    /// Where it is told how long things took.
    pub telemetry: Telemetry,
    /// Where it is told what was refused.
    pub trail: Trail,
    /// The link by which the first admin is made, where nobody can sign in yet.
    pub first_admin: Option<FirstAdmin>,
    /// The provider that people sign in with.
    pub provider: Option<Provider>,
}

/// The same, with what it shares.
pub fn app_telling(settings: &Settings, store: Store, who: Who, around: Around) -> Router {
    let counted = metrics::route(store.clone(), &around);
    let Around { shelf, written, feed, metrics, telemetry, trail, first_admin, provider } = around;
    trail.lead_to(store.clone());
    let doors = origin::Doors { loopback_only: settings.listen.ip().is_loopback() && !settings.allow_remote };
    let surroundings = store.surroundings().clone();
    let executor = api::schema(store.clone(), shelf.clone(), feed);
    let (public, secure) = (settings.sign_in.public, settings.sign_in.is_secure());
    let porter = Porter::new(Some(store.clone()), who.account_id, public, secure, trail.clone());
    let ways = sign_in::Ways { first_admin, provider };
    let sign_in = sign_in::routes(store.clone(), porter.clone(), ways, &settings.sign_in, trail.clone());
    let documents = Documents::of(<api::Schema as Executes>::schema(), settings.only_trusted_documents);
    let allowance = Allowance::of(settings.limits.cost_per_minute);
    let (limits, turns) = (settings.limits.clone(), Arc::new(Semaphore::new(settings.limits.operations)));
    let paid = allowance.clone();
    let spans = telemetry.clone();
    let gate = Gate {
        executor,
        documents,
        allowance,
        porter: porter.clone(),
        limits,
        turns,
        written,
        metrics,
        telemetry,
        trail,
    };
    let ready = Router::new().route("/readyz", get(health::readyz)).with_state(store.clone());
    let files = Router::new()
        .route("/answers/{file}", get(sheets::sheet))
        .route("/charts/{file}", get(charts::picture))
        .layer(from_fn_with_state(porter.clone(), admit_staff))
        // Its address is a secret of its own.
        .route("/calendar/{file}", get(calendar::calendar))
        .with_state((store.clone(), shelf.clone()));
    let press = Press::new(settings.limits.operation());
    let papers = Router::new()
        .route("/briefs/{file}", get(papers::brief))
        .route("/handovers/{file}", get(papers::handover))
        .route("/papers/{file}", get(papers::council_pack))
        .layer(from_fn_with_state(porter.clone(), admit_staff))
        .with_state(papers::Desk { store: store.clone(), shelf: shelf.clone(), press });
    let records = Router::new()
        .route("/popolo.json", get(records::popolo))
        .route("/lists/{file}", get(records::list))
        .layer(from_fn_with_state(porter.clone(), admit_staff))
        .with_state((store.clone(), paid));
    let iati = Router::new()
        .route("/iati/activities.xml", get(records::activities))
        .layer(from_fn_with_state(porter, admit))
        .with_state((store, settings.iati.clone()));
    let routes = asking(gate, &settings.live).merge(ready).merge(files).merge(papers).merge(records);
    let mut routes = routes.merge(iati).merge(sign_in);
    // Where the port is for this machine alone, so is what is counted; else it has a port of its own, or none.
    if doors.loopback_only && settings.metrics.is_beside() {
        routes = routes.merge(counted);
    }
    wrapped(routes, &spans, doors, surroundings)
}

fn asking<E: Executes>(gate: Gate<E>, live: &Live) -> Router {
    let (porter, gate) = (gate.porter.clone(), Arc::new(gate));
    let admitting = from_fn_with_state(porter, admit);
    let places = Places::new(live.clients, live.clients_per_address);
    let hall = Arc::new(Hall { gate: gate.clone(), live: live.clone(), places });
    let events = get(sse::get::<E>).post(sse::post::<E>).fallback(sse::other_method);
    let listening = Router::new()
        .route("/graphql/sse", events)
        .layer(admitting.clone())
        // Who it is may be said in the first message.
        .route("/graphql/ws", get(socket::upgrade::<E>))
        .with_state(hall);
    let graphql = get(graphql::get::<E>).post(graphql::post::<E>).fallback(graphql::other_method);
    Router::new()
        .route("/graphql", graphql)
        .layer(admitting)
        .route("/", get(page::index))
        .route("/page.css", get(page::style))
        .route("/page.js", get(page::script))
        .route("/graphiql", get(graphiql::page))
        .route("/graphiql/{file}", get(graphiql::file))
        .route("/schema.graphql", get(page::schema))
        .route("/livez", get(health::livez))
        .with_state(gate)
        .merge(listening)
}

/// What holds for every route, the outermost last.
fn wrapped(routes: Router, spans: &Telemetry, doors: origin::Doors, surroundings: Arc<dyn Surroundings>) -> Router {
    let guarded = routes
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn_with_state(doors, origin::keep))
        .layer(map_response(guarded));
    spans.around(guarded).layer(from_fn_with_state(surroundings, request_id::name))
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
