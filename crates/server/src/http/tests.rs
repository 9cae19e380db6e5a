//! Requests to a small schema, without a port.

use std::{
    sync::{
        Arc, LazyLock,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use apollo_compiler::{Schema as Typed, validation::Valid};
use async_graphql::{Context, EmptySubscription, Object, Request as Operation, Response as Executed, Schema};
use axum::{
    body::{Body, to_bytes},
    http::{Request, StatusCode, header},
    response::Response,
};
use futures_core::stream::BoxStream;
use serde_json::{Value, json};
use store::Who;
use tower::ServiceExt;

use super::{graphql::Executes, *};
use crate::{settings::Sources, surroundings::Machine};

struct Query;

#[Object]
impl Query {
    async fn two(&self) -> i32 {
        2
    }

    async fn again(&self) -> Query {
        Query
    }

    async fn request(&self, ctx: &Context<'_>) -> Option<String> {
        ctx.data_unchecked::<Who>().request_id.clone()
    }

    async fn panics(&self) -> i32 {
        Option::<i32>::default().expect("it was asked to panic")
    }

    async fn sleeps(&self) -> i32 {
        tokio::time::sleep(Duration::from_secs(60)).await;
        0
    }

    async fn fails(&self) -> async_graphql::Result<Option<i32>> {
        Err("é".repeat(600).into())
    }
}

struct Mutation;

#[Object]
impl Mutation {
    async fn writes(&self, ctx: &Context<'_>) -> bool {
        tokio::time::sleep(Duration::from_millis(300)).await;
        ctx.data_unchecked::<Arc<AtomicUsize>>().fetch_add(1, Ordering::SeqCst);
        true
    }
}

struct Small(Schema<Query, Mutation, EmptySubscription>);

impl Executes for Small {
    async fn execute(&self, request: Operation, who: Who) -> Executed {
        self.0.execute(request.data(who)).await
    }

    fn stream(&self, request: Operation, who: Who) -> BoxStream<'static, Executed> {
        self.0.execute_stream(request.data(who))
    }

    fn schema() -> &'static Valid<Typed> {
        static SMALL: LazyLock<Valid<Typed>> =
            LazyLock::new(|| graphql::typed(&Schema::new(Query, Mutation, EmptySubscription).sdl()));
        &SMALL
    }

    fn least(_: &str, _: &str) -> Option<vocab::Role> {
        None
    }
}

/// The router, and how often something was written.
fn small() -> (Router, Arc<AtomicUsize>) {
    let (gate, live, written) = small_gate(1_000);
    (routed(gate, &live), written)
}

/// What its handlers share, where a client may ask for so much in a minute.
fn small_gate(cost_per_minute: u32) -> (Gate<Small>, Live, Arc<AtomicUsize>) {
    let written = Arc::new(AtomicUsize::new(0));
    let schema = Schema::build(Query, Mutation, EmptySubscription).data(written.clone()).finish();
    let Settings { mut limits, live, .. } = Settings::load(&Sources::default()).expect("the defaults");
    limits.operation_seconds = 1;
    limits.body_bytes = 200_000;
    let gate = Gate {
        executor: Small(schema),
        documents: Documents::of(Small::schema(), false),
        allowance: Allowance::of(cost_per_minute),
        porter: Porter::new(None, None, true, false, Trail::default()),
        turns: Arc::new(Semaphore::new(1)),
        limits,
        written: Arc::default(),
        metrics: Default::default(),
        telemetry: Default::default(),
        trail: Trail::default(),
    };
    (gate, live, written)
}

fn routed(gate: Gate<Small>, live: &Live) -> Router {
    wrapped(asking(gate, live), &Telemetry::default(), origin::Doors { loopback_only: true }, Arc::new(Machine))
}

fn post(body: impl Into<Body>) -> Request<Body> {
    let request = Request::post("/graphql").header("host", "localhost").header("content-type", "application/json");
    request.header("accept", "application/graphql-response+json").body(body.into()).expect("a request")
}

fn query(document: &str) -> Request<Body> {
    post(json!({ "query": document }).to_string())
}

fn get(uri: &str) -> Request<Body> {
    Request::get(uri).header("host", "localhost").body(Body::empty()).expect("a request")
}

