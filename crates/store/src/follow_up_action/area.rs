//! The cooperation areas of follow-up actions.

use std::collections::HashMap;

use sea_orm::{
    QuerySelect, QueryTrait,
    entity::prelude::*,
    sea_query::{Alias, Expr, ExprTrait, Order, OverStatement, Query, WindowStatement},
};
use serde::{Deserialize, Serialize};

use super::{Column as Action, Entity as Actions, list::rank};
use crate::{Result, UnitOfWork, cooperation_area, unit_of_work::recorded};

/// An area of an action.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize, Deserialize)]
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

/// A state in an area: how many of its actions are in it, and the strongest of them, the latest among equals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Engagement {
    /// The area.
    pub area_id: Uuid,
    /// The strongest action.
    pub strongest_id: Uuid,
    /// How many actions.
    pub count: i64,
}

/// The engagements of states, in one statement.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn engagements(db: &impl ConnectionTrait, state_ids: &[Uuid]) -> Result<HashMap<Uuid, Vec<Engagement>>> {
    let of_state_and_area = || {
        let mut window = WindowStatement::new();
        window.partition_by((Actions, Action::StateId)).partition_by((Entity, Column::AreaId));
        window
    };
    let mut strongest_first = of_state_and_area();
    strongest_first
        .order_by_expr(rank(), Order::Desc)
        .order_by((Actions, Action::CreatedAt), Order::Desc)
        .order_by((Actions, Action::Id), Order::Desc);
    let same = Expr::col((Actions, Action::Id)).equals((Entity, Column::ActionId));
    let mut ranked = Entity::find().select_only().into_query();
    ranked
        .inner_join(Actions, same)
        .column((Actions, Action::StateId))
        .column((Entity, Column::AreaId))
        .column((Entity, Column::ActionId))
        .expr_window_as(Expr::cust("ROW_NUMBER()"), strongest_first, Alias::new("row_no"))
        .expr_window_as(Expr::cust("COUNT(*)"), of_state_and_area(), Alias::new("n"))
        .and_where(Expr::col((Actions, Action::StateId)).is_in(state_ids.iter().copied()));
    let mut statement = Query::select();
    statement
        .columns(["state_id", "area_id", "action_id", "n"].map(Alias::new))
        .from_subquery(ranked, Alias::new("ranked"))
        .and_where(Expr::col(Alias::new("row_no")).eq(1));
    let mut found: HashMap<Uuid, Vec<Engagement>> = HashMap::new();
    for row in db.query_all(&statement).await? {
        let engagement = Engagement {
            area_id: row.try_get("", "area_id")?,
            strongest_id: row.try_get("", "action_id")?,
            count: row.try_get("", "n")?,
        };
        found.entry(row.try_get("", "state_id")?).or_default().push(engagement);
    }
    Ok(found)
}
