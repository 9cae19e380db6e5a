//! What a day takes away: what was said or told after it was not there yet. A meeting that lay ahead was.

use std::collections::HashMap;

use chrono::NaiveDate;
use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait,
    sea_query::{Expr, ExprTrait, Query, SimpleExpr},
};
use uuid::Uuid;

use crate::{
    Result, UnitOfWork, by_ids, evidence,
    follow_up_action::{self, area},
    load::KEYS_AT_ONCE,
    meeting, standing, task,
    update::{self, statements},
};

/// Leaves what was there on the day, and tells how it stood by that.
pub(super) async fn judge(work: &UnitOfWork, day: NaiveDate) -> Result<()> {
    let actions = follow_up_action::Entity::find().filter(follow_up_action::Column::SaidOn.gt(day));
    let actions = actions.select_only().column(follow_up_action::Column::Id).into_tuple();
    take_away(work, &actions.all(work.connection()).await?).await?;
    let later = update::Entity::find().filter(update::Column::SaidOn.gt(day)).all(work.connection()).await?;
    let mut told: Vec<Uuid> = later.iter().map(|row| row.action_id).collect();
    for rows in later.chunks(KEYS_AT_ONCE) {
        let ids = || rows.iter().map(|row| row.id);
        work.take_away::<evidence::Entity>(evidence::Column::RecordId.is_in(ids())).await?;
        work.take_away::<update::Entity>(update::Column::Id.is_in(ids())).await?;
    }
    work.take_away::<standing::Entity>(standing::Column::StatedOn.gt(day)).await?;
    told.extend(without_a_day(work).await?);
    told.sort_unstable();
    told.dedup();
    tell_again(work, &told).await?;
    let held_on = Query::select()
        .column(meeting::Column::HeldOn)
        .from(meeting::Entity)
        .and_where(
            Expr::col((meeting::Entity, meeting::Column::Id))
                .equals((meeting::state::Entity, meeting::state::Column::MeetingId)),
        )
        .take();
    let held_on = SimpleExpr::SubQuery(None, Box::new(held_on.into()));
    work.fill::<meeting::state::Entity>(meeting::state::Column::HeldOn, held_on).await
}

/// Takes actions away, with all that hangs on them.
async fn take_away(work: &UnitOfWork, actions: &[Uuid]) -> Result<()> {
    for ids in actions.chunks(KEYS_AT_ONCE) {
        let ids = || ids.iter().copied();
        work.take_away::<area::Entity>(area::Column::ActionId.is_in(ids())).await?;
        work.take_away::<task::Entity>(task::Column::ActionId.is_in(ids())).await?;
        let told = update::Entity::find().filter(update::Column::ActionId.is_in(ids()));
        let told = told.select_only().column(update::Column::Id).into_query();
        work.take_away::<evidence::Entity>(evidence::Column::RecordId.in_subquery(told)).await?;
        work.take_away::<update::Entity>(update::Column::ActionId.is_in(ids())).await?;
        work.take_away::<evidence::Entity>(evidence::Column::RecordId.is_in(ids())).await?;
        work.take_away::<follow_up_action::Entity>(follow_up_action::Column::Id.is_in(ids())).await?;
    }
    Ok(())
}

/// The actions of which something was told whose line of history is older than the column for the day.
async fn without_a_day(work: &UnitOfWork) -> Result<Vec<Uuid>> {
    let told = update::Entity::find().select_only().column(update::Column::ActionId).into_query();
    let actions = follow_up_action::Entity::find().filter(follow_up_action::Column::HeardOn.is_null());
    let actions = actions.filter(follow_up_action::Column::Id.in_subquery(told));
    let ids = actions.select_only().column(follow_up_action::Column::Id).into_tuple();
    Ok(ids.all(work.connection()).await?)
}

/// Puts actions where the statements that are left say they stand.
async fn tell_again(work: &UnitOfWork, actions: &[Uuid]) -> Result<()> {
    for ids in actions.chunks(KEYS_AT_ONCE) {
        let rows = by_ids::<follow_up_action::Entity>(work.connection(), ids).await?;
        let updates = update::of_actions().filter(update::Column::ActionId.is_in(ids.iter().copied()));
        let mut told: HashMap<Uuid, Vec<update::Model>> = HashMap::new();
        for row in updates.all(work.connection()).await? {
            told.entry(row.action_id).or_default().push(row);
        }
        work.take_away::<follow_up_action::Entity>(follow_up_action::Column::Id.is_in(ids.iter().copied())).await?;
        let rows = rows.into_values().map(|row| {
            let told = told.remove(&row.id).unwrap_or_default();
            crate::Recorded::to_active(&row.standing_by(&statements(&told)))
        });
        work.restore::<follow_up_action::Entity>(rows.collect()).await?;
    }
    Ok(())
}