fn with(mut request: Request<Body>, name: &'static str, value: &str) -> Request<Body> {
    request.headers_mut().insert(name, value.parse().expect("a header"));
    request
}

async fn ask(request: Request<Body>) -> (Response<()>, Value) {
    let (head, body) = small().0.oneshot(request).await.expect("an answer").into_parts();
    let bytes = to_bytes(body, usize::MAX).await.expect("a body");
    (Response::from_parts(head, ()), serde_json::from_slice(&bytes).unwrap_or(Value::Null))
}

/// Asks, and checks status and code; every error is of the closed list.
async fn refused(request: Request<Body>, status: u16, code: &str) -> Response<()> {
    let shown = format!("{} {}", request.method(), request.uri());
    let (head, body) = ask(request).await;
    assert_eq!(
        (head.status().as_u16(), body["errors"][0]["extensions"]["code"].as_str()),
        (status, Some(code)),
        "{shown}: {body}"
    );
    assert!(body.get("data").is_none(), "{shown}: {body}");
    head
}

#[tokio::test]
async fn a_query_is_answered_by_post_and_by_get() {
    let (head, body) = ask(query("{ two }")).await;
    assert_eq!(head.headers()[header::CONTENT_TYPE], "application/graphql-response+json; charset=utf-8");
    assert_eq!(
        (head.status(), body),
        (StatusCode::OK, json!({"data": {"two": 2}, "extensions": {"cost": {"requested": 1, "most": 100_000}}}))
    );
    let (head, body) = ask(get("/graphql?query=%7Btwo%7D")).await;
    assert_eq!(head.headers()[header::CONTENT_TYPE], "application/json; charset=utf-8");
    assert_eq!(
        (head.status(), body),
        (StatusCode::OK, json!({"data": {"two": 2}, "extensions": {"cost": {"requested": 1, "most": 100_000}}}))
    );
}

#[tokio::test]
async fn what_changes_something_is_not_done_by_get() {
    let (app, written) = small();
    let uri = "/graphql?query=mutation%7Bwrites%7D";
    let answer = app.oneshot(get(uri)).await.expect("an answer");
    assert_eq!((answer.status(), written.load(Ordering::SeqCst)), (StatusCode::METHOD_NOT_ALLOWED, 0));
    assert_eq!(refused(get(uri), 405, "BAD_USER_INPUT").await.headers()[header::ALLOW], "POST");
    let other = Request::put("/graphql").header("host", "localhost").body(Body::empty()).expect("a request");
    assert_eq!(refused(other, 405, "BAD_USER_INPUT").await.headers()[header::ALLOW], "GET, POST");
}

#[tokio::test]
async fn a_request_that_is_not_well_put_together_says_why() {
    refused(post("{"), 400, "BAD_USER_INPUT").await;
    refused(post("{}"), 400, "BAD_USER_INPUT").await;
    refused(get("/graphql?operationName=A"), 400, "BAD_USER_INPUT").await;
    refused(with(query("{ two }"), "content-type", "text/plain"), 415, "BAD_USER_INPUT").await;
    refused(with(query("{ two }"), "accept", "text/csv"), 406, "BAD_USER_INPUT").await;
    refused(post(" ".repeat(200_001)), 413, "OPERATION_LIMIT").await;
    let chunks = (0..30).map(|_| Ok::<_, std::io::Error>(vec![b' '; 10_000]));
    refused(post(Body::from_stream(futures_util::stream::iter(chunks))), 413, "OPERATION_LIMIT").await;
}

#[tokio::test]
async fn a_document_at_fault_has_the_status_of_its_media_type() {
    let cases = [
        ("{ two", "GRAPHQL_PARSE_FAILED"),
        ("{ three }", "GRAPHQL_VALIDATION_FAILED"),
        ("{ ...A } fragment A on Query { ...A }", "GRAPHQL_VALIDATION_FAILED"),
        ("query A { two } query B { two }", "GRAPHQL_VALIDATION_FAILED"),
    ];
    for (document, code) in cases {
        refused(query(document), 400, code).await;
        refused(with(query(document), "accept", "application/json"), 200, code).await;
    }
}

