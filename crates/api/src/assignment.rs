//! Which member states a desk officer looks after.

use async_graphql::{Context, InputObject, Object};
use sea_orm::EntityTrait;
use store::assignment;

use crate::{
    account::Account,
    ask::Short,
    fault::Fault,
    id::{self, Id},
    input::Input,
    member_state::MemberState,
    payload::{payload, write},
};

/// The states of accounts, in the order in which they were assigned.
pub(crate) static OF_ACCOUNT: Short<assignment::Entity> =
    Short { rows: assignment::Entity::find, whose: assignment::Column::AccountId };

/// A state that an account looks after.
pub(crate) struct Assigned(pub(crate) assignment::Model);

impl From<assignment::Model> for Assigned {
    fn from(row: assignment::Model) -> Self {
        Self(row)
    }
}

/// Which states an account is to look after.
#[derive(InputObject)]
pub struct AssignStatesInput {
    /// Which account.
    account_id: Id<Account>,
    /// The states, at most 250.
    state_ids: Vec<Id<MemberState>>,
}

/// Which states an account is to look after no more.
#[derive(InputObject)]
pub struct UnassignStatesInput {
    /// Which account.
    account_id: Id<Account>,
    /// The states, at most 250.
    state_ids: Vec<Id<MemberState>>,
}

payload! {
    /// What came of assigning states.
    AssignStatesPayload {
        /// The account.
        account: Account,
    }
}

payload! {
    /// What came of taking states from an account.
    UnassignStatesPayload {
        /// The account.
        account: Account,
    }
}

/// Assigning member states.
#[derive(Default)]
pub struct AssignmentMutation;

#[Object]
impl AssignmentMutation {
    /// Assigns member states to an account: as a desk officer it may change what belongs to them. Those that it has stay.
    async fn assign_states(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which states, and to whom.")] input: Input<AssignStatesInput>,
    ) -> Result<AssignStatesPayload, Fault> {
        let Input { it: AssignStatesInput { account_id, state_ids }, named } = input;
        let states = id::keys(state_ids);
        write(ctx, named, async |work| assignment::assign(work, account_id.0, &states).await).await
    }

    /// Takes member states from an account. What it did about them stays.
    async fn unassign_states(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which states, and from whom.")] input: Input<UnassignStatesInput>,
    ) -> Result<UnassignStatesPayload, Fault> {
        let Input { it: UnassignStatesInput { account_id, state_ids }, named } = input;
        let states = id::keys(state_ids);
        write(ctx, named, async |work| assignment::unassign(work, account_id.0, &states).await).await
    }
}
