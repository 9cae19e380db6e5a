//! `entente account add`

use clap::Subcommand;
use store::{Who, account};

use super::open;
use crate::{Failure, Settings};

#[derive(Debug, Subcommand)]
pub(super) enum Account {
    /// Add an account, to which actions and tasks can be assigned
    Add {
        /// The name that is shown
        name: String,
        /// Where reminders go
        #[arg(long)]
        email: Option<String>,
    },
}

impl Account {
    pub(super) async fn run(self, settings: Settings) -> Result<(), Failure> {
        let Self::Add { name, email } = self;
        let store = open::open_prepared(&settings).await?;
        let mut work = store.begin(&Who::system()).await?;
        let account = account::create(&mut work, account::Draft { name, email }).await?;
        work.commit().await?;
        println!("{}  {}", account.id, account.name);
        Ok(store.close().await?)
    }
}
