//! Which known action an act may be: one that came out of the same meeting. Never sure by itself.

use std::collections::{HashMap, HashSet};

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use store::{Code, Concept, Result, cooperation_area, follow_up_action};
use uuid::Uuid;

use super::{Candidate, Told};
use crate::known::Known;

/// Same meeting, kind, side and areas.
const SAME_ACT: (&str, f64) = ("same-act-of-the-meeting", 0.8);
/// The same without areas to tell acts apart.
const SAME_KIND: (&str, f64) = ("same-kind-at-the-meeting", 0.55);

/// The known actions that an act may be.
pub(crate) async fn candidates(
    db: &impl ConnectionTrait,
    known: &Known,
    told: &Told,
    entry: &extract::reading::Action,
) -> Result<Vec<Candidate>> {
    if told.meetings.is_empty() {
        return Ok(Vec::new());
    }
    let side = known.side(entry.actor_side.as_deref(), true);
    let same = follow_up_action::Entity::find()
        .filter(follow_up_action::Column::MeetingId.is_in(told.meetings.iter().copied()))
        .filter(follow_up_action::Column::Kind.eq(Code(entry.kind)))
        .filter(follow_up_action::Column::ActorSide.eq(Code(side)));
    let rows = same.all(db).await?;
    let areas = areas(db, rows.iter().map(|row| row.id).collect()).await?;
    let asked: HashSet<&str> = entry.areas.iter().map(String::as_str).collect();
    let judge = |row: &follow_up_action::Model| {
        let theirs: HashSet<&str> = areas.get(&row.id).into_iter().flatten().map(String::as_str).collect();
        let rule = match (theirs == asked, asked.is_empty()) {
            (true, false) => SAME_ACT,
            (true, true) => SAME_KIND,
            (false, _) => return None,
        };
        Some(Candidate::new(Concept::FollowUpAction, row.id, format!("{}: {}", row.reference, row.title), rule))
    };
    Ok(rows.iter().filter_map(judge).collect())
}

/// The slugs of the areas of actions.
async fn areas(db: &impl ConnectionTrait, actions: Vec<Uuid>) -> Result<HashMap<Uuid, Vec<String>>> {
    use follow_up_action::area;
    let rows = area::Entity::find().filter(area::Column::ActionId.is_in(actions)).all(db).await?;
    let ids: Vec<Uuid> = rows.iter().map(|row| row.area_id).collect();
    let known = store::by_ids::<cooperation_area::Entity>(db, &ids).await?;
    let mut areas: HashMap<Uuid, Vec<String>> = HashMap::new();
    for row in rows {
        areas.entry(row.action_id).or_default().extend(known.get(&row.area_id).map(|area| area.slug.clone()));
    }
    Ok(areas)
}
