//! Signatures are checked by ring, which encrypts everything else here too.

use std::sync::Once;

use jsonwebtoken::{
    Algorithm, DecodingKey, DecodingKeyKind,
    crypto::{CryptoProvider, JwtVerifier, KeyUtils},
    errors::{Error, ErrorKind},
    signature::{Error as Refused, Verifier},
};
use ring::signature::{self, RsaPublicKeyComponents, UnparsedPublicKey};

/// The algorithms that are understood, all of which have a key that only the provider holds.
pub(super) const ALGORITHMS: [Algorithm; 9] = [
    Algorithm::RS256,
    Algorithm::RS384,
    Algorithm::RS512,
    Algorithm::PS256,
    Algorithm::PS384,
    Algorithm::PS512,
    Algorithm::ES256,
    Algorithm::ES384,
    Algorithm::EdDSA,
];

static RING: CryptoProvider = CryptoProvider {
    signer_factory: |_, _| Err(ErrorKind::InvalidAlgorithm.into()),
    verifier_factory: verifier,
    key_utils: KeyUtils::new_unimplemented(),
};
static ONCE: Once = Once::new();

/// Lets the library for tokens check signatures by ring.
pub(super) fn by_ring() {
    ONCE.call_once(|| {
        // There is one for the whole program, and nobody else sets it.
        let _ = RING.install_default();
    });
}

/// Checks the signatures of a key.
struct Checks {
    algorithm: Algorithm,
    key: DecodingKey,
}

fn verifier(algorithm: &Algorithm, key: &DecodingKey) -> Result<Box<dyn JwtVerifier>, Error> {
    if !ALGORITHMS.contains(algorithm) || key.family() != algorithm.family() {
        return Err(ErrorKind::InvalidAlgorithm.into());
    }
    Ok(Box::new(Checks { algorithm: *algorithm, key: key.clone() }))
}

impl JwtVerifier for Checks {
    fn algorithm(&self) -> Algorithm {
        self.algorithm
    }
}

impl Verifier<Vec<u8>> for Checks {
    fn verify(&self, message: &[u8], given: &Vec<u8>) -> Result<(), Refused> {
        let rsa = match self.algorithm {
            Algorithm::RS256 => Some(&signature::RSA_PKCS1_2048_8192_SHA256),
            Algorithm::RS384 => Some(&signature::RSA_PKCS1_2048_8192_SHA384),
            Algorithm::RS512 => Some(&signature::RSA_PKCS1_2048_8192_SHA512),
            Algorithm::PS256 => Some(&signature::RSA_PSS_2048_8192_SHA256),
            Algorithm::PS384 => Some(&signature::RSA_PSS_2048_8192_SHA384),
            Algorithm::PS512 => Some(&signature::RSA_PSS_2048_8192_SHA512),
            _ => None,
        };
        let checked = match (rsa, self.key.kind()) {
            (Some(algorithm), DecodingKeyKind::RsaModulusExponent { n, e }) => {
                RsaPublicKeyComponents { n, e }.verify(algorithm, message, given)
            }
            (None, DecodingKeyKind::SecretOrDer(point)) => match self.algorithm {
                Algorithm::ES256 => {
                    UnparsedPublicKey::new(&signature::ECDSA_P256_SHA256_FIXED, point).verify(message, given)
                }
                Algorithm::ES384 => {
                    UnparsedPublicKey::new(&signature::ECDSA_P384_SHA384_FIXED, point).verify(message, given)
                }
                Algorithm::EdDSA => UnparsedPublicKey::new(&signature::ED25519, point).verify(message, given),
                _ => return Err(Refused::new()),
            },
            _ => return Err(Refused::new()),
        };
        checked.map_err(|_| Refused::new())
    }
}

#[cfg(test)]
mod tests {
    use jsonwebtoken::{Validation, decode};
    use serde_json::{Value, json};

    use super::*;

    /// The examples A.2 and A.3 of RFC 7515: a key, and what was signed with it.
    const EXAMPLES: [(&str, &str); 2] = [
        (
            r#"{"kty":"RSA","n":"ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ","e":"AQAB"}"#,
            "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw",
        ),
        (
            r#"{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}"#,
            "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q",
        ),
    ];

    fn opened(key: &str, algorithm: Algorithm, token: &str) -> Option<Value> {
        by_ring();
        let key = DecodingKey::from_jwk(&serde_json::from_str(key).expect("a key")).expect("a key");
        let mut validation = Validation::new(algorithm);
        validation.validate_exp = false;
        decode(token, &key, &validation).ok().map(|token| token.claims)
    }

    #[test]
    fn what_the_standard_has_signed_is_taken_and_nothing_else() {
        for ((key, token), algorithm) in EXAMPLES.into_iter().zip([Algorithm::RS256, Algorithm::ES256]) {
            let claims = opened(key, algorithm, token).expect("it is signed");
            assert_eq!(claims["iss"], json!("joe"));
            let (head, signature) = token.rsplit_once('.').expect("a signature");
            for other in [
                token.replacen("eyJpc3MiOiJqb2Ui", "eyJpc3MiOiJqb2Yi", 1),
                format!("{head}."),
                format!("{head}.{}", signature.replacen(['A', 'E', 'q'], "B", 1)),
                format!("{head}.{}", &signature[..40]),
            ] {
                assert!(other != token && opened(key, algorithm, &other).is_none(), "{other}");
            }
        }
        let [(rsa, of_rsa), (ec, of_ec)] = EXAMPLES;
        assert!(opened(ec, Algorithm::RS256, of_rsa).is_none() && opened(rsa, Algorithm::ES256, of_ec).is_none());
    }
}
