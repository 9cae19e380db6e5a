//! A provider of the tests' own, on this machine, that says what it is told to, also what is wrong.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard},
};

use axum::{
    Form, Json, Router,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use ring::{
    hmac,
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair},
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use store::Surroundings;

use crate::world::TestSurroundings;

pub(super) const CLIENT: &str = "entente & co";
pub(super) const SECRET: &str = "marked: secret/+%";

/// How it answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Manner {
    /// As it should.
    Well,
    /// With an error of its own.
    Breaks,
    /// With something that is no JSON.
    Babbles,
    /// With more than anybody wants to read.
    Floods,
    /// Not at all, for longer than anybody waits.
    Silent,
}

/// By what a token is signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    /// By its key.
    Right,
    /// By nothing, and it says so.
    Nothing,
    /// By its public key, as if that were a secret.
    PublicKey,
    /// By a key of somebody else, under the name of its own.
    OtherKey,
    /// By its key, under a name that it does not tell.
    OtherName,
}

/// The provider. A copy is the same.
#[derive(Clone)]
pub(super) struct Idp {
    pub(super) issuer: String,
    shared: Arc<Mutex<Shared>>,
    clock: Arc<TestSurroundings>,
}

struct Shared {
    manner: Manner,
    sign: Sign,
    key: Arc<EcdsaKeyPair>,
    key_id: String,
    /// What is said of whoever signs in, and what of it the token leaves out.
    person: Value,
    elsewhere: bool,
    /// What is otherwise in the next token; null takes it out.
    twist: Value,
    codes: HashMap<String, HashMap<String, String>>,
    given: usize,
    asked: Vec<&'static str>,
}

fn key() -> Arc<EcdsaKeyPair> {
    let random = SystemRandom::new();
    let written = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).expect("a key");
    let key = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, written.as_ref(), &random);
    Arc::new(key.expect("a key"))
}

fn part(value: &Value) -> String {
    URL_SAFE_NO_PAD.encode(value.to_string())
}

/// The fields of a query.
pub(super) fn fields(address: &str) -> HashMap<String, String> {
    let query = address.split_once('?').map(|(_, query)| query).unwrap_or_default();
    let uri: axum::http::Uri = format!("/?{query}").parse().expect("a query");
    axum::extract::Query::try_from_uri(&uri).map(|axum::extract::Query(fields)| fields).expect("fields")
}

