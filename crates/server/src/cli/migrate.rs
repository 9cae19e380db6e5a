//! `entente migrate`

use store::audit_entry;

use super::open;
use crate::{Failure, Settings, tables};

pub(super) async fn run(settings: Settings) -> Result<(), Failure> {
    open::make_folder(&settings)?;
    let store = open::open(&settings).await?;
    // Looked at first without a lock: where nothing is to be done, nobody who writes is waited for.
    let before = tables::standing(&store).await?;
    tables::refuse_newer(&before)?;
    let applied = if before.missing.is_empty() { Vec::new() } else { tables::bring_up(&store, None).await? };
    audit_entry::begin(&store).await?;
    if applied.is_empty() {
        println!("The tables are up to date.");
    } else {
        println!("The tables are up to date; applied: {}.", applied.join(", "));
    }
    Ok(store.close().await?)
}
