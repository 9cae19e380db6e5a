//! Where a call may go: encrypted, or on this machine.

use std::net::IpAddr;

use axum::http::Uri;

/// What an address has to be, in words that follow a key.
pub const WANTED: &str = "is no address for it: https://HOST/PATH, or http:// on this machine (localhost, 127.0.0.1, \
                          [::1]), without user, key or fragment in it";

/// The same of webhooks.
pub const WANTED_OF_WEBHOOKS: &str = "have a url that is no address for it: https://HOST/PATH, or http:// on this machine \
                                      (localhost, 127.0.0.1, [::1]), without user, key or fragment in it";

/// An address that may be called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// Whether what is sent is encrypted.
    pub is_encrypted: bool,
    /// The name or number of the host, without brackets.
    pub host: String,
    /// The port.
    pub port: u16,
    /// The host as a request names it.
    pub authority: String,
    /// Path and query.
    pub path: String,
}

impl Address {
    /// The address in a URL, if it may be called.
    pub fn parse(url: &str) -> Option<Self> {
        let uri: Uri = url.parse().ok()?;
        let authority = uri.authority()?.as_str();
        let host = uri.host()?.trim_matches(['[', ']']).to_owned();
        let is_encrypted = match uri.scheme_str()? {
            "https" => true,
            "http" if is_this_machine(&host) => false,
            _ => return None,
        };
        if host.is_empty() || authority.contains('@') || url.contains('#') {
            return None;
        }
        Some(Self {
            is_encrypted,
            port: uri.port_u16().unwrap_or(if is_encrypted { 443 } else { 80 }),
            authority: authority.to_owned(),
            path: uri.path_and_query().map_or_else(|| "/".to_owned(), ToString::to_string),
            host,
        })
    }
}

/// Whether a host is this machine by its name.
pub fn is_this_machine(host: &str) -> bool {
    host.eq_ignore_ascii_case("localhost") || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_http_stays_on_this_machine() {
        for (url, found) in [
            ("http://127.0.0.1:11434/v1/chat/completions", Some(("127.0.0.1", 11434, "/v1/chat/completions"))),
            ("http://localhost/v1", Some(("localhost", 80, "/v1"))),
            ("http://[::1]:8080/v1?a=b", Some(("::1", 8080, "/v1?a=b"))),
            ("https://models.example.org/v1", Some(("models.example.org", 443, "/v1"))),
            ("http://models.example.org/v1", None),
            ("http://127.0.0.1.example.org/v1", None),
            ("http://10.0.0.7/v1", None),
            ("https://me:secret@models.example.org/v1", None),
            ("http://localhost@models.example.org/v1", None),
            ("ftp://localhost/v1", None),
            ("models.example.org", None),
            ("", None),
        ] {
            let address = Address::parse(url);
            assert_eq!(address.as_ref().map(|a| (&*a.host, a.port, &*a.path)), found, "{url}");
        }
    }
}
