//! Server-sent events.

use std::collections::BTreeMap;

use axum::{
    body::{Body, BodyDataStream},
    http::{Request, StatusCode, header, request::Builder, response::Parts},
};
use entente::{background::Background, follow, http::Around, settings::Sources};
use futures_util::StreamExt;
use serde_json::{Value, json};
use tower::ServiceExt;

use super::{CHANGES, PATIENCE, action, cursor, rename, soon};
use crate::world::{World, stories};

/// The world with a program that follows the history.
fn following(world: &World) -> (World, Background) {
    let settings = entente::Settings::load(&Sources::default()).expect("the settings");
    let around = Around::default();
    let app = entente::http::app_telling(&settings, world.store.clone(), world.who.clone(), around.clone());
    let follower = follow::begin(world.store.clone(), around.feed, settings.live.wake());
    (world.with_app(app), follower)
}

/// A stream of events, as it comes in.
struct Stream {
    body: BodyDataStream,
    read: String,
}

/// An event: its fields by name.
type Event = BTreeMap<String, String>;

impl Stream {
    async fn next(&mut self) -> Option<Event> {
        loop {
            if let Some((event, rest)) = self.read.split_once("\n\n") {
                let fields = event.lines().filter_map(|line| line.split_once(':'));
                let event: Event =
                    fields.map(|(name, value)| (name.to_owned(), value.trim_start().to_owned())).collect();
                self.read = rest.to_owned();
                return Some(event);
            }
            let bytes = soon("an event", self.body.next()).await?.expect("bytes");
            self.read.push_str(std::str::from_utf8(&bytes).expect("UTF-8"));
        }
    }

    /// The next event that holds a change of an action: its id, and the title.
    async fn change(&mut self) -> (String, String) {
        let event = self.next().await.expect("an event");
        assert_eq!(event["event"], "next");
        let answer: Value = serde_json::from_str(&event["data"]).expect("JSON");
        let change = &answer["data"]["followUpActionChanged"];
        assert_eq!(change["cursor"], event["id"].as_str());
        (event["id"].clone(), change["followUpAction"]["title"].as_str().expect("a title").to_owned())
    }
}

async fn open(world: &World, request: Builder, body: Body) -> (Parts, Stream) {
    let request = request.header(header::HOST, "localhost").body(body).expect("a request");
    let (head, body) = world.app.clone().oneshot(request).await.expect("an answer").into_parts();
    (head, Stream { body: body.into_data_stream(), read: String::new() })
}

fn post() -> Builder {
    Request::post("/graphql/sse")
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::ACCEPT, "text/event-stream")
}

fn asked(query: &str, variables: &Value) -> Body {
    json!({ "query": query, "variables": variables }).to_string().into()
}

/// What a subscription tells first.
pub(crate) async fn first_told(world: &World, subscription: &str, variables: &Value) -> Value {
    let (_, mut stream) = open(world, post(), asked(subscription, variables)).await;
    let told: Value = serde_json::from_str(&stream.next().await.expect("an event")["data"]).expect("JSON");
    assert!(told.get("errors").is_none(), "{told:#}");
    told["data"].clone()
}

