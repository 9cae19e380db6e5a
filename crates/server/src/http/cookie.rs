//! The cookie of a session: for this server alone, out of reach of scripts, and not sent along by pages of others.

use axum::http::{HeaderMap, HeaderValue, header};

/// What it is called. Where it is for https alone, browsers keep any other host or path from setting one of this name.
fn name(secure: bool) -> &'static str {
    if secure { "__Host-entente-session" } else { "entente-session" }
}

/// The secret of a session, where the request brings one.
pub fn session(headers: &HeaderMap, secure: bool) -> Option<&str> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|cookie| cookie.to_str().ok());
    let mut pairs = cookies.flat_map(|cookie| cookie.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(key, _)| *key == name(secure)).map(|(_, secret)| secret)
}

/// The head that sets it for so many seconds; none of them takes it away.
pub fn setting(secret: &str, seconds: u64, secure: bool) -> Option<HeaderValue> {
    let only = if secure { "; Secure" } else { "" };
    let text = format!("{}={secret}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{only}", name(secure));
    HeaderValue::from_str(&text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_is_read_as_it_was_set_and_only_by_its_own_name() {
        for secure in [false, true] {
            let set = setting("abc", 60, secure).expect("a head");
            let set = set.to_str().expect("text");
            assert!(set.contains("; HttpOnly; SameSite=Lax") && set.contains("; Secure") == secure, "{set}");
            let mut headers = HeaderMap::new();
            let pair = set.split(';').next().expect("a pair");
            headers.append(header::COOKIE, format!("a=b; {pair}").parse().expect("a head"));
            assert_eq!(session(&headers, secure), Some("abc"));
            assert_eq!(session(&headers, !secure), None);
        }
    }
}
