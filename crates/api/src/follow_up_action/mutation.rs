//! Making, revising and assigning actions.

use async_graphql::{Context, InputObject, MaybeUndefined, Object};
use store::follow_up_action::{self, Draft, Revision};

use super::FollowUpAction;
use crate::{
    account::Account,
    fault::Fault,
    id::{self, Id},
    input::Input,
    meeting::Meeting,
    member_state::MemberState,
    participation::PartyInput,
    payload::{change, payload, write},
    scalars::{Date, PartialDate},
    words::{ActionKind, CheckableElement, Side, Strength, words},
};

/// A new action.
#[derive(InputObject)]
pub struct CreateFollowUpActionInput {
    /// What the words do.
    kind: ActionKind,
    /// What it is about, in a line.
    title: String,
    /// How binding it is.
    #[graphql(default_with = "Strength::Proposed")]
    strength: Strength,
    /// What its wording lacks before anyone can check whether it was kept.
    #[graphql(default)]
    missing: Vec<CheckableElement>,
    /// The state it belongs to, by which its reference begins.
    state_id: Option<Id<MemberState>>,
    /// The meeting it came out of.
    meeting_id: Option<Id<Meeting>>,
    /// The side that acts.
    actor_side: Side,
    /// Who acts.
    actor: Option<PartyInput>,
    /// To whom.
    counterpart: Option<PartyInput>,
    /// Who owes the next move; by kind and side, where it is left out; null where nobody can say.
    awaits: MaybeUndefined<Side>,
    /// When it is due, as precisely as was said.
    due: Option<PartialDate>,
    /// The day on which it was said; today, where it is left out.
    said_on: Option<Date>,
    /// Who on our side looks after it.
    owner_id: Option<Id<Account>>,
    /// The slugs of its cooperation areas.
    #[graphql(default)]
    areas: Vec<String>,
}

impl From<CreateFollowUpActionInput> for Draft {
    fn from(input: CreateFollowUpActionInput) -> Self {
        let CreateFollowUpActionInput {
            kind,
            title,
            strength,
            missing,
            state_id,
            meeting_id,
            actor_side,
            actor,
            counterpart,
            awaits,
            due,
            said_on,
            owner_id,
            areas,
        } = input;
        let (kind, actor_side) = (kind.into(), actor_side.into());
        Self {
            kind,
            title,
            strength: strength.into(),
            missing: words(Some(missing)).unwrap_or_default(),
            state_id: id::key(state_id),
            meeting_id: id::key(meeting_id),
            actor_side,
            actor: actor.map(Into::into).unwrap_or_default(),
            counterpart: counterpart.map(Into::into).unwrap_or_default(),
            awaits: change(awaits, Into::into).unwrap_or_else(|| vocab::follow_up_action::awaits(kind, actor_side)),
            due: due.map(Into::into),
            said_on: said_on.map(Into::into),
            owner_id: id::key(owner_id),
            areas,
        }
    }
}

/// What is to be changed of an action; what is left out stays. The status is derived and cannot be set: record an update.
#[derive(InputObject)]
pub struct ReviseFollowUpActionInput {
    /// Which action.
    action_id: Id<FollowUpAction>,
    /// The version it was read at; where it has another by now, nothing is written.
    expected_version: Option<i32>,
    /// What the words do.
    kind: Option<ActionKind>,
    /// What it is about, in a line.
    title: Option<String>,
    /// How binding it is.
    strength: Option<Strength>,
    /// What its wording lacks before anyone can check whether it was kept.
    missing: Option<Vec<CheckableElement>>,
    /// The meeting it came out of.
    meeting_id: MaybeUndefined<Id<Meeting>>,
    /// The side that acts.
    actor_side: Option<Side>,
    /// Who acts, in place of whoever did.
    actor: Option<PartyInput>,
    /// To whom, in place of whoever it was.
    counterpart: Option<PartyInput>,
    /// Who owes the next move; null where nobody can say.
    awaits: MaybeUndefined<Side>,
    /// When it is due; null where it is not.
    due: MaybeUndefined<PartialDate>,
    /// The day on which it was said.
    said_on: Option<Date>,
    /// Who on our side looks after it.
    owner_id: MaybeUndefined<Id<Account>>,
    /// The slugs of its cooperation areas: these and no others.
    areas: Option<Vec<String>>,
}

impl From<ReviseFollowUpActionInput> for Revision {
    fn from(input: ReviseFollowUpActionInput) -> Self {
        let ReviseFollowUpActionInput {
            action_id: _,
            expected_version: _,
            kind,
            title,
            strength,
            missing,
            meeting_id,
            actor_side,
            actor,
            counterpart,
            awaits,
            due,
            said_on,
            owner_id,
            areas,
        } = input;
        Self {
            kind: kind.map(Into::into),
            title,
            strength: strength.map(Into::into),
            missing: words(missing),
            meeting_id: change(meeting_id, |id| id.0),
            actor_side: actor_side.map(Into::into),
            actor: actor.map(Into::into),
            counterpart: counterpart.map(Into::into),
            awaits: change(awaits, Into::into),
            due: change(due, Into::into),
            said_on: said_on.map(Into::into),
            owner_id: change(owner_id, |id| id.0),
            areas,
        }
    }
}

/// Who is to look after an action.
#[derive(InputObject)]
pub struct AssignFollowUpActionInput {
    /// Which action.
    action_id: Id<FollowUpAction>,
    /// Who looks after it from now on; null where nobody does.
    owner_id: Option<Id<Account>>,
    /// The version it was read at; where it has another by now, nothing is written.
    expected_version: Option<i32>,
}

payload! {
    /// What came of making an action.
    CreateFollowUpActionPayload {
        /// The action.
        follow_up_action: FollowUpAction,
    }
}

payload! {
    /// What came of revising an action.
    ReviseFollowUpActionPayload {
        /// The action.
        follow_up_action: FollowUpAction,
    }
}

payload! {
    /// What came of assigning an action.
    AssignFollowUpActionPayload {
        /// The action.
        follow_up_action: FollowUpAction,
    }
}

/// Making, revising and assigning actions.
#[derive(Default)]
pub struct FollowUpActionMutation;

#[Object]
impl FollowUpActionMutation {
    /// Makes an action by hand, under the next reference of its state.
    async fn create_follow_up_action(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The new action.")] input: Input<CreateFollowUpActionInput>,
    ) -> Result<CreateFollowUpActionPayload, Fault> {
        let Input { it, named } = input;
        write(ctx, named, async |work| follow_up_action::create(work, it.into()).await).await
    }

    /// Revises an action.
    async fn revise_follow_up_action(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to be changed.")] input: Input<ReviseFollowUpActionInput>,
    ) -> Result<ReviseFollowUpActionPayload, Fault> {
        let Input { it, named } = input;
        let (id, expected) = (it.action_id.0, it.expected_version);
        write(ctx, named, async |work| follow_up_action::revise(work, id, expected, it.into()).await).await
    }

    /// Puts an action into somebody's care, or into nobody's.
    async fn assign_follow_up_action(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which action, and who.")] input: Input<AssignFollowUpActionInput>,
    ) -> Result<AssignFollowUpActionPayload, Fault> {
        let Input { it: AssignFollowUpActionInput { action_id, owner_id, expected_version }, named } = input;
        let revision = Revision { owner_id: Some(id::key(owner_id)), ..Revision::default() };
        write(ctx, named, async |work| follow_up_action::revise(work, action_id.0, expected_version, revision).await)
            .await
    }
}
