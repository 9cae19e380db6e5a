//! Rejected merges: a person said that two records are two, so they are not proposed as one again.

use sea_orm::{ConnectionTrait, entity::prelude::*, sea_query::ExprTrait};
use serde::{Deserialize, Serialize};
use vocab::Word;

use crate::{
    Code, Concept, Error, RecordRef, Result, UnitOfWork, by_id, error::text, organization, person,
    unit_of_work::recorded,
};

/// Two records that are two.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "rejected_merge")]
pub struct Model {
    /// Identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// What both are records of.
    pub concept: Code<Concept>,
    /// The one with the lower identifier.
    pub one_id: Uuid,
    /// The one with the higher.
    pub other_id: Uuid,
    /// Why they are two.
    pub reason: String,
    /// Who said so; none for the system itself.
    pub rejected_by: Option<Uuid>,
    /// When.
    pub created_at: DateTimeUtc,
}

/// Its records are of one of two concepts.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

recorded!(RejectedMerge, fixed);

/// A pair in the order in which it is kept.
pub fn ordered(one: Uuid, other: Uuid) -> (Uuid, Uuid) {
    if one < other { (one, other) } else { (other, one) }
}

/// Keeps that two people or organizations are two; said again, the later reason counts.
///
/// # Errors
/// [`Error::Invalid`] where they are one, or of different concepts; [`Error::NotFound`]; [`Error::Database`].
pub async fn create(work: &mut UnitOfWork, one: RecordRef, other: RecordRef, reason: &str) -> Result<Model> {
    let reason = text("reason", reason, 2_000)?;
    let mut ids = Vec::new();
    for record in [one, other] {
        let (db, id) = (work.connection(), work.stands_for(record.id).await?);
        match record.concept {
            Concept::Person => drop(by_id::<person::Entity>(db, id).await?),
            Concept::Organization => drop(by_id::<organization::Entity>(db, id).await?),
            concept => {
                let message = format!("a {} is never merged: name people or organizations", concept.code());
                return Err(Error::invalid("otherId", message));
            }
        }
        ids.push(id);
    }
    let (one_id, other_id) = ordered(ids[0], ids[1]);
    if one.concept != other.concept {
        return Err(Error::invalid("otherId", "one is a person, the other an organization: they are never merged"));
    }
    if one_id == other_id {
        return Err(Error::invalid("otherId", "this is one record: name two; a merge that was wrong is undone"));
    }
    let there = Entity::find().filter(Column::OneId.eq(one_id)).filter(Column::OtherId.eq(other_id));
    if let Some(there) = there.one(work.connection()).await? {
        let again = |row: &mut Model| {
            row.reason = reason;
            Ok(())
        };
        return work.revise(there.id, None, again).await;
    }
    let row = Model {
        id: work.fresh_id(),
        concept: one.concept.into(),
        one_id,
        other_id,
        reason,
        rejected_by: work.who().account_id,
        created_at: work.now(),
    };
    work.insert(row).await
}

/// The pairs of a concept that are two.
///
/// # Errors
/// [`Error::Database`].
pub async fn of(db: &impl ConnectionTrait, concept: Concept) -> Result<Vec<Model>> {
    Ok(Entity::find().filter(Column::Concept.eq(Code(concept))).all(db).await?)
}

/// Of whom the other was said to be another, of them the kept one is. That the two are not one does not hold any more.
pub(crate) async fn lead(work: &mut UnitOfWork, kept: Uuid, other: Uuid) -> Result<()> {
    let naming = |id: Uuid| Column::OneId.eq(id).or(Column::OtherId.eq(id));
    let theirs: Vec<Model> = work.hold(naming(other)).await?;
    let ours: Vec<Model> = if theirs.is_empty() { Vec::new() } else { work.hold(naming(kept)).await? };
    for row in theirs {
        let third = if row.one_id == other { row.other_id } else { row.one_id };
        let pair = ordered(kept, third);
        if third == kept || ours.iter().any(|there| (there.one_id, there.other_id) == pair) {
            work.remove(row).await?;
            continue;
        }
        let led = |row: &mut Model| {
            (row.one_id, row.other_id) = pair;
            Ok(())
        };
        work.revise_from(row, led).await?;
    }
    Ok(())
}
