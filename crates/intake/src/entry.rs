//! One thing that was read, of whatever kind: its value as kept, what it says in a line, and a correction of it.

use extract::{
    Reading,
    reading::{Action, Area, Basis, Fulfilment, Meeting, Organization, Person, State},
};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};
use store::{Concept, Error, Result, finding};
use uuid::Uuid;
use vocab::{FindingKind, evidence::Span};

use crate::{matching::Candidate, wording};

/// One thing that was read.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Entry {
    State(State),
    Organization(Organization),
    Person(Person),
    Meeting(Meeting),
    Area(Area),
    Action(Action),
    Fulfilment(Fulfilment),
}

/// Does the same with the entry of any kind.
macro_rules! each {
    ($entry:expr, $inner:ident => $do:expr) => {
        match $entry {
            Entry::State($inner) => $do,
            Entry::Organization($inner) => $do,
            Entry::Person($inner) => $do,
            Entry::Meeting($inner) => $do,
            Entry::Area($inner) => $do,
            Entry::Action($inner) => $do,
            Entry::Fulfilment($inner) => $do,
        }
    };
}

/// Where the engine tells how it knows; in a kept finding these are columns of their own.
const BASIS: [&str; 2] = ["evidence", "confidence"];

impl Entry {
    /// Everything that was read, in the order in which it is put before a person: what others refer to comes first.
    pub(crate) fn all(read: &Reading) -> Vec<Self> {
        let states = read.states.iter().cloned().map(Self::State);
        let organizations = read.organizations.iter().cloned().map(Self::Organization);
        let people = read.people.iter().cloned().map(Self::Person);
        let meetings = read.meetings.iter().cloned().map(Self::Meeting);
        let areas = read.areas.iter().cloned().map(Self::Area);
        let actions = read.actions.iter().cloned().map(Self::Action);
        let fulfilments = read.fulfilments.iter().cloned().map(Self::Fulfilment);
        let records = states.chain(organizations).chain(people).chain(meetings).chain(areas);
        records.chain(actions).chain(fulfilments).collect()
    }

    pub(crate) fn kind(&self) -> FindingKind {
        match self {
            Self::State(_) => FindingKind::State,
            Self::Organization(_) => FindingKind::Organization,
            Self::Person(_) => FindingKind::Person,
            Self::Meeting(_) => FindingKind::Meeting,
            Self::Area(_) => FindingKind::Area,
            Self::Action(_) => FindingKind::Action,
            Self::Fulfilment(_) => FindingKind::Fulfilment,
        }
    }

    /// The concept of the record that it becomes.
    pub(crate) fn concept(&self) -> Concept {
        match self {
            Self::State(_) => Concept::MemberState,
            Self::Organization(_) => Concept::Organization,
            Self::Person(_) => Concept::Person,
            Self::Meeting(_) => Concept::Meeting,
            Self::Area(_) => Concept::CooperationArea,
            // What was done is told of the action that it fulfils.
            Self::Action(_) | Self::Fulfilment(_) => Concept::FollowUpAction,
        }
    }

    /// The finding that it is kept as, at this place of a reading.
    pub(crate) fn draft(&self, reading_id: Uuid, position: i32, candidates: &[Candidate]) -> finding::Draft {
        let basis = self.basis();
        finding::Draft {
            reading_id,
            kind: self.kind(),
            position,
            summary: self.summary(),
            value: self.value(),
            spans: json!(basis.evidence),
            confidence: basis.confidence,
            candidates: json!(candidates),
        }
    }

    pub(crate) fn basis(&self) -> &Basis {
        each!(self, entry => &entry.basis)
    }

    /// The value as it is kept: the entry as the engine prints it, without what has columns of its own.
    pub(crate) fn value(&self) -> Value {
        let mut value = each!(self, entry => serde_json::to_value(entry)).unwrap_or_default();
        if let Some(fields) = value.as_object_mut() {
            BASIS.iter().for_each(|field| drop(fields.remove(*field)));
        }
        value
    }

    /// What it says, in a line.
    pub(crate) fn summary(&self) -> String {
        match self {
            Self::State(state) => wording::state(&state.code),
            Self::Organization(organization) => wording::organization(organization),
            Self::Person(person) => wording::person(person),
            Self::Meeting(meeting) => wording::meeting(meeting),
            Self::Area(area) => wording::area(&area.slug),
            Self::Action(action) => wording::action(action),
            Self::Fulfilment(done) => wording::fulfilment(done),
        }
    }