#[tokio::test]
async fn a_field_that_fails_leaves_the_others_and_a_short_message() {
    let (head, body) = ask(query("{ two fails }")).await;
    assert_eq!((head.status(), &body["data"]), (StatusCode::OK, &json!({ "two": 2, "fails": null })));
    assert_eq!(body["errors"][0]["message"].as_str().map(|message| message.chars().count()), Some(500));
    assert_eq!(body["errors"][0]["extensions"]["code"], "BAD_USER_INPUT");
}

#[tokio::test]
async fn a_panic_and_an_endless_operation_are_answered() {
    let head = refused(query("{ panics }"), 500, "INTERNAL_SERVER_ERROR").await;
    assert!(head.headers().contains_key("x-request-id"));
    refused(query("{ sleeps }"), 504, "TIMEOUT").await;
}

#[tokio::test]
async fn what_is_asked_waits_for_its_turn_and_not_for_ever() {
    let (gate, live, _) = small_gate(1_000);
    let turns = gate.turns.clone();
    let app = routed(gate, &live);
    let status = async || app.clone().oneshot(query("{ two }")).await.expect("an answer").status();
    let taken = turns.acquire().await.expect("a turn");
    assert_eq!(status().await, StatusCode::SERVICE_UNAVAILABLE);
    drop(taken);
    assert_eq!(status().await, StatusCode::OK);
}

