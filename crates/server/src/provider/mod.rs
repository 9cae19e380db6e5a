//! A provider of OpenID Connect, with which people sign in: the code flow with PKCE, and sign-out from either side.
//!
//! Nothing here keeps anything but what the provider says of itself; time and secrets come in as arguments.

mod calls;
mod document;
mod errand;
mod fault;
mod kept;
mod keys;
mod person;
mod signature;
mod token;

use std::{sync::Arc, time::Duration};

use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use chrono::{DateTime, TimeDelta, Utc};
use form_urlencoded::Serializer;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use store::identity::Said;

use crate::{
    Failure, secret,
    settings::{Groups, SignIn},
    told::Told,
};
use calls::{body_of, encoded, get, post, sensitive, with_query};
use document::Document;
pub use errand::Errand;
pub use fault::Fault;
use kept::{Kept, Known};
use keys::Keys;
use token::{Claims, Closed};

/// How long it may take for an answer.
const PATIENCE: Duration = Duration::from_secs(10);
/// Where people come back to, behind the address of this server.
pub const BACK: &str = "/sign-in/provider/back";

/// The provider. A copy is the same.
#[derive(Clone)]
pub struct Provider {
    set: Arc<Set>,
    patience: Duration,
}

struct Set {
    issuer: String,
    client_id: String,
    secret: String,
    /// Under which address people reach this server.
    here: String,
    button: String,
    scopes: String,
    groups_claim: String,
    groups: Groups,
    kept: Kept,
}

/// Somebody who has signed in with the provider.
pub struct SignedIn {
    /// What it says of them.
    pub said: Said,
    /// What it calls its own session.
    pub session: Option<String>,
}

/// Somebody who has signed out there.
pub struct SignedOut {
    /// Who, where all their sessions end.
    pub subject: Option<String>,
    /// What the provider calls the session that ends.
    pub session: Option<String>,
    /// By which name it is known that this was told before.
    pub name: String,
    /// How long it can be told again.
    pub lasts: TimeDelta,
}

impl Provider {
    /// The provider that is set, where one is.
    ///
    /// # Errors
    /// Where a part of the setting is missing, or the secret cannot be read.
    pub fn of(settings: &SignIn) -> Result<Option<Self>, Failure> {
        const KEY: &str = "sign_in.provider";
        let settings_of_it = settings.provider.clone();
        let crate::settings::Provider {
            issuer,
            client_id,
            client_secret,
            client_secret_file,
            button,
            scopes,
            groups_claim,
            groups,
        } = settings_of_it;
        if issuer.is_empty() {
            return Ok(None);
        }
        let lacks = |what: &str| Err(Failure::asked_wrong(format!("{KEY}{what}")));
        if client_id.trim().is_empty() {
            return lacks(".client_id is empty: write what the provider calls this server, or leave out the issuer");
        }
        if client_secret.is_empty() && client_secret_file.is_empty() {
            return lacks(
                ".client_secret_file is empty: name the file with the secret that the provider has given out",
            );
        }
        if settings.public_url.is_empty() {
            return lacks(" needs sign_in.public_url: people come back to an address behind it");
        }
        if groups.is_empty() {
            return lacks(".groups names no group: nobody could come in");
        }
        let secret = secret::of(&format!("{KEY}.client_secret"), &client_secret, &client_secret_file)?;
        signature::by_ring();
        let here = settings.public_url.clone();
        let client_id = client_id.trim().to_owned();
        let set = Set { issuer, client_id, secret, here, button, scopes, groups_claim, groups, kept: Kept::default() };
        Ok(Some(Self { set: Arc::new(set), patience: PATIENCE }))
    }

    /// The same provider, given another time for an answer.
    pub fn with_patience(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }

    /// Who it is.
    pub fn issuer(&self) -> &str {
        &self.set.issuer
    }

    /// What its button says.
    pub fn button(&self) -> &str {
        &self.set.button
    }

