//! `GET /metrics`: what is counted, for Prometheus.

use axum::{Router, extract::State, http::header, response::IntoResponse, routing::get};
use store::Store;

use super::Around;

/// The form that is written: OpenMetrics, which Prometheus reads.
const FORM: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// The route.
pub(crate) fn route(store: Store, around: &Around) -> Router {
    Router::new().route("/metrics", get(text)).with_state((store, around.clone()))
}

async fn text(State((store, around)): State<(Store, Around)>) -> impl IntoResponse {
    ([(header::CONTENT_TYPE, FORM)], around.metrics.text(&store, &around.feed).await)
}
