//! What became, since an import, of the records that it made.

use std::collections::{HashMap, HashSet};

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde_json::Value;
use uuid::Uuid;

use super::undo::whole;
use crate::{
    Code, Concept, Result,
    change::{Column, Entity},
};

/// Lines read in one statement.
const LINES_AT_ONCE: u64 = 2_000;

/// What was written since.
#[derive(Default)]
pub(super) struct Since {
    /// The records that were written to.
    pub(super) touched: HashSet<Uuid>,
    /// Those of them that are gone.
    pub(super) gone: HashSet<Uuid>,
    /// By record that was made: of which concept a row is that was written since and refers to it.
    pub(super) pointed_to: HashMap<Uuid, Concept>,
    /// Of which records parts were added or removed, and of which concept.
    pub(super) parts: HashSet<(Uuid, Concept)>,
    /// By record that was made and was written to: the others that were made and that it refers to by now.
    pub(super) needs: HashMap<Uuid, Vec<Uuid>>,
}

/// Reads every line behind a number. A reference to a record stands in the row that holds it, and every row has its line: so
/// no list of references is needed that could be incomplete.
pub(super) async fn read(db: &impl ConnectionTrait, behind: i32, made: &HashSet<Uuid>) -> Result<Since> {
    let mut since = Since::default();
    let mut referring = HashMap::<Uuid, (Concept, Vec<Uuid>)>::new();
    let mut behind = behind;
    loop {
        let columns = [Column::Seq, Column::Concept, Column::RecordId, Column::Before, Column::After];
        let lines = Entity::find().select_only().columns(columns).filter(Column::Seq.gt(behind));
        let lines = lines.order_by_asc(Column::Seq).limit(LINES_AT_ONCE);
        let lines = lines.into_tuple::<(i32, Code<Concept>, Uuid, Value, Value)>().all(db).await?;
        let Some(last) = lines.last() else { break };
        behind = last.0;
        for (_, Code(concept), id, before, after) in lines {
            if before.is_null() || after.is_null() {
                let row = if after.is_null() { &before } else { &after };
                since.parts.extend(whole(concept, row).map(|whole| (whole.id, concept)));
            }
            since.touched.insert(id);
            if after.is_null() {
                since.gone.insert(id)
            } else {
                since.gone.remove(&id)
            };
            let mut named = references(&after);
            named.retain(|other| *other != id && made.contains(other));
            referring.insert(id, (concept, named));
        }
    }
    for (from, (concept, named)) in referring {
        if made.contains(&from) {
            since.needs.insert(from, named);
        } else {
            since.pointed_to.extend(named.into_iter().map(|id| (id, concept)));
        }
    }
    Ok(since)
}

/// The records that a row may name, wherever in it.
pub(super) fn references(row: &Value) -> Vec<Uuid> {
    match row {
        // As they are written in a row.
        Value::String(text) if text.len() == 36 => text.parse().into_iter().collect(),
        Value::Array(items) => items.iter().flat_map(references).collect(),
        Value::Object(fields) => fields.values().flat_map(references).collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_reference_is_found_wherever_it_stands() {
        let id = Uuid::from_u128(1);
        for (row, expected) in [
            (json!({ "actor_person_id": id, "title": "x" }), vec![id]),
            (json!({ "candidates": [{ "id": id }], "n": 1 }), vec![id]),
            (json!({ "title": "00000000", "state": null }), Vec::new()),
            (Value::Null, Vec::new()),
        ] {
            assert_eq!(references(&row), expected, "{row}");
        }
    }
}
