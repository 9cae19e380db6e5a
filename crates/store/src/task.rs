//! Tasks: next steps for staff under an action.

use chrono::{DateTime, Utc};
use sea_orm::{Condition, entity::prelude::*, sea_query::Order};
use serde::{Deserialize, Serialize};
use vocab::TaskState;

use crate::{Code, Error, Result, Together, UnitOfWork, error::text, page::Key, unit_of_work::recorded};

/// A task.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "task")]
pub struct Model {
    /// Identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The action it serves.
    pub action_id: Uuid,
    /// What is to be done.
    pub title: String,
    /// Where it stands.
    pub state: Code<TaskState>,
    /// The follow-up play that proposed it.
    pub play: Option<String>,
    /// Who is to do it.
    pub assignee_id: Option<Uuid>,
    /// By when.
    pub due_on: Option<Date>,
    /// When it was done or dismissed.
    pub closed_at: Option<DateTime<Utc>>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// Counts the revisions.
    pub version: i32,
}

/// To its action and its assignee.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

recorded!(Task);

/// A new task.
#[derive(Debug, Clone)]
pub struct Draft {
    /// The action it serves.
    pub action_id: Uuid,
    /// What is to be done.
    pub title: String,
    /// The follow-up play that proposes it; a person has to confirm such a task.
    pub play: Option<&'static str>,
    /// Who is to do it.
    pub assignee_id: Option<Uuid>,
    /// By when.
    pub due_on: Option<Date>,
}

/// Keeps a new task: open, or proposed where a play made it.
///
/// # Errors
/// [`Error::Invalid`] for an empty title; [`Error::Database`].
pub async fn create(work: &mut UnitOfWork, draft: Draft) -> Result<Model> {
    let Draft { action_id, title, play, assignee_id, due_on } = draft;
    let state = if play.is_some() { TaskState::Proposed } else { TaskState::Open };
    let row = Model {
        id: work.fresh_id(),
        action_id,
        title: text("title", &title, 500)?,
        state: state.into(),
        play: play.map(str::to_owned),
        assignee_id,
        due_on,
        closed_at: None,
        created_at: work.now(),
        version: 1,
    };
    work.insert(row).await
}

/// What may be changed of a task; what is `None` stays.
#[derive(Debug, Clone, Default)]
pub struct Revision {
    /// What is to be done.
    pub title: Option<String>,
    /// Who is to do it, or that nobody is.
    pub assignee_id: Option<Option<Uuid>>,
    /// By when, or that there is no hurry.
    pub due_on: Option<Option<Date>>,
    /// Where it stands.
    pub state: Option<TaskState>,
}

/// Revises a task.
///
/// # Errors
/// As [`UnitOfWork::revise`]; [`Error::Invalid`] where it is closed already, or would become a proposal again.
pub async fn revise(work: &mut UnitOfWork, id: Uuid, expected: Option<i32>, revision: Revision) -> Result<Model> {
    let Revision { title, assignee_id, due_on, state } = revision;
    let now = work.now();
    work.revise(id, expected, |row: &mut Model| {
        if let Some(title) = title {
            row.title = text("title", &title, 500)?;
        }
        row.assignee_id = assignee_id.unwrap_or(row.assignee_id);
        row.due_on = due_on.unwrap_or(row.due_on);
        let Some(state) = state.filter(|state| *state != row.state.0) else { return Ok(()) };
        match (row.state.0, state) {
            (TaskState::Done | TaskState::Dismissed, _) => {
                return Err(Error::invalid("taskId", format!("the task is {} already", row.state.0)));
            }
            (_, TaskState::Proposed) => return Err(Error::invalid("state", "a task that was confirmed stays so")),
            (_, TaskState::Done | TaskState::Dismissed) => row.closed_at = Some(now),
            (_, TaskState::Open) => {}
        }
        row.state = state.into();
        Ok(())
    })
    .await
}

/// Which tasks.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Filter {
    /// In one of these states.
    pub states: Option<Vec<TaskState>>,
    /// Of this assignee.
    pub assignee_id: Option<Uuid>,
    /// Under this action.
    pub action_id: Option<Uuid>,
    /// Due before this day.
    pub due_before: Option<Date>,
    /// What has to hold beside it.
    pub together: Together<Filter>,
}

/// The tasks that pass the filter.
pub fn select(filter: &Filter) -> Select<Entity> {
    Entity::find().filter(passes(filter))
}

fn passes(filter: &Filter) -> Condition {
    let Filter { states, assignee_id, action_id, due_before, together } = filter;
    let own = Condition::all()
        .add_option(states.as_ref().map(|states| Column::State.is_in(states.iter().copied().map(Code))))
        .add_option(assignee_id.map(|id| Column::AssigneeId.eq(id)))
        .add_option(action_id.map(|id| Column::ActionId.eq(id)))
        .add_option(due_before.map(|day| Column::DueOn.lt(day)));
    together.beside(own, passes)
}

/// First due first; those without a due day last.
pub fn by_due_day() -> Vec<Key> {
    vec![Key::day(Column::DueOn, Order::Asc)]
}
