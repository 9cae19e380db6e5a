//! Reports with what people found in them.

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer, Serialize};
use vocab::{OrganizationKind, ReportFormat};

use crate::{Reading, Report};

/// A report and what is to be found in it: the form of a gold file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Gold {
    /// Its name.
    #[serde(default)]
    pub id: String,
    /// Its language (ISO 639-1).
    #[serde(default)]
    pub lang: Option<String>,
    /// The day it was published, where the one who handed it in knows.
    #[serde(default)]
    pub published_on: Option<NaiveDate>,
    /// The text as it was handed in.
    pub text: String,
    /// What is to be found.
    pub gold: Findings,
}

impl Gold {
    /// Reads a gold file.
    ///
    /// # Errors
    /// Where it is no JSON, or lacks its text or its gold.
    pub fn parse(json: &str) -> serde_json::Result<Self> {
        serde_json::from_str(json)
    }

    /// The report as it is handed to an engine: HTML where its first words say so.
    pub fn report(&self) -> Report<'_> {
        let start: String = self.text.trim_start().chars().take(15).collect::<String>().to_lowercase();
        let is_html = start.starts_with("<!doctype html") || start.starts_with("<html");
        let format = if is_html { ReportFormat::Html } else { ReportFormat::Plain };
        Report { text: &self.text, format, published_on: self.published_on, language: None }
    }

    /// Its language, `und` where nobody says.
    pub fn language(&self) -> &str {
        self.lang.as_deref().unwrap_or("und")
    }
}

/// What is to be found in a report, or what was found: as much of it as the exam looks at.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Findings {
    /// The states that are party (ISO 3166-1 alpha-3).
    #[serde(deserialize_with = "codes")]
    pub states: Vec<String>,
    /// The organizations that take part.
    #[serde(deserialize_with = "or_none")]
    pub organizations: Vec<Organization>,
    /// The people who take part.
    #[serde(deserialize_with = "or_none")]
    pub people: Vec<Person>,
    /// The contacts.
    #[serde(deserialize_with = "or_none")]
    pub meetings: Vec<Meeting>,
    /// The slugs of the cooperation areas.
    #[serde(deserialize_with = "codes")]
    pub areas: Vec<String>,
    /// What could be followed up.
    #[serde(deserialize_with = "or_none")]
    pub actions: Vec<Action>,
    /// The codes of what is doubtful; not marked.
    #[serde(deserialize_with = "codes")]
    pub notes: Vec<String>,
}

/// An organization.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Organization {
    /// Its name.
    pub name: String,
    /// What it is, by its code.
    pub kind: Option<String>,
    /// The state it belongs to.
    pub state: Option<String>,
}

/// A person.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Person {
    /// The name without honorifics.
    pub name: String,
    /// The post, as the text has it.
    pub post: Option<String>,
    /// The state they act for.
    pub state: Option<String>,
}

/// A contact.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Meeting {
    /// What kind of contact, by its code.
    pub kind: Option<String>,
    /// The day, the month or the year.
    pub date: Option<String>,
    /// How the parties were together, by its code.
    pub mode: Option<String>,
    /// The city, else the state.
    pub place: Option<String>,
}

/// What could be followed up.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Action {
    /// What the words do, by its code.
    pub kind: Option<String>,
    /// The side the actor acts for.
    pub actor_side: Option<String>,
    /// The slugs of the areas it is about.
    #[serde(deserialize_with = "codes")]
    pub areas: Vec<String>,
    /// The time it is tied to.
    pub due: Option<String>,
    /// The clause.
    pub quote: Option<String>,
}

impl From<&Reading> for Findings {
    fn from(reading: &Reading) -> Self {
        Self {
            states: reading.states.iter().map(|state| state.code.clone()).collect(),
            organizations: reading.organizations.iter().map(Organization::from).collect(),
            people: reading.people.iter().map(Person::from).collect(),
            meetings: reading.meetings.iter().map(Meeting::from).collect(),
            areas: reading.areas.iter().map(|area| area.slug.clone()).collect(),
            actions: reading.actions.iter().map(Action::from).collect(),
            notes: reading.doubts.iter().map(|doubt| doubt.code.to_string()).collect(),
        }
    }
}

impl Organization {
    /// Whether it is a ministry.
    pub fn is_ministry(&self) -> bool {
        self.kind.as_deref() == Some(vocab::Word::code(OrganizationKind::Ministry))
    }
}

impl From<&crate::reading::Organization> for Organization {
    fn from(body: &crate::reading::Organization) -> Self {
        Self { name: body.name.clone(), kind: Some(body.kind.to_string()), state: body.state.clone() }
    }
}

impl From<&crate::reading::Person> for Person {
    fn from(person: &crate::reading::Person) -> Self {
        Self { name: person.name.clone(), post: person.post.clone(), state: person.state.clone() }
    }
}

impl From<&crate::reading::Meeting> for Meeting {
    fn from(meeting: &crate::reading::Meeting) -> Self {
        Self {
            kind: Some(meeting.kind.to_string()),
            date: meeting.date.map(|date| date.to_string()),
            mode: meeting.mode.map(|mode| mode.to_string()),
            place: meeting.place.clone(),
        }
    }
}

impl From<&crate::reading::Action> for Action {
    fn from(action: &crate::reading::Action) -> Self {
        let clause = || action.basis.evidence.first().map(|span| span.quote.clone());
        Self {
            kind: Some(action.kind.to_string()),
            actor_side: action.actor_side.clone(),
            areas: action.areas.clone(),
            due: action.due.map(|due| due.to_string()),
            quote: Some(action.quote.clone()).filter(|quote| !quote.is_empty()).or_else(clause),
        }
    }
}

/// A list that may be null.
fn or_none<'de, D: Deserializer<'de>, T: Deserialize<'de>>(from: D) -> Result<Vec<T>, D::Error> {
    Ok(Option::deserialize(from)?.unwrap_or_default())
}

/// A list of codes, each by itself or in an object with more about it.
fn codes<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Coded {
        Bare(String),
        Told {
            #[serde(alias = "slug")]
            code: String,
        },
    }
    let code = |coded| match coded {
        Coded::Bare(code) | Coded::Told { code } => code,
    };
    Ok(or_none(from)?.into_iter().map(code).collect())
}
