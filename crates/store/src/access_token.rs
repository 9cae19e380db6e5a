//! Tokens by which programs and people sign in. Of the secret its hash alone is kept.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{QueryOrder, entity::prelude::*};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use vocab::Scope;

use crate::{Code, Error, Result, UnitOfWork, Who, account, by_id, error::text, unit_of_work::recorded};

/// A token.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "access_token")]
pub struct Model {
    /// Identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The account as which it signs in.
    pub account_id: Uuid,
    /// What it is called: which program, on which machine.
    pub name: String,
    /// The part of it that may be shown, so that people know which one to revoke.
    pub prefix: String,
    /// SHA-256 of the whole of it, in hexadecimal; the history has no need of it.
    #[serde(skip)]
    pub secret_hash: String,
    /// What it is good for, as far as the role of its account goes.
    pub scope: Code<Scope>,
    /// When it was made.
    pub created_at: DateTimeUtc,
    /// When it ends; none where it does not by itself.
    pub expires_at: Option<DateTimeUtc>,
    /// When it was revoked.
    pub revoked_at: Option<DateTimeUtc>,
    /// The last day on which somebody signed in with it.
    pub last_used_on: Option<Date>,
    /// Counts the revisions.
    pub version: i32,
}

/// To its account.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The account as which it signs in.
    #[sea_orm(belongs_to = "account::Entity", from = "Column::AccountId", to = "account::Column::Id")]
    Account,
}

impl Related<account::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Account.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}

recorded!(AccessToken);

impl Model {
    /// How it begins, which may be shown.
    pub fn shown(&self) -> String {
        format!("{MARK}{}", self.prefix)
    }

    /// Whether it still signs anybody in.
    pub fn holds(&self, now: DateTime<Utc>) -> bool {
        self.revoked_at.is_none() && self.expires_at.is_none_or(|end| now < end)
    }
}

/// A new token.
#[derive(Debug, Clone)]
pub struct Draft {
    /// The account as which it signs in.
    pub account_id: Uuid,
    /// What it is called.
    pub name: String,
    /// What it is good for.
    pub scope: Scope,
    /// When it ends.
    pub expires_at: Option<DateTime<Utc>>,
}

/// What every token begins with, so that scanners find those that were published by mistake.
const MARK: &str = "ent_";
/// The letters of the part that may be shown.
const PREFIX: usize = 8;
/// The letters of the secret part: 256 bits.
const SECRET: usize = 43;

