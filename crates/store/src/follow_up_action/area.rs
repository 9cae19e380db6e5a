//! The cooperation areas of follow-up actions.

use sea_orm::entity::prelude::*;
use serde::Serialize;

use crate::{Result, UnitOfWork, cooperation_area, unit_of_work::recorded};

/// An area of an action.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "follow_up_action_area")]
pub struct Model {
    /// Identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The action.
    pub action_id: Uuid,
    /// The area.
    pub area_id: Uuid,
}

/// To its action and its area.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

recorded!(FollowUpActionArea, fixed);

/// Makes these the areas of an action.
pub(crate) async fn put(work: &mut UnitOfWork, action_id: Uuid, areas: &[cooperation_area::Model]) -> Result<()> {
    let present = Entity::find().filter(Column::ActionId.eq(action_id)).all(work.connection()).await?;
    let wanted = |row: &Model| areas.iter().any(|area| area.id == row.area_id);
    let (kept, gone): (Vec<_>, Vec<_>) = present.into_iter().partition(wanted);
    for row in gone {
        work.remove(row).await?;
    }
    for area in areas.iter().filter(|area| !kept.iter().any(|row| row.area_id == area.id)) {
        work.insert(Model { id: work.fresh_id(), action_id, area_id: area.id }).await?;
    }
    Ok(())
}
