//! Appointments: one person in one post for a time.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use vocab::{DatePrecision, PartialDate};

use crate::{Code, Error, Result, UnitOfWork, error::optional_text, unit_of_work::recorded};

/// An appointment.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "appointment")]
pub struct Model {
    /// Identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Who.
    pub person_id: Uuid,
    /// In which post.
    pub post_id: Uuid,
    /// The first day, or the first of the period it began in; none where nobody has said.
    pub started_on: Option<Date>,
    /// How much of the beginning is known.
    pub started_on_precision: Option<Code<DatePrecision>>,
    /// The last day, or the last of the period it ended in; none while it lasts, as far as known.
    pub ended_on: Option<Date>,
    /// How much of the end is known.
    pub ended_on_precision: Option<Code<DatePrecision>>,
    /// A day on which a source says that it was held.
    pub seen_on: Option<Date>,
    /// Who says so, where it is not a report.
    pub source: Option<String>,
    /// When it was first kept.
    pub created_at: DateTimeUtc,
    /// Counts the revisions.
    pub version: i32,
}

impl Model {
    /// When it began, as far as known.
    pub fn start(&self) -> Option<PartialDate> {
        Some(PartialDate::new(self.started_on?, self.started_on_precision?.0))
    }

    /// When it ended, as far as known.
    pub fn end(&self) -> Option<PartialDate> {
        Some(PartialDate::new(self.ended_on?, self.ended_on_precision?.0))
    }

    /// Whether it was held on a day, as far as known.
    pub fn holds_on(&self, day: Date) -> bool {
        self.started_on.is_none_or(|start| start <= day) && self.ended_on.is_none_or(|end| day <= end)
    }
}

/// Who of these held the post on a day, as far as known: the one who came last, where several did.
pub fn holder<'a>(appointments: impl IntoIterator<Item = &'a Model>, day: Date) -> Option<&'a Model> {
    let holding = appointments.into_iter().filter(|one| one.holds_on(day));
    holding.max_by_key(|one| (one.started_on.or(one.seen_on), one.id))
}

/// To its person and its post.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

recorded!(Appointment);

/// The most characters of who says so.
const SOURCE: usize = 500;

/// A new appointment.
#[derive(Debug, Clone)]
pub struct Draft {
    /// Who.
    pub person_id: Uuid,
    /// In which post.
    pub post_id: Uuid,
    /// When it began.
    pub start: Option<PartialDate>,
    /// When it ended.
    pub end: Option<PartialDate>,
    /// A day on which a source says that it was held.
    pub seen_on: Option<Date>,
    /// Who says so, where it is not a report.
    pub source: Option<String>,
}

/// Keeps a new appointment.
///
/// # Errors
/// [`Error::Invalid`] where it ends before it begins, or its source cannot be kept; [`Error::Database`].
pub async fn create(work: &mut UnitOfWork, draft: Draft) -> Result<Model> {
    let id = work.fresh_id();
    create_as(work, id, draft).await
}

/// Keeps one that has its identifier already, as one that comes from elsewhere.
///
/// # Errors
/// As [`create`].
pub async fn create_as(work: &mut UnitOfWork, id: Uuid, draft: Draft) -> Result<Model> {
    let Draft { person_id, post_id, start, end, seen_on, source } = draft;
    let mut row = Model {
        id,
        person_id,
        post_id,
        started_on: None,
        started_on_precision: None,
        ended_on: None,
        ended_on_precision: None,
        seen_on,
        source: optional_text("source", source.as_deref(), SOURCE)?,
        created_at: work.now(),
        version: 1,
    };
    put_period(&mut row, Some(start), Some(end))?;
    work.insert(row).await
}

/// What may be changed of an appointment; what is `None` stays.
#[derive(Debug, Clone, Default)]
pub struct Revision {
    /// When it began, or that nobody has said.
    pub start: Option<Option<PartialDate>>,
    /// When it ended, or that it lasts.
    pub end: Option<Option<PartialDate>>,
    /// A day on which a source says that it was held.
    pub seen_on: Option<Date>,
    /// Who says so, where it is not a report.
    pub source: Option<String>,
}

/// Revises an appointment.
///
/// # Errors
/// As [`UnitOfWork::revise`]; [`Error::Invalid`] where it ends before it begins, or its source cannot be kept.
pub async fn revise(work: &mut UnitOfWork, id: Uuid, expected: Option<i32>, revision: Revision) -> Result<Model> {
    let Revision { start, end, seen_on, source } = revision;
    let id = work.kept::<Model>(id, expected).await?;
    let source = optional_text("source", source.as_deref(), SOURCE)?;
    work.revise(id, expected, |row: &mut Model| {
        row.seen_on = seen_on.or(row.seen_on);
        row.source = source.or_else(|| row.source.take());
        put_period(row, start, end)
    })
    .await
}

fn put_period(row: &mut Model, start: Option<Option<PartialDate>>, end: Option<Option<PartialDate>>) -> Result<()> {
    if let Some(start) = start {
        row.started_on = start.map(PartialDate::first_day);
        row.started_on_precision = start.map(|date| date.precision().into());
    }
    if let Some(end) = end {
        row.ended_on = end.map(PartialDate::last_day);
        row.ended_on_precision = end.map(|date| date.precision().into());
    }
    match (row.started_on, row.ended_on) {
        (Some(start), Some(end)) if end < start => {
            Err(Error::invalid("end", format!("the appointment ends on {end}, before it begins on {start}")))
        }
        _ => Ok(()),
    }
}
