//! Which rows say the same, once the records that they name are one.

use sea_orm::{EntityTrait, Iterable};

use crate::{
    Recorded, appointment, evidence, finding, follow_up_action, organization, participation, post, record_name,
    rejected_link, standing, unit_of_work::ColumnOf,
};

/// A row that names a record, and may say the same as another one.
pub(super) trait Twin: Recorded + PartialEq {
    /// Whether any two of them are made one.
    const HAS_TWINS: bool = true;

    /// Whether it says the same as the other, once what both name in this column is one.
    fn is_twin(&self, other: &Self, column: ColumnOf<Self>) -> bool;

    /// Takes over what the other knows more.
    fn learn(&mut self, other: &Self) {
        fill(self, other);
    }
}

/// Takes over what stands in the other and not here.
pub(super) fn fill<M: Recorded>(row: &mut M, other: &M) {
    for column in <M::Entity as EntityTrait>::Column::iter() {
        let (here, there) = (row.get(column), other.get(column));
        if here == here.as_null() && here != there {
            // Both are rows of one table.
            let _ = row.try_set(column, there);
        }
    }
}

impl Twin for record_name::Model {
    fn is_twin(&self, other: &Self, _: ColumnOf<Self>) -> bool {
        let says = |row: &Self| (row.language, row.role, row.name.clone(), row.valid_from, row.valid_to);
        says(self) == says(other)
    }
}

impl Twin for evidence::Model {
    fn is_twin(&self, other: &Self, _: ColumnOf<Self>) -> bool {
        let says = |row: &Self| (row.report_id, row.span_start, row.span_end, row.field.clone(), row.finding_id);
        says(self) == says(other)
    }
}

impl Twin for rejected_link::Model {
    fn is_twin(&self, other: &Self, _: ColumnOf<Self>) -> bool {
        self.folded == other.folded
    }

    fn learn(&mut self, other: &Self) {
        self.stands |= other.stands;
    }
}

impl Twin for standing::Model {
    fn is_twin(&self, other: &Self, _: ColumnOf<Self>) -> bool {
        let says = |row: &Self| {
            (row.state_id, row.standing, row.stated_on, row.stated_on_precision, row.source.clone(), row.verified)
        };
        says(self) == says(other)
    }
}

impl Twin for post::Model {
    fn is_twin(&self, other: &Self, _: ColumnOf<Self>) -> bool {
        self.folded == other.folded
    }
}

impl Twin for appointment::Model {
    /// The same person in the same post at the same time, or where one of the two does not say when.
    fn is_twin(&self, other: &Self, column: ColumnOf<Self>) -> bool {
        let same = match column {
            appointment::Column::PersonId => self.post_id == other.post_id,
            _ => self.person_id == other.person_id,
        };
        let undated = |row: &Self| row.started_on.is_none() && row.ended_on.is_none();
        same && (undated(self) || undated(other) || (self.start(), self.end()) == (other.start(), other.end()))
    }

    fn learn(&mut self, other: &Self) {
        let seen_on = self.seen_on.max(other.seen_on);
        fill(self, other);
        self.seen_on = seen_on;
    }
}

impl Twin for participation::Model {
    /// Somebody takes part in a meeting once; and so does a body on whose behalf nobody is named.
    fn is_twin(&self, other: &Self, column: ColumnOf<Self>) -> bool {
        let of_body = self.person_id.is_none() && other.person_id.is_none();
        let same = match column {
            participation::Column::PersonId => true,
            participation::Column::OrganizationId => {
                of_body && (self.post_id, self.state_id) == (other.post_id, other.state_id)
            }
            _ => of_body && (self.organization_id, self.state_id) == (other.organization_id, other.state_id),
        };
        same && self.meeting_id == other.meeting_id
    }

    fn learn(&mut self, other: &Self) {
        fill(self, other);
        // Principals come before those who only attended.
        self.role = self.role.min(other.role);
    }
}

/// Rows that stay beside one another whatever they name.
macro_rules! never_twins {
    ($($module:ident)+) => {
        $(impl Twin for $module::Model {
            const HAS_TWINS: bool = false;

            fn is_twin(&self, _: &Self, _: ColumnOf<Self>) -> bool {
                false
            }
        })+
    };
}

never_twins! { finding organization follow_up_action }