#[tokio::test]
async fn a_client_that_leaves_cancels_nothing() {
    let (app, written) = small();
    let request = app.oneshot(query("mutation { writes }"));
    assert!(tokio::time::timeout(Duration::from_millis(100), request).await.is_err(), "it left in time");
    assert_eq!(written.load(Ordering::SeqCst), 0);
    tokio::time::sleep(Duration::from_millis(500)).await;
    assert_eq!(written.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn a_request_has_one_name_everywhere() {
    let (head, body) = ask(with(query("{ request }"), "x-request-id", "desk-7")).await;
    assert_eq!(
        (&head.headers()["x-request-id"], &body["data"]["request"]),
        (&"desk-7".parse().expect("a header"), &json!("desk-7"))
    );
    let (head, body) = ask(with(query("{ request }"), "x-request-id", "two words")).await;
    let given = head.headers()["x-request-id"].to_str().expect("text");
    assert_eq!((given.len(), body["data"]["request"].as_str()), (36, Some(given)));
}

#[tokio::test]
async fn pages_of_other_origins_are_turned_away() {
    refused(with(query("{ two }"), "host", "rebound.example:8000"), 403, "FORBIDDEN").await;
    refused(with(query("{ two }"), "origin", "https://other.example"), 403, "FORBIDDEN").await;
    refused(with(get("/graphql?query=%7Btwo%7D"), "sec-fetch-site", "cross-site"), 403, "FORBIDDEN").await;
    assert_eq!(ask(with(query("{ two }"), "origin", "http://localhost")).await.0.status(), StatusCode::OK);
}

#[tokio::test]
async fn somebody_with_a_browser_finds_the_page() {
    let (head, _) = ask(with(get("/graphql"), "accept", "text/html,*/*;q=0.8")).await;
    assert_eq!(
        (head.status(), &head.headers()[header::LOCATION]),
        (StatusCode::SEE_OTHER, &"/".parse().expect("a header"))
    );
    for uri in ["/", "/page.css", "/page.js", "/schema.graphql", "/livez"] {
        let (head, _) = ask(get(uri)).await;
        assert_eq!(
            (head.status(), &head.headers()[header::X_CONTENT_TYPE_OPTIONS]),
            (StatusCode::OK, &"nosniff".parse().expect("a header")),
            "{uri}"
        );
    }
}

#[tokio::test]
async fn what_asks_for_too_much_is_refused_before_it_is_validated() {
    let doubling: String = (0..40).map(|n| format!("fragment F{n} on Query {{ ...F{0} ...F{0} }} ", n + 1)).collect();
    let chain: String = (0..4_000).map(|n| format!("fragment F{n} on Query{{...F{}}}", n + 1)).collect();
    let aliases: String = (0..31).map(|n| format!("a{n}: two ")).collect();
    for document in [
        format!("{{ ...F0 }} {doubling} fragment F40 on Query {{ two }}"),
        format!("{{...F0}}{chain}fragment F4000 on Query{{two}}"),
        format!("{}two{}", "{ again ".repeat(49) + "{", "}".repeat(50)),
        "{ again ".repeat(20_000),
        format!("{{ {aliases} }}"),
        format!("{{ {} }}", "two ".repeat(21)),
        format!("{{ again {{ {} }} }}", "two ".repeat(2_000)),
    ] {
        let begun = tokio::time::Instant::now();
        refused(query(&document), 400, "OPERATION_LIMIT").await;
        assert!(begun.elapsed() < Duration::from_millis(500), "{:?} for {}", begun.elapsed(), &document[..30]);
    }
}

#[tokio::test]
async fn a_document_is_asked_for_by_its_hash_once_it_was_sent() {
    let hash: String = document::sha256("{ two }").iter().map(|byte| format!("{byte:02x}")).collect();
    let extensions = json!({ "persistedQuery": { "version": 1, "sha256Hash": hash } });
    let (app, _) = small();
    let asked = async |body: Value| {
        let answer = app.clone().oneshot(post(body.to_string())).await.expect("an answer");
        let (head, body) = answer.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.expect("a body");
        (head.status, serde_json::from_slice::<Value>(&bytes).expect("JSON"))
    };
    let (_, missed) = asked(json!({ "extensions": extensions })).await;
    assert_eq!(missed["errors"][0]["message"], "PersistedQueryNotFound");
    assert_eq!(missed["errors"][0]["extensions"]["code"], "PERSISTED_QUERY_NOT_FOUND");
    let (status, wrong) = asked(json!({ "query": "{ again { two } }", "extensions": extensions })).await;
    assert_eq!(
        (status, &wrong["errors"][0]["extensions"]["code"]),
        (StatusCode::BAD_REQUEST, &json!("BAD_USER_INPUT"))
    );
    for body in [json!({ "query": "{ two }", "extensions": extensions }), json!({ "extensions": extensions })] {
        assert_eq!(asked(body).await.1["data"], json!({ "two": 2 }));
    }
}

#[tokio::test]
async fn everything_that_does_not_fit_the_schema_is_told_with_its_place() {
    let (_, body) = ask(query("{ three\n  four(x: 1) }")).await;
    let places: Vec<_> =
        body["errors"].as_array().expect("errors").iter().map(|error| &error["locations"][0]).collect();
    assert_eq!(places, [&json!({ "line": 1, "column": 3 }), &json!({ "line": 2, "column": 3 })], "{body}");
    let long = format!("{{ {} }}", "three ".repeat(19));
    assert_eq!(ask(query(&long)).await.1["errors"].as_array().map(Vec::len), Some(19));
}

#[tokio::test]
async fn a_client_hears_what_it_has_left_and_when_it_was_too_much() {
    let (gate, live, _) = small_gate(2);
    let app = routed(gate, &live);
    let mut heard = Vec::new();
    for _ in 0..3 {
        let answer = app.clone().oneshot(query("{ two }")).await.expect("an answer");
        let left = answer.headers()["ratelimit"].to_str().expect("text").to_owned();
        heard.push((answer.status().as_u16(), left, answer.headers().contains_key(header::RETRY_AFTER)));
    }
    let expected = [(200, 1, false), (200, 0, false), (429, 0, true)];
    assert_eq!(heard, expected.map(|(status, left, wait)| (status, format!("\"cost\";r={left}"), wait)));
}
/// Whether it was bundled or not: it is there whole, or says what to do.
#[tokio::test]
async fn graphiql_is_there_whole_or_says_how_it_is_had() {
    let status = async |uri: &str| ask(get(uri)).await.0.status();
    let page = status("/graphiql").await;
    assert!([StatusCode::OK, StatusCode::NOT_FOUND].contains(&page));
    assert_eq!((status("/graphiql/graphiql.js").await, status("/graphiql/graphiql.css").await), (page, page));
    assert_eq!(status("/graphiql/index.html").await, StatusCode::NOT_FOUND);
}
