//! Which member states a desk officer looks after.

use sea_orm::{QuerySelect, entity::prelude::*};
use serde::{Deserialize, Serialize};

use crate::{Error, Result, UnitOfWork, account, by_id, member_state, unit_of_work::recorded};

/// A state that an account looks after.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "assignment")]
pub struct Model {
    /// Identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The account.
    pub account_id: Uuid,
    /// The state.
    pub state_id: Uuid,
    /// Since when.
    pub created_at: DateTimeUtc,
}

/// To its account and its state.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

recorded!(Assignment, fixed);

/// The most states that are assigned at once.
const MOST: usize = 250;

/// Assigns states to an account; those that it has stay as they are.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Invalid`] for too many; [`Error::Database`].
pub async fn assign(work: &mut UnitOfWork, account_id: Uuid, state_ids: &[Uuid]) -> Result<account::Model> {
    let (account, mut there) = account_and_states(work, account_id, state_ids).await?;
    for state_id in state_ids.iter().copied() {
        by_id::<member_state::Entity>(work.connection(), state_id).await?;
        if !there.contains(&state_id) {
            there.push(state_id);
            work.insert(Model { id: work.fresh_id(), account_id, state_id, created_at: work.now() }).await?;
        }
    }
    Ok(account)
}

/// Takes states from an account; those that it has not are no matter.
///
/// # Errors
/// As [`assign`].
pub async fn unassign(work: &mut UnitOfWork, account_id: Uuid, state_ids: &[Uuid]) -> Result<account::Model> {
    let (account, _) = account_and_states(work, account_id, state_ids).await?;
    let gone = Entity::find().filter(Column::AccountId.eq(account_id));
    let gone = gone.filter(Column::StateId.is_in(state_ids.iter().copied())).all(work.connection()).await?;
    for row in gone {
        work.remove(row).await?;
    }
    Ok(account)
}

async fn account_and_states(
    work: &UnitOfWork,
    account_id: Uuid,
    state_ids: &[Uuid],
) -> Result<(account::Model, Vec<Uuid>)> {
    if state_ids.len() > MOST {
        let message = format!("{} states: name at most {MOST} at a time", state_ids.len());
        return Err(Error::invalid("stateIds", message));
    }
    let account = by_id::<account::Entity>(work.connection(), account_id).await?;
    Ok((account, states_of(work.connection(), account_id).await?))
}

/// The states that an account looks after.
///
/// # Errors
/// [`Error::Database`].
pub async fn states_of(db: &impl ConnectionTrait, account_id: Uuid) -> Result<Vec<Uuid>> {
    let rows = Entity::find().select_only().column(Column::StateId).filter(Column::AccountId.eq(account_id));
    Ok(rows.into_tuple().all(db).await?)
}
