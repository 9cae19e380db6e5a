//! What a client asks: the parameters of a GraphQL request, from a body or from a URL.

use std::collections::HashMap;

use async_graphql::{Request, Variables, parser::types::ExecutableDocument};
use axum::{extract::Query, http::Uri};
use serde_json::{Map, Value};

use super::{code::Refusal, document::Hash, scan};
use crate::settings::Limits;

/// The parameters of a request.
#[derive(Debug, Default)]
pub struct Asked {
    /// The document.
    pub query: Option<String>,
    /// A document that is known already.
    pub named: Option<Named>,
    /// Which of its operations.
    pub operation_name: Option<String>,
    /// The values of its variables.
    pub variables: Option<Value>,
}

/// How a document is named that is not sent in full, or sent to be named so from then on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Named {
    /// By the SHA-256 of its text.
    Hash(Hash),
    /// By its name among the documents that are handed out.
    Id(String),
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
                "query" | "operationName" | "documentId" => Value::String(text),
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
        let text = |name: &str, value: Option<Value>| match value {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(Refusal::malformed(format!("{name} is no string"))),
        };
        let query = text("query", taken("query"))?;
        let id = text("documentId", taken("documentId"))?;
        let hash = extensions.as_ref().and_then(|extensions| extensions.get("persistedQuery")).map(hash).transpose()?;
        let named = id.map(Named::Id).or(hash.map(Named::Hash));
        if query.is_none() && named.is_none() {
            return Err(Refusal::malformed("query is missing"));
        }
        Ok(Self { query, named, operation_name, variables })
    }

    /// As async-graphql executes it.
    pub fn into_request(self, document: ExecutableDocument) -> Request {
        let mut request = Request::new("");
        request.set_parsed_query(document);
        request.operation_name = self.operation_name;
        request.variables = self.variables.map(Variables::from_json).unwrap_or_default();
        request
    }
}

/// The hash in the extension of automatic persisted queries.
fn hash(persisted: &Value) -> Result<Hash, Refusal> {
    let text = persisted.get("sha256Hash").and_then(Value::as_str).unwrap_or_default();
    let byte = |at: usize| u8::from_str_radix(text.get(at..at + 2)?, 16).ok();
    let bytes: Option<Vec<u8>> = (0..64).step_by(2).map(byte).collect();
    let hash = bytes.filter(|_| text.len() == 64).and_then(|bytes| Hash::try_from(bytes).ok());
    hash.ok_or_else(|| Refusal::malformed("persistedQuery has no sha256Hash of 64 hexadecimal digits"))
}

fn object(name: &str, value: Option<Value>) -> Result<Option<Value>, Refusal> {
    match value {
        None | Some(Value::Object(_)) => Ok(value),
        Some(_) => Err(Refusal::malformed(format!("{name} is no JSON object"))),
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
            (r#"{"query": "{a}", "documentId": 1}"#, "documentId is no string"),
            (
                r#"{"extensions": {"persistedQuery": {"sha256Hash": "abc"}}}"#,
                "persistedQuery has no sha256Hash of 64 hexadecimal digits",
            ),
        ];
        for (body, told) in cases {
            assert_eq!(Asked::from_body(body.as_bytes(), &limits()).expect_err(body).message, told);
        }
        let asked = Asked::from_body(br#"{"query": "{a}", "variables": null, "other": 1}"#, &limits());
        assert_eq!(asked.expect("a request").query.as_deref(), Some("{a}"));
        let hash = "0A".repeat(32);
        let body = format!(r#"{{"extensions": {{"persistedQuery": {{"version": 1, "sha256Hash": "{hash}"}}}}}}"#);
        let asked = Asked::from_body(body.as_bytes(), &limits()).expect("a request");
        assert_eq!((asked.query, asked.named), (None, Some(Named::Hash([10; 32]))));
    }

    #[test]
    fn a_url_asks_as_a_body_does() {
        let asked = |uri: &str| Asked::from_uri(&uri.parse().expect("a URL"), &limits());
        let full =
            asked("/graphql?query=query%20A%7Ba%7D&operationName=A&variables=%7B%22b%22%3A1%7D").expect("a request");
        assert_eq!((full.query.as_deref(), full.operation_name.as_deref()), (Some("query A{a}"), Some("A")));
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
    fn hostile_nesting_of_variables_is_refused() {
        let body = format!(r#"{{"query":"{{a}}","variables":{{"a":{}"#, "[".repeat(20_000));
        assert!(Asked::from_body(body.as_bytes(), &limits()).is_err());
    }
}