    /// What counts of a kept finding: the correction where there is one, at the places where it was read.
    pub(crate) fn settled(finding: &finding::Model) -> Result<Self> {
        Self::of(finding, finding.settled_value())
    }

    /// What the engine read, whatever a person made of it.
    pub(crate) fn as_read(finding: &finding::Model) -> Result<Self> {
        Self::of(finding, &finding.value)
    }

    fn of(finding: &finding::Model, value: &Value) -> Result<Self> {
        Self::kept(finding.kind.0, value, &finding.spans, finding.confidence)
    }

    /// An entry out of the columns in which it is kept.
    pub(crate) fn kept(kind: FindingKind, value: &Value, spans: &Value, confidence: f64) -> Result<Self> {
        let spans: Vec<Span> = serde_json::from_value(spans.clone()).unwrap_or_default();
        let mut value = value.clone();
        if let Some(fields) = value.as_object_mut() {
            fields.insert("evidence".to_owned(), json!(spans));
            fields.insert("confidence".to_owned(), json!(confidence));
        }
        Self::parse(kind, value).map_err(|fault| Error::invalid("value", fault))
    }

    /// A kept finding with another value. What `change` does not name stays as it was read.
    ///
    /// # Errors
    /// [`Error::Invalid`] naming the first field that the kind does not have or that cannot hold what it was given.
    pub(crate) fn corrected(finding: &finding::Model, change: &Value) -> Result<Self> {
        let kind = finding.kind.0;
        let refuse = |message: String| Error::invalid("value", message);
        let change = change
            .as_object()
            .ok_or_else(|| refuse(format!("the value of a {kind} finding is an object with the fields that change")))?;
        let mut value = finding.value.clone();
        let read = value.as_object().cloned().unwrap_or_default();
        for (field, to) in change.iter().filter(|(field, _)| !BASIS.contains(&field.as_str())) {
            if !read.contains_key(field) {
                let fields: Vec<_> = read.keys().map(String::as_str).collect();
                return Err(refuse(format!("a {kind} has no field \"{field}\": it has {}", fields.join(", "))));
            }
            value[field] = to.clone();
            Self::of(&finding::Model { value: value.clone(), ..finding.clone() }, &value)
                .map_err(|fault| refuse(format!("{field}: {fault}")))?;
        }
        let corrected = Self::of(finding, &value)?;
        corrected.check()?;
        Ok(corrected)
    }

    /// Refuses what no record could be called.
    fn check(&self) -> Result<()> {
        let (field, named) = match self {
            Self::State(state) => ("code", &state.code),
            Self::Organization(organization) => ("name", &organization.name),
            Self::Person(person) => ("name", &person.name),
            Self::Area(area) => ("slug", &area.slug),
            Self::Action(action) => ("quote", &action.quote),
            Self::Fulfilment(done) => ("quote", &done.quote),
            Self::Meeting(_) => return Ok(()),
        };
        match named {
            named if named.trim().is_empty() => {
                Err(Error::invalid("value", format!("{field}: it is empty: write at least one character")))
            }
            named if named.contains('\0') => Err(Error::invalid("value", format!("{field}: it holds a NUL character"))),
            _ => Ok(()),
        }
    }

    fn parse(kind: FindingKind, value: Value) -> Result<Self, String> {
        fn into<T: DeserializeOwned>(value: Value) -> Result<T, String> {
            serde_json::from_value(value).map_err(|fault| fault.to_string())
        }
        Ok(match kind {
            FindingKind::State => Self::State(into(value)?),
            FindingKind::Organization => Self::Organization(into(value)?),
            FindingKind::Person => Self::Person(into(value)?),
            FindingKind::Meeting => Self::Meeting(into(value)?),
            FindingKind::Area => Self::Area(into(value)?),
            FindingKind::Action => Self::Action(into(value)?),
            FindingKind::Fulfilment => Self::Fulfilment(into(value)?),
        })
    }
}

/// Whether two kept values say the same; which rule read them does not count.
pub(crate) fn same_value(a: &Value, b: &Value) -> bool {
    let bare = |value: &Value| -> Option<Map<String, Value>> {
        let mut fields = value.as_object()?.clone();
        fields.remove("rule");
        Some(fields)
    };
    bare(a) == bare(b)
}
