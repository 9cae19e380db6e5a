//! Updates: dated statements on an action's progress, from which its status is derived.

use async_graphql::{Context, ID, InputObject, Object};
use chrono::{DateTime, Utc};
use store::{
    follow_up_action,
    update::{self, Column, Entity, Model},
};

use crate::{
    account::Account,
    ask::{self, Short},
    coat::coat,
    evidence::{self, Evidence},
    fault::Fault,
    follow_up_action::FollowUpAction,
    id::{self, Id},
    input::Input,
    news_report::NewsReport,
    payload::{Payload, payload, write},
    scalars::Date,
    words::{ActionStatus, Track},
};

/// The updates of an action, in the order in which they were recorded.
pub(crate) static OF_ACTION: Short<Entity> = Short { rows: update::of_actions, whose: Column::ActionId };

coat! {
    /// A dated statement on an action's progress. The status of the action is derived from all of them.
    Update over store::update
}

#[Object(use_type_description)]
impl Update {
    /// The identifier.
    pub(crate) async fn id(&self) -> ID {
        id::of(&self.0)
    }

    /// The action.
    async fn action(&self, ctx: &Context<'_>) -> Result<FollowUpAction, Fault> {
        ask::row(ctx, self.0.action_id).await
    }

    /// Who says it.
    async fn track(&self) -> Track {
        self.0.track.0.into()
    }

    /// What they say.
    async fn says(&self) -> ActionStatus {
        self.0.says.0.into()
    }

    /// The day it was true on.
    async fn on(&self) -> Date {
        Date(self.0.said_on)
    }

    /// In their words.
    async fn note(&self) -> Option<&str> {
        self.0.note.as_deref()
    }

    /// The report that tells it.
    async fn report(&self, ctx: &Context<'_>) -> Result<Option<NewsReport>, Fault> {
        ask::referred(ctx, self.0.report_id).await
    }

    /// The words of the report that say so.
    async fn evidence(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most so many, 1 to 250; 250 where none is given.")] first: Option<i32>,
    ) -> Result<Vec<Evidence>, Fault> {
        ask::few(ctx, &evidence::OF_RECORD, self.0.id, first).await
    }

    /// Who wrote it down; null for the system itself.
    async fn recorded_by(&self, ctx: &Context<'_>) -> Result<Option<Account>, Fault> {
        ask::referred(ctx, self.0.recorded_by).await
    }

    /// When it was written down.
    async fn recorded_at(&self) -> DateTime<Utc> {
        self.0.recorded_at
    }
}

/// A statement on an action's progress.
#[derive(InputObject)]
pub struct RecordUpdateInput {
    /// Which action.
    action_id: Id<FollowUpAction>,
    /// Who says it.
    track: Track,
    /// What they say.
    says: ActionStatus,
    /// The day it was true on; not in the future.
    on: Date,
    /// In their words; needed where the action is dropped.
    note: Option<String>,
    /// The report that tells it; needed on the track `EVIDENCE`.
    report_id: Option<Id<NewsReport>>,
    /// The version the action was read at; where it has another by now, nothing is written.
    expected_version: Option<i32>,
}

payload! {
    /// What came of recording an update.
    RecordUpdatePayload of {
        /// The action, where all its updates say it stands.
        follow_up_action: Option<FollowUpAction>,
        /// The update.
        update: Option<Update>,
    }
}

impl Payload for RecordUpdatePayload {
    type Done = (Model, follow_up_action::Model);

    fn done((update, action): Self::Done) -> Self {
        Self { follow_up_action: Some(FollowUpAction(action)), update: Some(Update(update)), ..Self::default() }
    }
}

/// Recording updates.
#[derive(Default)]
pub struct UpdateMutation;

#[Object]
impl UpdateMutation {
    /// Writes down how an action stands, as somebody says, and derives its status anew.
    async fn record_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which action, and what is said of it.")] input: Input<RecordUpdateInput>,
    ) -> Result<RecordUpdatePayload, Fault> {
        let Input { it: input, named } = input;
        let RecordUpdateInput { action_id, track, says, on, note, report_id, expected_version } = input;
        let draft = update::Draft {
            action_id: action_id.0,
            track: track.into(),
            says: says.into(),
            on: on.0,
            note,
            report_id: id::key(report_id),
        };
        write(ctx, named, async |work| update::record(work, draft, expected_version).await).await
    }
}
