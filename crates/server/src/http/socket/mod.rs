//! GraphQL over WebSocket, in the protocol graphql-transport-ws: many operations on one connection, each by an id that the
//! client gives.

mod message;
mod operation;
mod session;

use std::sync::Arc;

use axum::{
    Extension,
    extract::{
        State,
        ws::{WebSocketUpgrade, rejection::WebSocketUpgradeRejection},
    },
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::Response as HttpResponse,
};

use super::{
    answer,
    code::{Code, Refusal},
    graphql::Executes,
    live::Hall,
    negotiate::Media,
    request_id::RequestId,
    visitor::Visitor,
};
use session::Session;

/// What both sides have to speak.
const PROTOCOL: &str = "graphql-transport-ws";
/// Bytes that are kept ready for what comes in on each socket; a longer message takes what it needs.
const READ_AHEAD: usize = 8 * 1024;

/// `GET /graphql/ws`
pub async fn upgrade<E: Executes>(
    State(hall): State<Arc<Hall<E>>>,
    Extension(id): Extension<RequestId>,
    visitor: Option<Extension<Visitor>>,
    headers: HeaderMap,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> HttpResponse {
    let visitor = visitor.map(|Extension(visitor)| visitor).unwrap_or_default();
    let Ok(upgrade) = upgrade.map(|upgrade| upgrade.protocols([PROTOCOL])) else { return no_socket() };
    if upgrade.selected_protocol().is_none() {
        return refused(&Refusal::malformed(format!("the subprotocol {PROTOCOL} is spoken here, and no other")));
    }
    // Whoever cannot set heads brings a token in the first message.
    let caller = match hall.gate.porter.caller(&headers, visitor.address).await {
        Ok(caller) => Some(caller),
        Err(_) if !headers.contains_key(header::AUTHORIZATION) => None,
        Err(refusal) => return refused(&refusal),
    };
    let place = match hall.places.take(visitor.address) {
        Ok(place) => place,
        Err(refusal) => return refused(&refusal),
    };
    let most = hall.live.message_bytes;
    let upgrade = upgrade.max_message_size(most).max_frame_size(most).read_buffer_size(READ_AHEAD);
    let listener = hall.gate.metrics.listening("socket");
    upgrade.on_upgrade(async move |socket| {
        Session::new(hall, id, caller, visitor.address, socket).run(visitor).await;
        drop((place, listener));
    })
}

fn no_socket() -> HttpResponse {
    let message = format!("this address is for WebSockets that speak {PROTOCOL}; other forms are served at /graphql");
    let mut response = refused(&Refusal::request(StatusCode::UPGRADE_REQUIRED, Code::BadUserInput, message));
    response.headers_mut().insert(header::UPGRADE, HeaderValue::from_static("websocket"));
    response
}

fn refused(refusal: &Refusal) -> HttpResponse {
    answer::refused_with(Media::Json, refusal)
}
