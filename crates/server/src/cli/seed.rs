//! `entente seed`

use std::path::PathBuf;

use clap::Args;

use super::open;
use crate::{Failure, Settings, desk, samples};

#[derive(Debug, Args)]
pub(super) struct Seed {
    /// Take in a few sample reports too, and accept some
    #[arg(long)]
    samples: bool,
    /// A file that describes the host organization [default: ICESCO]
    #[arg(long, value_name = "FILE")]
    host: Option<PathBuf>,
}

impl Seed {
    pub(super) async fn run(self, settings: Settings) -> Result<(), Failure> {
        let host = match &self.host {
            None => None,
            Some(path) => {
                let fault = |error| Failure::asked_wrong(format!("{}: {error}", path.display()));
                Some(std::fs::read_to_string(path).map_err(fault)?)
            }
        };
        let store = open::open_prepared(&settings).await?;
        let loaded = store::seed::load(&store, host.as_deref()).await?;
        println!(
            "Reference data for {}: {} states, {} areas, {} organizations and {} standings were new.",
            loaded.host, loaded.states, loaded.areas, loaded.organizations, loaded.standings
        );
        let who = desk::at_the_desk(&store, &settings.account).await?.doing("seed");
        if self.samples {
            let loaded = samples::load(&store, &who).await?;
            println!(
                "Samples: {} reports were new, {} follow-up actions came of them.",
                loaded.reports, loaded.actions
            );
        }
        Ok(store.close().await?)
    }
}
