//! Asking the running program in GraphQL over HTTP, as clients do.

use axum::{
    body::Body,
    http::{Request, Response, StatusCode, header, request::Builder, response::Parts},
};
use serde_json::{Value, json};
use tower::ServiceExt;

use super::World;

/// More than any answer of a test.
const MOST: usize = 64 << 20;

impl World {
    /// Asks, and gives the data; an answer with errors fails the test.
    pub(crate) async fn ask(&self, query: &str, variables: Value) -> Value {
        let answer = self.answer(query, variables).await;
        assert!(answer.get("errors").is_none(), "{answer:#}\n{query}");
        answer["data"].clone()
    }

    /// Asks, and gives the one error there has to be, as its code and its message.
    pub(crate) async fn error(&self, query: &str, variables: Value) -> (String, String) {
        let answer = self.answer(query, variables).await;
        let errors = answer["errors"].as_array().unwrap_or_else(|| panic!("no error: {answer:#}")).clone();
        assert_eq!(errors.len(), 1, "{answer:#}");
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        (text(&errors[0]["extensions"]["code"]), text(&errors[0]["message"]))
    }

    /// Asks, and gives the whole answer.
    pub(crate) async fn answer(&self, query: &str, variables: Value) -> Value {
        let body = json!({ "query": query, "variables": variables }).to_string();
        let (status, answer) = self.post(body).await;
        assert!(answer.is_object(), "{status}: {answer}");
        answer
    }

    /// Hands in a body, whatever it is.
    pub(crate) async fn post(&self, body: impl Into<Body>) -> (StatusCode, Value) {
        let (status, text) = self.post_text(body).await;
        (status, serde_json::from_str(&text).unwrap_or(Value::Null))
    }

    /// Hands in a body, and gives the answer letter for letter.
    pub(crate) async fn post_text(&self, body: impl Into<Body>) -> (StatusCode, String) {
        let request = Request::post("/graphql").header(header::CONTENT_TYPE, "application/json");
        self.request(request, body.into()).await
    }

    /// Asks for what lies at an address.
    pub(crate) async fn get(&self, address: &str) -> (StatusCode, String) {
        self.request(Request::get(address), Body::empty()).await
    }

    /// Asks for the file at an address.
    pub(crate) async fn file(&self, address: &str) -> Vec<u8> {
        let (head, bytes) = self.bytes(Request::get(address), Body::empty()).await;
        assert_eq!(head.status, StatusCode::OK, "{address}");
        bytes
    }

    async fn request(&self, request: Builder, body: Body) -> (StatusCode, String) {
        let response = self.response(request, body).await;
        (response.status(), response.into_body())
    }

    /// The whole answer to a request, with its head.
    pub(crate) async fn response(&self, request: Builder, body: Body) -> Response<String> {
        let (head, bytes) = self.bytes(request, body).await;
        Response::from_parts(head, String::from_utf8(bytes).expect("UTF-8"))
    }

    async fn bytes(&self, request: Builder, body: Body) -> (Parts, Vec<u8>) {
        let signed = self
            .token
            .iter()
            .fold(request, |request, token| request.header(header::AUTHORIZATION, format!("Bearer {token}")));
        let request = signed.header(header::HOST, "localhost").body(body).expect("a request");
        let (head, body) = self.app.clone().oneshot(request).await.expect("an answer").into_parts();
        let bytes = axum::body::to_bytes(body, MOST).await.expect("a body");
        (head, bytes.into())
    }

    /// Hands in a report and gives the identifiers of the report and its reading.
    pub(crate) async fn ingest(&self, text: &str, published_on: &str) -> (Value, Value) {
        let handed_in = "mutation($input: IngestReportInput!) { ingestReport(input: $input) {
            report { id reading { id } } refusal { code message } } }";
        let input = json!({ "text": text, "publishedOn": published_on, "publisher": "Test news" });
        let data = self.ask(handed_in, json!({ "input": input })).await;
        let report = &data["ingestReport"]["report"];
        assert!(report.is_object(), "{data:#}");
        (report["id"].clone(), report["reading"]["id"].clone())
    }

    /// Accepts a whole reading and gives the payload.
    pub(crate) async fn accept(&self, reading: &Value) -> Value {
        let accepted = "mutation($id: ID!) { acceptReading(input: { readingId: $id }) {
            reading { state findings { kind state summary } } meetings { id }
            followUpActions { id reference kind version } tasks { id title state dueOn }
            refusal { code message field currentVersion } } }";
        self.ask(accepted, json!({ "id": reading })).await["acceptReading"].clone()
    }
}
