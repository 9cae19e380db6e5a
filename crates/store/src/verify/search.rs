//! Whether what is to be found is what is there.

use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend};
use vocab::{Word, search::FOLDING};

use super::{Check, number};
use crate::{Result, dump, search::CONCEPTS};

pub(super) async fn check(db: &DatabaseTransaction) -> Result<Check> {
    let mut check = Check::of("every record that is searched for is indexed, and nothing else");
    check.looked_at = u64::try_from(number(db, "SELECT COUNT(*) FROM search_entry").await?).unwrap_or_default();
    for concept in CONCEPTS {
        let code = concept.code();
        let Some(table) = dump::recorded().find(|table| table.kind == code) else { continue };
        let name = table.name;
        let missing = format!(
            "SELECT COUNT(*) FROM {name} x WHERE NOT EXISTS \
             (SELECT 1 FROM search_entry e WHERE e.id = x.id AND e.folding = {FOLDING})"
        );
        check.none(db, &missing, format!("rows of {name} are not indexed, or by an older folding: {REMEDY}")).await?;
        let gone = format!(
            "SELECT COUNT(*) FROM search_entry e WHERE e.concept = '{code}' AND NOT EXISTS \
             (SELECT 1 FROM {name} x WHERE x.id = e.id)"
        );
        check.none(db, &gone, format!("entries lead to no row of {name}: {REMEDY}")).await?;
    }
    let number_of_words = if db.get_database_backend() == DbBackend::Sqlite { "rowid" } else { "no" };
    let without = format!(
        "SELECT COUNT(*) FROM search_entry e WHERE NOT EXISTS \
         (SELECT 1 FROM search_words w WHERE w.{number_of_words} = e.no)"
    );
    check.none(db, &without, format!("entries have no words: {REMEDY}")).await?;
    Ok(check)
}

const REMEDY: &str = "run `entente reindex`";
