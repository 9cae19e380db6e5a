//! Calendar feeds: secret addresses by which calendar programs follow a state, or what an account looks after. Of the secret its
//! hash alone is kept.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use sea_orm::{QueryOrder, entity::prelude::*};
use serde::{Deserialize, Serialize};

use crate::{Error, Result, UnitOfWork, Who, access_token::hash, account, by_id, error::text, unit_of_work::recorded};

/// A calendar feed.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "calendar_feed")]
pub struct Model {
    /// Identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The state it follows; none where it is of an account.
    #[serde(default)]
    pub state_id: Option<Uuid>,
    /// The account that it is of; none where it follows a state.
    #[serde(default)]
    pub account_id: Option<Uuid>,
    /// What it is called, so that people know which one to revoke.
    pub name: String,
    /// SHA-256 of the secret, in hexadecimal; the history has no need of it.
    #[serde(skip)]
    pub secret_hash: String,
    /// When it was made.
    pub created_at: DateTimeUtc,
    /// When it was revoked; none while it answers.
    pub revoked_at: Option<DateTimeUtc>,
    /// Counts the revisions.
    pub version: i32,
}

/// To its state or its account.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

recorded!(CalendarFeed);

/// What a calendar feed follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Follows {
    /// The meetings and due dates of a state.
    State(Uuid),
    /// What an account looks after.
    Account(Uuid),
}

impl Model {
    /// What it follows.
    ///
    /// # Errors
    /// [`Error::Database`] where the row does not say: no program writes such a one.
    pub fn follows(&self) -> Result<Follows> {
        let of_state = self.state_id.map(Follows::State);
        let follows = of_state.or(self.account_id.map(Follows::Account));
        follows.ok_or_else(|| Error::unwritable(&format!("the calendar feed {} follows nothing", self.id)))
    }
}

/// A new calendar feed.
#[derive(Debug, Clone)]
pub struct Draft {
    /// What it follows.
    pub follows: Follows,
    /// What it is called.
    pub name: String,
}

/// Keeps a new feed, and gives its secret, which nobody can be told again.
///
/// # Errors
/// [`crate::Error::Invalid`] for an empty name; [`crate::Error::Database`].
pub async fn create(work: &mut UnitOfWork, draft: Draft) -> Result<(Model, String)> {
    let Draft { follows, name } = draft;
    let (state_id, account_id) = match follows {
        Follows::State(id) => (Some(id), None),
        Follows::Account(id) => (None, Some(id)),
    };
    let secret = URL_SAFE_NO_PAD.encode(work.fresh_secret());
    let row = Model {
        id: work.fresh_id(),
        state_id,
        account_id,
        name: text("name", &name, 200)?,
        secret_hash: hash(&secret),
        created_at: work.now(),
        revoked_at: None,
        version: 1,
    };
    Ok((work.insert(row).await?, secret))
}

/// Revokes a feed: its address answers no more. One that is revoked already stays as it is.
///
/// # Errors
/// As [`UnitOfWork::revise`].
pub async fn revoke(work: &mut UnitOfWork, id: Uuid) -> Result<Model> {
    let now = work.now();
    work.revise(id, None, |row: &mut Model| {
        row.revoked_at.get_or_insert(now);
        Ok(())
    })
    .await
}

/// The feed with this secret, unless it is revoked or its account is disabled.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn by_secret(db: &impl ConnectionTrait, secret: &str) -> Result<Option<Model>> {
    let feeds = Entity::find().filter(Column::SecretHash.eq(hash(secret))).filter(Column::RevokedAt.is_null());
    let Some(feed) = feeds.one(db).await? else { return Ok(None) };
    if let Some(account) = feed.account_id
        && by_id::<account::Entity>(db, account).await?.disabled_at.is_some()
    {
        return Ok(None);
    }
    Ok(Some(feed))
}

/// The feeds of an account, revoked ones too, in the order of their making: one's own, or, for admins, those of another.
///
/// # Errors
/// [`Error::Forbidden`]; [`Error::Database`].
pub async fn of_account(db: &impl ConnectionTrait, who: &Who, account_id: Uuid) -> Result<Vec<Model>> {
    if !who.is_or_admin(account_id) {
        let message = "the calendar feeds of another account are for admins: leave accountId out";
        return Err(Error::Forbidden(message.to_owned()));
    }
    let rows = Entity::find().filter(Column::AccountId.eq(account_id));
    Ok(rows.order_by_asc(Column::CreatedAt).order_by_asc(Column::Id).all(db).await?)
}
