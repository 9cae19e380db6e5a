//! As whom a provider knows the people who sign in with it, and what follows for their accounts.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use vocab::Role;

use crate::{Result, UnitOfWork, account, by_id, session, unit_of_work::recorded};

/// As whom a provider knows an account.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "identity")]
pub struct Model {
    /// Identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The account.
    pub account_id: Uuid,
    /// The provider.
    pub issuer: String,
    /// What it calls whoever signs in, now and for ever.
    pub subject: String,
    /// Since when.
    pub created_at: DateTimeUtc,
}

/// To its account.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

recorded!(Identity, fixed);

/// What a provider says of somebody who signs in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// The provider.
    pub issuer: String,
    /// What it calls them.
    pub subject: String,
    /// Their name.
    pub name: Option<String>,
    /// Their e-mail address, as far as the provider has verified that it is theirs.
    pub email: Option<String>,
    /// The role that follows from what they belong to; none where nothing does.
    pub role: Option<Role>,
}

/// Why somebody whom the provider knows does not come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outside {
    /// They belong to nothing that has a role here.
    NoRole,
    /// Their account is disabled.
    Disabled,
    /// Their e-mail address is that of an account as which somebody else is known.
    Another,
}

/// Lets somebody in as their account: as that which is known, else that with their e-mail address, else a new one. Name,
/// e-mail address and role follow what the provider says, except that the last admin stays one. Whoever has no role any more
/// loses the sessions that they began so.
///
/// # Errors
/// [`crate::Error::Conflict`] where somebody changes the account at this moment; [`crate::Error::Database`].
pub async fn enter(work: &mut UnitOfWork, said: Said) -> Result<Result<Model, Outside>> {
    let Said { issuer, subject, name, email, role } = said;
    let Some(role) = role else {
        session::end_at_provider(work, &issuer, Some(&subject), None).await?;
        return Ok(Err(Outside::NoRole));
    };
    let known = of_subject(work.connection(), &issuer, &subject).await?;
    let account = match (&known, &email) {
        (Some(known), _) => Some(by_id::<account::Entity>(work.connection(), known.account_id).await?),
        (None, Some(email)) => the_one(account::with_email(work.connection(), email).await?, email),
        (None, None) => None,
    };
    if let Some(account) = &account {
        if account.disabled_at.is_some() {
            return Ok(Err(Outside::Disabled));
        }
        if known.is_none() && is_known(work.connection(), &issuer, account.id).await? {
            return Ok(Err(Outside::Another));
        }
    }
    let account_id = match account {
        Some(account) => {
            let account = account::follow(work, account.id, name.as_deref(), email.as_deref()).await?;
            if account.role.0 != role && !account::is_last_admin(work.connection(), &account).await? {
                account::set_role(work, account.id, None, role).await?;
            }
            account.id
        }
        None => {
            let called = name.as_deref().or(email.as_deref()).unwrap_or(&subject);
            // A subject and an address may be longer than a name.
            let name = called.trim().chars().take(account::LONGEST_NAME).collect();
            account::create(work, account::Draft { name, email, role }).await?.id
        }
    };
    match known {
        Some(known) => Ok(Ok(known)),
        None => {
            let row = Model { id: work.fresh_id(), account_id, issuer, subject, created_at: work.now() };
            Ok(Ok(work.insert(row).await?))
        }
    }
}

/// The account that has an address letter for letter, else the only one that has it in other letters.
fn the_one(accounts: Vec<account::Model>, email: &str) -> Option<account::Model> {
    let exact = accounts.iter().position(|account| account.email.as_deref() == Some(email));
    match (exact, accounts.len()) {
        (Some(place), _) => accounts.into_iter().nth(place),
        (None, 1) => accounts.into_iter().next(),
        (None, _) => None,
    }
}

async fn of_subject(db: &impl ConnectionTrait, issuer: &str, subject: &str) -> Result<Option<Model>> {
    let found = Entity::find().filter(Column::Issuer.eq(issuer)).filter(Column::Subject.eq(subject));
    Ok(found.one(db).await?)
}

async fn is_known(db: &impl ConnectionTrait, issuer: &str, account_id: Uuid) -> Result<bool> {
    let found = Entity::find().filter(Column::Issuer.eq(issuer)).filter(Column::AccountId.eq(account_id));
    Ok(found.one(db).await?.is_some())
}
