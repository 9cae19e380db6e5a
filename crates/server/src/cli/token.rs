//! `entente token ...`

use chrono::TimeDelta;
use clap::Subcommand;
use sea_orm::{EntityTrait, QueryOrder};
use store::{Store, Who, access_token, account};
use vocab::Scope;

use super::{account::called, open};
use crate::{Failure, Settings};

#[derive(Debug, Subcommand)]
pub(super) enum Token {
    /// Make a token, and print it, this once
    New {
        /// The account as which it signs in: its name, e-mail address or identifier
        account: String,
        /// What it is called: which program, on which machine
        #[arg(long)]
        name: String,
        /// What it is good for, as far as the role of the account goes: read, write or admin
        #[arg(long, default_value = "read")]
        scope: Scope,
        /// After how many days it ends [default: never by itself]
        #[arg(long, value_name = "DAYS", value_parser = clap::value_parser!(u16).range(1..=3650))]
        days: Option<u16>,
    },
    /// List the tokens: which, of whom, for what, until when, last used on which day
    List,
    /// Revoke a token: it signs nobody in any more
    Revoke {
        /// How it begins, as the list shows it
        prefix: String,
    },
}

impl Token {
    pub(super) async fn run(self, settings: Settings) -> Result<(), Failure> {
        let store = open::open_prepared(&settings).await?;
        match self {
            Self::New { account, name, scope, days } => {
                let account_id = called(store.reader(), &account).await?.id;
                let mut work = store.begin(&Who::command("token new")).await?;
                let expires_at = days.map(|days| work.now() + TimeDelta::days(i64::from(days)));
                let draft = access_token::Draft { account_id, name, scope, expires_at };
                let (_, token) = access_token::create(&mut work, draft).await?;
                work.commit().await?;
                println!("{token}");
            }
            Self::List => list(&store).await?,
            Self::Revoke { prefix } => {
                let none =
                    || Failure::asked_wrong(format!("no token begins with \"{prefix}\": see `entente token list`"));
                let token = access_token::by_prefix(store.reader(), &prefix).await?.ok_or_else(none)?;
                let mut work = store.begin(&Who::command("token revoke")).await?;
                let token = access_token::revoke(&mut work, token.id).await?;
                work.commit().await?;
                println!("{}  revoked", token.shown());
            }
        }
        Ok(store.close().await?)
    }
}

async fn list(store: &Store) -> Result<(), Failure> {
    let tokens = access_token::Entity::find().find_also_related(account::Entity);
    let tokens = tokens.order_by_asc(access_token::Column::CreatedAt).order_by_asc(access_token::Column::Id);
    for (token, account) in tokens.all(store.reader()).await.map_err(store::Error::from)? {
        let of = account.map(|account| account.name).unwrap_or_default();
        let ends = match (token.revoked_at, token.expires_at) {
            (Some(at), _) => format!("revoked {}", at.date_naive()),
            (None, Some(at)) => format!("until {}", at.date_naive()),
            (None, None) => "no end".to_owned(),
        };
        let used = token.last_used_on.map_or_else(|| "never used".to_owned(), |day| format!("used {day}"));
        println!("{}  {:5}  {ends}  {used}  {of}: {}", token.shown(), token.scope.0.to_string(), token.name);
    }
    Ok(())
}
