//! Evidence: the words of a report behind one field of one record.

use std::collections::BTreeSet;

use async_graphql::{Context, ID, Object, SimpleObject};
use chrono::{DateTime, Utc};
use sea_orm::{QueryOrder, Select};
use serde_json::Value;
use store::{
    RecordRef,
    evidence::{Column, Entity},
};
use uuid::Uuid;

use crate::{
    account::Account,
    ask::{self, Short},
    coat::coat,
    fault::Fault,
    finding::Finding,
    id,
    news_report::NewsReport,
    node::{self, Node},
};

/// The evidence behind a record. Keys are unique over all concepts, so the record's is enough.
pub(crate) static OF_RECORD: Short<Entity> = Short { rows: by_place, whose: Column::RecordId };
/// The evidence that a report gave.
pub(crate) static OF_REPORT: Short<Entity> = Short { rows: by_place, whose: Column::ReportId };

fn by_place() -> Select<Entity> {
    let all = <Entity as sea_orm::EntityTrait>::find();
    all.order_by_asc(Column::ReportId).order_by_asc(Column::SpanStart)
}

/// How many distinct publishers tell of a record: the voices of the reports behind it.
///
/// # Errors
/// Where the database fails.
pub(crate) async fn corroboration(ctx: &Context<'_>, record: Uuid) -> Result<i32, Fault> {
    let evidence: Vec<store::evidence::Model> = ask::short(ctx, &OF_RECORD, record).await?;
    let reports: BTreeSet<_> = evidence.iter().map(|words| words.report_id).collect();
    let reports: Vec<NewsReport> = ask::rows(ctx, reports).await?;
    let voices: BTreeSet<_> = reports.iter().map(|report| report.0.voice()).collect();
    Ok(i32::try_from(voices.len()).unwrap_or(i32::MAX))
}

coat! {
    /// The words of a report behind a record. Cutting the span out of the report's text gives the quote.
    Evidence over store::evidence
}

#[Object(use_type_description)]
impl Evidence {
    /// The identifier.
    pub(crate) async fn id(&self) -> ID {
        id::of(&self.0)
    }

    /// The report.
    async fn report(&self, ctx: &Context<'_>) -> Result<NewsReport, Fault> {
        ask::row(ctx, self.0.report_id).await
    }

    /// The record that the words are about.
    async fn record(&self, ctx: &Context<'_>) -> Result<Option<Node>, Fault> {
        node::find(ctx, RecordRef::new(self.0.concept.0, self.0.record_id)).await
    }

    /// The field of the record, where the words are about one alone.
    async fn field(&self) -> Option<&str> {
        self.0.field.as_deref()
    }

    /// The first character, counted in Unicode scalar values from 0.
    async fn start(&self) -> i32 {
        self.0.span_start
    }

    /// One past the last character.
    async fn end(&self) -> i32 {
        self.0.span_end
    }

    /// The words.
    async fn quote(&self) -> &str {
        &self.0.quote
    }

    /// The engine that read it, with its version; null where a person pointed at it.
    async fn engine(&self) -> Option<&str> {
        self.0.engine.as_deref()
    }

    /// The finding it came with.
    async fn finding(&self, ctx: &Context<'_>) -> Result<Option<Finding>, Fault> {
        ask::referred(ctx, self.0.finding_id).await
    }

    /// Who accepted it; null for the system itself.
    async fn reviewer(&self, ctx: &Context<'_>) -> Result<Option<Account>, Fault> {
        ask::referred(ctx, self.0.reviewer_id).await
    }

    /// When it was accepted.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }
}

/// A stretch of a report's text.
#[derive(Debug, Clone, PartialEq, Eq, SimpleObject)]
pub struct Span {
    /// The first character, counted in Unicode scalar values from 0.
    start: usize,
    /// One past the last character.
    end: usize,
    /// The words between the two.
    quote: String,
}

impl From<vocab::evidence::Span> for Span {
    fn from(span: vocab::evidence::Span) -> Self {
        let vocab::evidence::Span { start, end, quote } = span;
        Self { start, end, quote }
    }
}

/// The stretches that a finding or a doubt is kept with.
///
/// # Errors
/// Where they are kept in another shape.
pub fn spans(kept: &Value) -> Result<Vec<Span>, Fault> {
    let spans: Vec<vocab::evidence::Span> = kept_as(kept)?;
    Ok(spans.into_iter().map(Span::from).collect())
}

/// What is kept as JSON, in its shape; an empty list where nothing is.
///
/// # Errors
/// Where it is kept in another shape.
pub fn kept_as<T: serde::de::DeserializeOwned + Default>(kept: &Value) -> Result<T, Fault> {
    if kept.is_null() {
        return Ok(T::default());
    }
    serde::Deserialize::deserialize(kept).map_err(|error: serde_json::Error| Fault::internal(&error))
}
