//! What the provider says of itself.

use std::str::FromStr;

use jsonwebtoken::Algorithm;
use serde::Deserialize;

use super::{fault::Fault, signature::ALGORITHMS};
use crate::outbound::address::Address;

/// What of the provider it is.
pub(super) const PART: &str = "configuration";

/// What the provider says of itself, as far as it matters.
#[derive(Debug, Deserialize)]
pub(super) struct Document {
    pub(super) issuer: String,
    pub(super) authorization_endpoint: String,
    pub(super) token_endpoint: String,
    pub(super) jwks_uri: String,
    pub(super) userinfo_endpoint: Option<String>,
    pub(super) end_session_endpoint: Option<String>,
    #[serde(default = "of_old")]
    id_token_signing_alg_values_supported: Vec<String>,
    token_endpoint_auth_methods_supported: Option<Vec<String>>,
    /// Whether it names itself where it sends people back (RFC 9207).
    #[serde(default, rename = "authorization_response_iss_parameter_supported")]
    pub(super) names_itself: bool,
    #[serde(default, rename = "backchannel_logout_supported")]
    pub(super) tells_of_logout: bool,
}

fn of_old() -> Vec<String> {
    vec!["RS256".to_owned()]
}

impl Document {
    /// The document, if it is of this issuer and everything in it lies where it may be called.
    pub(super) fn checked(self, issuer: &str) -> Result<Self, Fault> {
        if self.issuer != issuer {
            let how = "names another issuer: sign_in.provider.issuer has to be what it says, letter for letter";
            return Err(Fault::Strange(PART, how));
        }
        let is_encrypted = Address::parse(issuer).is_some_and(|issuer| issuer.is_encrypted);
        let Self { authorization_endpoint, token_endpoint, jwks_uri, userinfo_endpoint, end_session_endpoint, .. } =
            &self;
        let must = [authorization_endpoint, token_endpoint, jwks_uri];
        let may = userinfo_endpoint.iter().chain(end_session_endpoint);
        let may_be_called =
            |url: &String| Address::parse(url).is_some_and(|address| address.is_encrypted || !is_encrypted);
        if !must.into_iter().chain(may).all(may_be_called) {
            return Err(Fault::Strange(PART, "names an address that is not encrypted, or none that can be called"));
        }
        if self.algorithms().is_empty() {
            return Err(Fault::Strange(PART, "names no algorithm for signatures that is understood here"));
        }
        Ok(self)
    }

    /// How it signs, as far as that is understood here and takes a key that only it holds.
    pub(super) fn algorithms(&self) -> Vec<Algorithm> {
        let named = self.id_token_signing_alg_values_supported.iter();
        named.filter_map(|name| Algorithm::from_str(name).ok()).filter(|known| ALGORITHMS.contains(known)).collect()
    }

    /// Whether the secret goes into the form, because it is not taken in the head.
    pub(super) fn takes_secret_in_form(&self) -> bool {
        let has = |methods: &[String], name: &str| methods.iter().any(|method| method == name);
        let methods = self.token_endpoint_auth_methods_supported.as_deref();
        methods.is_some_and(|methods| !has(methods, "client_secret_basic") && has(methods, "client_secret_post"))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn checked(issuer: &str, with: &[(&str, Value)]) -> Result<Document, String> {
        let mut document = json!({
            "issuer": issuer,
            "authorization_endpoint": format!("{issuer}/authorize"),
            "token_endpoint": format!("{issuer}/token"),
            "jwks_uri": format!("{issuer}/keys"),
        });
        for (name, value) in with {
            document[*name] = value.clone();
        }
        let document: Document = serde_json::from_value(document).map_err(|fault| fault.to_string())?;
        document.checked(issuer).map_err(|fault| fault.to_string())
    }

    #[test]
    fn a_provider_is_taken_at_its_word_only_where_that_is_safe() {
        const ISSUER: &str = "https://id.example.org/realm";
        let plain = checked(ISSUER, &[]).expect("it will do");
        assert!(plain.algorithms() == [Algorithm::RS256] && !plain.takes_secret_in_form() && !plain.names_itself);
        for (name, value) in [
            ("issuer", json!("https://id.example.org/realm/")),
            ("token_endpoint", json!("http://id.example.org/token")),
            ("token_endpoint", json!("http://127.0.0.1/token")),
            ("jwks_uri", json!("file:///etc/passwd")),
            ("end_session_endpoint", json!("javascript:alert(1)")),
            ("userinfo_endpoint", json!("http://10.0.0.7/")),
            ("authorization_endpoint", Value::Null),
            ("id_token_signing_alg_values_supported", json!(["none", "HS256", "dir"])),
        ] {
            assert!(checked(ISSUER, &[(name, value.clone())]).is_err(), "{name} {value}");
        }
        let algorithms = json!(["none", "HS256", "ES256", "RS256", "ES256K"]);
        let several = checked("http://127.0.0.1:9", &[("id_token_signing_alg_values_supported", algorithms)]);
        assert_eq!(several.expect("on this machine").algorithms(), [Algorithm::ES256, Algorithm::RS256]);
        let methods = |methods: Value| {
            checked(ISSUER, &[("token_endpoint_auth_methods_supported", methods)])
                .expect("it will do")
                .takes_secret_in_form()
        };
        assert!(
            methods(json!(["client_secret_post"])) && !methods(json!(["client_secret_post", "client_secret_basic"]))
        );
    }
}
