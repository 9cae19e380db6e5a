//! The keys that the provider signs with.

use jsonwebtoken::{
    DecodingKey, Header,
    jwk::{AlgorithmParameters, Jwk, KeyAlgorithm, PublicKeyUse},
};
use serde_json::Value;

/// The keys that the provider signs with.
pub(super) struct Keys(Vec<Jwk>);

impl Keys {
    /// The keys of a set. What is no key, or of a kind that is not known, is none of them.
    pub(super) fn of(set: &Value) -> Self {
        let keys = set["keys"].as_array().into_iter().flatten();
        Self(keys.filter_map(|key| serde_json::from_value(key.clone()).ok()).collect())
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.0.len()
    }

    /// The key by which a token says it is signed; where it does not say, the only one that it can be.
    pub(super) fn of_token(&self, header: &Header) -> Option<DecodingKey> {
        let mut fitting = self.0.iter().filter(|key| fits(key, header));
        let key = match &header.kid {
            Some(kid) => fitting.find(|key| key.common.key_id.as_ref() == Some(kid))?,
            None => fitting.next().filter(|_| fitting.next().is_none())?,
        };
        DecodingKey::from_jwk(key).ok()
    }
}

/// Whether a key is for signatures of this kind.
fn fits(key: &Jwk, header: &Header) -> bool {
    let signs = matches!(key.common.public_key_use, None | Some(PublicKeyUse::Signature));
    let of_algorithm = key.common.key_algorithm.is_none_or(|known| known == KeyAlgorithm::from(header.alg));
    let is_secret = matches!(key.algorithm, AlgorithmParameters::OctetKey(_) | AlgorithmParameters::Other(_));
    signs
        && of_algorithm
        && !is_secret
        && DecodingKey::from_jwk(key).is_ok_and(|key| key.family() == header.alg.family())
}

#[cfg(test)]
mod tests {
    use jsonwebtoken::Algorithm;
    use serde_json::json;

    use super::*;

    #[test]
    fn a_key_is_found_by_its_name_and_its_kind() {
        let ec = |kid: &str| json!({ "kty": "EC", "crv": "P-256", "kid": kid, "use": "sig", "x": "AAAA", "y": "AAAA" });
        let rsa = json!({ "kty": "RSA", "kid": "rsa", "alg": "RS256", "n": "AAAA", "e": "AQAB" });
        let secret = json!({ "kty": "oct", "kid": "secret", "k": "AAAA" });
        let other = json!({ "kty": "AKP", "kid": "other", "alg": "ML-DSA-44", "pub": "AAAA" });
        let for_encryption = json!({ "kty": "RSA", "kid": "enc", "use": "enc", "n": "AAAA", "e": "AQAB" });
        let keys = Keys::of(&json!({ "keys": [other, "nonsense", ec("one"), rsa, secret, for_encryption] }));
        let found = |algorithm, kid: Option<&str>| {
            let header = Header { kid: kid.map(str::to_owned), ..Header::new(algorithm) };
            keys.of_token(&header).is_some()
        };
        assert!(found(Algorithm::ES256, Some("one")) && found(Algorithm::RS256, Some("rsa")));
        assert!(found(Algorithm::ES256, None) && found(Algorithm::RS256, None), "there is one of each");
        for (algorithm, kid) in [
            (Algorithm::RS256, Some("one")),
            (Algorithm::PS256, Some("rsa")),
            (Algorithm::HS256, Some("secret")),
            (Algorithm::HS256, Some("rsa")),
            (Algorithm::RS256, Some("enc")),
            (Algorithm::ES256, Some("two")),
            (Algorithm::EdDSA, None),
        ] {
            assert!(!found(algorithm, kid), "{algorithm:?} {kid:?}");
        }
        let two = Keys::of(&json!({ "keys": [ec("one"), ec("two")] }));
        assert!(two.of_token(&Header::new(Algorithm::ES256)).is_none(), "it could be either");
        assert_eq!(Keys::of(&json!([])).count(), 0);
    }
}
