//! An organization that was accepted.

use store::{Result, UnitOfWork, organization};
use uuid::Uuid;

use crate::{desk::Desk, wording::clip};

/// Makes it, or takes the known one.
pub(super) async fn accept(
    work: &mut UnitOfWork,
    desk: &mut Desk,
    entry: &extract::reading::Organization,
    to: Option<Uuid>,
) -> Result<Uuid> {
    match to {
        Some(id) => Ok(id),
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
