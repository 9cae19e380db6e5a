//! What came of an operation, as the body of an answer.

use async_graphql::{ErrorExtensionValues, Response, ServerError, Value};
use axum::{
    body::Body,
    http::{HeaderValue, StatusCode, header},
    response::Response as HttpResponse,
};
use serde::Serialize;
use std::collections::BTreeMap;

use super::{
    code::{Code, MOST_ERRORS, Refusal, cut},
    negotiate::Media,
};

/// Limits that async-graphql keeps itself, by what it says.
const ITS_LIMITS: [&str; 3] = ["The recursion depth of the query", "Query is nested too deep", "Query is too complex"];

#[derive(Serialize)]
struct Answer<'a> {
    #[serde(skip_serializing_if = "<[ServerError]>::is_empty")]
    errors: &'a [ServerError],
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<&'a Value>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    extensions: &'a BTreeMap<String, Value>,
}

/// The answer with what an execution gave.
pub fn executed(media: Media, mut response: Response) -> HttpResponse {
    // Nothing was executed: no error belongs to a field, and there is no data.
    let refused = !response.errors.is_empty()
        && response.data == Value::Null
        && response.errors.iter().all(|error| error.path.is_empty());
    response.errors.truncate(MOST_ERRORS);
    response.errors.iter_mut().for_each(finished);
    let answer = Answer {
        errors: &response.errors,
        data: (!refused).then_some(&response.data),
        extensions: &response.extensions,
    };
    let status = if refused { document_status(media) } else { StatusCode::OK };
    let mut http = match serde_json::to_vec(&answer) {
        Ok(body) => with(media, status, body),
        Err(_) => refused_with(media, &Refusal::request(StatusCode::INTERNAL_SERVER_ERROR, Code::Internal, INTERNAL)),
    };
    http.headers_mut().extend(response.http_headers);
    http
}

/// What people read where something is broken here; the details are in the log.
pub const INTERNAL: &str = "something went wrong here; the log has it under the request id of this answer";

/// The answer where nothing was executed.
pub fn refused_with(media: Media, refusal: &Refusal) -> HttpResponse {
    let status = refusal.status.unwrap_or_else(|| document_status(media));
    let mut response = with(media, status, refusal.body().to_string().into_bytes());
    if status == StatusCode::UNAUTHORIZED {
        response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"entente\""));
    }
    response
}

/// The status where the document is at fault: `application/json` keeps 200 for all that is well put together.
fn document_status(media: Media) -> StatusCode {
    match media {
        Media::GraphQl => StatusCode::BAD_REQUEST,
        Media::Json => StatusCode::OK,
    }
}

fn with(media: Media, status: StatusCode, body: Vec<u8>) -> HttpResponse {
    let mut response = HttpResponse::new(Body::from(body));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media.content_type()));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::VARY, HeaderValue::from_static("accept"));
    response
}

/// Every error has a code and a message of bounded length.
fn finished(error: &mut ServerError) {
    if cut(&error.message).len() < error.message.len() {
        error.message = cut(&error.message).to_owned();
    }
    let is_limit = ITS_LIMITS.iter().any(|start| error.message.starts_with(start));
    let extensions = error.extensions.get_or_insert_with(ErrorExtensionValues::default);
    if is_limit {
        extensions.set("code", Code::OperationLimit.as_str());
    } else if extensions.get("code").is_none() {
        let code = if error.path.is_empty() { Code::ValidationFailed } else { Code::BadUserInput };
        extensions.set("code", code.as_str());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_are_few_short_and_have_a_code() {
        let mut response = Response::new(Value::Null);
        response.errors = (0..30).map(|_| ServerError::new("é".repeat(600), None)).collect();
        response.errors.truncate(MOST_ERRORS);
        response.errors.iter_mut().for_each(finished);
        let json = serde_json::to_value(&response.errors).expect("JSON");
        assert_eq!(json.as_array().map(Vec::len), Some(20));
        assert_eq!(json[0]["message"].as_str().map(|message| message.chars().count()), Some(500));
        assert_eq!(json[0]["extensions"]["code"], "GRAPHQL_VALIDATION_FAILED");
    }

    #[test]
    fn a_refused_document_has_no_data_and_its_status_is_of_the_media_type() {
        let response = || Response::from_errors(vec![ServerError::new("Unknown field", None)]);
        assert_eq!(executed(Media::GraphQl, response()).status(), StatusCode::BAD_REQUEST);
        assert_eq!(executed(Media::Json, response()).status(), StatusCode::OK);
        assert_eq!(executed(Media::GraphQl, Response::new(Value::Null)).status(), StatusCode::OK);
    }
}
