//! Answers as pictures: `GET /charts/matrix.svg?state=PAK&asOf=2026-06-30&language=fr`.

use axum::{
    Extension,
    extract::{Path, Query, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use briefing::{
    Inquiry, Shelf,
    chart::{chart, charts},
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;
use store::Store;
use vocab::Language;

use super::{
    answer,
    negotiate::Media,
    porter::Caller,
    sheets::{answered, refused},
};

/// A picture opened by itself is a document to a browser: it loads and runs nothing.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'";

/// What the address asks.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Asked {
    state: Option<String>,
    from: Option<NaiveDate>,
    as_of: Option<NaiveDate>,
    known_at: Option<DateTime<Utc>>,
    language: Option<Language>,
}

/// The picture of the answer to the question that the file is named after.
pub async fn picture(
    State((store, shelf)): State<(Store, Shelf)>,
    Path(file): Path<String>,
    Extension(caller): Extension<Caller>,
    asked: Result<Query<Asked>, axum::extract::rejection::QueryRejection>,
) -> Response {
    let Some(chart) = file.strip_suffix(".svg").and_then(chart) else {
        let names = charts().iter().map(|chart| format!("/charts/{}.svg", chart.name)).collect::<Vec<_>>().join(", ");
        return refused(StatusCode::NOT_FOUND, format!("there is no such picture: ask for one of {names}"));
    };
    let Ok(Query(Asked { state, from, as_of, known_at, language })) = asked else {
        let message = "the address takes state, from, asOf, knownAt and language: days as 2026-11-24, the moment as \
                       2026-11-24T12:00:00Z, the language as en, fr or ar";
        return refused(StatusCode::BAD_REQUEST, message);
    };
    let inquiry = Inquiry { question: chart.name.to_owned(), state, from, as_of, known_at };
    let told = match answered(&inquiry, caller.who.rights, &store, &shelf).await {
        Ok(told) => told,
        Err(refusal) => return answer::refused_with(Media::Json, &refusal),
    };
    let name = format!("inline; filename=\"{}-{}.svg\"", chart.name, told.clock.as_of);
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("image/svg+xml; charset=utf-8")),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY)),
        (header::CONTENT_DISPOSITION, HeaderValue::from_str(&name).unwrap_or(HeaderValue::from_static("inline"))),
    ];
    (headers, chart.svg(&inquiry, &told, language.unwrap_or(Language::En))).into_response()
}
