//! The page for people who look in with a browser. Nothing in it comes from elsewhere.

use axum::{
    http::{HeaderName, HeaderValue, header},
    response::IntoResponse,
};

/// Nothing but what this server gives out itself is loaded, run or asked.
const POLICY: &str = "default-src 'none'; connect-src 'self'; script-src 'self'; style-src 'self'; base-uri 'none'; \
                      form-action 'none'; frame-ancestors 'none'";

/// `GET /`
pub async fn index() -> impl IntoResponse {
    let page = include_str!("page/index.html").replace("{version}", env!("CARGO_PKG_VERSION"));
    let policy = (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    ([(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")), policy], page)
}

/// `GET /page.css`
pub async fn style() -> impl IntoResponse {
    ([typed("text/css; charset=utf-8")], include_str!("page/page.css"))
}

/// `GET /page.js`
pub async fn script() -> impl IntoResponse {
    ([typed("text/javascript; charset=utf-8")], include_str!("page/page.js"))
}

/// `GET /schema.graphql`
pub async fn schema() -> impl IntoResponse {
    ([typed("text/plain; charset=utf-8")], api::sdl())
}

fn typed(kind: &'static str) -> (HeaderName, HeaderValue) {
    (header::CONTENT_TYPE, HeaderValue::from_static(kind))
}
