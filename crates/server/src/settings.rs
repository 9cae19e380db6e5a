//! What an operator may set: the commented defaults that are compiled in, a file, the environment and the command line,
//! each over the one before it.

mod layers;
mod place;
mod provider;
mod reminders;
mod sign_in;
mod watching;

use std::{net::SocketAddr, path::PathBuf, time::Duration};

use serde::Deserialize;
use store::StoreSettings;
use toml::Value;
use vocab::{
    ActionKind,
    status::{LONGEST_RHYTHM, Rhythms},
};

use crate::{
    Failure,
    outbound::address::{self, Address},
    secret::Secret,
};

pub use layers::Set;
pub(crate) use place::sqlite_file;
pub use provider::{Groups, Provider};
pub use reminders::{Event, Mail, MailTls, Reminders, Webhook};
pub use sign_in::SignIn;
pub use watching::{Log, LogFormat, Metrics, Telemetry};

/// Every setting with its default and a comment.
pub const DEFAULT: &str = include_str!("../default.toml");

/// Everything that can be set; `default.toml` tells what each means.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The address and port to serve on.
    pub listen: SocketAddr,
    /// Whether requests are answered that name another host than this machine.
    pub allow_remote: bool,
    /// Whether nothing is answered but the documents that are handed out with the program.
    pub only_trusted_documents: bool,
    /// The name of the account in which the commands of this machine write.
    pub account: String,
    /// Who may come in, and how.
    pub sign_in: SignIn,
    /// Where the records are.
    pub database: Database,
    /// How long an action of each kind may be silent.
    pub rhythm: Rhythm,
    /// How much a client may ask for.
    pub limits: Limits,
    /// How much may be listened to.
    pub live: Live,
    /// The language model that reads too.
    pub second_reader: SecondReader,
    /// Who publishes activities of IATI.
    pub iati: Iati,
    /// How people are reminded.
    pub reminders: Reminders,
    /// Who takes mail.
    pub mail: Mail,
    /// Who is called when something has happened.
    pub webhooks: Vec<Webhook>,
    /// The work in the background.
    pub jobs: Jobs,
    /// Where is told what is counted.
    pub metrics: Metrics,
    /// Where traces are sent.
    pub telemetry: Telemetry,
    /// What is told about the work.
    pub log: Log,
}

/// Where the records are.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Database {
    /// How to reach it.
    pub url: String,
    /// Connections that read at once.
    pub connections: u32,
    /// Whether a commit waits for the disk.
    pub durable: bool,
}

/// How many days an action of each kind may go without being heard of.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rhythm {
    /// For proposals.
    pub proposal: u16,
    /// For requests.
    pub request: u16,
    /// For offers.
    pub offer: u16,
    /// For invitations.
    pub invitation: u16,
    /// For commitments.
    pub commitment: u16,
    /// For agreements.
    pub agreement: u16,
    /// For plans.
    pub plan: u16,
}

impl From<Rhythm> for Rhythms {
    fn from(rhythm: Rhythm) -> Self {
        let Rhythm { proposal, request, offer, invitation, commitment, agreement, plan } = rhythm;
        Self::new(|kind| match kind {
            ActionKind::Proposal => proposal,
            ActionKind::Request => request,
            ActionKind::Offer => offer,
            ActionKind::Invitation => invitation,
            ActionKind::Commitment => commitment,
            ActionKind::Agreement => agreement,
            ActionKind::Plan => plan,
        })
    }
}

