//! Webhooks, signed after the form of [Standard Webhooks](https://www.standardwebhooks.com).

use std::time::Duration;

use axum::http::{HeaderMap, HeaderValue, StatusCode};
use base64::{Engine, engine::general_purpose::STANDARD};
use ring::hmac;

use crate::{
    Failure,
    outbound::{Caller, Fault, Reach, address::Address},
    secret,
    settings::{self, Event},
    transmission::Outcome,
};

/// What a secret begins with.
const PREFIX: &str = "whsec_";
/// How many bytes a secret has.
const LENGTHS: std::ops::RangeInclusive<usize> = 24..=64;
/// Of an answer the status counts alone.
const MOST: usize = 64 * 1024;

/// Somebody who is called.
#[derive(Clone)]
pub struct Webhook {
    /// What it is called in the list of deliveries.
    pub name: String,
    events: Vec<Event>,
    caller: Caller,
    key: hmac::Key,
}

impl Webhook {
    /// The webhook that is set.
    ///
    /// # Errors
    /// Where it lies out of reach, or its secret cannot be read.
    pub fn of(settings: &settings::Webhook) -> Result<Self, Failure> {
        let settings::Webhook { name, url, secret_file, events, allow_private, timeout_seconds } = settings;
        let wrong = |why: &str| Failure::asked_wrong(format!("webhooks: {name}: {why}"));
        let address = Address::parse(url).ok_or_else(|| wrong("the url cannot be called"))?;
        let reach = if *allow_private { Reach::Anywhere } else { Reach::Public };
        let is_walled = address.host.parse().is_ok_and(|ip| !reach.holds(ip));
        if is_walled || !address.is_encrypted && !allow_private {
            return Err(wrong(
                "the url is on this machine or in a private network: set allow_private = true to call it",
            ));
        }
        let secret = secret::read(&format!("webhooks: {name}: secret_file"), secret_file)?;
        let bytes = secret.strip_prefix(PREFIX).and_then(|text| STANDARD.decode(text).ok());
        let Some(bytes) = bytes.filter(|bytes| LENGTHS.contains(&bytes.len())) else {
            return Err(wrong("the secret_file holds no secret: write whsec_ and 24 to 64 bytes in base64 into it"));
        };
        Ok(Self {
            name: name.clone(),
            events: events.clone(),
            caller: Caller::new(address, reach, Duration::from_secs(*timeout_seconds))?,
            key: hmac::Key::new(hmac::HMAC_SHA256, &bytes),
        })
    }

    /// The same, with another patience.
    pub fn with_patience(self, patience: Duration) -> Self {
        Self { caller: self.caller.with_patience(patience), ..self }
    }

    /// Whether it wants to be told of such an event.
    pub fn hears_of(&self, event: Event) -> bool {
        self.events.contains(&event)
    }

    /// Calls it. Whoever is called twice under one identifier knows it by that, so that a call may be repeated.
    pub async fn call(&self, id: &str, timestamp: i64, body: &str) -> Outcome {
        match self.caller.post(self.headers(id, timestamp, body), body.to_owned(), MOST).await {
            Ok((status, _)) if status.is_success() => {
                Outcome::Taken(format!("answered with status {}", status.as_u16()))
            }
            // By the specification, whoever answers so wants to hear nothing more.
            Ok((StatusCode::GONE, _)) => {
                Outcome::Refused("answered with status 410: it wants no more calls".to_owned())
            }
            Ok((status, _)) => Outcome::Later(format!("answered with status {}", status.as_u16())),
            Err(Fault::Unreachable(fault)) => Outcome::Later(format!("cannot be reached: {fault}")),
            Err(Fault::Late(patience)) => Outcome::Later(format!("did not answer within {} s", patience.as_secs_f32())),
            Err(Fault::Broken | Fault::TooLong) => Outcome::Later("the connection broke off".to_owned()),
        }
    }

    fn headers(&self, id: &str, timestamp: i64, body: &str) -> HeaderMap {
        let headers = [
            ("webhook-id", id.to_owned()),
            ("webhook-timestamp", timestamp.to_string()),
            ("webhook-signature", self.signature(id, timestamp, body)),
        ];
        // None of them can hold what a header cannot.
        let written =
            |(name, value): (&'static str, String)| Some((name.parse().ok()?, HeaderValue::try_from(value).ok()?));
        headers.into_iter().filter_map(written).collect()
    }

    fn signature(&self, id: &str, timestamp: i64, body: &str) -> String {
        let signed = hmac::sign(&self.key, format!("{id}.{timestamp}.{body}").as_bytes());
        format!("v1,{}", STANDARD.encode(signed))
    }
}
