//! `entente digest ACCOUNT`

use std::io::{self, Write};

use briefing::{Shelf, digest::Wanted};
use chrono::NaiveDate;
use clap::Args;
use store::{Store, account};
use vocab::Language;

use super::open;
use crate::{Failure, Settings};

#[derive(Debug, Args)]
pub(super) struct Digest {
    /// Whose, by e-mail address, name or identifier
    account: String,
    /// The day by which things are judged [default: today]
    #[arg(long, value_name = "DATE")]
    as_of: Option<NaiveDate>,
    /// The language: en, fr or ar [default: that of the account]
    #[arg(long)]
    language: Option<Language>,
}

impl Digest {
    pub(super) async fn run(self, settings: Settings) -> Result<(), Failure> {
        let Self { account, as_of, language } = self;
        let store = open::open_prepared(&settings).await?;
        let account_id = find(&store, &account).await?.id;
        let wanted = Wanted { account_id, as_of, language };
        let digest = briefing::Digest::make(&store, &Shelf::default(), wanted).await?;
        store.close().await?;
        Ok(io::stdout().lock().write_all(digest.text().as_bytes())?)
    }
}

async fn find(store: &Store, text: &str) -> Result<account::Model, Failure> {
    let mut found = account::called(store.reader(), text).await?;
    match (found.len(), found.pop()) {
        (1, Some(account)) => Ok(account),
        (0, _) => {
            Err(Failure::asked_wrong(format!("there is no account \"{text}\": make one with `entente account add`")))
        }
        (several, _) => Err(Failure::asked_wrong(format!(
            "{several} accounts are called \"{text}\": name one by its e-mail address or identifier"
        ))),
    }
}
