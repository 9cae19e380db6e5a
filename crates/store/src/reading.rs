//! Readings: what one engine, in one version, read in one report.

use sea_orm::{
    ConnectionTrait, ExprTrait, QueryOrder, QuerySelect,
    entity::prelude::*,
    sea_query::{Order, Query, SimpleExpr},
};
use serde::{Deserialize, Serialize};
use vocab::{FindingState, ReadingState};

use crate::{Code, Result, UnitOfWork, finding, page::Key, unit_of_work::recorded};

/// A reading.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "reading")]
pub struct Model {
    /// Identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The report.
    pub report_id: Uuid,
    /// The engine.
    pub engine: String,
    /// Its version.
    pub engine_version: String,
    /// Where it stands.
    pub state: Code<ReadingState>,
    /// When it was read.
    pub created_at: DateTimeUtc,
    /// Counts the revisions.
    pub version: i32,
}

/// To its report.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

recorded!(Reading);

/// A new reading.
#[derive(Debug, Clone)]
pub struct Draft {
    /// The report.
    pub report_id: Uuid,
    /// The engine.
    pub engine: String,
    /// Its version.
    pub engine_version: String,
    /// Waiting, unread or joined.
    pub state: ReadingState,
}

/// Keeps a new reading.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn create(work: &mut UnitOfWork, draft: Draft) -> Result<Model> {
    let Draft { report_id, engine, engine_version, state } = draft;
    let row = Model {
        id: work.fresh_id(),
        report_id,
        engine,
        engine_version,
        state: state.into(),
        created_at: work.now(),
        version: 1,
    };
    work.insert(row).await
}

/// Puts a reading where it stands.
///
/// # Errors
/// As [`UnitOfWork::revise`].
pub async fn put_state(work: &mut UnitOfWork, id: Uuid, expected: Option<i32>, state: ReadingState) -> Result<Model> {
    work.revise(id, expected, |row: &mut Model| {
        row.state = state.into();
        Ok(())
    })
    .await
}

/// Puts a reading where its findings say it stands: done when every one is decided.
///
/// # Errors
/// As [`UnitOfWork::revise`].
pub async fn settle(work: &mut UnitOfWork, id: Uuid) -> Result<Model> {
    let findings = finding::Entity::find().filter(finding::Column::ReadingId.eq(id)).all(work.connection()).await?;
    let waiting = findings.iter().filter(|finding| finding.state.0 == FindingState::Waiting).count();
    let state = match waiting {
        0 => ReadingState::Done,
        n if n == findings.len() => ReadingState::Waiting,
        _ => ReadingState::InReview,
    };
    put_state(work, id, None, state).await
}

/// The readings of a report, latest last.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn of_report(db: &impl ConnectionTrait, report_id: Uuid) -> Result<Vec<Model>> {
    let readings = Entity::find().filter(Column::ReportId.eq(report_id));
    Ok(readings.order_by_asc(Column::CreatedAt).order_by_asc(Column::Id).all(db).await?)
}

/// The reading of a report that is reviewed: the latest that is no second reader's.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn reviewed(db: &impl ConnectionTrait, report_id: Uuid) -> Result<Option<Model>> {
    let readings = of_report(db, report_id).await?;
    Ok(readings.into_iter().rfind(|reading| reading.state.0 != ReadingState::Joined))
}

/// The reports that an engine has not read in this version, and of which somebody still has to review the reading or
/// nothing was found in it; the first read first.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn unheard(db: &impl ConnectionTrait, engine: &str, version: &str) -> Result<Vec<Uuid>> {
    let by_this = Query::select()
        .column(Column::ReportId)
        .from(Entity)
        .and_where(Column::Engine.eq(engine))
        .and_where(Column::EngineVersion.eq(version))
        .to_owned();
    let with_findings = Query::select().column(finding::Column::ReadingId).from(finding::Entity).to_owned();
    let empty = Column::State.eq(Code(ReadingState::Done)).and(Column::Id.not_in_subquery(with_findings));
    let reports = Entity::find()
        .filter(open().or(empty))
        .filter(Column::ReportId.not_in_subquery(by_this))
        .order_by_asc(Column::CreatedAt)
        .order_by_asc(Column::Id);
    let mut reports: Vec<Uuid> = reports.select_only().column(Column::ReportId).into_tuple().all(db).await?;
    let mut seen = std::collections::HashSet::new();
    reports.retain(|report| seen.insert(*report));
    Ok(reports)
}

/// That somebody has yet to decide.
fn open() -> SimpleExpr {
    Column::State.is_in([ReadingState::Waiting, ReadingState::InReview].map(Code))
}

/// The readings on which somebody has yet to decide.
pub fn to_review() -> Select<Entity> {
    Entity::find().filter(open())
}

/// First read first.
pub fn oldest_first() -> Vec<Key> {
    vec![Key::time(Column::CreatedAt, Order::Asc)]
}
