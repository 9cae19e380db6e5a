//! Witnesses: what a second reader says of a finding, beside the engine whose reading is reviewed.

use sea_orm::{
    ConnectionTrait, QueryOrder,
    entity::prelude::*,
    sea_query::{Query, SelectStatement},
};
use serde::{Deserialize, Serialize};

use crate::{Result, UnitOfWork, unit_of_work::recorded};

/// A second reader's word on a finding. Its reading tells who it is.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "witness")]
pub struct Model {
    /// Identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The finding, in the reading that is reviewed.
    pub finding_id: Uuid,
    /// The second reader's own reading.
    pub reading_id: Uuid,
    /// What it read, in the shape of the finding's kind.
    pub value: Json,
    /// Where it read it: a list of `{start, end, quote}`.
    pub spans: Json,
    /// From 0 to 1.
    pub confidence: f64,
    /// Whether nobody but it read the finding.
    pub alone: bool,
    /// The finding of the first reader that says something else of the same.
    pub rival_id: Option<Uuid>,
}

/// To its finding.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

recorded!(Witness, fixed);

/// A new witness.
#[derive(Debug, Clone)]
pub struct Draft {
    /// The finding.
    pub finding_id: Uuid,
    /// The second reader's own reading.
    pub reading_id: Uuid,
    /// What it read.
    pub value: Json,
    /// Where it read it.
    pub spans: Json,
    /// From 0 to 1.
    pub confidence: f64,
    /// Whether nobody but it read the finding.
    pub alone: bool,
    /// The finding that says something else of the same.
    pub rival_id: Option<Uuid>,
}

/// Keeps a new witness.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn create(work: &mut UnitOfWork, draft: Draft) -> Result<Model> {
    let Draft { finding_id, reading_id, value, spans, confidence, alone, rival_id } = draft;
    let row = Model { id: work.fresh_id(), finding_id, reading_id, value, spans, confidence, alone, rival_id };
    work.insert(row).await
}

/// The witnesses of findings, the first heard first.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn of_findings(db: &impl ConnectionTrait, findings: &[Uuid]) -> Result<Vec<Model>> {
    let witnesses = Entity::find().filter(Column::FindingId.is_in(findings.iter().copied()));
    Ok(witnesses.order_by_asc(Column::Id).all(db).await?)
}

/// The identifiers of the findings that nobody but a second reader has read.
pub fn alone() -> SelectStatement {
    Query::select().column(Column::FindingId).from(Entity).and_where(Column::Alone.eq(true)).to_owned()
}

/// What a second reader said in one reading, in the order in which it was kept.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn of_reading(db: &impl ConnectionTrait, reading_id: Uuid) -> Result<Vec<Model>> {
    Ok(Entity::find().filter(Column::ReadingId.eq(reading_id)).order_by_asc(Column::Id).all(db).await?)
}
