//! Tasks: next steps for staff under an action.

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object};
use chrono::{DateTime, Utc};
use store::{
    page::Key,
    task::{self, Revision},
};

use crate::{
    account::Account,
    ask,
    coat::coat,
    connection::{self, Connection, Listing, Paging, Rows},
    fault::Fault,
    filter::{self, filter},
    follow_up_action::FollowUpAction,
    id::{self, Id},
    input::{Input, Named},
    payload::{change, payload, write},
    scalars::Date,
    words::{TaskState, words},
};

coat! {
    /// A next step for staff under an action.
    Task over store::task
}

#[Object(use_type_description)]
impl Task {
    /// The identifier.
    pub(crate) async fn id(&self) -> ID {
        id::of(&self.0)
    }

    /// The action it serves.
    async fn action(&self, ctx: &Context<'_>) -> Result<FollowUpAction, Fault> {
        ask::row(ctx, self.0.action_id).await
    }

    /// What is to be done.
    async fn title(&self) -> &str {
        &self.0.title
    }

    /// Where it stands.
    async fn state(&self) -> TaskState {
        self.0.state.0.into()
    }

    /// The follow-up play that proposed it; null where a person made it.
    async fn play(&self) -> Option<&str> {
        self.0.play.as_deref()
    }

    /// Who is to do it.
    async fn assignee(&self, ctx: &Context<'_>) -> Result<Option<Account>, Fault> {
        ask::referred(ctx, self.0.assignee_id).await
    }

    /// By when.
    async fn due_on(&self) -> Option<Date> {
        self.0.due_on.map(Date)
    }

    /// When it was done or dismissed.
    async fn closed_at(&self) -> Option<DateTime<Utc>> {
        self.0.closed_at
    }

    /// When it was made.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }

    /// How often it was written: hand it back as `expectedVersion` when revising.
    async fn version(&self) -> i32 {
        self.0.version
    }
}

filter! {
    /// Which tasks.
    TaskFilter of task::Filter {
        /// In one of these states.
        states: Option<Vec<TaskState>>,
        /// Of this assignee.
        assignee_id: Option<Id<Account>>,
        /// Under this action.
        action_id: Option<Id<FollowUpAction>>,
        /// Due before this day.
        due_before: Option<Date>,
    }
}

impl TaskFilter {
    async fn read(self, _: &Context<'_>) -> Result<task::Filter, Fault> {
        Ok(task::Filter {
            states: words(self.states),
            assignee_id: id::key(self.assignee_id),
            action_id: id::key(self.action_id),
            due_before: self.due_before.map(Into::into),
            ..task::Filter::default()
        })
    }
}

/// A list of tasks.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Tasks(task::Filter);

impl Listing for Tasks {
    type Of = Task;

    fn rows(&self) -> Rows<Task> {
        task::select(&self.0).into()
    }

    fn keys(&self) -> Vec<Key> {
        task::by_due_day()
    }
}

/// Asking for tasks.
#[derive(Default)]
pub struct TaskQuery;

#[Object]
impl TaskQuery {
    /// Tasks, first due first.
    async fn tasks(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most so many, 1 to 100; 20 where none is given.")] first: Option<i32>,
        #[graphql(desc = "Behind this cursor.")] after: Option<String>,
        #[graphql(desc = "At most so many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
        #[graphql(desc = "Which of them.")] filter: Option<TaskFilter>,
    ) -> Result<Connection<Task>, Fault> {
        let list = Tasks(filter::kept(ctx, filter).await?);
        connection::page(ctx, None, list, Paging { first, after, last, before }).await
    }
}

/// A new task.
#[derive(InputObject)]
pub struct CreateTaskInput {
    /// The action it serves.
    action_id: Id<FollowUpAction>,
    /// What is to be done.
    title: String,
    /// Who is to do it.
    assignee_id: Option<Id<Account>>,
    /// By when.
    due_on: Option<Date>,
}

