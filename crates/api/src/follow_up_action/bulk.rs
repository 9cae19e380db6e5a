//! Many actions at once: all of them or none.

use async_graphql::{Context, InputObject, Object};
use store::{bulk, follow_up_action};

use super::FollowUpAction;
use crate::{
    account::Account,
    bulk::{RowRefusal, all_or_none},
    fault::Fault,
    id::{self, Id},
    input::Input,
    payload::{Payload, payload, write},
};

/// One of many actions, and the version it was read at.
#[derive(InputObject)]
pub struct BulkAssignRow {
    /// Which action.
    action_id: Id<FollowUpAction>,
    /// The version it was read at; where it has another by now, nothing is written.
    expected_version: Option<i32>,
}

/// Who is to look after many actions.
#[derive(InputObject)]
pub struct BulkAssignInput {
    /// Which actions, 1 to 250.
    rows: Vec<BulkAssignRow>,
    /// Who looks after them from now on; null where nobody does.
    owner_id: Option<Id<Account>>,
}

payload! {
    /// What came of assigning many actions.
    BulkAssignPayload of {
        /// The actions, in the order of the rows; none where any row was refused.
        follow_up_actions: Vec<FollowUpAction>,
        /// The rows that cannot be done, each with its reason. Where there is one, nothing was written.
        row_refusals: Vec<RowRefusal>,
    }
}

impl Payload for BulkAssignPayload {
    type Done = Vec<follow_up_action::Model>;

    fn done(done: Self::Done) -> Self {
        Self { follow_up_actions: done.into_iter().map(Into::into).collect(), ..Self::default() }
    }
}

/// Assigning many actions.
#[derive(Default)]
pub struct BulkMutation;

#[Object]
impl BulkMutation {
    /// Puts up to 250 actions into somebody's care, or into nobody's: all of them or none.
    async fn bulk_assign(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which actions, and who.")] input: Input<BulkAssignInput>,
    ) -> Result<BulkAssignPayload, Fault> {
        let Input { it: BulkAssignInput { rows, owner_id }, named } = input;
        let rows: Vec<_> = rows.into_iter().map(|row| (row.action_id.0, row.expected_version)).collect();
        let mut refused = Vec::new();
        let payload = write(ctx, named, async |work| {
            all_or_none(bulk::assign(work, &rows, id::key(owner_id)).await?, &mut refused)
        });
        let payload: BulkAssignPayload = payload.await?;
        Ok(BulkAssignPayload { row_refusals: refused, ..payload })
    }
}
