//! Evidence: the words of a report behind one field of one record.

use sea_orm::{QueryOrder, entity::prelude::*};
use serde::{Deserialize, Serialize};
use vocab::evidence::Span;

use crate::{Code, Concept, RecordRef, Result, UnitOfWork, unit_of_work::recorded};

/// A stretch of a report that says something of a record. Cutting it out of the stored text gives the quote.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "evidence")]
pub struct Model {
    /// Identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The report.
    pub report_id: Uuid,
    /// The first character, counted in Unicode scalar values from 0.
    pub span_start: i32,
    /// One past the last character.
    pub span_end: i32,
    /// The words.
    pub quote: String,
    /// The concept of the record.
    pub concept: Code<Concept>,
    /// The record.
    pub record_id: Uuid,
    /// The field of the record, where it is about one alone.
    pub field: Option<String>,
    /// The finding it came with.
    pub finding_id: Option<Uuid>,
    /// The engine that read it; none where a person pointed at it.
    pub engine: Option<String>,
    /// Who accepted it.
    pub reviewer_id: Option<Uuid>,
    /// When it was accepted.
    pub created_at: DateTimeUtc,
}

/// To its report.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

recorded!(Evidence, fixed);

/// New evidence.
#[derive(Debug, Clone)]
pub struct Draft {
    /// The report.
    pub report_id: Uuid,
    /// Where in its text.
    pub span: Span,
    /// The record.
    pub record: RecordRef,
    /// The field, where it is about one alone.
    pub field: Option<&'static str>,
    /// The finding it came with.
    pub finding_id: Option<Uuid>,
    /// The engine that read it, with its version.
    pub engine: Option<String>,
}

/// Keeps new evidence.
///
/// # Errors
/// [`crate::Error::Invalid`] for a span beyond any text; [`crate::Error::Database`].
pub async fn create(work: &mut UnitOfWork, draft: Draft) -> Result<Model> {
    let Draft { report_id, span, record, field, finding_id, engine } = draft;
    let place =
        |at: usize| i32::try_from(at).map_err(|_| crate::Error::invalid("evidence", "the place is beyond any text"));
    let row = Model {
        id: work.fresh_id(),
        report_id,
        span_start: place(span.start)?,
        span_end: place(span.end)?,
        quote: span.quote,
        concept: record.concept.into(),
        record_id: record.id,
        field: field.map(str::to_owned),
        finding_id,
        engine,
        reviewer_id: work.who().account_id,
        created_at: work.now(),
    };
    work.insert(row).await
}

/// The evidence behind records of a concept, by report and place.
pub fn of(concept: Concept) -> Select<Entity> {
    Entity::find()
        .filter(Column::Concept.eq(Code(concept)))
        .order_by_asc(Column::ReportId)
        .order_by_asc(Column::SpanStart)
}