/// A secret as text, where it goes into a cookie or an address.
pub fn in_hex(secret: [u8; 32]) -> String {
    secret.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Keeps a new token, and gives it, which nobody can be told again.
///
/// # Errors
/// [`Error::Invalid`] for an empty name or an end that has passed; [`Error::NotFound`]; [`Error::Database`].
pub async fn create(work: &mut UnitOfWork, draft: Draft) -> Result<(Model, String)> {
    let Draft { account_id, name, scope, expires_at } = draft;
    by_id::<account::Entity>(work.connection(), account_id).await?;
    if expires_at.is_some_and(|end| end <= work.now()) {
        return Err(Error::invalid("expiresAt", "expiresAt has passed: choose a later moment, or leave it out"));
    }
    let prefix = base62(work.fresh_secret())[SECRET - PREFIX..].to_owned();
    let token = format!("{MARK}{prefix}_{}", base62(work.fresh_secret()));
    let row = Model {
        id: work.fresh_id(),
        account_id,
        name: text("name", &name, 200)?,
        prefix,
        secret_hash: hash(&token),
        scope: scope.into(),
        created_at: work.now(),
        expires_at,
        revoked_at: None,
        last_used_on: None,
        version: 1,
    };
    Ok((work.insert(row).await?, token))
}

/// Revokes a token. One that is revoked already stays as it is.
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

/// Remembers that somebody signed in with it on this day.
///
/// # Errors
/// As [`UnitOfWork::revise`].
pub async fn used(work: &mut UnitOfWork, id: Uuid, on: NaiveDate) -> Result<Model> {
    work.revise(id, None, |row: &mut Model| {
        row.last_used_on = row.last_used_on.max(Some(on));
        Ok(())
    })
    .await
}

/// The token with this hash and its account, whether it still holds or not.
///
/// # Errors
/// [`Error::Database`].
pub async fn by_hash(db: &impl ConnectionTrait, hash: &str) -> Result<Option<(Model, account::Model)>> {
    let found = Entity::find().filter(Column::SecretHash.eq(hash)).find_also_related(account::Entity);
    Ok(found.one(db).await?.and_then(|(token, account)| Some((token, account?))))
}

/// The tokens of an account, or of those who ask, the latest first.
///
/// # Errors
/// [`Error::Forbidden`] where they are of another account and those who ask are no admin; [`Error::Database`].
pub async fn of_account(db: &impl ConnectionTrait, who: &Who, account_id: Option<Uuid>) -> Result<Vec<Model>> {
    let Some(account_id) = account_id.or(who.account_id) else { return Ok(Vec::new()) };
    if !who.is_or_admin(account_id) {
        let message = "the tokens of another account are for admins: leave accountId out";
        return Err(Error::Forbidden(message.to_owned()));
    }
    let rows = Entity::find().filter(Column::AccountId.eq(account_id));
    Ok(rows.order_by_desc(Column::CreatedAt).order_by_desc(Column::Id).all(db).await?)
}

/// The token with this part that may be shown.
///
/// # Errors
/// [`Error::Database`].
pub async fn by_prefix(db: &impl ConnectionTrait, prefix: &str) -> Result<Option<Model>> {
    let prefix = prefix.strip_prefix(MARK).unwrap_or(prefix);
    Ok(Entity::find().filter(Column::Prefix.eq(prefix)).one(db).await?)
}

/// Whether a text has the form of a token. What has not need not be looked up.
pub fn is_token(text: &str) -> bool {
    let letters = |text: &str, count| text.len() == count && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
    text.strip_prefix(MARK)
        .and_then(|rest| rest.split_once('_'))
        .is_some_and(|(prefix, secret)| letters(prefix, PREFIX) && letters(secret, SECRET))
}

/// The hash by which a secret that was made here is known: a token, that of a session or of a calendar. It has 256 random
/// bits: nothing slower than one round is needed to keep it.
pub fn hash(secret: &str) -> String {
    format!("{:x}", Sha256::digest(secret))
}

/// A number of 256 bits in digits and letters, always as long.
fn base62(mut number: [u8; 32]) -> String {
    const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    let mut digits = [b'0'; SECRET];
    for digit in digits.iter_mut().rev() {
        let mut rest = 0_usize;
        for byte in &mut number {
            rest = rest << 8 | usize::from(*byte);
            *byte = u8::try_from(rest / 62).unwrap_or_default();
            rest %= 62;
        }
        *digit = DIGITS[rest];
    }
    digits.iter().copied().map(char::from).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_written_in_digits_and_letters() {
        let number = |last: u8| {
            let mut number = [0; 32];
            number[31] = last;
            base62(number)
        };
        assert!(number(61).ends_with("00z") && number(62).ends_with("010") && number(255).ends_with("047"));
        // 2^256 - 1, as any other program writes it.
        let largest = base62([255; 32]);
        assert_eq!((largest.len(), &largest[..2]), (SECRET, "yh"));
    }

    #[test]
    fn a_token_is_known_by_its_form() {
        let token = format!("{MARK}{}_{}", "a".repeat(PREFIX), base62([1; 32]));
        assert!(is_token(&token), "{token}");
        for other in ["", "ent_", "ent_a_b", &token[1..], &token[..token.len() - 1], &token.replace('a', "-")] {
            assert!(!is_token(other), "{other}");
        }
    }
}
