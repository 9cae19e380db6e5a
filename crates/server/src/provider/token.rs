//! What a token of the provider says, and whether it may be believed: who has signed in, and who has signed out.

use chrono::{DateTime, Utc};
use jsonwebtoken::{Header, Validation, decode, decode_header, errors::ErrorKind};
use serde::Deserialize;
use serde_json::{Map, Value};

use super::{Known, fault::Fault};

/// So far clocks may be apart, in seconds.
const APART: i64 = 60;
/// A token that is older was not made for what it is brought for, in seconds.
pub(super) const OLDEST: i64 = 10 * 60;
/// The longest name that a provider may give to somebody.
const LONGEST: usize = 255;
/// What a logout token is about.
const LOGOUT: &str = "http://schemas.openid.net/event/backchannel-logout";

/// What a token says.
#[derive(Debug, Deserialize)]
pub(super) struct Claims {
    iss: String,
    pub(super) sub: Option<String>,
    aud: Audience,
    azp: Option<String>,
    exp: f64,
    iat: f64,
    nonce: Option<Value>,
    pub(super) sid: Option<String>,
    pub(super) jti: Option<String>,
    events: Option<Value>,
    #[serde(flatten)]
    pub(super) more: Map<String, Value>,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Several(Vec<String>),
}

/// Why a token says nothing.
pub(super) enum Closed {
    /// No key that is known has signed it, and why; one that is not known yet may have.
    ToKeys(&'static str),
    /// It cannot be trusted.
    For(Fault),
}

fn refused<T>(why: &'static str) -> Result<T, Fault> {
    Err(Fault::Token(why))
}

/// What a token says that the provider has signed.
pub(super) fn opened(known: &Known, token: &str) -> Result<(Header, Claims), Closed> {
    let closed = |why| Err(Closed::For(Fault::Token(why)));
    let Ok(header) = decode_header(token) else {
        return closed("is none, or not signed in a way that is known");
    };
    if !known.document.algorithms().contains(&header.alg) {
        return closed("is signed in another way than the provider has said");
    }
    if header.crit.is_some() {
        return closed("asks for what is not understood here");
    }
    let Some(key) = known.keys.of_token(&header) else {
        return Err(Closed::ToKeys("is signed by a key that the provider does not name"));
    };
    let mut validation = Validation::new(header.alg);
    // Whose it is, for whom and of when is looked at by `believed`, which can say what is wrong, and has the clock.
    validation.required_spec_claims.clear();
    (validation.validate_aud, validation.validate_exp) = (false, false);
    match decode::<Claims>(token, &key, &validation) {
        Ok(token) => Ok((token.header, token.claims)),
        Err(fault) if matches!(fault.kind(), ErrorKind::InvalidSignature) => {
            Err(Closed::ToKeys("is not signed by the provider"))
        }
        Err(_) => closed("lacks what it has to say, or says it in another form"),
    }
}

impl Claims {
    /// That it is of this issuer, for us, and of now.
    fn believed(&self, issuer: &str, us: &str, now: DateTime<Utc>) -> Result<(), Fault> {
        let now = now.timestamp() as f64;
        let (apart, oldest) = (APART as f64, OLDEST as f64);
        if self.iss != issuer {
            return refused("is of another issuer");
        }
        let is_ours = match &self.aud {
            Audience::One(one) => one == us,
            // Whom else it is for is not known here: then it has to be made out to us.
            Audience::Several(several) => {
                several.iter().any(|one| one == us) && (several.len() == 1 || self.azp.as_deref() == Some(us))
            }
        };
        if !is_ours || self.azp.as_deref().is_some_and(|azp| azp != us) {
            return refused("is for another program");
        }
        if self.exp <= now - apart {
            return refused("has expired");
        }
        if self.iat > now + apart {
            return refused("is of a time that has not come: compare the clocks");
        }
        if self.iat < now - oldest - apart {
            return refused("is too old");
        }
        if self.sub.as_ref().is_some_and(|sub| sub.trim().is_empty() || sub.len() > LONGEST) {
            return refused("names nobody, or somebody by too long a name");
        }
        Ok(())
    }

    /// That it tells of a sign-in that was begun with this nonce: whom it tells of.
    pub(super) fn signed_in(&self, issuer: &str, us: &str, nonce: &str, now: DateTime<Utc>) -> Result<&str, Fault> {
        self.believed(issuer, us, now)?;
        if self.nonce.as_ref().and_then(Value::as_str) != Some(nonce) {
            return refused("is of another sign-in (the nonce differs)");
        }
        match &self.sub {
            Some(subject) => Ok(subject),
            None => refused("names nobody"),
        }
    }

    /// That it tells of a sign-out, by which name that is known.
    pub(super) fn signed_out(
        &self,
        header: &Header,
        issuer: &str,
        us: &str,
        now: DateTime<Utc>,
    ) -> Result<&str, Fault> {
        let kind = header.typ.as_deref().map(str::to_ascii_lowercase);
        let kind = kind.as_deref().map(|kind| kind.strip_prefix("application/").unwrap_or(kind));
        // Some providers have not said so yet, and the events below say what it is.
        if !matches!(kind, None | Some("logout+jwt" | "jwt")) {
            return refused("is of another kind");
        }
        self.believed(issuer, us, now)?;
        if self.nonce.is_some() {
            return refused("has a nonce, as only a token of a sign-in has");
        }
        if !self.events.as_ref().is_some_and(|events| events[LOGOUT].is_object()) {
            return refused("tells of no sign-out");
        }
        if self.sub.is_none() && self.sid.as_ref().is_none_or(String::is_empty) {
            return refused("does not tell who has signed out");
        }
        match self.jti.as_deref() {
            Some(jti) if !jti.is_empty() => Ok(jti),
            _ => refused("has no name of its own"),
        }
    }
}
