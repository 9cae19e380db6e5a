//! Which media type an answer has, and whether a body is one that may be read.

use axum::http::{HeaderMap, header};

/// A media type of answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Media {
    /// `application/graphql-response+json`: the status tells what became of the request.
    GraphQl,
    /// `application/json`: 200 for every well-formed request.
    Json,
}

impl Media {
    /// The header's value.
    pub fn content_type(self) -> &'static str {
        match self {
            Self::GraphQl => "application/graphql-response+json; charset=utf-8",
            Self::Json => "application/json; charset=utf-8",
        }
    }
}

/// The media type that the client likes best; JSON where it does not say, `None` where it takes neither.
pub fn media(headers: &HeaderMap) -> Option<Media> {
    let mut said = false;
    let mut best: Option<(f32, Media)> = None;
    for accept in headers.get_all(header::ACCEPT) {
        for range in accept.to_str().unwrap_or_default().split(',').filter(|range| !range.trim().is_empty()) {
            said = true;
            let mut parts = range.split(';').map(str::trim);
            let kind = parts.next().unwrap_or_default().to_ascii_lowercase();
            let media = match kind.as_str() {
                "application/graphql-response+json" => Media::GraphQl,
                "application/json" | "application/*" | "*/*" => Media::Json,
                _ => continue,
            };
            let weight = parts.find_map(|part| part.strip_prefix("q=").or_else(|| part.strip_prefix("Q=")));
            let weight = weight.map_or(1.0, |weight| weight.parse().unwrap_or(0.0));
            if weight > 0.0 && best.is_none_or(|(before, _)| weight > before) {
                best = Some((weight, media));
            }
        }
    }
    if said { best.map(|(_, media)| media) } else { Some(Media::Json) }
}

/// Whether the body says that it is JSON in UTF-8. Nothing else is read, so that a page of another origin cannot post
/// without being asked first (CORS preflight).
pub fn is_json(headers: &HeaderMap) -> bool {
    let text = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let mut parts = text.split(';').map(|part| part.trim().to_ascii_lowercase());
    let is_json = parts.next().as_deref() == Some("application/json");
    let charset = parts.find_map(|part| part.strip_prefix("charset=").map(|set| set.trim_matches('"').to_owned()));
    is_json && charset.is_none_or(|set| matches!(set.as_str(), "utf-8" | "utf8"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(name: header::HeaderName, value: Option<&str>) -> HeaderMap {
        value.map(|value| (name, value.parse().expect("a header"))).into_iter().collect()
    }

    #[test]
    fn the_answer_is_what_the_client_likes_best() {
        let cases = [
            (None, Some(Media::Json)),
            (Some(""), Some(Media::Json)),
            (Some("*/*"), Some(Media::Json)),
            (Some("application/*"), Some(Media::Json)),
            (Some("application/json; charset=utf-8"), Some(Media::Json)),
            (Some("application/graphql-response+json"), Some(Media::GraphQl)),
            (Some("application/graphql-response+json, application/json"), Some(Media::GraphQl)),
            (Some("application/json, application/graphql-response+json"), Some(Media::Json)),
            (Some("application/graphql-response+json;q=0.5, application/json;q=0.9"), Some(Media::Json)),
            (Some("Application/GraphQL-Response+JSON; charset=utf-8"), Some(Media::GraphQl)),
            (Some("text/html,application/xml;q=0.9,*/*;q=0.8"), Some(Media::Json)),
            (Some("application/json;q=0"), None),
            (Some("application/json;q=high"), None),
            (Some("text/html"), None),
        ];
        for (accept, expected) in cases {
            assert_eq!(media(&with(header::ACCEPT, accept)), expected, "{accept:?}");
        }
    }

    #[test]
    fn a_body_must_say_that_it_is_json() {
        let cases = [
            (Some("application/json"), true),
            (Some("Application/JSON; Charset=UTF-8"), true),
            (Some("application/json;charset=\"utf-8\""), true),
            (Some("application/json; charset=iso-8859-1"), false),
            (Some("text/plain"), false),
            (Some("application/x-www-form-urlencoded"), false),
            (Some("multipart/form-data"), false),
            (Some("application/jsonp"), false),
            (None, false),
        ];
        for (kind, expected) in cases {
            assert_eq!(is_json(&with(header::CONTENT_TYPE, kind)), expected, "{kind:?}");
        }
    }
}
