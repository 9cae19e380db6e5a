//! Witnesses: who read a finding, and what each made of it.

use async_graphql::{Context, Object};
use sea_orm::{QueryOrder, Select};
use serde_json::Value;
use store::witness::{Column, Entity, Model};
use uuid::Uuid;

use crate::{
    ask::{self, Short},
    evidence::{Span, spans},
    fault::Fault,
    finding::Finding,
    reading::Reading,
};

/// What second readers say of a finding.
static OF_FINDING: Short<Entity> = Short { rows: by_age, whose: Column::FindingId };
/// The findings of second readers that say something else of the same.
static AGAINST: Short<Entity> = Short { rows: by_age, whose: Column::RivalId };

fn by_age() -> Select<Entity> {
    <Entity as sea_orm::EntityTrait>::find().order_by_asc(Column::Id)
}

/// An engine that read a finding.
#[derive(Debug, Clone, async_graphql::Description)]
pub struct Witness {
    reading_id: Uuid,
    value: Value,
    spans: Value,
    confidence: f64,
}

#[Object(use_type_description)]
impl Witness {
    /// Its name.
    async fn engine(&self, ctx: &Context<'_>) -> Result<String, Fault> {
        Ok(self.reading(ctx).await?.0.engine)
    }

    /// Its version; of a language model, its name and the version of what it is asked.
    async fn engine_version(&self, ctx: &Context<'_>) -> Result<String, Fault> {
        Ok(self.reading(ctx).await?.0.engine_version)
    }

    /// How sure it is, from 0 to 1.
    async fn confidence(&self) -> f64 {
        self.confidence
    }

    /// What it read, in the shape of the finding's kind. Two who read the same can differ in what one of them leaves open.
    async fn value(&self) -> &Value {
        &self.value
    }

    /// Where it read it, the clearest place first.
    async fn evidence(&self) -> Result<Vec<Span>, Fault> {
        spans(&self.spans)
    }
}

impl Witness {
    async fn reading(&self, ctx: &Context<'_>) -> Result<Reading, Fault> {
        ask::row(ctx, self.reading_id).await
    }
}

/// Who read a finding: the engine whose reading it stands in, unless a second reader alone did; then second readers.
///
/// # Errors
/// Where the database fails.
pub async fn of(ctx: &Context<'_>, Finding(finding): &Finding) -> Result<Vec<Witness>, Fault> {
    let second: Vec<Model> = ask::short(ctx, &OF_FINDING, finding.id).await?;
    let is_first = !second.iter().any(|row| row.alone);
    let first = is_first.then(|| Witness {
        reading_id: finding.reading_id,
        value: finding.value.clone(),
        spans: finding.spans.clone(),
        confidence: finding.confidence,
    });
    let second = second.into_iter().map(|row| {
        let Model { reading_id, value, spans, confidence, .. } = row;
        Witness { reading_id, value, spans, confidence }
    });
    Ok(first.into_iter().chain(second).collect())
}

/// The findings that say something else of the same.
///
/// # Errors
/// Where the database fails.
pub async fn rivals(ctx: &Context<'_>, Finding(finding): &Finding) -> Result<Vec<Finding>, Fault> {
    let own: Vec<Model> = ask::short(ctx, &OF_FINDING, finding.id).await?;
    let against: Vec<Model> = ask::short(ctx, &AGAINST, finding.id).await?;
    let ids = own.into_iter().filter_map(|row| row.rival_id).chain(against.into_iter().map(|row| row.finding_id));
    ask::rows(ctx, ids).await
}
