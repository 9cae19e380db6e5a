//! Opening the database for a command.

use std::sync::Arc;

use store::Store;

use crate::{Failure, Settings, settings::sqlite_file, surroundings::Machine, tables};

/// Opens the database as it is.
pub(super) async fn open(settings: &Settings) -> Result<Store, Failure> {
    Ok(Store::open(&settings.store(), Arc::new(Machine)).await?)
}

/// Opens a database that `entente migrate` has prepared.
pub(super) async fn open_prepared(settings: &Settings) -> Result<Store, Failure> {
    if let Some(file) = sqlite_file(&settings.database.url)
        && !file.exists()
    {
        let message = format!("there is no database {}: run `entente migrate`, then `entente seed`", file.display());
        return Err(Failure::asked_wrong(message));
    }
    let store = open(settings).await?;
    tables::refuse_other(&tables::standing(&store).await?)?;
    Ok(store)
}

/// Makes the folder that a new SQLite database is to lie in.
pub(super) fn make_folder(settings: &Settings) -> Result<(), Failure> {
    let file = sqlite_file(&settings.database.url);
    let Some(folder) = file.as_deref().and_then(std::path::Path::parent) else { return Ok(()) };
    std::fs::create_dir_all(folder)
        .map_err(|fault| Failure::broken(format!("the folder {} cannot be made: {fault}", folder.display())))
}
