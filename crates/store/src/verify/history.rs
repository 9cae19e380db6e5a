//! Whether the history is whole: its numbers without a hole, and a line for every record as it is.

use sea_orm::DatabaseTransaction;

use super::{Check, number};
use crate::{Result, dump};

pub(super) async fn checks(db: &DatabaseTransaction) -> Result<Vec<Check>> {
    Ok(vec![numbers(db).await?, lines(db).await?])
}

/// A unit of work that is undone gives its numbers back, so that there is no hole that nobody made.
async fn numbers(db: &DatabaseTransaction) -> Result<Check> {
    let mut check = Check::of("the lines of the history are numbered without a hole");
    let count = number(db, "SELECT COUNT(*) FROM change").await?;
    let first = number(db, "SELECT CAST(COALESCE(MIN(seq), 1) AS bigint) FROM change").await?;
    let last = number(db, "SELECT CAST(COALESCE(MAX(seq), 0) AS bigint) FROM change").await?;
    let counted = "SELECT CAST(COALESCE(MAX(last), 0) AS bigint) FROM running_number WHERE series = 'change'";
    let counted = number(db, counted).await?;
    check.looked_at = u64::try_from(count).unwrap_or_default();
    if first != 1 || last != count {
        check.fails(format_args!("there are {count} lines, numbered from {first} to {last}"));
    }
    if counted != last {
        check.fails(format_args!("the last line is {last}, and {counted} were counted"));
    }
    Ok(check)
}

async fn lines(db: &DatabaseTransaction) -> Result<Check> {
    let mut check = Check::of("every record has its line in the history, at its version");
    for table in dump::recorded() {
        let (name, version) = (table.name, if table.has_version { "x.version" } else { "1" });
        let rows = number(db, &format!("SELECT COUNT(*) FROM {name}")).await?;
        check.looked_at += u64::try_from(rows).unwrap_or_default();
        let without = format!(
            "SELECT COUNT(*) FROM {name} x \
             WHERE NOT EXISTS (SELECT 1 FROM change c WHERE c.record_id = x.id AND c.version = {version})"
        );
        check.none(db, &without, format!("rows of {name} have no line in the history")).await?;
    }
    Ok(check)
}
