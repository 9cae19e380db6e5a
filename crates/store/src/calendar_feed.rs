//! Calendar feeds: secret addresses by which calendar programs follow a state. Of the secret its hash alone is kept.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{Result, UnitOfWork, access_token::hash, error::text, unit_of_work::recorded};

/// A calendar feed.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "calendar_feed")]
pub struct Model {
    /// Identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The state it follows.
    pub state_id: Uuid,
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

/// To its state.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

recorded!(CalendarFeed);

/// A new calendar feed.
#[derive(Debug, Clone)]
pub struct Draft {
    /// The state it follows.
    pub state_id: Uuid,
    /// What it is called.
    pub name: String,
}

/// Keeps a new feed, and gives its secret, which nobody can be told again.
///
/// # Errors
/// [`crate::Error::Invalid`] for an empty name; [`crate::Error::Database`].
pub async fn create(work: &mut UnitOfWork, draft: Draft) -> Result<(Model, String)> {
    let Draft { state_id, name } = draft;
    let secret = URL_SAFE_NO_PAD.encode(work.fresh_secret());
    let row = Model {
        id: work.fresh_id(),
        state_id,
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

/// The feed with this secret, unless it is revoked.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn by_secret(db: &impl ConnectionTrait, secret: &str) -> Result<Option<Model>> {
    let feeds = Entity::find().filter(Column::SecretHash.eq(hash(secret))).filter(Column::RevokedAt.is_null());
    Ok(feeds.one(db).await?)
}
