//! Whether what was acknowledged was done.

use std::collections::BTreeSet;

use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::Check;
use crate::{Result, change, receipt};

/// Receipts that are read in one statement.
const AT_ONCE: u64 = 100;

pub(super) async fn check(db: &DatabaseTransaction) -> Result<Check> {
    let mut check = Check::of("what was acknowledged to clients stands in the history");
    let mut behind = Uuid::nil();
    loop {
        let next = receipt::Entity::find().filter(receipt::Column::Id.gt(behind));
        let receipts = next.order_by_asc(receipt::Column::Id).limit(AT_ONCE).all(db).await?;
        let Some(last) = receipts.last() else { return Ok(check) };
        behind = last.id;
        check.looked_at += receipts.len() as u64;
        let records: BTreeSet<Uuid> =
            receipts.iter().flat_map(receipt::Model::records).map(|record| record.id).collect();
        let lines = change::Entity::find().select_only().column(change::Column::RecordId).distinct();
        let lines = lines.filter(change::Column::RecordId.is_in(records));
        let known: BTreeSet<Uuid> = lines.into_tuple().all(db).await?.into_iter().collect();
        for receipt in receipts {
            if receipt.answer.is_null() || receipt.records().iter().any(|record| !known.contains(&record.id)) {
                check.fails(format_args!("what {} did under {:?}", receipt.mutation, receipt.client_mutation_id));
            }
        }
    }
}
