//! Whether the server lives, and whether it can work.

use std::time::Duration;

use axum::{extract::State, http::StatusCode, response::IntoResponse};
use store::Store;
use tokio::time::timeout;

use crate::tables;

const PATIENCE: Duration = Duration::from_secs(2);

/// `GET /livez`
pub async fn livez() -> &'static str {
    "alive\n"
}

/// `GET /readyz`: the database answers, and its tables are those that this program knows.
pub async fn readyz(State(store): State<Store>) -> impl IntoResponse {
    let (status, told) = match timeout(PATIENCE, tables::standing(&store)).await {
        Ok(Ok(standing)) if standing.is_current() => (StatusCode::OK, "ready\n"),
        Ok(Ok(_)) => (StatusCode::SERVICE_UNAVAILABLE, "the tables of the database are not those of this program\n"),
        Ok(Err(fault)) => {
            tracing::warn!("not ready: {fault}");
            (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n")
        }
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "the database takes too long\n"),
    };
    (status, told)
}
