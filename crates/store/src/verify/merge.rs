//! Whether what was merged leads to a record, and nothing names what is gone.

use sea_orm::DatabaseTransaction;
use vocab::Word;

use super::{Check, number};
use crate::{Result, dump, merge};

pub(super) async fn check(db: &DatabaseTransaction) -> Result<Check> {
    let mut check = Check::of("what was merged leads to a record, and nothing else leads to it");
    let stands = "m.undone_at IS NULL";
    let of_all = number(db, &format!("SELECT COUNT(*) FROM merge m WHERE {stands}")).await?;
    check.looked_at = u64::try_from(of_all).unwrap_or_default();
    let twice = format!("SELECT COUNT(*) - COUNT(DISTINCT m.other_id) FROM merge m WHERE {stands}");
    check.none(db, &twice, "records were merged into two others").await?;
    for table in dump::recorded() {
        let (kind, name) = (table.kind, table.name);
        let of_kind = format!("SELECT COUNT(*) FROM merge m WHERE {stands} AND m.concept = '{kind}'");
        let there = |column: &str| format!("EXISTS (SELECT 1 FROM {name} x WHERE x.id = m.{column})");
        let ghosts = format!("{of_kind} AND {}", there("other_id"));
        check.none(db, &ghosts, format!("rows of {name} are there that were merged into others")).await?;
        // What followed from a merge may be gone for other reasons: who took part in a meeting is written anew.
        let dangling = format!(
            "{of_kind} AND m.part_of IS NULL AND NOT {} AND NOT EXISTS \
             (SELECT 1 FROM merge n WHERE n.undone_at IS NULL AND n.other_id = m.kept_id)",
            there("kept_id")
        );
        check.none(db, &dangling, format!("merges lead to a row of {name} that is not there")).await?;
        for (_, column) in merge::LOOSE.iter().filter(|(concept, _)| concept.code() == kind) {
            let naming = format!(
                "SELECT COUNT(*) FROM {name} x WHERE EXISTS (SELECT 1 FROM merge m WHERE {stands} AND m.other_id = x.{column})"
            );
            check.none(db, &naming, format!("rows of {name} name what was merged into another")).await?;
        }
    }
    Ok(check)
}