/// What is to be changed of a task; what is left out stays.
#[derive(InputObject)]
pub struct ReviseTaskInput {
    /// Which task.
    task_id: Id<Task>,
    /// The version it was read at; where it has another by now, nothing is written.
    expected_version: Option<i32>,
    /// What is to be done.
    title: Option<String>,
    /// Who is to do it; null where nobody is.
    assignee_id: MaybeUndefined<Id<Account>>,
    /// By when; null where there is no hurry.
    due_on: MaybeUndefined<Date>,
}

/// Declares a mutation input that names a task and the version it was read at, and its payload.
macro_rules! on_a_task {
    ($(#[$input_about:meta])* $input:ident, $(#[$payload_about:meta])* $payload:ident) => {
        $(#[$input_about])*
        #[derive(InputObject)]
        pub struct $input {
            /// Which task.
            task_id: Id<Task>,
            /// The version it was read at; where it has another by now, nothing is written.
            expected_version: Option<i32>,
        }

        payload! {
            $(#[$payload_about])*
            $payload {
                /// The task.
                task: Task,
            }
        }

        impl $input {
            async fn put(self, ctx: &Context<'_>, named: Option<Named>, state: TaskState) -> Result<$payload, Fault> {
                let Self { task_id, expected_version } = self;
                let revision = Revision { state: Some(state.into()), ..Revision::default() };
                write(ctx, named, async |work| task::revise(work, task_id.0, expected_version, revision).await).await
            }
        }
    };
}

on_a_task! {
    /// A task that was proposed and is to be done.
    ConfirmTaskInput,
    /// What came of confirming a task.
    ConfirmTaskPayload
}

on_a_task! {
    /// A task that is done.
    CompleteTaskInput,
    /// What came of completing a task.
    CompleteTaskPayload
}

on_a_task! {
    /// A task that is not needed.
    DismissTaskInput,
    /// What came of dismissing a task.
    DismissTaskPayload
}

payload! {
    /// What came of making a task.
    CreateTaskPayload {
        /// The task.
        task: Task,
    }
}

payload! {
    /// What came of revising a task.
    ReviseTaskPayload {
        /// The task.
        task: Task,
    }
}

/// Making, revising and closing tasks.
#[derive(Default)]
pub struct TaskMutation;

#[Object]
impl TaskMutation {
    /// Makes a task under an action.
    async fn create_task(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The new task.")] input: Input<CreateTaskInput>,
    ) -> Result<CreateTaskPayload, Fault> {
        let Input { it: CreateTaskInput { action_id, title, assignee_id, due_on }, named } = input;
        let draft = task::Draft {
            action_id: action_id.0,
            title,
            play: None,
            assignee_id: id::key(assignee_id),
            due_on: due_on.map(Into::into),
        };
        write(ctx, named, async |work| task::create(work, draft).await).await
    }

    /// Revises a task.
    async fn revise_task(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to be changed.")] input: Input<ReviseTaskInput>,
    ) -> Result<ReviseTaskPayload, Fault> {
        let Input { it: ReviseTaskInput { task_id, expected_version, title, assignee_id, due_on }, named } = input;
        let revision = Revision {
            title,
            assignee_id: change(assignee_id, |id| id.0),
            due_on: change(due_on, Into::into),
            state: None,
        };
        write(ctx, named, async |work| task::revise(work, task_id.0, expected_version, revision).await).await
    }

    /// Takes up a task that a follow-up play proposed.
    async fn confirm_task(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which task.")] input: Input<ConfirmTaskInput>,
    ) -> Result<ConfirmTaskPayload, Fault> {
        input.it.put(ctx, input.named, TaskState::Open).await
    }

    /// Writes down that a task is done.
    async fn complete_task(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which task.")] input: Input<CompleteTaskInput>,
    ) -> Result<CompleteTaskPayload, Fault> {
        input.it.put(ctx, input.named, TaskState::Done).await
    }

    /// Writes down that a task is not needed.
    async fn dismiss_task(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which task.")] input: Input<DismissTaskInput>,
    ) -> Result<DismissTaskPayload, Fault> {
        input.it.put(ctx, input.named, TaskState::Dismissed).await
    }
}
