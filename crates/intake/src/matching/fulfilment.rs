//! Which open action a deed may fulfil: one of the same state, made before, of a kind that waits for such a deed.

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use store::{Code, Concept, Result, follow_up_action};
use vocab::{ActionKind, ActionStatus, Deed, Word, fulfilment::can_fulfil};

use super::{Candidate, Rule, Told, follow_up_action::areas, share, words};

/// The most candidates put before a person.
const SHOWN: usize = 5;

/// The most open actions of the report's states that are looked at, the last said first.
const LOOKED_AT: u64 = 2_000;

/// How near an open action is.
struct Near {
    deed: Deed,
    kind: ActionKind,
    shares_area: bool,
    /// The share of the action's words that the report says too.
    words: f64,
}

/// The likeliest first; the first that fits counts. One that is sure by itself needs the area and the words.
const RULES: [Rule<Near>; 4] = [
    Rule { name: "same-area-and-words", score: 0.9, fits: |n| n.shares_area && n.words >= 0.5 },
    Rule {
        name: "visit-after-invitation",
        score: 0.8,
        fits: |n| n.deed == Deed::Visit && n.kind == ActionKind::Invitation,
    },
    Rule { name: "same-words", score: 0.7, fits: |n| n.words >= 0.5 },
    Rule { name: "same-area", score: 0.6, fits: |n| n.shares_area && n.deed != Deed::Visit },
];

/// The open actions that a deed may fulfil.
pub(crate) async fn candidates(
    db: &impl ConnectionTrait,
    told: &Told,
    entry: &extract::reading::Fulfilment,
) -> Result<Vec<Candidate>> {
    use follow_up_action::Column;
    if told.states.is_empty() {
        return Ok(Vec::new());
    }
    let kinds = ActionKind::ALL.iter().filter(|kind| can_fulfil(entry.deed, **kind)).map(|kind| Code(*kind));
    let open = follow_up_action::Entity::find()
        .filter(Column::StateId.is_in(told.states.iter().copied()))
        .filter(Column::Kind.is_in(kinds))
        .filter(Column::Status.is_not_in([Code(ActionStatus::Delivered), Code(ActionStatus::Dropped)]))
        .order_by_desc(Column::SaidOn)
        .order_by_desc(Column::Id)
        .limit(LOOKED_AT);
    let mut rows = open.all(db).await?;
    rows.retain(|row| !told.own.contains(&row.id) && told.day.is_none_or(|day| row.since() <= day));
    let areas = areas(db, rows.iter().map(|row| row.id).collect()).await?;
    let said = words(&entry.quote);
    let judge = |row: &follow_up_action::Model| {
        let theirs = areas.get(&row.id).into_iter().flatten();
        let near = Near {
            deed: entry.deed,
            kind: row.kind.0,
            shares_area: theirs.into_iter().any(|area| entry.areas.contains(area)),
            words: share(&words(&row.title), &said),
        };
        let rule = Rule::first(&RULES, &near)?;
        let label = format!("{}: {}", row.reference, row.title);
        Some(Candidate::new(Concept::FollowUpAction, row.id, label, rule))
    };
    let mut found: Vec<Candidate> = rows.iter().filter_map(judge).collect();
    found.sort_by(|a, b| b.score.total_cmp(&a.score));
    found.truncate(SHOWN);
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_rule_knows_its_match_and_only_area_and_words_together_are_sure() {
        use ActionKind::{Commitment, Invitation};
        for (deed, kind, shares_area, words, name) in [
            (Deed::Delivery, Commitment, true, 0.6, Some("same-area-and-words")),
            (Deed::Visit, Invitation, false, 0.0, Some("visit-after-invitation")),
            (Deed::Delivery, Commitment, false, 0.6, Some("same-words")),
            (Deed::Delivery, Commitment, true, 0.1, Some("same-area")),
            (Deed::Visit, Commitment, true, 0.1, None),
            (Deed::Delivery, Commitment, false, 0.4, None),
        ] {
            let near = Near { deed, kind, shares_area, words };
            assert_eq!(Rule::first(&RULES, &near).map(|(rule, _)| rule), name);
        }
        let sure: Vec<_> = RULES.iter().filter(|rule| rule.score >= super::super::SURE).map(|r| r.name).collect();
        assert_eq!(sure, ["same-area-and-words"]);
    }
}
