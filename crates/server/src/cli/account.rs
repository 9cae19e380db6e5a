//! `entente account ...`

use std::io::{BufRead, IsTerminal};

use clap::Subcommand;
use sea_orm::{EntityTrait, QueryOrder};
use store::{Store, UnitOfWork, Who, account, assignment, credential, member_state};
use uuid::Uuid;
use vocab::Role;

use super::open;
use crate::{Failure, Settings, password};

#[derive(Debug, Subcommand)]
pub(super) enum Account {
    /// Add an account, to which actions and tasks can be assigned
    Add {
        /// The name that is shown
        name: String,
        /// Where reminders go
        #[arg(long)]
        email: Option<String>,
        /// What it may do: viewer, desk-officer, editor, manager or admin
        #[arg(long, default_value = "viewer")]
        role: Role,
    },
    /// List the accounts
    List,
    /// Say what an account may do: viewer, desk-officer, editor, manager or admin
    Role {
        /// The account: its name, e-mail address or identifier
        account: String,
        /// What it may do
        role: Role,
    },
    /// Assign member states to an account: as a desk officer it may change what belongs to them
    Assign {
        /// The account: its name, e-mail address or identifier
        account: String,
        /// The states, by ISO 3166-1 code, such as PAK
        #[arg(required = true, value_name = "CODE")]
        states: Vec<String>,
    },
    /// Take member states from an account
    Unassign {
        /// The account: its name, e-mail address or identifier
        account: String,
        /// The states, by ISO 3166-1 code, such as PAK
        #[arg(required = true, value_name = "CODE")]
        states: Vec<String>,
    },
    /// Keep an account from signing in
    Disable {
        /// The account: its name, e-mail address or identifier
        account: String,
    },
    /// Let an account sign in again
    Enable {
        /// The account: its name, e-mail address or identifier
        account: String,
    },
    /// Set the password of an account: the first line of standard input
    Password {
        /// The account: its name, e-mail address or identifier
        account: String,
    },
}

impl Account {
    pub(super) async fn run(self, settings: Settings) -> Result<(), Failure> {
        let store = open::open_prepared(&settings).await?;
        match self {
            Self::List => list(&store).await?,
            Self::Password { account } => set_password(&store, &account).await?,
            change => {
                let mut work = store.begin(&Who::command(change.name())).await?;
                let account = change.write(&mut work).await?;
                work.commit().await?;
                println!("{}", line(&account));
            }
        }
        Ok(store.close().await?)
    }

    /// What the audit trail calls it.
    fn name(&self) -> &'static str {
        match self {
            Self::Add { .. } => "account add",
            Self::List => "account list",
            Self::Role { .. } => "account role",
            Self::Assign { .. } => "account assign",
            Self::Unassign { .. } => "account unassign",
            Self::Disable { .. } => "account disable",
            Self::Enable { .. } => "account enable",
            Self::Password { .. } => "account password",
        }
    }

    /// What it changes, and the account as it is then.
    async fn write(self, work: &mut UnitOfWork) -> Result<account::Model, Failure> {
        Ok(match self {
            Self::Add { name, email, role } => account::create(work, account::Draft { name, email, role }).await?,
            Self::Role { account, role } => {
                let id = called(work.connection(), &account).await?.id;
                account::set_role(work, id, None, role).await?
            }
            Self::Assign { account, states } => {
                let (id, states) = (called(work.connection(), &account).await?.id, ids(work, &states).await?);
                assignment::assign(work, id, &states).await?
            }
            Self::Unassign { account, states } => {
                let (id, states) = (called(work.connection(), &account).await?.id, ids(work, &states).await?);
                assignment::unassign(work, id, &states).await?
            }
            Self::Disable { account } => {
                let id = called(work.connection(), &account).await?.id;
                account::set_disabled(work, id, None, true).await?
            }
            Self::Enable { account } | Self::Password { account } => {
                let id = called(work.connection(), &account).await?.id;
                account::set_disabled(work, id, None, false).await?
            }
            Self::List => return Err(Failure::broken("a list changes nothing")),
        })
    }
}

/// The one account that is called so.
pub(super) async fn called(db: &impl sea_orm::ConnectionTrait, text: &str) -> Result<account::Model, Failure> {
    let mut found = account::called(db, text).await?;
    match (found.pop(), found.is_empty()) {
        (Some(account), true) => Ok(account),
        (None, _) => Err(Failure::asked_wrong(format!(
            "there is no account \"{text}\": name one by its name, e-mail address or identifier (entente account list)"
        ))),
        (Some(_), false) => Err(Failure::asked_wrong(format!(
            "several accounts are called \"{text}\": name one by its e-mail address or identifier (entente account list)"
        ))),
    }
}

async fn ids(work: &UnitOfWork, codes: &[String]) -> Result<Vec<Uuid>, Failure> {
    let mut ids = Vec::with_capacity(codes.len());
    for code in codes {
        let state = member_state::by_code(work.connection(), code).await?;
        let none = || Failure::asked_wrong(format!("there is no state \"{code}\": use an ISO 3166-1 code such as PAK"));
        ids.push(state.ok_or_else(none)?.id);
    }
    Ok(ids)
}

async fn list(store: &Store) -> Result<(), Failure> {
    let accounts = account::Entity::find().order_by_asc(account::Column::Name).order_by_asc(account::Column::Id);
    for account in accounts.all(store.reader()).await.map_err(store::Error::from)? {
        println!("{}", line(&account));
    }
    Ok(())
}

fn line(account: &account::Model) -> String {
    let disabled = if account.disabled_at.is_some() { "  (disabled)" } else { "" };
    let email = account.email.as_deref().map(|email| format!("  {email}")).unwrap_or_default();
    format!("{}  {:12}  {}{email}{disabled}", account.id, account.role.0.to_string(), account.name)
}

async fn set_password(store: &Store, account: &str) -> Result<(), Failure> {
    let account = called(store.reader(), account).await?;
    let input = std::io::stdin();
    if input.is_terminal() {
        eprintln!("The new password of {}, which is shown as you type it:", account.name);
    }
    let mut password = String::new();
    input.lock().read_line(&mut password)?;
    let password = password.trim_end_matches(['\r', '\n']).to_owned();
    let kept = password::hash(store.surroundings().as_ref(), password).await?;
    let mut work = store.begin(&Who::command("account password")).await?;
    credential::set(&mut work, account.id, kept).await?;
    work.commit().await?;
    println!("The password of {} is set; whoever was signed in with the old one is not any more.", account.name);
    Ok(())
}
