//! Records as documents and tables for other programs.

use axum::{
    Extension, Json,
    extract::{Path, Query, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use store::{Error, Store};

use super::{
    allowance::{Allowance, Left},
    answer,
    graphql::client,
    guard::PAST,
    negotiate::Media,
    porter::Caller,
    sheets::{self, failed, file_of, refused},
    visitor::Visitor,
};
use crate::{
    iati,
    lists::{self, Asked},
    popolo,
    settings::Iati,
    sheet::Form,
};

/// People, organizations, posts and who holds them: `GET /popolo.json`.
pub async fn popolo(State((store, _)): State<(Store, Allowance)>) -> Response {
    match popolo::document(&store).await {
        Ok(document) => Json(document).into_response(),
        Err(error) => failed(&error),
    }
}

/// A list of records, as filtered: `GET /lists/follow-up-actions.csv?states=PAK&overdue=true`, or `.xlsx`. One of the past costs
/// what it costs in GraphQL.
pub async fn list(
    State((store, allowance)): State<(Store, Allowance)>,
    Path(file): Path<String>,
    Extension(caller): Extension<Caller>,
    visitor: Option<Extension<Visitor>>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Response {
    let Some((name, form)) = Form::of(&file) else {
        return refused(StatusCode::NOT_FOUND, "a list is a file such as /lists/meetings.csv or /lists/meetings.xlsx");
    };
    let list = match lists::list(name) {
        Ok(list) => list,
        Err(none) => return refused(StatusCode::NOT_FOUND, none.to_string()),
    };
    let asked = match Asked::new(pairs) {
        Ok(asked) => asked,
        Err(error) => return untold(error),
    };
    let left = asked.is_of_the_past().then(|| allowance.take(client(&caller, visitor), PAST));
    let mut response = match left.as_ref().and_then(Left::refusal) {
        Some(refusal) => answer::refused_with(Media::Json, &refusal),
        None => match lists::file(&store, list, asked, form).await {
            Ok((day, bytes)) => file_of(&format!("{name}-{day}"), form, bytes),
            Err(error) => untold(error),
        },
    };
    response.headers_mut().extend(left.iter().flat_map(Left::headers));
    response
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
        Err(error) => untold(error),
    }
}

fn untold(error: Error) -> Response {
    answer::refused_with(Media::Json, &sheets::untold(error))
}
