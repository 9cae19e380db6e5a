//! Who has signed in with a browser. Of the secret in the cookie its hash alone is kept.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{Condition, QuerySelect, QueryTrait, entity::prelude::*};
use serde::{Deserialize, Serialize};

use crate::{Result, UnitOfWork, access_token, account, identity, unit_of_work::recorded};

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
    /// As whom the provider knows who has signed in; none where it was by a password here.
    #[serde(default)]
    pub identity_id: Option<Uuid>,
    /// What the provider calls its own session, where it has told.
    #[serde(default)]
    pub provider_session: Option<String>,
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

/// A new session.
#[derive(Debug, Clone)]
pub struct Draft {
    /// The account that has signed in.
    pub account_id: Uuid,
    /// As whom the provider knows who has signed in.
    pub identity_id: Option<Uuid>,
    /// What the provider calls its own session.
    pub provider_session: Option<String>,
    /// How long it lasts.
    pub lasts: TimeDelta,
}

/// Begins a session, and gives the secret for its cookie.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn begin(work: &mut UnitOfWork, draft: Draft) -> Result<(Model, String)> {
    let Draft { account_id, identity_id, provider_session, lasts } = draft;
    let secret = access_token::in_hex(work.fresh_secret());
    let row = Model {
        id: work.fresh_id(),
        account_id,
        secret_hash: access_token::hash(&secret),
        identity_id,
        provider_session,
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
    end_where(work, Condition::all().add(Column::AccountId.eq(account_id))).await
}

/// Ends the sessions that a provider has ended: all of a subject, that which it calls so, or both. A session of which it
/// has not told its name ends with any of its subject.
///
/// # Errors
/// As [`end`].
pub async fn end_at_provider(
    work: &mut UnitOfWork,
    issuer: &str,
    subject: Option<&str>,
    provider_session: Option<&str>,
) -> Result<()> {
    let mut known = identity::Entity::find().select_only().column(identity::Column::Id);
    known = known.filter(identity::Column::Issuer.eq(issuer));
    if let Some(subject) = subject {
        known = known.filter(identity::Column::Subject.eq(subject));
    }
    let mut which = Condition::all().add(Column::IdentityId.in_subquery(known.into_query()));
    if let Some(name) = provider_session {
        let mut called = Condition::any().add(Column::ProviderSession.eq(name));
        if subject.is_some() {
            called = called.add(Column::ProviderSession.is_null());
        }
        which = which.add(called);
    }
    end_where(work, which).await
}

async fn end_where(work: &mut UnitOfWork, which: Condition) -> Result<()> {
    // What has expired has ended by itself, and its history tells nothing new.
    let open = Entity::find().filter(which).filter(Column::EndedAt.is_null()).filter(Column::ExpiresAt.gt(work.now()));
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
