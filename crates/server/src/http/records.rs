//! Records as documents and tables for other programs.

use axum::{
    Json,
    extract::{Path, Query, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use store::{Error, Store};

use super::sheets::{failed, file_of, refused};
use crate::{
    iati,
    lists::{self, Asked},
    popolo,
    settings::Iati,
    sheet::Form,
};

/// People, organizations, posts and who holds them: `GET /popolo.json`.
pub async fn popolo(State(store): State<Store>) -> Response {
    match popolo::document(&store).await {
        Ok(document) => Json(document).into_response(),
        Err(error) => failed(&error),
    }
}

/// A list of records, as filtered: `GET /lists/follow-up-actions.csv?states=PAK&overdue=true`, or `.xlsx`.
pub async fn list(
    State(store): State<Store>,
    Path(file): Path<String>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Response {
    let Some((name, form)) = Form::of(&file) else {
        return refused(StatusCode::NOT_FOUND, "a list is a file such as /lists/meetings.csv or /lists/meetings.xlsx");
    };
    let list = match lists::list(name) {
        Ok(list) => list,
        Err(none) => return refused(StatusCode::NOT_FOUND, none.to_string()),
    };
    let made = async { lists::file(&store, list, Asked::new(pairs)?, form).await };
    match made.await {
        Ok(bytes) => file_of(&format!("{name}-{}", store.surroundings().today()), form, bytes),
        Err(Error::Invalid { message, .. }) => refused(StatusCode::BAD_REQUEST, message),
        Err(error) => failed(&error),
    }
}

/// Which activities.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Activities {
    state: Option<String>,
}

/// What both sides have agreed to, as activities of IATI: `GET /iati/activities.xml?state=PAK`.
pub async fn activities(
    State((store, settings)): State<(Store, Iati)>,
    asked: Result<Query<Activities>, axum::extract::rejection::QueryRejection>,
) -> Response {
    let Ok(Query(Activities { state })) = asked else {
        return refused(StatusCode::BAD_REQUEST, "the address takes state, an ISO 3166-1 code such as PAK");
    };
    match iati::document(&store, &settings, state.as_deref()).await {
        Ok(document) => ([(header::CONTENT_TYPE, "application/xml; charset=utf-8")], document).into_response(),
        Err(Error::Invalid { field: iati::OFF, message }) => refused(StatusCode::NOT_FOUND, message),
        Err(Error::Invalid { message, .. }) => refused(StatusCode::BAD_REQUEST, message),
        Err(error) => failed(&error),
    }
}
