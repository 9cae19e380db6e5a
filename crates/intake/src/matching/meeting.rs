//! Which known meeting a contact may be. Never sure by itself: two delegations can come on one day.

use std::collections::{HashMap, HashSet};

use chrono::Days;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use store::{Concept, Result, meeting, participation};
use uuid::Uuid;

use super::{Candidate, Rule, Told};

/// How near a known meeting is.
struct Near {
    same_kind: bool,
    /// Days between the two.
    apart: u64,
    /// Whether a state or an organization other than the host is in both.
    shares_party: bool,
}

/// The likeliest first; the first that fits counts.
const RULES: [Rule<Near>; 3] = [
    Rule { name: "same-day-kind-and-party", score: 0.85, fits: |n| n.apart == 0 && n.same_kind && n.shares_party },
    Rule { name: "same-day-and-party", score: 0.75, fits: |n| n.apart == 0 && n.shares_party },
    Rule { name: "next-day-and-party", score: 0.55, fits: |n| n.apart <= 1 && n.shares_party },
];

/// The known meetings that a contact may be.
pub(crate) async fn candidates(
    db: &impl ConnectionTrait,
    told: &Told,
    entry: &extract::reading::Meeting,
) -> Result<Vec<Candidate>> {
    let Some(date) = entry.date else { return Ok(Vec::new()) };
    let (from, to) = (date.first_day() - Days::new(1), date.last_day() + Days::new(1));
    let held = meeting::Column::HeldOn.between(from, to);
    let rows = meeting::Entity::find().filter(held).all(db).await?;
    let parties = parties(db, rows.iter().map(|row| row.id).collect()).await?;
    let told: HashSet<Uuid> = told.states.iter().chain(&told.organizations).copied().collect();
    let near = |row: &meeting::Model| Near {
        same_kind: row.kind.0 == entry.kind,
        apart: row.held_on.map_or(u64::MAX, |on| on.signed_duration_since(date.first_day()).num_days().unsigned_abs()),
        shares_party: parties.get(&row.id).is_some_and(|parties| !parties.is_disjoint(&told)),
    };
    let judge = |row: &meeting::Model| {
        let near = near(row);
        let rule = Rule::first(&RULES, &near)?;
        Some(Candidate::new(Concept::Meeting, row.id, &*row.title, rule))
    };
    Ok(rows.iter().filter_map(judge).collect())
}

/// The states and organizations that had part in meetings.
async fn parties(db: &impl ConnectionTrait, meetings: Vec<Uuid>) -> Result<HashMap<Uuid, HashSet<Uuid>>> {
    let mut parties: HashMap<Uuid, HashSet<Uuid>> = HashMap::new();
    let states = meeting::state::Entity::find().filter(meeting::state::Column::MeetingId.is_in(meetings.clone()));
    for row in states.all(db).await? {
        parties.entry(row.meeting_id).or_default().insert(row.state_id);
    }
    let parts = participation::Entity::find().filter(participation::Column::MeetingId.is_in(meetings));
    for row in parts.all(db).await? {
        parties.entry(row.meeting_id).or_default().extend(row.organization_id);
    }
    Ok(parties)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_rule_knows_its_match_and_none_is_sure() {
        for (same_kind, apart, shares_party, name) in [
            (true, 0, true, Some("same-day-kind-and-party")),
            (false, 0, true, Some("same-day-and-party")),
            (true, 1, true, Some("next-day-and-party")),
            (true, 2, true, None),
            (true, 0, false, None),
        ] {
            let near = Near { same_kind, apart, shares_party };
            assert_eq!(Rule::first(&RULES, &near).map(|(rule, _)| rule), name);
        }
        assert!(RULES.iter().all(|rule| rule.score < super::super::SURE));
    }
}
