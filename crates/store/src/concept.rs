//! The concepts of which records are kept.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use vocab::{UnknownWord, Word};

use crate::{Error, Result};

/// Declares the concepts with the word each is known by in history, evidence and identifiers.
macro_rules! concepts {
    ($($(#[$doc:meta])* $name:ident = $code:literal,)+) => {
        /// A concept of which records are kept.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Concept { $($(#[$doc])* #[serde(rename = $code)] $name,)+ }

        impl Word for Concept {
            const LIST: &'static str = "concept";
            const ALL: &'static [Self] = &[$(Self::$name),+];
            fn code(self) -> &'static str { match self { $(Self::$name => $code),+ } }
        }
    };
}

concepts! {
    /// Who works with the system.
    Account = "account",
    /// A state.
    MemberState = "member-state",
    /// A dated statement of a state's standing in an organization.
    Standing = "standing",
    /// A body.
    Organization = "organization",
    /// A person.
    Person = "person",
    /// A post in an organization.
    Post = "post",
    /// One person in one post for a time.
    Appointment = "appointment",
    /// A name of a record, with its language and time.
    RecordName = "record-name",
    /// A name that people said does not mean a record.
    RejectedLink = "rejected-link",
    /// That two records were found to be one.
    Merge = "merge",
    /// That two records are not one.
    RejectedMerge = "rejected-merge",
    /// A node of the taxonomy.
    CooperationArea = "cooperation-area",
    /// A source.
    NewsReport = "news-report",
    /// What an engine read in a report.
    Reading = "reading",
    /// One thing read.
    Finding = "finding",
    /// What a second reader says of a finding.
    Witness = "witness",
    /// Something an engine was not sure of.
    Doubt = "doubt",
    /// The words behind a fact.
    Evidence = "evidence",
    /// A contact.
    Meeting = "meeting",
    /// A state's part in a meeting.
    MeetingState = "meeting-state",
    /// A party's part in a meeting.
    Participation = "participation",
    /// Something to be followed up.
    FollowUpAction = "follow-up-action",
    /// An area of a follow-up action.
    FollowUpActionArea = "follow-up-action-area",
    /// A next step for staff.
    Task = "task",
    /// A dated statement on an action's progress.
    Update = "update",
    /// A secret address by which a calendar program follows a state.
    CalendarFeed = "calendar-feed",
    /// Something that was sent, or is to be.
    Delivery = "delivery",
    /// A member state that a desk officer looks after.
    Assignment = "assignment",
    /// A token by which a program or a person signs in.
    AccessToken = "access-token",
    /// Somebody who has signed in with a browser.
    Session = "session",
    /// The password of an account.
    Credential = "credential",
    /// As whom a provider knows an account.
    Identity = "identity",
    /// A table of others that was taken in.
    Import = "import",
    /// A line of the history.
    Change = "change",
}

impl std::str::FromStr for Concept {
    type Err = UnknownWord;
    fn from_str(code: &str) -> Result<Self, UnknownWord> {
        Word::from_code(code)
    }
}

/// Which record: its concept and its identifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct RecordRef {
    /// The concept.
    pub concept: Concept,
    /// The identifier, unique over all concepts.
    pub id: Uuid,
}

impl RecordRef {
    /// The record of this concept with this identifier.
    pub fn new(concept: Concept, id: Uuid) -> Self {
        Self { concept, id }
    }

    /// Its identifier as clients hold it: the word of the concept, then the sixteen bytes of the key.
    pub fn encode(self) -> String {
        let mut bytes = self.concept.code().as_bytes().to_vec();
        bytes.extend_from_slice(self.id.as_bytes());
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// Which record an identifier is of, where it is one.
    pub fn decode(id: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(id).ok()?;
        let (code, key) = bytes.split_at_checked(bytes.len().checked_sub(16)?)?;
        let concept = Concept::from_code(std::str::from_utf8(code).ok()?).ok()?;
        Some(Self::new(concept, Uuid::from_slice(key).ok()?))
    }

    /// The key of the record of a concept of which this is the identifier.
    ///
    /// # Errors
    /// [`Error::Invalid`] naming `field`.
    pub fn key(field: &'static str, id: &str, concept: Concept) -> Result<Uuid> {
        let found = Self::decode(id.trim()).filter(|record| record.concept == concept);
        let wrong =
            || Error::invalid(field, format!("{field}: \"{id}\" is no id of a record of the kind {}", concept.code()));
        found.map(|record| record.id).ok_or_else(wrong)
    }
}
