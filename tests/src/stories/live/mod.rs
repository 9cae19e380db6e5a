//! What is told as it happens: over sockets and streams of the running program, on a port of its own.

mod client;
mod events;
mod going_on;
mod leaving;
mod limits;
mod servers;
mod sockets;
mod streams;

use std::{net::SocketAddr, time::Duration};

use entente::{Settings, background::Background, follow, http::Around, settings::Sources};
use serde_json::{Value, json};
use store::Store;
use tokio::{net::TcpListener, task::JoinHandle, time::timeout};

use crate::world::World;
use client::Client;

pub(super) use streams::first_told;

/// Longer than anything here takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// Waits for something that is to come.
async fn soon<T>(what: &str, coming: impl Future<Output = T>) -> T {
    timeout(PATIENCE, coming).await.unwrap_or_else(|_| panic!("in vain: {what}"))
}

/// A server on a port, which follows the history.
struct Server {
    address: SocketAddr,
    follower: Background,
    serving: JoinHandle<()>,
}

impl Server {
    /// As it is by default.
    async fn open(world: &World) -> Self {
        Self::set(world, world.store.clone(), &[]).await
    }

    /// With some settings set, over a store.
    async fn set(world: &World, store: Store, set: &[(&str, &str)]) -> Self {
        let patient = [("ENTENTE_LIMITS_OPERATION_SECONDS", "120")];
        let variables =
            patient.iter().chain(set).map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
        let settings = Settings::load(&Sources { variables, ..Sources::default() }).expect("the settings");
        let around = Around::default();
        let app = entente::http::app_telling(&settings, store.clone(), world.who.clone(), around.clone());
        let follower = follow::begin(store, around.feed, settings.live.wake());
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let serving = tokio::spawn(async move { axum::serve(listener, app).await.expect("it serves") });
        Self { address, follower, serving }
    }

    /// A client whose socket is acknowledged.
    async fn client(&self) -> Client {
        let mut client = Client::connect(self.address).await;
        client.say(&json!({ "type": "connection_init" })).await;
        assert_eq!(client.hear().await, json!({ "type": "connection_ack" }));
        client
    }

    async fn close(self) {
        self.serving.abort();
        self.follower.stop(PATIENCE).await;
    }
}

/// Where the events stand.
async fn cursor(world: &World) -> Value {
    world.ask("{ eventCursor }", json!({})).await["eventCursor"].clone()
}

/// Makes an action with a title, of a state, and gives its identifier.
async fn action(world: &World, title: &str, state: Option<&Value>) -> Value {
    let input = json!({ "kind": "COMMITMENT", "title": title, "actorSide": "OURS", "strength": "PROMISED",
        "stateId": state, "areas": ["water-management"] });
    let make = "mutation($input: CreateFollowUpActionInput!) { createFollowUpAction(input: $input) {
        followUpAction { id } refusal { message } } }";
    let made = world.ask(make, json!({ "input": input })).await;
    let id = made["createFollowUpAction"]["followUpAction"]["id"].clone();
    assert!(id.is_string(), "{made}");
    id
}

/// Gives an action another title.
async fn rename(world: &World, action: &Value, title: &str) {
    let rename = "mutation($input: ReviseFollowUpActionInput!) { reviseFollowUpAction(input: $input) {
        refusal { message } } }";
    let renamed = world.ask(rename, json!({ "input": { "actionId": action, "title": title } })).await;
    assert!(renamed["reviseFollowUpAction"]["refusal"].is_null(), "{renamed}");
}

/// The changes of actions.
const CHANGES: &str = "subscription($after: String, $filter: FollowUpActionEventFilter) {
    followUpActionChanged(after: $after, filter: $filter) {
        cursor at kind parts account { name } followUpAction { id title } } }";