stories! {
    /// Events come as they happen, each with its cursor as its id; a browser that was cut off goes on by it, whatever the
    /// URL says of where it first began.
    async fn a_stream_goes_on_behind_the_last_event_that_came(world: &World) {
        let (world, follower) = following(world);
        let world = &world;
        let start = cursor(world).await;
        let (head, mut stream) = open(world, post(), asked(CHANGES, &json!({ "after": start }))).await;
        assert_eq!(head.status, StatusCode::OK);
        assert_eq!(head.headers[header::CONTENT_TYPE], "text/event-stream");
        assert_eq!(head.headers[header::CACHE_CONTROL], "no-store");
        let id = action(world, "one", None).await;
        let (first, title) = stream.change().await;
        assert_eq!(title, "one");
        drop(stream);
        for title in ["two", "three"] {
            rename(world, &id, title).await;
        }
        let encoded = |text: &str| text.bytes().map(|byte| format!("%{byte:02X}")).collect::<String>();
        let uri = format!(
            "/graphql/sse?query={}&variables={}",
            encoded(CHANGES),
            encoded(&json!({ "after": start }).to_string())
        );
        let request = || Request::get(&uri).header(header::ACCEPT, "text/event-stream");
        let (_, mut again) = open(world, request().header("last-event-id", &first), Body::empty()).await;
        // As the action is now.
        assert_eq!([again.change().await.1, again.change().await.1], ["three", "three"]);
        let (_, mut from_the_beginning) = open(world, request(), Body::empty()).await;
        assert_eq!(from_the_beginning.change().await.0, first);
        follower.stop(PATIENCE).await;
    }

    /// A query and a mutation are one event each; what is refused is told with its code, and never leaves anybody waiting.
    async fn a_stream_ends_where_there_is_nothing_more_to_come(world: &World) {
        let write = "mutation { createFollowUpAction(input: { kind: PLAN, title: \"by stream\", actorSide: OURS, \
                     strength: PROPOSED }) { followUpAction { title } } }";
        for (document, data) in [
            ("{ __typename }", json!({ "__typename": "Query" })),
            (write, json!({ "createFollowUpAction": { "followUpAction": { "title": "by stream" } } })),
        ] {
            let (_, mut stream) = open(world, post(), asked(document, &json!({}))).await;
            let next = stream.next().await.expect("an answer");
            assert_eq!(serde_json::from_str::<Value>(&next["data"]).expect("JSON")["data"], data);
            assert_eq!(stream.next().await.expect("the end")["event"], "complete");
            assert_eq!(stream.next().await, None);
        }
        let (_, mut stream) = open(world, post(), asked(CHANGES, &json!({ "after": "garbage" }))).await;
        let refused = stream.next().await.expect("an answer");
        assert!(refused["data"].contains("BAD_USER_INPUT"), "{refused:?}");
        assert_eq!(stream.next().await.expect("the end")["event"], "complete");
    }

    /// Before a stream has begun, what cannot be is answered as anywhere else.
    async fn what_cannot_be_streamed_is_refused_with_its_status(world: &World) {
        let get = |uri: &str| Request::get(uri).header(header::ACCEPT, "text/event-stream");
        let typename = || asked("{ __typename }", &json!({}));
        let plain = Request::post("/graphql/sse").header(header::CONTENT_TYPE, "text/plain");
        let json = || Request::post("/graphql/sse").header(header::CONTENT_TYPE, "application/json");
        let cases = [
            (plain, typename(), 415, "BAD_USER_INPUT"),
            (json().header(header::ACCEPT, "application/json"), typename(), 406, "BAD_USER_INPUT"),
            (post(), "{".into(), 400, "BAD_USER_INPUT"),
            (post(), asked("{ two", &json!({})), 400, "GRAPHQL_PARSE_FAILED"),
            (post(), asked(&"{ a ".repeat(60), &json!({})), 400, "OPERATION_LIMIT"),
            (post().header(header::ORIGIN, "https://other.example"), typename(), 403, "FORBIDDEN"),
            (get("/graphql/sse?query=mutation%7BcompleteTask(input:%7BtaskId:%22x%22%7D)%7Brefusal%7Bcode%7D%7D%7D"), Body::empty(), 405, "BAD_USER_INPUT"),
            (Request::put("/graphql/sse"), Body::empty(), 405, "BAD_USER_INPUT"),
        ];
        for (request, body, status, code) in cases {
            let response = world.response(request, body).await;
            assert_eq!(response.status(), status, "{}", response.body());
            assert!(response.body().contains(code), "{}", response.body());
        }
        let (status, answer) = world.post(asked(CHANGES, &json!({}))).await;
        assert_eq!(status, 400);
        assert!(answer.to_string().contains("/graphql/ws"), "{answer}");
    }
}