/// How much a client may ask for.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// Connections at once.
    pub connections: usize,
    /// Operations that are executed at once.
    pub operations: usize,
    /// Seconds for the head of a request.
    pub header_seconds: u64,
    /// Seconds for the body of a request.
    pub body_seconds: u64,
    /// Seconds for a client to read on in an answer.
    pub write_seconds: u64,
    /// Seconds for one operation.
    pub operation_seconds: u64,
    /// Seconds for what is under way when the server stops.
    pub stop_seconds: u64,
    /// Bytes in the body of a request.
    pub body_bytes: usize,
    /// Brackets inside brackets.
    pub nesting: usize,
    /// Words and signs in a document.
    pub tokens: usize,
    /// Values in variables.
    pub values: usize,
    /// Fields once fragments are written out.
    pub selections: u64,
    /// Rows that lists inside lists can bring.
    pub rows: u64,
    /// Items in a list that is given.
    pub list: usize,
    /// Objects that one client may ask for in a minute.
    pub cost_per_minute: u32,
    /// Aliases in a document.
    pub aliases: usize,
    /// Fields at the root.
    pub root_fields: usize,
}

impl Limits {
    /// How long one operation may take.
    pub fn operation(&self) -> Duration {
        Duration::from_secs(self.operation_seconds)
    }

    /// How long a client may take for a body.
    pub fn body(&self) -> Duration {
        Duration::from_secs(self.body_seconds)
    }

    /// How long a client may take to read on in what it is sent.
    pub fn write(&self) -> Duration {
        Duration::from_secs(self.write_seconds)
    }
}

/// How much may be listened to: operations over WebSocket and server-sent events.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Live {
    /// Seconds until it is looked for what others have written, where nobody tells of it.
    pub wake_seconds: u64,
    /// Clients that listen at once.
    pub clients: usize,
    /// Of these, from one address.
    pub clients_per_address: usize,
    /// Operations at once on one socket.
    pub operations: usize,
    /// Bytes in a message on a socket.
    pub message_bytes: usize,
    /// Seconds for the first message on a socket.
    pub init_seconds: u64,
    /// Seconds between signs of life.
    pub ping_seconds: u64,
}

impl Live {
    /// How long until it is looked for what others have written.
    pub fn wake(&self) -> Duration {
        Duration::from_secs(self.wake_seconds)
    }

    /// How long a client may take for its first message.
    pub fn init(&self) -> Duration {
        Duration::from_secs(self.init_seconds)
    }

    /// How long until the next sign of life.
    pub fn ping(&self) -> Duration {
        Duration::from_secs(self.ping_seconds)
    }
}

/// A language model that reads every report after the rules have.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SecondReader {
    /// Where it answers; empty where there is none.
    pub url: String,
    /// The model.
    pub model: String,
    /// The file with its key; empty where it wants none.
    pub key_file: String,
    /// The key itself, in place of a file.
    pub key: Secret,
    /// Seconds for a report.
    pub timeout_seconds: u64,
    /// How it is told to answer in JSON.
    pub answer_form: AnswerForm,
}

/// How a model is told to answer in JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AnswerForm {
    /// Any object; the task says which.
    JsonObject,
    /// An object of this schema.
    JsonSchema,
}

/// Who publishes activities of IATI.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Iati {
    /// The identifier that the host is registered by; empty where it publishes nothing.
    pub reporting_org: String,
    /// The language of what has none of its own.
    pub language: String,
}

/// The work in the background.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Jobs {
    /// Seconds until it looks for what is due again.
    pub wake_seconds: u64,
    /// Pieces of work at once.
    pub at_once: usize,
}

/// Where settings come from, beside the defaults.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    /// A file that must be there; without one, `entente.toml` in the working folder, where there is one.
    pub file: Option<PathBuf>,
    /// The environment.
    pub variables: Vec<(String, String)>,
    /// From the command line: the key, the name of the flag, the value.
    pub flags: Vec<(&'static str, &'static str, Value)>,
}

impl Settings {
    /// The settings as these sources give them.
    ///
    /// # Errors
    /// A file that cannot be read or understood, a key that is not there, a value that does not fit: each with the key
    /// and where it was set.
    pub fn load(sources: &Sources) -> Result<Self, Failure> {
        Ok(Self::load_telling(sources)?.0)
    }

