//! Who may come in, and how.

use std::time::Duration;

use serde::Deserialize;
use toml::Value;

use super::provider::{self, Provider};

/// Who may come in, and how.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignIn {
    /// As which account those on this machine are signed in without a token; empty where they are not.
    pub loopback_account: String,
    /// Whether whoever is nobody sees what is public.
    pub public: bool,
    /// Under which address people reach this server; empty where they reach it as it listens.
    pub public_url: String,
    /// How long a session lasts.
    pub session_hours: u32,
    /// Whether name and password are asked for even where nobody has a password.
    pub password_form: bool,
    /// The provider that people sign in with.
    pub provider: Provider,
}

impl SignIn {
    /// Whether people come over https, as they should from any other machine.
    pub fn is_secure(&self) -> bool {
        self.public_url.starts_with("https://")
    }

    /// How long a session lasts.
    pub fn session(&self) -> Duration {
        Duration::from_secs(u64::from(self.session_hours) * 60 * 60)
    }
}

/// Whether a value of these settings can be used, and what is wrong where it cannot; none for other settings.
pub(super) fn check(key: &str, value: &Value) -> Option<(bool, &'static str)> {
    let text = value.as_str().unwrap_or_default();
    match key {
        "sign_in.public_url" => {
            Some((text.is_empty() || is_origin(text), "is no address of a server: https://HOST, without a path"))
        }
        "sign_in.session_hours" => {
            let hours = value.as_integer();
            Some((hours.is_some_and(|hours| (1..=720).contains(&hours)), "is out of range: from 1 to 720 hours"))
        }
        _ => provider::check(key, value),
    }
}

/// The scheme, the host, and perhaps a port.
fn is_origin(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let is_of_host = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '[' | ']');
    rest.is_some_and(|host| !host.is_empty() && host.chars().all(is_of_host))
}
