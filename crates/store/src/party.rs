//! Who stands on a side: a person in a post of an organization of a state, as far as each is known.

use uuid::Uuid;

use crate::{Concept, RecordRef};

/// A party. What it owes hangs on the post; the person is who held it then.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Party {
    /// The person.
    pub person_id: Option<Uuid>,
    /// The post they held.
    pub post_id: Option<Uuid>,
    /// The organization.
    pub organization_id: Option<Uuid>,
    /// The state.
    pub state_id: Option<Uuid>,
}

impl Party {
    /// A party of which one record is known.
    ///
    /// `None` for a record that cannot be a party.
    pub fn of(record: RecordRef) -> Option<Self> {
        let id = Some(record.id);
        match record.concept {
            Concept::Person => Some(Self { person_id: id, ..Self::default() }),
            Concept::Post => Some(Self { post_id: id, ..Self::default() }),
            Concept::Organization => Some(Self { organization_id: id, ..Self::default() }),
            Concept::MemberState => Some(Self { state_id: id, ..Self::default() }),
            _ => None,
        }
    }

    /// The most particular record that is known of it: the person, else the organization, else the state.
    pub fn shown(self) -> Option<RecordRef> {
        let person = self.person_id.map(|id| RecordRef::new(Concept::Person, id));
        let organization = self.organization_id.map(|id| RecordRef::new(Concept::Organization, id));
        person.or(organization).or(self.state_id.map(|id| RecordRef::new(Concept::MemberState, id)))
    }
}
