//! Answers as files: `GET /answers/owed.csv?state=PAK&asOf=2026-06-30`.

use axum::{
    extract::{Path, Query, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use briefing::{Inquiry, Shelf, Told};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;
use store::{Error, Store};

use super::{
    answer,
    code::{Code, Refusal},
    negotiate::Media,
};
use crate::sheet;

/// What the address asks.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Asked {
    state: Option<String>,
    from: Option<NaiveDate>,
    as_of: Option<NaiveDate>,
    known_at: Option<DateTime<Utc>>,
}

/// The answer to the question that the file is named after.
pub async fn sheet(
    State((store, shelf)): State<(Store, Shelf)>,
    Path(file): Path<String>,
    asked: Result<Query<Asked>, axum::extract::rejection::QueryRejection>,
) -> Response {
    let Some(question) = file.strip_suffix(".csv") else {
        return refused(StatusCode::NOT_FOUND, "an answer is a file such as /answers/owed.csv");
    };
    let Ok(Query(Asked { state, from, as_of, known_at })) = asked else {
        let message =
            "the address takes state, from, asOf and knownAt: days as 2026-11-24, the moment as 2026-11-24T12:00:00Z";
        return refused(StatusCode::BAD_REQUEST, message);
    };
    let inquiry = Inquiry { question: question.to_owned(), state, from, as_of, known_at };
    let told = match answered(&inquiry, &store, &shelf).await {
        Ok(told) => told,
        Err(refusal) => return answer::refused_with(Media::Json, &refusal),
    };
    // A spreadsheet takes a file for UTF-8 by this mark alone.
    let mut bytes = "\u{FEFF}".as_bytes().to_vec();
    if let Err(fault) = sheet::csv(&told, &mut bytes) {
        tracing::error!("a sheet cannot be written: {fault}");
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    }
    let name = format!("attachment; filename=\"{}-{}.csv\"", told.question.name, told.clock.as_of);
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8")),
        (header::CONTENT_DISPOSITION, HeaderValue::from_str(&name).unwrap_or(HeaderValue::from_static("attachment"))),
    ];
    (headers, bytes).into_response()
}

/// The answer to a question, or why there is none.
pub(super) async fn answered(inquiry: &Inquiry, store: &Store, shelf: &Shelf) -> Result<Told, Refusal> {
    inquiry.answer(store, shelf).await.map_err(|error| match error {
        Error::Invalid { message, .. } => Refusal::malformed(message),
        error => {
            tracing::error!("an answer failed: {error}");
            Refusal::request(StatusCode::INTERNAL_SERVER_ERROR, Code::Internal, answer::INTERNAL)
        }
    })
}

pub(super) fn refused(status: StatusCode, message: impl Into<String>) -> Response {
    answer::refused_with(Media::Json, &Refusal::request(status, Code::BadUserInput, message))
}
