//! How people are reminded, and by which ways.

use serde::Deserialize;
use toml::Value;
use vocab::{Frequency, Language, Weekday, Word};

use crate::{
    outbound::address::{self, Address},
    secret::Secret,
};

/// How those are reminded who have not said otherwise.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reminders {
    /// How often.
    pub frequency: Frequency,
    /// On which day, where it is once a week.
    pub weekday: Weekday,
    /// In which language.
    pub language: Language,
    /// How many days before its due day something is due soon.
    pub due_soon_days: u16,
    /// From which hour of the day (UTC).
    pub hour: u32,
}

impl From<Reminders> for vocab::Reminders {
    fn from(reminders: Reminders) -> Self {
        let Reminders { frequency, weekday, language, due_soon_days, hour: _ } = reminders;
        Self { frequency, weekday, language, due_soon_days }
    }
}

/// The server that takes mail.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mail {
    /// Its name; empty where no mail is sent.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How what is said to it is encrypted.
    pub tls: MailTls,
    /// The user to sign in as; empty where none is needed.
    pub user: String,
    /// The file with the password.
    pub password_file: String,
    /// The password itself, in place of a file.
    pub password: Secret,
    /// From whom mail is.
    pub from: String,
    /// Seconds to hand over one mail.
    pub timeout_seconds: u64,
}

/// How what is said to the mail server is encrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MailTls {
    /// From an unencrypted beginning on (port 587).
    Starttls,
    /// From the first byte on (port 465).
    Tls,
    /// Not at all.
    None,
}

/// Somebody who is called when something has happened.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Webhook {
    /// What it is called in the list of deliveries.
    pub name: String,
    /// Where it answers.
    pub url: String,
    /// The file with the secret that calls are signed with.
    pub secret_file: String,
    /// What it is told of.
    pub events: Vec<Event>,
    /// Whether it may be on this machine or in a private network.
    #[serde(default)]
    pub allow_private: bool,
    /// Seconds for one call.
    #[serde(default = "patience")]
    pub timeout_seconds: u64,
}

fn patience() -> u64 {
    20
}

/// What a webhook can be told of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Event {
    /// Somebody has a digest.
    Digest,
}

/// The most seconds that a hand-over may take: less than a lease of the work in the background.
const LONGEST_PATIENCE: i64 = 120;

/// What is wrong with a value of these settings, in words that follow the key; none for keys of others.
pub(super) fn check(key: &str, value: &Value) -> Option<(bool, &'static str)> {
    let text = value.as_str().unwrap_or_default();
    let within = |most| value.as_integer().is_some_and(|number| (1..=most).contains(&number));
    Some(match key {
        "reminders.frequency" => (Frequency::from_code(text).is_ok(), "is neither none, daily nor weekly"),
        "reminders.weekday" => (Weekday::from_code(text).is_ok(), "is no day of the week, such as monday"),
        "reminders.language" => (Language::from_code(text).is_ok(), "is neither en, fr nor ar"),
        "reminders.due_soon_days" => (within(365), "is out of range: from 1 to 365 days"),
        "reminders.hour" => {
            (value.as_integer().is_some_and(|hour| (0..24).contains(&hour)), "is no hour: from 0 to 23")
        }
        "mail.port" => (within(65_535), "is no port: from 1 to 65535"),
        "mail.tls" => (matches!(text, "starttls" | "tls" | "none"), "is neither starttls, tls nor none"),
        "mail.timeout_seconds" => (within(LONGEST_PATIENCE), "is out of range: from 1 to 120 seconds"),
        "webhooks" => {
            return value.as_array()?.iter().find_map(webhook).map(|wrong| (false, wrong)).or(Some((true, "")));
        }
        _ => return None,
    })
}

/// What is wrong with a webhook.
fn webhook(table: &Value) -> Option<&'static str> {
    let text = |key: &str| table.get(key).and_then(Value::as_str).unwrap_or_default();
    let patience = table.get("timeout_seconds").map_or(Some(20), Value::as_integer);
    if !table.is_table() || ["name", "url", "secret_file"].into_iter().any(|key| text(key).trim().is_empty()) {
        return Some("each need a name, a url and a secret_file: write them under [[webhooks]]");
    }
    if Address::parse(text("url")).is_none() {
        return Some(address::WANTED_OF_WEBHOOKS);
    }
    if table.get("events").and_then(Value::as_array).is_none_or(Vec::is_empty) {
        return Some("each need a list of events: events = [\"digest\"]");
    }
    let in_range = patience.is_some_and(|seconds| (1..=LONGEST_PATIENCE).contains(&seconds));
    (!in_range).then_some("have a timeout_seconds out of range: from 1 to 120 seconds")
}
