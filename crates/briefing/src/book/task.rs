//! A task as the book holds it.

use chrono::NaiveDate;
use store::task;
use uuid::Uuid;
use vocab::TaskState;

/// A task, without its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// The action it serves.
    pub action: Uuid,
    /// Who is to do it.
    pub assignee: Option<Uuid>,
    /// By when.
    pub due_on: Option<NaiveDate>,
    /// Whether it is to be done, and was not proposed alone.
    pub is_open: bool,
}

impl Task {
    pub(super) fn new(row: &task::Model) -> Self {
        Self {
            action: row.action_id,
            assignee: row.assignee_id,
            due_on: row.due_on,
            is_open: row.state.0 == TaskState::Open,
        }
    }
}
