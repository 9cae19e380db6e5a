//! Many actions at once: all of them or none.

use async_graphql::{Context, InputObject, Object, SimpleObject};
use store::bulk;

use super::FollowUpAction;
use crate::{
    account::Account,
    ask,
    fault::{Fault, FaultCode},
    id::{self, Id},
    payload::{Refusal, payload},
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

/// Why one of many rows cannot be done.
#[derive(Debug, Clone, SimpleObject)]
pub struct RowRefusal {
    /// Which row, counted from 0.
    pub row: usize,
    /// `FORBIDDEN`, `NOT_FOUND`, `CONFLICT` or `BAD_USER_INPUT`.
    pub code: String,
    /// What is wrong and what to do, for people.
    pub message: String,
    /// The version the record has now, where somebody else was faster.
    pub current_version: Option<i32>,
}

impl From<bulk::Refused> for RowRefusal {
    fn from(bulk::Refused { row, error }: bulk::Refused) -> Self {
        let Fault { code, message, current_version, .. } = error.into();
        Self { row, code: code.code().to_owned(), message, current_version }
    }
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

/// Assigning many actions.
#[derive(Default)]
pub struct BulkMutation;

#[Object]
impl BulkMutation {
    /// Puts up to 250 actions into somebody's care, or into nobody's: all of them or none.
    async fn bulk_assign(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which actions, and who.")] input: BulkAssignInput,
    ) -> Result<BulkAssignPayload, Fault> {
        let BulkAssignInput { rows, owner_id } = input;
        let rows: Vec<_> = rows.into_iter().map(|row| (row.action_id.0, row.expected_version)).collect();
        let mut work = ask::store(ctx).begin(ask::who(ctx)?).await?;
        match bulk::assign(&mut work, &rows, id::key(owner_id)).await {
            Ok(Ok(actions)) => {
                work.commit().await?;
                let follow_up_actions = actions.into_iter().map(Into::into).collect();
                Ok(BulkAssignPayload { follow_up_actions, ..BulkAssignPayload::default() })
            }
            Ok(Err(refused)) => {
                let message =
                    format!("{} of {} rows cannot be done, so nothing was written", refused.len(), rows.len());
                let refusal = Refusal {
                    code: FaultCode::BadUserInput.code().to_owned(),
                    message,
                    field: Some("rows".to_owned()),
                    current_version: None,
                };
                let row_refusals = refused.into_iter().map(Into::into).collect();
                Ok(BulkAssignPayload { row_refusals, ..refusal.into() })
            }
            Err(error) => Ok(Refusal::try_from(Fault::from(error))?.into()),
        }
    }
}
