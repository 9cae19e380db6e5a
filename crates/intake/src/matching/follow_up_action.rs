//! Which known action an act may be: one that came out of the same meeting, or one that is told again. Never sure by
//! itself.

use std::collections::{HashMap, HashSet};

use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter};
use store::{Code, Concept, Result, cooperation_area, follow_up_action};
use uuid::Uuid;
use vocab::ActionStatus;

use super::{Candidate, Rule, Told, share, words};
use crate::known::Known;

/// How near a known action of the same kind and side is.
struct Near {
    same_meeting: bool,
    same_areas: bool,
    /// Whether there are areas to tell acts apart.
    has_areas: bool,
    /// The share of the known action's words that are said again.
    words: f64,
}

/// The likeliest first; the first that fits counts.
const RULES: [Rule<Near>; 3] = [
    Rule { name: "same-act-of-the-meeting", score: 0.8, fits: |n| n.same_meeting && n.same_areas && n.has_areas },
    // A later report of the same promise, perhaps with another amount or date.
    Rule {
        name: "same-act-told-again",
        score: 0.7,
        fits: |n| !n.same_meeting && n.same_areas && n.has_areas && n.words >= 0.5,
    },
    Rule { name: "same-kind-at-the-meeting", score: 0.55, fits: |n| n.same_meeting && n.same_areas },
];

/// The known actions that an act may be.
pub(crate) async fn candidates(
    db: &impl ConnectionTrait,
    known: &Known,
    told: &Told,
    entry: &extract::reading::Action,
) -> Result<Vec<Candidate>> {
    use follow_up_action::Column;
    if told.meetings.is_empty() && told.states.is_empty() {
        return Ok(Vec::new());
    }
    let closed = [Code(ActionStatus::Delivered), Code(ActionStatus::Dropped)];
    let open = Column::StateId.is_in(told.states.iter().copied());
    let open = Condition::all().add(Column::Status.is_not_in(closed)).add(open);
    let there = Condition::any().add(Column::MeetingId.is_in(told.meetings.iter().copied())).add(open);
    let same = follow_up_action::Entity::find()
        .filter(there)
        .filter(Column::Kind.eq(Code(entry.kind)))
        .filter(Column::ActorSide.eq(Code(known.side(entry.actor_side.as_deref(), true))));
    let mut rows = same.all(db).await?;
    rows.retain(|row| !told.own.contains(&row.id));
    let areas = areas(db, rows.iter().map(|row| row.id).collect()).await?;
    let asked: HashSet<&str> = entry.areas.iter().map(String::as_str).collect();
    let said = words(&entry.quote);
    let judge = |row: &follow_up_action::Model| {
        let theirs: HashSet<&str> = areas.get(&row.id).into_iter().flatten().map(String::as_str).collect();
        let near = Near {
            same_meeting: row.meeting_id.is_some_and(|meeting| told.meetings.contains(&meeting)),
            same_areas: theirs == asked,
            has_areas: !asked.is_empty(),
            words: share(&words(&row.title), &said),
        };
        let rule = Rule::first(&RULES, &near)?;
        let label = format!("{}: {}", row.reference, row.title);
        Some(Candidate::new(Concept::FollowUpAction, row.id, label, rule))
    };
    Ok(rows.iter().filter_map(judge).collect())
}

/// The slugs of the areas of actions.
pub(super) async fn areas(db: &impl ConnectionTrait, actions: Vec<Uuid>) -> Result<HashMap<Uuid, Vec<String>>> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_rule_knows_its_match_and_none_is_sure() {
        for (same_meeting, same_areas, has_areas, words, name) in [
            (true, true, true, 0.0, Some("same-act-of-the-meeting")),
            (true, true, false, 0.0, Some("same-kind-at-the-meeting")),
            (false, true, true, 0.5, Some("same-act-told-again")),
            (false, true, true, 0.4, None),
            (false, true, false, 0.9, None),
            (true, false, true, 0.9, None),
        ] {
            let near = Near { same_meeting, same_areas, has_areas, words };
            assert_eq!(Rule::first(&RULES, &near).map(|(rule, _)| rule), name);
        }
        assert!(RULES.iter().all(|rule| rule.score < super::super::SURE));
    }
}
