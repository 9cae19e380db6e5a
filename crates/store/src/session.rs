//! Who has signed in with a browser. Of the secret in the cookie its hash alone is kept.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{Result, UnitOfWork, access_token, account, unit_of_work::recorded};

/// A session.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "session")]
pub struct Model {
    /// Identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The account that has signed in.
    pub account_id: Uuid,
    /// SHA-256 of the secret, in hexadecimal; the history has no need of it.
    #[serde(skip)]
    pub secret_hash: String,
    /// When it began.
    pub created_at: DateTimeUtc,
    /// When it ends by itself.
    pub expires_at: DateTimeUtc,
    /// When it was ended.
    pub ended_at: Option<DateTimeUtc>,
    /// Counts the revisions.
    pub version: i32,
}

/// To its account.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The account that has signed in.
    #[sea_orm(belongs_to = "account::Entity", from = "Column::AccountId", to = "account::Column::Id")]
    Account,
}

impl Related<account::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Account.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}

recorded!(Session);

impl Model {
    /// Whether it still signs anybody in.
    pub fn holds(&self, now: DateTime<Utc>) -> bool {
        self.ended_at.is_none() && now < self.expires_at
    }
}

/// Begins a session, and gives the secret for its cookie.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn begin(work: &mut UnitOfWork, account_id: Uuid, lasts: TimeDelta) -> Result<(Model, String)> {
    let secret: String = work.fresh_secret().iter().map(|byte| format!("{byte:02x}")).collect();
    let row = Model {
        id: work.fresh_id(),
        account_id,
        secret_hash: access_token::hash(&secret),
        created_at: work.now(),
        expires_at: work.now() + lasts,
        ended_at: None,
        version: 1,
    };
    Ok((work.insert(row).await?, secret))
}

/// Ends a session. One that has ended already stays as it is.
///
/// # Errors
/// As [`UnitOfWork::revise`].
pub async fn end(work: &mut UnitOfWork, id: Uuid) -> Result<Model> {
    let now = work.now();
    work.revise(id, None, |row: &mut Model| {
        row.ended_at.get_or_insert(now);
        Ok(())
    })
    .await
}

/// Ends every session of an account.
///
/// # Errors
/// As [`end`].
pub async fn end_all(work: &mut UnitOfWork, account_id: Uuid) -> Result<()> {
    let open = Entity::find().filter(Column::AccountId.eq(account_id)).filter(Column::EndedAt.is_null());
    for session in open.all(work.connection()).await? {
        end(work, session.id).await?;
    }
    Ok(())
}

/// The session with this hash and its account, whether it still holds or not.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn by_hash(db: &impl ConnectionTrait, hash: &str) -> Result<Option<(Model, account::Model)>> {
    let found = Entity::find().filter(Column::SecretHash.eq(hash)).find_also_related(account::Entity);
    Ok(found.one(db).await?.and_then(|(session, account)| Some((session, account?))))
}
