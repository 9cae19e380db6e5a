//! An organization that was accepted.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use store::{Concept, RecordRef, Result, UnitOfWork, by_id, organization, record_name};
use uuid::Uuid;
use vocab::{NameRole, fold};

use crate::{desk::Desk, wording::clip};

/// Makes it, or teaches the known one the name that the report has for it.
pub(super) async fn accept(
    work: &mut UnitOfWork,
    desk: &mut Desk,
    entry: &extract::reading::Organization,
    to: Option<Uuid>,
) -> Result<Uuid> {
    match to {
        Some(id) => {
            learn(work, id, &entry.name).await?;
            Ok(id)
        }
        None => create(work, desk, entry).await,
    }
}

pub(super) async fn create(work: &mut UnitOfWork, desk: &Desk, entry: &extract::reading::Organization) -> Result<Uuid> {
    let draft = organization::Draft {
        kind: entry.kind,
        label: clip(&entry.name, 500),
        acronym: entry.acronym.as_deref().map(|acronym| clip(acronym, 40)),
        state_id: desk.known.state_id(entry.state.as_deref()),
        parent_id: None,
        is_host: false,
    };
    Ok(organization::create(work, draft).await?.id)
}

/// Keeps a name that a known organization did not have yet, so that it is sure the next time.
async fn learn(work: &mut UnitOfWork, id: Uuid, name: &str) -> Result<()> {
    let row = by_id::<organization::Entity>(work.connection(), id).await?;
    let folded = fold(name);
    if row.folded == folded || row.acronym.as_deref().is_some_and(|acronym| fold(acronym) == folded) {
        return Ok(());
    }
    let there = record_name::Entity::find()
        .filter(record_name::Column::RecordId.eq(id))
        .filter(record_name::Column::Folded.eq(folded));
    if there.one(work.connection()).await?.is_none() {
        let record = RecordRef::new(Concept::Organization, id);
        record_name::create(work, record_name::Draft::new(record, None, NameRole::Alias, clip(name, 500))).await?;
    }
    Ok(())
}
