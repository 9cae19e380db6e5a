//! Updates: dated statements on an action's progress, from which its status is derived.

use sea_orm::{QueryOrder, entity::prelude::*};
use serde::{Deserialize, Serialize};
use vocab::{ActionStatus, Track, status::Statement};

use crate::{Code, Error, Result, UnitOfWork, error::optional_text, follow_up_action, unit_of_work::recorded};

/// An update.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "action_update")]
pub struct Model {
    /// Identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The action.
    pub action_id: Uuid,
    /// Who says it.
    pub track: Code<Track>,
    /// What they say.
    pub says: Code<ActionStatus>,
    /// The day it was true on.
    pub said_on: Date,
    /// In their words.
    pub note: Option<String>,
    /// The report that tells it.
    pub report_id: Option<Uuid>,
    /// Who wrote it down.
    pub recorded_by: Option<Uuid>,
    /// When it was written down.
    pub recorded_at: DateTimeUtc,
}

/// To its action and its report.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

recorded!(Update, fixed);

/// A new update.
#[derive(Debug, Clone)]
pub struct Draft {
    /// The action.
    pub action_id: Uuid,
    /// Who says it.
    pub track: Track,
    /// What they say.
    pub says: ActionStatus,
    /// The day it was true on.
    pub on: Date,
    /// In their words; needed where the action is dropped.
    pub note: Option<String>,
    /// The report that tells it; needed on the evidence track.
    pub report_id: Option<Uuid>,
}

/// Keeps an update, and puts the action where all its updates say it stands.
///
/// # Errors
/// [`Error::Invalid`] where it is dropped without a reason, tells of the future, or is evidence without a report;
/// [`Error::Conflict`] where `expected` is given and the action is at another version; [`Error::Database`].
pub async fn record(
    work: &mut UnitOfWork,
    draft: Draft,
    expected: Option<i32>,
) -> Result<(Model, follow_up_action::Model)> {
    let Draft { action_id, track, says, on, note, report_id } = draft;
    let note = optional_text("note", note.as_deref(), 2_000)?;
    if says == ActionStatus::Dropped && note.is_none() {
        return Err(Error::invalid("note", "an action is dropped for a reason: write it as the note"));
    }
    if matches!(says, ActionStatus::NoEvidence | ActionStatus::Recorded) {
        return Err(Error::invalid("says", format!("nobody says \"{says}\": it follows from silence alone")));
    }
    if on > work.today() {
        return Err(Error::invalid("on", format!("{on} is in the future: an update tells what is so by now")));
    }
    if track == Track::Evidence && report_id.is_none() {
        return Err(Error::invalid("reportId", "evidence comes from a news report: name it"));
    }
    let row = Model {
        id: work.fresh_id(),
        action_id,
        track: track.into(),
        says: says.into(),
        said_on: on,
        note,
        report_id,
        recorded_by: work.who().account_id,
        recorded_at: work.now(),
    };
    // The action first: a stale version must refuse before anything is written.
    let before = follow_up_action::checked(work, action_id, expected).await?;
    let row = work.insert(row).await?;
    let action = settle(work, before).await?;
    Ok((row, action))
}

/// Puts an action where all its updates say it stands.
pub(crate) async fn settle(work: &mut UnitOfWork, action: follow_up_action::Model) -> Result<follow_up_action::Model> {
    let updates = of_actions().filter(Column::ActionId.eq(action.id)).all(work.connection()).await?;
    follow_up_action::put_verdict(work, action, &statements(&updates)).await
}

/// The updates of actions in the order in which they were recorded.
pub fn of_actions() -> Select<Entity> {
    Entity::find().order_by_asc(Column::RecordedAt).order_by_asc(Column::Id)
}

/// What the status is derived from.
pub fn statements(updates: &[Model]) -> Vec<Statement> {
    updates.iter().map(|row| Statement { track: row.track.0, says: row.says.0, on: row.said_on }).collect()
}