impl Idp {
    pub(super) async fn open(clock: Arc<TestSurroundings>) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let issuer = format!("http://{}/realm", listener.local_addr().expect("an address"));
        let shared = Shared {
            manner: Manner::Well,
            sign: Sign::Right,
            key: key(),
            key_id: "first".to_owned(),
            person: json!({ "sub": "amal", "name": "Amal", "email": "amal@example.org", "email_verified": true,
                "groups": ["others", "editors"] }),
            elsewhere: false,
            twist: json!({}),
            codes: HashMap::new(),
            given: 0,
            asked: Vec::new(),
        };
        let idp = Self { issuer, shared: Arc::new(Mutex::new(shared)), clock };
        let app = Router::new()
            .route("/realm/.well-known/openid-configuration", get(configuration))
            .route("/realm/keys", get(keys))
            .route("/realm/token", post(token))
            .route("/realm/people", get(people))
            .with_state(idp.clone());
        // It ends with the runtime of its story.
        tokio::spawn(async move { axum::serve(listener, app).await });
        idp
    }

    fn shared(&self) -> MutexGuard<'_, Shared> {
        self.shared.lock().expect("the provider")
    }

    pub(super) fn behave(&self, manner: Manner) {
        self.shared().manner = manner;
    }

    pub(super) fn sign(&self, sign: Sign) {
        self.shared().sign = sign;
    }

    /// What is otherwise in the tokens from now on.
    pub(super) fn twist(&self, twist: Value) {
        self.shared().twist = twist;
    }

    /// Who signs in from now on, beside what was said before.
    pub(super) fn person(&self, person: Value) {
        let mut shared = self.shared();
        merge(&mut shared.person, &person);
    }

    /// Whether the token names its subject alone, and the rest has to be asked for.
    pub(super) fn tell_elsewhere(&self, elsewhere: bool) {
        self.shared().elsewhere = elsewhere;
    }

    /// Signs by another key from now on.
    pub(super) fn change_key(&self, name: &str) {
        let mut shared = self.shared();
        (shared.key, shared.key_id) = (key(), name.to_owned());
    }

    /// How often its keys were asked for.
    pub(super) fn keys_asked(&self) -> usize {
        self.shared().asked.iter().filter(|asked| **asked == "keys").count()
    }

    /// Lets somebody sign in who was sent to `address`: where their browser is sent back to.
    pub(super) fn signs_in(&self, address: &str) -> String {
        let asked = fields(address);
        assert!(address.starts_with(&format!("{}/authorize?", self.issuer)), "{address}");
        for (field, value) in [("response_type", "code"), ("client_id", CLIENT), ("code_challenge_method", "S256")] {
            assert_eq!(asked[field], value, "{address}");
        }
        assert!(asked["scope"].split(' ').any(|scope| scope == "openid"));
        let back = asked["redirect_uri"].strip_prefix("http://localhost").expect("our address").to_owned();
        let mut shared = self.shared();
        shared.given += 1;
        let code = format!("code-{}", shared.given);
        let state = asked["state"].clone();
        shared.codes.insert(code.clone(), asked);
        format!("{back}?code={code}&state={state}")
    }

    /// A token that says this.
    pub(super) fn token(&self, head: &Value, claims: &Value) -> String {
        let mut shared = self.shared();
        let (mut head, mut claims) = (head.clone(), claims.clone());
        merge(&mut claims, &shared.twist);
        let by = shared.sign;
        head["kid"] = json!(if by == Sign::OtherName { "unheard of" } else { &shared.key_id });
        head["alg"] = json!(match by {
            Sign::Nothing => "none",
            Sign::PublicKey => "HS256",
            _ => "ES256",
        });
        let message = format!("{}.{}", part(&head), part(&claims));
        let signature = match by {
            Sign::Nothing => String::new(),
            Sign::PublicKey => {
                let public = hmac::Key::new(hmac::HMAC_SHA256, shared.key.public_key().as_ref());
                URL_SAFE_NO_PAD.encode(hmac::sign(&public, message.as_bytes()))
            }
            Sign::Right | Sign::OtherKey | Sign::OtherName => {
                let key = if by == Sign::OtherKey { key() } else { shared.key.clone() };
                URL_SAFE_NO_PAD.encode(key.sign(&SystemRandom::new(), message.as_bytes()).expect("a signature"))
            }
        };
        shared.given += 1;
        format!("{message}.{signature}")
    }

    /// What every token of it says.
    pub(super) fn claims(&self) -> Value {
        let now = self.clock.now().timestamp();
        json!({ "iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 300 })
    }

    /// What it answers in place of what was asked for.
    async fn mannered(&self, asked: &'static str) -> Result<(), Response> {
        let manner = {
            let mut shared = self.shared();
            shared.asked.push(asked);
            shared.manner
        };
        match manner {
            Manner::Well => Ok(()),
            Manner::Breaks => Err((StatusCode::INTERNAL_SERVER_ERROR, "marked: stack trace").into_response()),
            Manner::Babbles => Err("<html>marked: maintenance</html>".into_response()),
            Manner::Floods => Err(" ".repeat(1 << 20).into_response()),
            Manner::Silent => std::future::pending().await,
        }
    }
}

/// Puts the fields of one object into another; null takes one out.
fn merge(into: &mut Value, with: &Value) {
    let into = into.as_object_mut().expect("an object");
    for (name, value) in with.as_object().into_iter().flatten() {
        match value {
            Value::Null => drop(into.remove(name)),
            value => drop(into.insert(name.clone(), value.clone())),
        }
    }
}

async fn configuration(State(idp): State<Idp>) -> Response {
    if let Err(otherwise) = idp.mannered("configuration").await {
        return otherwise;
    }
    let at = |path: &str| format!("{}/{path}", idp.issuer);
    Json(json!({
        "issuer": idp.issuer, "authorization_endpoint": at("authorize"), "token_endpoint": at("token"),
        "jwks_uri": at("keys"), "userinfo_endpoint": at("people"), "end_session_endpoint": at("out?from=there"),
        "id_token_signing_alg_values_supported": ["none", "HS256", "ES256"], "backchannel_logout_supported": true,
    }))
    .into_response()
}

async fn keys(State(idp): State<Idp>) -> Response {
    if let Err(otherwise) = idp.mannered("keys").await {
        return otherwise;
    }
    let (public, key_id) = {
        let shared = idp.shared();
        (shared.key.public_key().as_ref().to_vec(), shared.key_id.clone())
    };
    let [x, y] = [&public[1..33], &public[33..]].map(|half| URL_SAFE_NO_PAD.encode(half));
    let strange = json!({ "kty": "unheard of", "kid": key_id });
    Json(json!({ "keys": [strange, { "kty": "EC", "crv": "P-256", "use": "sig", "kid": key_id, "x": x, "y": y }] }))
        .into_response()
}

async fn token(State(idp): State<Idp>, headers: HeaderMap, Form(form): Form<HashMap<String, String>>) -> Response {
    if let Err(otherwise) = idp.mannered("token").await {
        return otherwise;
    }
    // As it stands in RFC 6749, 2.3.1.
    let both = STANDARD.encode("entente+%26+co:marked%3A+secret%2F%2B%25");
    assert_eq!(headers[header::AUTHORIZATION], format!("Basic {both}"));
    let asked = idp.shared().codes.remove(&form["code"]);
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(&form["code_verifier"]));
    let asked =
        asked.filter(|asked| asked["code_challenge"] == challenge && asked["redirect_uri"] == form["redirect_uri"]);
    let Some(asked) = asked else {
        return (StatusCode::BAD_REQUEST, Json(json!({ "error": "invalid_grant" }))).into_response();
    };
    let mut claims = idp.claims();
    let (person, elsewhere, given) = {
        let shared = idp.shared();
        (shared.person.clone(), shared.elsewhere, shared.given)
    };
    merge(&mut claims, &if elsewhere { json!({ "sub": person["sub"] }) } else { person });
    merge(&mut claims, &json!({ "nonce": asked["nonce"], "sid": format!("session-{given}") }));
    let token = idp.token(&json!({ "typ": "JWT" }), &claims);
    Json(json!({ "access_token": "marked-access", "token_type": "Bearer", "id_token": token })).into_response()
}

async fn people(State(idp): State<Idp>, headers: HeaderMap) -> Response {
    if let Err(otherwise) = idp.mannered("people").await {
        return otherwise;
    }
    assert_eq!(headers[header::AUTHORIZATION], "Bearer marked-access");
    let person = idp.shared().person.clone();
    Json(person).into_response()
}
