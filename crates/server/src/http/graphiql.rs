//! GraphiQL, for people who write queries: bundled by `make graphiql` and compiled in, so that nothing comes from elsewhere.

use axum::{
    extract::Path,
    http::{HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use rust_embed::Embed;

/// As for the other pages; GraphiQL also makes styles of its own, and has its letters and pictures in them.
const POLICY: &str = "default-src 'none'; connect-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src data:; \
                      img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// What is said where it was not bundled.
const MISSING: &str = "This program was built without GraphiQL. Run `make graphiql` (it needs npm), then build again.\n\
                       Any GraphQL client works with /graphql, and the page at / asks as well.\n";

/// The bundle, packed; empty where it was not made before the program was built.
#[derive(Embed)]
#[folder = "../../web/graphiql/dist"]
#[allow_missing = true]
#[include = "*.gz"]
struct Bundle;

/// `GET /graphiql`
pub async fn page() -> Response {
    if Bundle::iter().next().is_none() {
        return (StatusCode::NOT_FOUND, MISSING).into_response();
    }
    let policy = (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    ([policy], Html(include_str!("page/graphiql.html"))).into_response()
}

/// `GET /graphiql/{file}`
pub async fn file(Path(name): Path<String>) -> Response {
    let kind = match name.rsplit_once('.') {
        Some((_, "js")) => "text/javascript; charset=utf-8",
        Some((_, "css")) => "text/css; charset=utf-8",
        _ => return StatusCode::NOT_FOUND.into_response(),
    };
    match Bundle::get(&format!("{name}.gz")) {
        Some(file) => {
            let head = [(header::CONTENT_TYPE, kind), (header::CONTENT_ENCODING, "gzip")];
            (head, file.data.into_owned()).into_response()
        }
        None => (StatusCode::NOT_FOUND, MISSING).into_response(),
    }
}
