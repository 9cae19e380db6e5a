//! What a client asks: the parameters of a GraphQL request, from a body or from a URL.

use std::collections::HashMap;

use async_graphql::{Request, Variables};
use axum::{extract::Query, http::Uri};
use serde_json::{Map, Value};

use super::{
    code::{Code, Refusal},
    scan,
};
use crate::settings::Limits;

/// The parameters of a request.
#[derive(Debug, Default)]
pub struct Asked {
    /// The document.
    pub query: String,
    /// Which of its operations.
    pub operation_name: Option<String>,
    /// The values of its variables.
    pub variables: Option<Value>,
}

impl Asked {
    /// From the body of a POST.
    ///
    /// # Errors
    /// Where it is no JSON object with a document, or nests too deep.
    pub fn from_body(bytes: &[u8], limits: &Limits) -> Result<Self, Refusal> {
        // Two levels more: the body itself and its variables.
        scan::json(bytes, limits.nesting + 2, limits.values)?;
        match serde_json::from_slice(bytes) {
            Ok(Value::Object(parameters)) => Self::from_parameters(parameters),
            Ok(Value::Array(_)) => Err(Refusal::malformed("batches are not served: send one operation per request")),
            Ok(_) => Err(Refusal::malformed("the body is no JSON object")),
            Err(fault) => Err(Refusal::malformed(format!("the body is no JSON: {fault}"))),
        }
    }

    /// From the URL of a GET.
    ///
    /// # Errors
    /// Where it holds no document, or variables that are no JSON object.
    pub fn from_uri(uri: &Uri, limits: &Limits) -> Result<Self, Refusal> {
        let unreadable = |_| Refusal::malformed("the query string of the URL cannot be read");
        let Query(texts) = Query::<HashMap<String, String>>::try_from_uri(uri).map_err(unreadable)?;
        let mut parameters = Map::new();
        for (name, text) in texts {
            let value = match name.as_str() {
                "query" | "operationName" => Value::String(text),
                "variables" | "extensions" => {
                    scan::json(text.as_bytes(), limits.nesting + 1, limits.values)?;
                    let fault = |fault| Refusal::malformed(format!("{name} in the URL is no JSON: {fault}"));
                    serde_json::from_str(&text).map_err(fault)?
                }
                _ => continue,
            };
            parameters.insert(name, value);
        }
        Self::from_parameters(parameters)
    }

    /// From the parameters themselves, which hold no more than may be read.
    ///
    /// # Errors
    /// Where one is missing or no such thing.
    pub fn from_parameters(mut parameters: Map<String, Value>) -> Result<Self, Refusal> {
        let mut taken = |name: &str| parameters.remove(name).filter(|value| !value.is_null());
        let operation_name = match taken("operationName") {
            None => None,
            Some(Value::String(name)) => Some(name),
            Some(_) => return Err(Refusal::malformed("operationName is no string")),
        };
        let variables = object("variables", taken("variables"))?;
        let extensions = object("extensions", taken("extensions"))?;
        let query = match taken("query") {
            Some(Value::String(query)) => query,
            Some(_) => return Err(Refusal::malformed("query is no string")),
            // Clients that try a stored document first send it in full when they hear this.
            None if extensions.is_some_and(|extensions| extensions.get("persistedQuery").is_some()) => {
                return Err(Refusal::malformed("PersistedQueryNotSupported"));
            }
            None => return Err(Refusal::malformed("query is missing")),
        };
        Ok(Self { query, operation_name, variables })
    }

    /// As async-graphql takes it, not yet parsed.
    pub fn into_request(self) -> Request {
        let mut request = Request::new(self.query);
        request.operation_name = self.operation_name;
        request.variables = self.variables.map(Variables::from_json).unwrap_or_default();
        request
    }
}

fn object(name: &str, value: Option<Value>) -> Result<Option<Value>, Refusal> {
    match value {
        None | Some(Value::Object(_)) => Ok(value),
        Some(_) => Err(Refusal::malformed(format!("{name} is no JSON object"))),
    }
}

