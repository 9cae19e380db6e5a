//! Calendars by secret address: `GET /calendar/SECRET.ics`.
//!
//! Whoever has the address may read the calendar, so it is written nowhere: no line of the log holds a path.

use axum::{
    extract::{Path, Query, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use briefing::{Calendar, Shelf};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use store::{Store, calendar_feed};
use vocab::Language;

use super::answer;
use crate::ical;

/// What everybody reads who has no address that answers, whatever is wrong with it.
const NOT_FOUND: &str = "there is no calendar at this address: ask for a new one\n";

/// What the address asks; calendar programs may add what they like.
#[derive(Debug, Deserialize)]
pub struct Asked {
    language: Option<Language>,
}

/// The calendar of the feed with this secret.
pub async fn calendar(
    State((store, shelf)): State<(Store, Shelf)>,
    Path(file): Path<String>,
    asked: Result<Query<Asked>, axum::extract::rejection::QueryRejection>,
    headers: HeaderMap,
) -> Response {
    let Ok(Query(Asked { language })) = asked else {
        return (StatusCode::BAD_REQUEST, "the address takes language: en, fr or ar\n").into_response();
    };
    match text(&store, &shelf, &file, language.unwrap_or(Language::En)).await {
        Ok(Some((code, text))) => tagged(&headers, &code, text),
        Ok(None) => (StatusCode::NOT_FOUND, NOT_FOUND).into_response(),
        Err(error) => {
            tracing::error!("a calendar failed: {error}");
            (StatusCode::INTERNAL_SERVER_ERROR, answer::INTERNAL).into_response()
        }
    }
}

/// What the file is called and the text of the calendar, where the file is one.
async fn text(store: &Store, shelf: &Shelf, file: &str, language: Language) -> store::Result<Option<(String, String)>> {
    let Some(secret) = file.strip_suffix(".ics") else { return Ok(None) };
    let Some(feed) = calendar_feed::by_secret(store.reader(), secret).await? else { return Ok(None) };
    let calendar = Calendar::of(store, shelf, feed.follows()?, language).await?;
    let text = ical::text(&calendar);
    Ok(Some((calendar.code, text)))
}

/// The text under its tag; nothing, where the client has it already.
fn tagged(headers: &HeaderMap, code: &str, text: String) -> Response {
    let tag = format!("\"{:x}\"", Sha256::digest(&text));
    let known = headers.get(header::IF_NONE_MATCH).and_then(|known| known.to_str().ok());
    let is_known = known.is_some_and(|known| {
        known.split(',').map(str::trim).any(|one| one == "*" || one.strip_prefix("W/").unwrap_or(one) == tag)
    });
    let value = |text: &str| HeaderValue::from_str(text).unwrap_or(HeaderValue::from_static(""));
    let kept = [
        (header::ETAG, value(&tag)),
        // Only the calendar program itself keeps it, and asks each time whether it still holds.
        (header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache")),
    ];
    if is_known {
        return (StatusCode::NOT_MODIFIED, kept).into_response();
    }
    let told = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/calendar; charset=utf-8")),
        (header::CONTENT_DISPOSITION, value(&format!("inline; filename=\"entente-{code}.ics\""))),
    ];
    (kept, told, text).into_response()
}
