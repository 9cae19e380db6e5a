//! Who may ask through somebody's browser: only the pages that this server itself gave out.

use axum::{
    extract::{Request, State},
    http::{HeaderMap, StatusCode, header},
    middleware::Next,
    response::Response,
};

use super::{
    answer,
    code::{Code, Refusal},
    negotiate::Media,
};

/// Whether the server is meant for this machine alone.
#[derive(Debug, Clone, Copy)]
pub struct Doors {
    /// Then no other host name leads here: a page that points a name of its own at 127.0.0.1 is turned away.
    pub loopback_only: bool,
}

/// Refuses what a page of another origin sends.
pub async fn keep(State(doors): State<Doors>, request: Request, next: Next) -> Response {
    let authority = authority(&request);
    let wrong = if doors.loopback_only && !is_loopback(host_of(&authority)) {
        Some("this server answers on localhost, 127.0.0.1 and [::1] only (see allow_remote in the settings)")
    } else if is_foreign(request.headers(), &authority) {
        Some("pages of another origin may not ask here")
    } else {
        None
    };
    match wrong {
        None => next.run(request).await,
        Some(message) => {
            let refusal = Refusal::request(StatusCode::FORBIDDEN, Code::Forbidden, message);
            answer::refused_with(Media::Json, &refusal)
        }
    }
}

fn authority(request: &Request) -> String {
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok());
    let authority = request.uri().authority().map(|authority| authority.as_str());
    authority.or(host).unwrap_or_default().to_ascii_lowercase()
}

fn host_of(authority: &str) -> &str {
    match authority.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => authority.split(':').next().unwrap_or_default(),
    }
}

fn is_loopback(host: &str) -> bool {
    host == "localhost" || host.parse().is_ok_and(|ip: std::net::IpAddr| ip.is_loopback())
}

/// A browser says itself where a request comes from; where it does not, the origin is compared with the host.
fn is_foreign(headers: &HeaderMap, authority: &str) -> bool {
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    let navigates = text("sec-fetch-mode") == Some("navigate");
    match (text("sec-fetch-site"), text("origin")) {
        (Some("same-origin" | "none"), _) | (None, None) => false,
        // A link from elsewhere may lead to a page; what it shows stays unread by the page it came from.
        (Some(_), None) if navigates => false,
        (Some(_), _) => true,
        (None, Some(origin)) => {
            origin.split_once("://").is_none_or(|(_, origin)| !origin.eq_ignore_ascii_case(authority))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_this_machine_are_loopback() {
        for authority in ["localhost", "localhost:8000", "127.0.0.1:8000", "[::1]:8000", "127.8.0.1"] {
            assert!(is_loopback(host_of(authority)), "{authority}");
        }
        for authority in
            ["", "evil.example", "localhost.evil.example:8000", "127.0.0.1.evil.example", "192.168.1.2", "[::2]"]
        {
            assert!(!is_loopback(host_of(authority)), "{authority}");
        }
    }

    #[test]
    fn what_a_page_of_another_origin_sends_is_foreign() {
        let foreign = |headers: &[(&'static str, &str)]| {
            let headers = headers
                .iter()
                .map(|(name, value)| (axum::http::HeaderName::from_static(name), value.parse().expect("a header")));
            is_foreign(&headers.collect(), "localhost:8000")
        };
        assert!(!foreign(&[]));
        assert!(!foreign(&[("origin", "http://localhost:8000")]));
        assert!(!foreign(&[("sec-fetch-site", "same-origin"), ("origin", "https://entente.example")]));
        assert!(!foreign(&[("sec-fetch-site", "none")]));
        assert!(!foreign(&[("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "navigate")]));
        assert!(foreign(&[("origin", "http://localhost:3000")]));
        assert!(foreign(&[("origin", "null")]));
        assert!(foreign(&[("sec-fetch-site", "cross-site"), ("origin", "http://localhost:8000")]));
        assert!(foreign(&[("sec-fetch-site", "same-site"), ("sec-fetch-mode", "cors")]));
        assert!(foreign(&[
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-mode", "navigate"),
            ("origin", "https://evil.example")
        ]));
    }
}