    /// Where a browser goes to sign in.
    ///
    /// # Errors
    /// Where the provider does not answer.
    pub async fn way_in(&self, errand: &Errand<'_>, now: DateTime<Utc>) -> Result<String, Fault> {
        let known = self.known(now).await?;
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(errand.verifier()));
        Ok(with_query(
            &known.document.authorization_endpoint,
            &[
                ("response_type", "code"),
                ("client_id", &self.set.client_id),
                ("redirect_uri", &self.back()),
                ("scope", &self.set.scopes),
                ("state", errand.state),
                ("nonce", &errand.nonce()),
                ("code_challenge", &challenge),
                ("code_challenge_method", "S256"),
            ],
        ))
    }

    /// Where a browser goes to sign out there too, where that can be done.
    pub async fn way_out(&self, now: DateTime<Utc>) -> Option<String> {
        let known = self.known(now).await.ok()?;
        let home = format!("{}/", self.set.here);
        let asked = [("client_id", self.set.client_id.as_str()), ("post_logout_redirect_uri", &home)];
        known.document.end_session_endpoint.as_ref().map(|endpoint| with_query(endpoint, &asked))
    }

    /// Who has come back with a code, from a provider that calls itself `issuer` there, where it does.
    ///
    /// # Errors
    /// Where the provider does not answer, does not take the code, or what it says cannot be trusted.
    pub async fn signed_in(
        &self,
        errand: &Errand<'_>,
        code: &str,
        issuer: Option<&str>,
        now: DateTime<Utc>,
    ) -> Result<SignedIn, Fault> {
        let known = self.known(now).await?;
        match issuer {
            Some(issuer) if issuer != self.set.issuer => return Err(Fault::Token("is of another issuer")),
            None if known.document.names_itself => return Err(Fault::Token("comes without the name of its issuer")),
            _ => {}
        }
        let answer = self.changed(&known, errand, code).await?;
        let Some(token) = answer["id_token"].as_str() else {
            return Err(Fault::Strange(TOKENS, "gave no token that tells who has signed in"));
        };
        let (_, claims) = self.opened(token, now).await?;
        let subject = claims.signed_in(&self.set.issuer, &self.set.client_id, &errand.nonce(), now)?.to_owned();
        let Claims { sid, mut more, .. } = claims;
        if person::lacks(&more, &self.set.groups_claim)
            && let (Some(endpoint), Some(access)) = (&known.document.userinfo_endpoint, answer["access_token"].as_str())
        {
            let told = self.told_elsewhere(endpoint, access, &subject).await?;
            more = person::completed(more, told);
        }
        let said = Said {
            issuer: self.set.issuer.clone(),
            subject,
            name: person::name(&more),
            email: person::email(&more),
            role: person::role(&more, &self.set.groups_claim, &self.set.groups),
        };
        Ok(SignedIn { said, session: sid.filter(|sid| !sid.is_empty()) })
    }

    /// Who has signed out there, as the provider tells by a token.
    ///
    /// # Errors
    /// Where the token cannot be trusted; where the provider does not answer.
    pub async fn signed_out(&self, token: &str, now: DateTime<Utc>) -> Result<SignedOut, Fault> {
        let (header, claims) = self.opened(token, now).await?;
        let name = claims.signed_out(&header, &self.set.issuer, &self.set.client_id, now)?.to_owned();
        let Claims { sub, sid, .. } = claims;
        let session = sid.filter(|sid| !sid.is_empty());
        Ok(SignedOut { subject: sub, session, name, lasts: TimeDelta::seconds(2 * token::OLDEST) })
    }

    /// Whether it answers, for whoever looks what is amiss.
    pub async fn look(&self, now: DateTime<Utc>) -> Told {
        const WHAT: &str = "provider";
        match self.known(now).await {
            Ok(known) => {
                let Document { end_session_endpoint, tells_of_logout, .. } = &known.document;
                let also = match (end_session_endpoint, tells_of_logout) {
                    (Some(_), true) => "signs out there too, and hears of it",
                    (Some(_), false) => "signs out there too, and does not hear of it",
                    (None, true) => "does not sign out there, but hears of it",
                    (None, false) => "neither signs out there nor hears of it",
                };
                let keys = known.keys.count();
                Told::ok(WHAT, format!("{} answers, with {keys} keys; whoever signs in {also}", self.set.issuer))
            }
            Err(fault) => Told::amiss(WHAT, format!("{}: {fault}: nobody can sign in with it", self.set.issuer)),
        }
    }

    fn back(&self) -> String {
        format!("{}{BACK}", self.set.here)
    }

    /// Changes a code for tokens.
    async fn changed(&self, known: &Known, errand: &Errand<'_>, code: &str) -> Result<Value, Fault> {
        let (headers, form) = self.question(&known.document, errand, code)?;
        match post(TOKENS, &known.document.token_endpoint, headers, &form, self.patience).await? {
            // Whatever else is wrong is for whoever runs this server.
            (StatusCode::BAD_REQUEST, Ok(body)) if refuses_the_code(&body) => Err(Fault::Code),
            answer => body_of(TOKENS, answer),
        }
    }

    /// What is sent with a code, head and form.
    fn question(&self, document: &Document, errand: &Errand<'_>, code: &str) -> Result<(HeaderMap, String), Fault> {
        let Set { client_id, secret, .. } = &*self.set;
        let mut form = Serializer::new(String::new());
        form.append_pair("grant_type", "authorization_code")
            .append_pair("code", code)
            .append_pair("redirect_uri", &self.back())
            .append_pair("code_verifier", &errand.verifier());
        let kind = HeaderValue::from_static("application/x-www-form-urlencoded");
        let mut headers = HeaderMap::from_iter([(header::CONTENT_TYPE, kind)]);
        if document.takes_secret_in_form() {
            form.append_pair("client_id", client_id).append_pair("client_secret", secret);
        } else {
            // RFC 6749, 2.3.1: each of them as in a form, before they are put together.
            let both = STANDARD.encode(format!("{}:{}", encoded(client_id), encoded(secret)));
            headers.insert(header::AUTHORIZATION, sensitive(TOKENS, &format!("Basic {both}"))?);
        }
        Ok((headers, form.finish()))
    }

    /// What the provider tells of somebody beside the token.
    async fn told_elsewhere(&self, endpoint: &str, access: &str, subject: &str) -> Result<Map<String, Value>, Fault> {
        const PART: &str = "list of people";
        let headers = HeaderMap::from_iter([(header::AUTHORIZATION, sensitive(PART, &format!("Bearer {access}"))?)]);
        let told: Map<String, Value> = get(PART, endpoint, headers, self.patience).await?;
        if told.get("sub").and_then(Value::as_str) != Some(subject) {
            return Err(Fault::Strange(PART, "tells of somebody else than its token"));
        }
        Ok(told)
    }

    /// What a token says. Where no key that is known has signed it, the keys are asked for, though not time and again.
    async fn opened(&self, token: &str, now: DateTime<Utc>) -> Result<(jsonwebtoken::Header, Claims), Fault> {
        match token::opened(&*self.known(now).await?, token) {
            Ok(opened) => return Ok(opened),
            Err(Closed::For(fault)) => return Err(fault),
            Err(Closed::ToKeys(_)) => {}
        }
        let known = self.set.kept.anew(now, self.ask()).await?;
        token::opened(&known, token).map_err(|closed| match closed {
            Closed::For(fault) => fault,
            Closed::ToKeys(why) => Fault::Token(why),
        })
    }

    async fn known(&self, now: DateTime<Utc>) -> Result<Arc<Known>, Fault> {
        self.set.kept.known(now, self.ask()).await
    }

    /// What the provider says of itself now.
    async fn ask(&self) -> Result<Known, Fault> {
        let issuer = &self.set.issuer;
        let address = format!("{}/.well-known/openid-configuration", issuer.trim_end_matches('/'));
        let document: Document = get(document::PART, &address, HeaderMap::new(), self.patience).await?;
        let document = document.checked(issuer)?;
        let keys = get("keys", &document.jwks_uri, HeaderMap::new(), self.patience).await?;
        Ok(Known { document, keys: Keys::of(&keys) })
    }
}

/// Where codes are changed for tokens.
const TOKENS: &str = "token endpoint";

fn refuses_the_code(body: &[u8]) -> bool {
    serde_json::from_slice::<Value>(body).is_ok_and(|body| body["error"] == "invalid_grant")
}
