//! What is proposed for findings that wait: where that is the other record, the kept one is proposed.

use sea_orm::{
    ColumnTrait,
    sea_query::{Alias, Expr, ExprTrait},
};
use serde_json::{Value, json};
use uuid::Uuid;
use vocab::FindingState;

use crate::{
    Code, RecordRef, Result, UnitOfWork,
    finding::{Column, Entity, Model},
};

pub(super) async fn lead(work: &mut UnitOfWork, (kept, label): (RecordRef, &str), other: Uuid) -> Result<()> {
    let text = Expr::col((Entity, Column::Candidates)).cast_as(Alias::new("text"));
    let naming = Column::State.eq(Code(FindingState::Waiting)).and(text.like(format!("%{other}%")));
    for row in work.hold::<Model>(naming).await? {
        let led = led(&row.candidates, (kept.id, label), other);
        let put = |row: &mut Model| {
            row.candidates = led;
            Ok(())
        };
        work.revise_from(row, put).await?;
    }
    Ok(())
}

/// The list with the kept record in the place of the other; where both were in it, the likelier of the two stays.
fn led(candidates: &Value, (kept, label): (Uuid, &str), other: Uuid) -> Value {
    let mut seen = false;
    let list = candidates.as_array().map(Vec::as_slice).unwrap_or_default().iter();
    list.filter_map(|candidate| {
        let names = |id: Uuid| candidate["id"] == json!(id);
        if !names(kept) && !names(other) {
            return Some(candidate.clone());
        }
        let is_first = !std::mem::replace(&mut seen, true);
        let mut candidate = candidate.clone();
        if names(other) {
            (candidate["id"], candidate["label"]) = (json!(kept), json!(label));
        }
        is_first.then_some(candidate)
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kept_record_is_proposed_once_in_the_likelier_place() {
        let [a, b, c] = [1, 2, 3].map(Uuid::from_u128);
        let of = |id: Uuid, label: &str| json!({ "id": id, "label": label, "score": 0.9 });
        let list = json!([of(c, "C"), of(b, "B"), of(a, "A")]);
        assert_eq!(led(&list, (a, "A"), b), json!([of(c, "C"), of(a, "A")]));
        assert_eq!(led(&json!([of(b, "B")]), (a, "A"), b), json!([of(a, "A")]));
        assert_eq!(led(&json!([]), (a, "A"), b), json!([]));
    }
}
