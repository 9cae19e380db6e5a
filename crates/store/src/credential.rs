//! The passwords of accounts that sign in here. Of a password a slow hash is kept, which the server makes.

use chrono::{DateTime, Utc};
use sea_orm::{Condition, QuerySelect, QueryTrait, entity::prelude::*};
use serde::{Deserialize, Serialize};

use crate::{Result, UnitOfWork, access_token, account, identity, session, unit_of_work::recorded};

/// The password of an account.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "credential")]
pub struct Model {
    /// Identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Whose.
    pub account_id: Uuid,
    /// Its hash, as a PHC string; the history has no need of it.
    #[serde(skip)]
    pub password_hash: String,
    /// When it was set.
    pub set_at: DateTimeUtc,
    /// Counts the revisions.
    pub version: i32,
}

/// To its account.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

recorded!(Credential);

/// Sets the password of an account, and ends its sessions: whoever knew the old one is out.
///
/// # Errors
/// [`crate::Error::NotFound`]; [`crate::Error::Database`].
pub async fn set(work: &mut UnitOfWork, account_id: Uuid, password_hash: String) -> Result<Model> {
    session::end_all(work, account_id).await?;
    let set_at = work.now();
    match of_account(work.connection(), account_id).await? {
        Some(known) => {
            work.revise(known.id, None, |row: &mut Model| {
                row.password_hash = password_hash;
                row.set_at = set_at;
                Ok(())
            })
            .await
        }
        None => work.insert(Model { id: work.fresh_id(), account_id, password_hash, set_at, version: 1 }).await,
    }
}

/// The password of an account, where it has one.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn of_account(db: &impl ConnectionTrait, account_id: Uuid) -> Result<Option<Model>> {
    Ok(Entity::find().filter(Column::AccountId.eq(account_id)).one(db).await?)
}

/// Whether there is any password.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn is_there_any(db: &impl ConnectionTrait) -> Result<bool> {
    Ok(Entity::find().one(db).await?.is_some())
}

/// Whether there is anybody who can sign in: by a password, a token, or with the provider of this issuer.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn can_anybody_sign_in(db: &impl ConnectionTrait, issuer: Option<&str>, now: DateTime<Utc>) -> Result<bool> {
    let passwords = Entity::find().select_only().column(Column::AccountId);
    let lasts =
        Condition::any().add(access_token::Column::ExpiresAt.is_null()).add(access_token::Column::ExpiresAt.gt(now));
    let tokens = access_token::Entity::find()
        .select_only()
        .column(access_token::Column::AccountId)
        .filter(access_token::Column::RevokedAt.is_null())
        .filter(lasts);
    let known = identity::Entity::find()
        .select_only()
        .column(identity::Column::AccountId)
        .filter(identity::Column::Issuer.eq(issuer.unwrap_or_default()));
    let with_a_way = Condition::any()
        .add(account::Column::Id.in_subquery(passwords.into_query()))
        .add(account::Column::Id.in_subquery(tokens.into_query()))
        .add(account::Column::Id.in_subquery(known.into_query()));
    let found = account::Entity::find().filter(account::Column::DisabledAt.is_null()).filter(with_a_way);
    Ok(found.one(db).await?.is_some())
}
