//! What was read in a report: the shape that is printed, exchanged and kept.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use vocab::{
    ActionKind, ActionStatus, CheckableElement, Deed, DoubtCode, MeetingKind, MeetingMode, OrganizationKind,
    PartialDate, ParticipationRole, Strength, evidence::Span,
};

/// Everything one engine read in one report. Lists are in the order of the text.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// The language of the text (ISO 639-1), recognized or as told; also one that the engine does not read.
    pub language: Option<String>,
    /// The day of publication, as told or as the page says.
    pub published_on: Option<NaiveDate>,
    /// The headline.
    pub title: Option<String>,
    /// The cleaned text: what is kept, and what every offset counts in.
    pub text: String,
    /// What cleaning left out, in order.
    pub cut: Vec<Cut>,
    /// The states that are party to the contact or the cooperation.
    pub states: Vec<State>,
    /// The organizations that take part, ministries among them.
    pub organizations: Vec<Organization>,
    /// The people who take part.
    pub people: Vec<Person>,
    /// The contacts that the report is about.
    pub meetings: Vec<Meeting>,
    /// The cooperation areas.
    pub areas: Vec<Area>,
    /// What could be followed up.
    pub actions: Vec<Action>,
    /// What is told as done, which may be what was promised before.
    #[serde(default)]
    pub fulfilments: Vec<Fulfilment>,
    /// What the engine is not sure of.
    #[serde(rename = "notes")]
    pub doubts: Vec<Doubt>,
}

/// Something that was taken out of the handed-in text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Cut {
    /// Where it stood in what was handed in, tags and all, counted in Unicode scalar values.
    pub start: usize,
    /// One past its last character.
    pub end: usize,
    /// What it was taken for, such as `cookie banner`.
    pub reason: String,
    /// The words; of HTML, without the tags between them.
    pub text: String,
}

/// What every fact carries: its words, the rule that read it, and how sure that rule is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Basis {
    /// Where it stands, the clearest place first. Never empty.
    pub evidence: Vec<Span>,
    /// From 0 to 1: the share of such findings that are right.
    pub confidence: f64,
    /// The name of the rule.
    pub rule: String,
}

/// A state that is party.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct State {
    /// ISO 3166-1 alpha-3.
    pub code: String,
    /// Where it stands and how sure it is.
    #[serde(flatten)]
    pub basis: Basis,
}

/// An organization that takes part.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Organization {
    /// Its name; a ministry as `Ministry of X`, also where the text has only its minister.
    pub name: String,
    /// What it is.
    pub kind: OrganizationKind,
    /// Its acronym, where the text or the reference data has one.
    pub acronym: Option<String>,
    /// The state it belongs to, alpha-3.
    pub state: Option<String>,
    /// Where it stands and how sure it is.
    #[serde(flatten)]
    pub basis: Basis,
}

/// A person who takes part.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Person {
    /// The name without honorifics, in its fullest spelling in the text.
    pub name: String,
    /// Other spellings in the same text.
    pub also: Vec<String>,
    /// The honorific the text gives, such as `Dr.`.
    pub honorific: Option<String>,
    /// The post, as the text has it.
    pub post: Option<String>,
    /// The name or acronym of the organization the post belongs to.
    pub organization: Option<String>,
    /// The state the person acts for, alpha-3.
    pub state: Option<String>,
    /// What they did in the meeting.
    pub role: ParticipationRole,
    /// Where it stands and how sure it is.
    #[serde(flatten)]
    pub basis: Basis,
}

/// A contact.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Meeting {
    /// What kind of contact.
    pub kind: MeetingKind,
    /// When, as precisely as the text says.
    pub date: Option<PartialDate>,
    /// How the parties were together.
    pub mode: Option<MeetingMode>,
    /// The city, else the state.
    pub place: Option<String>,
    /// Where it stands and how sure it is.
    #[serde(flatten)]
    pub basis: Basis,
}

/// A cooperation area.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Area {
    /// Its slug in the taxonomy.
    pub slug: String,
    /// Where it stands and how sure it is.
    #[serde(flatten)]
    pub basis: Basis,
}

/// Something that could be followed up: one speech act with its objects.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Action {
    /// What the words do.
    pub kind: ActionKind,
    /// How binding they are.
    pub strength: Strength,
    /// Who acts: a person's or body's name as in this reading, or `both`.
    pub actor: Option<String>,
    /// The side the actor acts for: a state's alpha-3 code, an organization's acronym or name, or `both`.
    pub actor_side: Option<String>,
    /// The other side: a state's alpha-3 code, an organization's acronym or name.
    pub counterpart: Option<String>,
    /// The slugs of the areas it is about.
    pub areas: Vec<String>,
    /// The time the text ties it to.
    pub due: Option<PartialDate>,
    /// What it lacks to be checkable.
    pub missing: Vec<CheckableElement>,
    /// The clause.
    pub quote: String,
    /// Where it stands and how sure it is.
    #[serde(flatten)]
    pub basis: Basis,
}

/// Something that is told as done. Whether anybody had promised it, only the records can tell.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Fulfilment {
    /// What was done.
    pub deed: Deed,
    /// What that says of the promise: delivered, unless a reviewer knows better.
    pub says: ActionStatus,
    /// When, as far as the sentence tells.
    pub on: Option<PartialDate>,
    /// The slugs of the areas it is about.
    pub areas: Vec<String>,
    /// The sentence.
    pub quote: String,
    /// Where it stands and how sure it is.
    #[serde(flatten)]
    pub basis: Basis,
}

/// Something the engine is not sure of.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Doubt {
    /// Why.
    pub code: DoubtCode,
    /// What a reviewer should look at, in a sentence.
    pub message: String,
    /// Where, unless it is about the whole text.
    pub evidence: Vec<Span>,
}
