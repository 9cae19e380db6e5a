//! Every column that names a person, an organization, or what may become one with another where those do. A test holds the
//! list against the tables: a column that is not in it fails.

use futures_core::future::BoxFuture;
use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, IdenStatic};
use uuid::Uuid;

use super::{Part, absorb, twin::Twin};
use crate::{
    Concept, Result, UnitOfWork, appointment, evidence, finding, follow_up_action, organization, participation, post,
    record_name, rejected_link, standing, unit_of_work::ColumnOf,
};

/// A column that names records.
pub(super) trait Reference: Sync {
    /// Its table and its name.
    fn place(&self) -> (&'static str, &'static str);
    /// Whether it may name a record of this concept.
    fn names(&self, concept: Concept) -> bool;
    /// Makes the rows that name the other name the kept one; those that say the same then become one.
    fn lead<'a>(
        &'a self,
        work: &'a mut UnitOfWork,
        parts: &'a mut Vec<Part>,
        kept: Uuid,
        other: Uuid,
    ) -> BoxFuture<'a, Result<()>>;
}

struct Of<M: Twin> {
    column: ColumnOf<M>,
    concepts: &'static [Concept],
}

const PERSON: &[Concept] = &[Concept::Person];
const ORGANIZATION: &[Concept] = &[Concept::Organization];
const POST: &[Concept] = &[Concept::Post];
/// What has names.
const NAMED: &[Concept] = &[Concept::Person, Concept::Organization, Concept::Post];
/// What has words of reports behind it.
const TOLD: &[Concept] = &[
    Concept::Person,
    Concept::Organization,
    Concept::Post,
    Concept::Appointment,
    Concept::RecordName,
    Concept::Participation,
    Concept::Standing,
];
/// What findings become.
const FOUND: &[Concept] = &[Concept::Person, Concept::Organization];

/// The columns, in the order in which they are led: names and posts first, for their rows name others.
pub(super) static REFERENCES: &[&dyn Reference] = &[
    &Of::<record_name::Model> { column: record_name::Column::RecordId, concepts: NAMED },
    &Of::<evidence::Model> { column: evidence::Column::RecordId, concepts: TOLD },
    &Of::<rejected_link::Model> { column: rejected_link::Column::RecordId, concepts: FOUND },
    &Of::<finding::Model> { column: finding::Column::ResultId, concepts: FOUND },
    &Of::<organization::Model> { column: organization::Column::ParentId, concepts: ORGANIZATION },
    &Of::<standing::Model> { column: standing::Column::OrganizationId, concepts: ORGANIZATION },
    &Of::<post::Model> { column: post::Column::OrganizationId, concepts: ORGANIZATION },
    &Of::<appointment::Model> { column: appointment::Column::PersonId, concepts: PERSON },
    &Of::<appointment::Model> { column: appointment::Column::PostId, concepts: POST },
    &Of::<participation::Model> { column: participation::Column::PersonId, concepts: PERSON },
    &Of::<participation::Model> { column: participation::Column::PostId, concepts: POST },
    &Of::<participation::Model> { column: participation::Column::OrganizationId, concepts: ORGANIZATION },
    &Of::<follow_up_action::Model> { column: follow_up_action::Column::ActorPersonId, concepts: PERSON },
    &Of::<follow_up_action::Model> { column: follow_up_action::Column::ActorPostId, concepts: POST },
    &Of::<follow_up_action::Model> { column: follow_up_action::Column::ActorOrganizationId, concepts: ORGANIZATION },
    &Of::<follow_up_action::Model> { column: follow_up_action::Column::CounterpartPersonId, concepts: PERSON },
    &Of::<follow_up_action::Model> { column: follow_up_action::Column::CounterpartPostId, concepts: POST },
    &Of::<follow_up_action::Model> {
        column: follow_up_action::Column::CounterpartOrganizationId,
        concepts: ORGANIZATION,
    },
];

/// What names records without the database keeping watch over it: the concept, and the column.
pub(crate) const LOOSE: [(Concept, &str); 6] = [
    (Concept::RecordName, "record_id"),
    (Concept::Evidence, "record_id"),
    (Concept::RejectedLink, "record_id"),
    (Concept::Finding, "result_id"),
    (Concept::RejectedMerge, "one_id"),
    (Concept::RejectedMerge, "other_id"),
];

/// Columns that name records and are led in a way of their own, or that tell what was: table, column, how.
const OTHERWISE: &[(&str, &str, &str)] = &[
    ("finding", "candidates", "the proposals of what still waits, in JSON: merge/candidates.rs"),
    ("rejected_merge", "one_id", "a pair in an order of its own: rejected_merge.rs"),
    ("rejected_merge", "other_id", "the same"),
    ("merge", "kept_id", "which record was kept is what was: its identifier is led on where it is asked for"),
    ("merge", "other_id", "the same"),
    ("change", "record_id", "the history stays as it was written"),
    ("search_entry", "id", "the index follows from the records"),
    ("receipt", "records", "what was done for a client, for a week; its identifiers answer with the kept record"),
];

/// The columns that merging knows, as table and name.
pub fn columns() -> Vec<(&'static str, &'static str)> {
    let led = REFERENCES.iter().map(|reference| reference.place());
    led.chain(OTHERWISE.iter().map(|(table, column, _)| (*table, *column))).collect()
}

impl<M> Reference for Of<M>
where
    M: Twin + FromQueryResult,
    M::Entity: EntityTrait<Model = M, ActiveModel: Send>,
    ColumnOf<M>: Sync,
{
    fn place(&self) -> (&'static str, &'static str) {
        (M::Entity::default().as_str(), self.column.as_str())
    }

    fn names(&self, concept: Concept) -> bool {
        self.concepts.contains(&concept)
    }

    fn lead<'a>(
        &'a self,
        work: &'a mut UnitOfWork,
        parts: &'a mut Vec<Part>,
        kept: Uuid,
        other: Uuid,
    ) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            let column = self.column;
            let theirs: Vec<M> = work.hold(column.eq(other)).await?;
            if theirs.is_empty() {
                return Ok(());
            }
            let ours: Vec<M> = if M::HAS_TWINS { work.hold(column.eq(kept)).await? } else { Vec::new() };
            let mut rest = Vec::new();
            for row in theirs {
                match ours.iter().find(|one| row.is_twin(one, column)) {
                    Some(twin) => absorb::twin(work, parts, twin.id(), row).await?,
                    None => rest.push(row),
                }
            }
            work.lead(rest, column, kept).await
        })
    }
}
