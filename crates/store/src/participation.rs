//! Who took part in a meeting, in which role, on whose behalf.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use vocab::ParticipationRole;

use crate::{Code, Result, UnitOfWork, party::Party, unit_of_work::recorded};

/// A part in a meeting.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "participation")]
pub struct Model {
    /// Identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The meeting.
    pub meeting_id: Uuid,
    /// What they did there.
    pub role: Code<ParticipationRole>,
    /// The person; none where a body is all that is known.
    pub person_id: Option<Uuid>,
    /// The post they held.
    pub post_id: Option<Uuid>,
    /// The organization on whose behalf.
    pub organization_id: Option<Uuid>,
    /// The state on whose behalf.
    pub state_id: Option<Uuid>,
}

impl Model {
    /// Who, and on whose behalf.
    pub fn party(&self) -> Party {
        let Self { person_id, post_id, organization_id, state_id, .. } = *self;
        Party { person_id, post_id, organization_id, state_id }
    }
}

/// To its meeting and its parties.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

recorded!(Participation, fixed);

/// A new part in a meeting.
#[derive(Debug, Clone)]
pub struct Draft {
    /// The meeting.
    pub meeting_id: Uuid,
    /// What they did there.
    pub role: ParticipationRole,
    /// Who, and on whose behalf.
    pub party: Party,
}

/// Keeps a new part in a meeting; the same party is not kept twice.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn create(work: &mut UnitOfWork, draft: Draft) -> Result<Model> {
    let Draft { meeting_id, role, party } = draft;
    let Party { person_id, post_id, organization_id, state_id } = work.party(party).await?;
    let present = Entity::find().filter(Column::MeetingId.eq(meeting_id)).all(work.connection()).await?;
    let same = |row: &&Model| match person_id {
        Some(_) => row.person_id == person_id,
        None => row.person_id.is_none() && row.organization_id == organization_id && row.state_id == state_id,
    };
    if let Some(row) = present.iter().find(same) {
        return Ok(row.clone());
    }
    let id = work.fresh_id();
    work.insert(Model { id, meeting_id, role: role.into(), person_id, post_id, organization_id, state_id }).await
}

/// Makes these the parts in a meeting; who is named twice is kept once.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn put(work: &mut UnitOfWork, meeting_id: Uuid, mut drafts: Vec<Draft>) -> Result<()> {
    for draft in &mut drafts {
        draft.party = work.party(draft.party).await?;
    }
    let present = Entity::find().filter(Column::MeetingId.eq(meeting_id)).all(work.connection()).await?;
    let stays = |row: &Model| drafts.iter().any(|draft| row.role.0 == draft.role && row.party() == draft.party);
    for gone in present.into_iter().filter(|row| !stays(row)) {
        work.remove(gone).await?;
    }
    for draft in drafts {
        create(work, draft).await?;
    }
    Ok(())
}
