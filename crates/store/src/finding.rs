//! Findings: one thing that an engine read, waiting for a person to accept, correct or reject it; and its doubts.

use sea_orm::{ConnectionTrait, QueryOrder, entity::prelude::*};
use serde::{Deserialize, Serialize};
use vocab::{FindingKind, FindingState};

use crate::{Code, Concept, Error, RecordRef, Result, UnitOfWork, unit_of_work::recorded};

/// A finding.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "finding")]
pub struct Model {
    /// Identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The reading it belongs to.
    pub reading_id: Uuid,
    /// What it is about.
    pub kind: Code<FindingKind>,
    /// Its place in the reading.
    pub position: i32,
    /// What it says, in a line.
    pub summary: String,
    /// What was read, in the shape that `extract` prints for its kind.
    pub value: Json,
    /// What a person made of it, in the same shape; null unless corrected.
    pub correction: Json,
    /// Where it stands in the report: a list of `{start, end, quote}`, the clearest first.
    pub spans: Json,
    /// From 0 to 1.
    pub confidence: f64,
    /// The known records it may be about: a list of `{concept, id, label, rule, score}`, the likeliest first.
    pub candidates: Json,
    /// What was decided.
    pub state: Code<FindingState>,
    /// The concept of the record it became.
    pub result_concept: Option<Code<Concept>>,
    /// The record it became.
    pub result_id: Option<Uuid>,
    /// Who decided.
    pub decided_by: Option<Uuid>,
    /// When it was decided.
    pub decided_at: Option<DateTimeUtc>,
    /// Why, where somebody said.
    pub reason: Option<String>,
    /// Counts the revisions.
    pub version: i32,
}

impl Model {
    /// The record it became.
    pub fn result(&self) -> Option<RecordRef> {
        Some(RecordRef::new(self.result_concept?.0, self.result_id?))
    }

    /// What counts: the correction where there is one, else what was read.
    pub fn settled_value(&self) -> &Json {
        if self.correction.is_null() { &self.value } else { &self.correction }
    }
}

/// To its reading.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

recorded!(Finding);

/// A new finding.
#[derive(Debug, Clone)]
pub struct Draft {
    /// The reading it belongs to.
    pub reading_id: Uuid,
    /// What it is about.
    pub kind: FindingKind,
    /// Its place in the reading.
    pub position: i32,
    /// What it says, in a line.
    pub summary: String,
    /// What was read.
    pub value: Json,
    /// Where it stands.
    pub spans: Json,
    /// From 0 to 1.
    pub confidence: f64,
    /// The known records it may be about.
    pub candidates: Json,
}

/// Keeps a new finding.
///
/// # Errors
/// [`Error::Database`].
pub async fn create(work: &mut UnitOfWork, draft: Draft) -> Result<Model> {
    let Draft { reading_id, kind, position, summary, value, spans, confidence, candidates } = draft;
    let row = Model {
        id: work.fresh_id(),
        reading_id,
        kind: kind.into(),
        position,
        summary,
        value,
        correction: Json::Null,
        spans,
        confidence,
        candidates,
        state: FindingState::Waiting.into(),
        result_concept: None,
        result_id: None,
        decided_by: None,
        decided_at: None,
        reason: None,
        version: 1,
    };
    work.insert(row).await
}

/// Keeps a new finding as decided already: what a person decided on an equal one of an earlier reading goes for it too.
///
/// `differing` is what they decided on, where the new value is not the same: they never saw the new one.
///
/// # Errors
/// [`Error::Database`].
pub async fn carry(work: &mut UnitOfWork, draft: Draft, decided: &Model, differing: Option<Json>) -> Result<Model> {
    let Draft { reading_id, kind, position, summary, value, spans, confidence, candidates } = draft;
    let state = match decided.state.0 {
        FindingState::Corrected if differing.is_none() => FindingState::Accepted,
        FindingState::Accepted if differing.is_some() => FindingState::Corrected,
        state => state,
    };
    let row = Model {
        id: work.fresh_id(),
        reading_id,
        kind: kind.into(),
        position,
        summary,
        value,
        correction: differing.unwrap_or(Json::Null),
        spans,
        confidence,
        candidates,
        state: state.into(),
        result_concept: decided.result_concept,
        result_id: decided.result_id,
        decided_by: decided.decided_by,
        decided_at: decided.decided_at,
        reason: decided.reason.clone(),
        version: 1,
    };
    work.insert(row).await
}

/// What a person decided on a finding.
#[derive(Debug, Clone)]
pub struct Decision {
    /// Accepted, corrected or rejected.
    pub state: FindingState,
    /// What it should have been, where corrected.
    pub correction: Option<Json>,
    /// The record it became.
    pub result: Option<RecordRef>,
    /// Why, where somebody said.
    pub reason: Option<String>,
}

/// Writes down a decision; a finding is decided once.
///
/// # Errors
/// [`Error::Conflict`] where somebody has decided before; as [`UnitOfWork::revise`].
pub async fn decide(work: &mut UnitOfWork, id: Uuid, decision: Decision) -> Result<Model> {
    let Decision { state, correction, result, reason } = decision;
    let (who, now) = (work.who().account_id, work.now());
    work.revise(id, None, |row: &mut Model| {
        if row.state.0 != FindingState::Waiting {
            return Err(Error::Conflict { concept: Concept::Finding, id, expected: 1, current: row.version });
        }
        row.state = state.into();
        row.correction = correction.unwrap_or(Json::Null);
        row.result_concept = result.map(|record| record.concept.into());
        row.result_id = result.map(|record| record.id);
        row.decided_by = who;
        row.decided_at = Some(now);
        row.reason = reason;
        Ok(())
    })
    .await
}

/// The findings of a reading in their order.
///
/// # Errors
/// [`Error::Database`].
pub async fn of_reading(db: &impl ConnectionTrait, reading_id: Uuid) -> Result<Vec<Model>> {
    Ok(Entity::find().filter(Column::ReadingId.eq(reading_id)).order_by_asc(Column::Position).all(db).await?)
}
