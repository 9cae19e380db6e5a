//! Opening the database for a command.

use std::{path::PathBuf, sync::Arc};

use store::Store;

use crate::{Failure, Settings, surroundings::Machine, tables};

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

/// The file of a SQLite database that has one.
fn sqlite_file(url: &str) -> Option<PathBuf> {
    let path = url.strip_prefix("sqlite:")?;
    let path = path.strip_prefix("//").unwrap_or(path);
    let path = path.split('?').next().unwrap_or_default();
    (!path.is_empty() && !path.contains(":memory:")).then(|| PathBuf::from(path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_of_a_database_is_told_from_its_url() {
        let file = |url| sqlite_file(url).map(|path| path.display().to_string());
        assert_eq!(file("sqlite://data/entente.db?mode=rwc").as_deref(), Some("data/entente.db"));
        assert_eq!(file("sqlite:///var/entente.db").as_deref(), Some("/var/entente.db"));
        assert_eq!(file("sqlite:entente.db").as_deref(), Some("entente.db"));
        assert_eq!(file("sqlite::memory:"), None);
        assert_eq!(file("postgres://localhost/entente"), None);
    }
}
