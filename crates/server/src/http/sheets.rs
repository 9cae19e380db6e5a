//! Answers as files: `GET /answers/owed.csv?state=PAK&asOf=2026-06-30`, or `.xlsx`.

use axum::{
    Extension,
    extract::{Path, Query, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use briefing::{Inquiry, Shelf, Told};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;
use store::{Error, Rights, Store};

use super::{
    answer,
    code::{Code, Refusal},
    negotiate::Media,
    porter::{Caller, forbidden},
};
use crate::sheet::Form;

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
    Extension(caller): Extension<Caller>,
    asked: Result<Query<Asked>, axum::extract::rejection::QueryRejection>,
) -> Response {
    let Some((question, form)) = Form::of(&file) else {
        return refused(StatusCode::NOT_FOUND, "an answer is a file such as /answers/owed.csv or /answers/owed.xlsx");
    };
    let Ok(Query(Asked { state, from, as_of, known_at })) = asked else {
        let message =
            "the address takes state, from, asOf and knownAt: days as 2026-11-24, the moment as 2026-11-24T12:00:00Z";
        return refused(StatusCode::BAD_REQUEST, message);
    };
    let inquiry = Inquiry { question: question.to_owned(), state, from, as_of, known_at };
    let told = match answered(&inquiry, caller.who.rights, &store, &shelf).await {
        Ok(told) => told,
        Err(refusal) => return answer::refused_with(Media::Json, &refusal),
    };
    let name = format!("{}-{}", told.question.name, told.clock.as_of);
    match crate::sheet::answer(&told, form) {
        Ok(bytes) => file_of(&name, form, bytes),
        Err(fault) => unwritten(&fault),
    }
}

/// A table as a file to be kept.
pub(super) fn file_of(name: &str, form: Form, bytes: Vec<u8>) -> Response {
    // A spreadsheet takes comma-separated values for UTF-8 by this mark alone.
    let bytes = if form == Form::Csv { ["\u{FEFF}".as_bytes(), &bytes].concat() } else { bytes };
    let name = format!("attachment; filename=\"{name}.{}\"", form.end());
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(form.media())),
        (header::CONTENT_DISPOSITION, HeaderValue::from_str(&name).unwrap_or(HeaderValue::from_static("attachment"))),
    ];
    (headers, bytes).into_response()
}

/// The answer to a question, or why there is none.
pub(super) async fn answered(inquiry: &Inquiry, rights: Rights, store: &Store, shelf: &Shelf) -> Result<Told, Refusal> {
    inquiry.answer(rights, store, shelf).await.map_err(untold)
}

/// Why something is not told, as an answer.
pub(super) fn untold(error: Error) -> Refusal {
    match error {
        Error::Invalid { message, .. } => Refusal::malformed(message),
        Error::Forbidden(message) => forbidden(message),
        Error::NotFound { .. } => Refusal::request(StatusCode::NOT_FOUND, Code::BadUserInput, error.to_string()),
        error => broken(&error),
    }
}

/// The answer where a file cannot be written.
pub(super) fn unwritten(fault: &std::io::Error) -> Response {
    tracing::error!("a sheet cannot be written: {fault}");
    StatusCode::INTERNAL_SERVER_ERROR.into_response()
}

/// The answer where the records cannot be had.
pub(super) fn failed(error: &Error) -> Response {
    answer::refused_with(Media::Json, &broken(error))
}

fn broken(error: &Error) -> Refusal {
    tracing::error!("records cannot be had: {error}");
    Refusal::request(StatusCode::INTERNAL_SERVER_ERROR, Code::Internal, answer::INTERNAL)
}

pub(super) fn refused(status: StatusCode, message: impl Into<String>) -> Response {
    answer::refused_with(Media::Json, &Refusal::request(status, Code::BadUserInput, message))
}
