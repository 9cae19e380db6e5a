//! The name of a request, by which the log, the history and the client speak of the same one.

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    http::{HeaderName, HeaderValue},
    middleware::Next,
    response::Response,
};
use store::Surroundings;

const HEADER: HeaderName = HeaderName::from_static("x-request-id");

/// The name of a request.
#[derive(Debug, Clone)]
pub struct RequestId(pub String);

/// Takes the name that a client or proxy gave, where it is a plain one, else gives one; and tells it in the answer.
pub async fn name(State(surroundings): State<Arc<dyn Surroundings>>, mut request: Request, next: Next) -> Response {
    let given = request.headers().get(HEADER).and_then(|value| value.to_str().ok()).filter(|value| is_plain(value));
    let id = given.map_or_else(|| surroundings.fresh_id().to_string(), str::to_owned);
    let value = HeaderValue::from_str(&id);
    request.extensions_mut().insert(RequestId(id));
    let mut response = next.run(request).await;
    if let Ok(value) = value {
        response.headers_mut().insert(HEADER, value);
    }
    response
}

/// Nothing that could forge a line of the log.
fn is_plain(id: &str) -> bool {
    (1..=64).contains(&id.len())
        && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'))
}

#[cfg(test)]
mod tests {
    use super::is_plain;

    #[test]
    fn a_name_that_could_forge_a_line_is_not_taken() {
        assert!(is_plain("0190b2c4-7d1e-7000-8000-000000000001"));
        for id in ["", "a b", "a\tb", "a=\"b\"", "é", &"a".repeat(65)] {
            assert!(!is_plain(id), "{id}");
        }
    }
}
