//! Loading the reference data; running it again changes nothing that is there.

mod host;
mod parties;
mod taxonomy;

pub use taxonomy::states;
use vocab::host::Host;

use crate::{Error, Result, Store, Who};

/// How much was new.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Loaded {
    /// The acronym of the organization whose follow-up this is.
    pub host: String,
    /// States.
    pub states: usize,
    /// Cooperation areas.
    pub areas: usize,
    /// Organizations, the host's units among them.
    pub organizations: usize,
    /// Statements of how a state stands in an organization.
    pub standings: usize,
}

/// Loads what is missing of the reference data. `host` is the text of a host file; without one, the host that is
/// there stays, and an empty database gets the one that comes with the program.
///
/// # Errors
/// [`Error::Invalid`] for a host file that cannot be understood, or where the database belongs to another host;
/// [`Error::Database`].
pub async fn load(store: &Store, host: Option<&str>) -> Result<Loaded> {
    let given = host.map(Host::parse).transpose().map_err(|fault| Error::invalid("host", fault.to_string()))?;
    let mut work = store.begin(&Who::command("seed")).await?;
    let states = taxonomy::states(&mut work).await?;
    let areas = taxonomy::areas(&mut work).await?;
    let known = parties::organizations(&mut work).await?;
    let (host, units) = host::load(&mut work, given).await?;
    let standings = parties::standings(&mut work).await?;
    work.commit().await?;
    Ok(Loaded { host, states, areas, organizations: known + units, standings })
}
