//! Cookies: for this server alone, out of reach of scripts, and not sent along by pages of others.

use axum::http::{HeaderMap, HeaderValue, header};

/// A cookie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cookie {
    /// Holds the secret of a session.
    Session,
    /// Tells who has left for the provider to sign in there.
    Errand,
}

impl Cookie {
    /// What it is called. Where it is for https alone, browsers keep any other host or path from setting one of this name.
    fn name(self, secure: bool) -> &'static str {
        match (self, secure) {
            (Self::Session, true) => "__Host-entente-session",
            (Self::Session, false) => "entente-session",
            (Self::Errand, true) => "__Host-entente-errand",
            (Self::Errand, false) => "entente-errand",
        }
    }

    /// The secret in it, where the request brings one.
    pub fn read(self, headers: &HeaderMap, secure: bool) -> Option<&str> {
        let cookies = headers.get_all(header::COOKIE).iter().filter_map(|cookie| cookie.to_str().ok());
        let mut pairs = cookies.flat_map(|cookie| cookie.split(';')).filter_map(|pair| pair.trim().split_once('='));
        pairs.find(|(key, _)| *key == self.name(secure)).map(|(_, secret)| secret)
    }

    /// The head that sets it for so many seconds; none of them takes it away.
    pub fn setting(self, secret: &str, seconds: u64, secure: bool) -> Option<HeaderValue> {
        let only = if secure { "; Secure" } else { "" };
        let text = format!("{}={secret}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{only}", self.name(secure));
        HeaderValue::from_str(&text).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_is_read_as_it_was_set_and_only_by_its_own_name() {
        for (cookie, other) in [(Cookie::Session, Cookie::Errand), (Cookie::Errand, Cookie::Session)] {
            for secure in [false, true] {
                let set = cookie.setting("abc", 60, secure).expect("a head");
                let set = set.to_str().expect("text");
                assert!(set.contains("; HttpOnly; SameSite=Lax") && set.contains("; Secure") == secure, "{set}");
                let mut headers = HeaderMap::new();
                let pair = set.split(';').next().expect("a pair");
                headers.append(header::COOKIE, format!("a=b; {pair}").parse().expect("a head"));
                assert_eq!(cookie.read(&headers, secure), Some("abc"));
                assert_eq!(cookie.read(&headers, !secure), None);
                assert_eq!(other.read(&headers, secure), None);
            }
        }
    }
}