/// Parses a document that is neither too deep nor too long.
///
/// # Errors
/// Where it is no GraphQL, with the place.
pub fn parsed(query: &str, limits: &Limits) -> Result<async_graphql::parser::types::ExecutableDocument, Refusal> {
    scan::document(query, limits.nesting, limits.tokens)?;
    async_graphql::parser::parse_query(query).map_err(|fault| {
        let place = fault.positions().next();
        let refusal = Refusal::document(Code::ParseFailed, first_line(&fault.to_string()));
        place.map_or(refusal.clone(), |place| refusal.at(place.line, place.column))
    })
}

/// The parser shows the line of the document and what it expected; for clients the last is enough.
fn first_line(message: &str) -> String {
    match message.rsplit_once("= ") {
        Some((_, expected)) => format!("syntax error: {}", expected.trim()),
        None => message.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limits() -> Limits {
        crate::Settings::load(&crate::settings::Sources::default()).expect("the defaults").limits
    }

    #[test]
    fn what_is_no_request_is_refused_with_a_reason() {
        let cases = [
            ("", "the body is no JSON: EOF while parsing a value at line 1 column 0"),
            ("[]", "batches are not served: send one operation per request"),
            ("\"x\"", "the body is no JSON object"),
            ("{}", "query is missing"),
            (r#"{"query": null}"#, "query is missing"),
            (r#"{"query": 1}"#, "query is no string"),
            (r#"{"query": "{a}", "variables": []}"#, "variables is no JSON object"),
            (r#"{"query": "{a}", "operationName": {}}"#, "operationName is no string"),
            (r#"{"query": "{a}", "extensions": 0}"#, "extensions is no JSON object"),
            (r#"{"extensions": {"persistedQuery": {}}}"#, "PersistedQueryNotSupported"),
        ];
        for (body, told) in cases {
            assert_eq!(Asked::from_body(body.as_bytes(), &limits()).expect_err(body).message, told);
        }
        let asked = Asked::from_body(br#"{"query": "{a}", "variables": null, "other": 1}"#, &limits());
        assert_eq!(asked.expect("a request").query, "{a}");
    }

    #[test]
    fn a_url_asks_as_a_body_does() {
        let asked = |uri: &str| Asked::from_uri(&uri.parse().expect("a URL"), &limits());
        let full =
            asked("/graphql?query=query%20A%7Ba%7D&operationName=A&variables=%7B%22b%22%3A1%7D").expect("a request");
        assert_eq!((full.query.as_str(), full.operation_name.as_deref()), ("query A{a}", Some("A")));
        assert_eq!(full.variables, Some(serde_json::json!({"b": 1})));
        assert_eq!(asked("/graphql").expect_err("no query").message, "query is missing");
        assert!(
            asked("/graphql?query=%7Ba%7D&variables=%7B")
                .expect_err("no JSON")
                .message
                .starts_with("variables in the URL")
        );
    }

    #[test]
    fn a_document_that_cannot_be_parsed_is_told_with_its_place() {
        let refusal = parsed("{ a(\n b: }", &limits()).expect_err("no GraphQL");
        assert_eq!((refusal.code, refusal.place), (Code::ParseFailed, Some((2, 5))));
        assert!(refusal.message.starts_with("syntax error: expected"), "{}", refusal.message);
    }

    #[test]
    fn hostile_nesting_does_not_end_the_program() {
        for opening in ["{a", "{a(b:[", "{a(b:{c:", "query($a:["] {
            assert!(parsed(&opening.repeat(20_000), &limits()).is_err());
        }
        let lists = format!("{{a(b:{}1{})}}", "[".repeat(20_000), "]".repeat(20_000));
        assert_eq!(parsed(&lists, &limits()).expect_err("too deep").code, Code::OperationLimit);
        let body = format!(r#"{{"query":"{{a}}","variables":{{"a":{}"#, "[".repeat(20_000));
        assert!(Asked::from_body(body.as_bytes(), &limits()).is_err());
    }
}
