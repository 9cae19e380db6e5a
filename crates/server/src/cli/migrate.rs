//! `entente migrate`

use migrations::{Migrate, Migrator};

use super::open;
use crate::{Failure, Settings, tables};

pub(super) async fn run(settings: Settings) -> Result<(), Failure> {
    open::make_folder(&settings)?;
    let store = open::open(&settings).await?;
    let before = tables::standing(&store).await?;
    tables::refuse_newer(&before)?;
    if before.missing.is_empty() {
        println!("The tables are up to date.");
    } else {
        Migrator::up(store.writer(), None).await.map_err(|fault| Failure::broken(fault.to_string()))?;
        println!("The tables are up to date: {} migrations applied.", before.missing.len());
    }
    Ok(store.close().await?)
}
