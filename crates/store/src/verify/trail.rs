//! Whether the audit trail holds, and the history under it.

use sea_orm::DatabaseTransaction;

use super::Check;
use crate::{Result, audit_entry};

pub(super) async fn check(db: &DatabaseTransaction) -> Result<Check> {
    let mut check = Check::of("the audit trail holds, and every line of the history stands under it");
    let walk = audit_entry::walk(db, None).await?;
    check.looked_at = walk.entries;
    walk.amiss.into_iter().for_each(|amiss| check.fails(amiss));
    Ok(check)
}