    /// The same, with what is set otherwise than by default, and where.
    ///
    /// # Errors
    /// As [`Settings::load`].
    pub fn load_telling(sources: &Sources) -> Result<(Self, Vec<Set>), Failure> {
        let (name, text) = match &sources.file {
            Some(path) => (path.display().to_string(), Some(read(path)?)),
            None => {
                let beside = PathBuf::from("entente.toml");
                (beside.display().to_string(), beside.exists().then(|| read(&beside)).transpose()?)
            }
        };
        let mut layers = layers::Layers::of_defaults(DEFAULT)?;
        if let Some(text) = text {
            layers.put_file(&name, &text)?;
        }
        layers.put_variables(&sources.variables)?;
        for (key, flag, value) in &sources.flags {
            layers.put_flag(key, flag, value.clone());
        }
        let set = layers.set();
        let settings = layers.checked(check)?.try_into();
        Ok((settings.map_err(|fault: toml::de::Error| Failure::asked_wrong(fault.message()))?, set))
    }

    /// How the store is to be opened.
    pub fn store(&self) -> StoreSettings {
        let Database { url, connections, durable } = self.database.clone();
        StoreSettings {
            connections,
            durable,
            rhythms: self.rhythm.into(),
            reminders: self.reminders.into(),
            ..StoreSettings::new(url)
        }
    }
}

fn read(path: &std::path::Path) -> Result<String, Failure> {
    let fault = |error: std::io::Error| Failure::asked_wrong(format!("{}: {error}", path.display()));
    std::fs::read_to_string(path).map_err(fault)
}

/// What is wrong with a value of the right type, in words that follow the key.
fn check(key: &str, value: &Value) -> Result<(), &'static str> {
    let text = value.as_str().unwrap_or_default();
    let of_others = reminders::check(key, value).or_else(|| sign_in::check(key, value));
    let holds = match key {
        _ if of_others.is_some() => of_others.unwrap_or_default(),
        "listen" => {
            (text.parse::<SocketAddr>().is_ok(), "is no address with a port, such as 127.0.0.1:8000 or [::1]:8000")
        }
        "metrics.listen" => (
            matches!(text, "" | "off") || text.parse::<SocketAddr>().is_ok(),
            "is neither empty, off nor an address with a port, such as 127.0.0.1:9464",
        ),
        "telemetry.endpoint" => (text.is_empty() || Address::parse(text).is_some(), address::WANTED),
        "telemetry.service_name" => (!text.trim().is_empty(), "is empty: give the server a name"),
        "account" => (!text.trim().is_empty(), "is empty: give the account a name"),
        "database.url" => (
            ["sqlite:", "postgres:", "postgresql:"].iter().any(|scheme| text.starts_with(scheme)),
            "is no database: it starts with sqlite:// or postgres://",
        ),
        "second_reader.url" => (text.is_empty() || Address::parse(text).is_some(), address::WANTED),
        "second_reader.answer_form" => {
            (matches!(text, "json_object" | "json_schema"), "is neither json_object nor json_schema")
        }
        "iati.reporting_org" => (
            !text.contains(|c: char| c.is_whitespace() || c.is_control() || "/&|?".contains(c)),
            "is no identifier of an organization: it has no blank and none of / & | ?",
        ),
        "iati.language" => (text.parse::<vocab::Language>().is_ok(), "is no language: use en, fr or ar"),
        "log.level" => (
            tracing_subscriber::EnvFilter::try_new(text).is_ok(),
            "is no level: use error, warn, info, debug, trace, or a filter such as info,entente=debug",
        ),
        "log.format" => (matches!(text, "text" | "json"), "is neither text nor json"),
        _ if key.starts_with("rhythm.") => {
            let days = value.as_integer();
            (
                days.is_some_and(|days| (1..=i64::from(LONGEST_RHYTHM)).contains(&days)),
                "is out of range: from 1 to 3650 days",
            )
        }
        _ => {
            let number = value.as_integer();
            (number.is_none_or(|n| (1..=i64::from(u32::MAX)).contains(&n)), "is out of range: from 1 to 4294967295")
        }
    };
    if holds.0 { Ok(()) } else { Err(holds.1) }
}

#[cfg(test)]
mod tests;
