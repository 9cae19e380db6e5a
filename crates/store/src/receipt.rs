//! Receipts: what a mutation answered, so that it is not done again when its client asks again.
//!
//! A client that got no answer cannot know whether its mutation was done. It sends it again under the same name, and is
//! given the first answer: the receipt is written in the transaction of what it is a receipt for, so that there are both
//! or neither, whatever dies in between.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{Condition, entity::prelude::*, sea_query::SimpleExpr};
use sha2::{Digest, Sha256};

use crate::{Error, RecordRef, Result, UnitOfWork, Who, unit_of_work::Bookkeeping};

/// How long an answer is kept.
pub const KEPT: TimeDelta = TimeDelta::days(7);

/// What somebody is told whose name means something else.
const TAKEN: &str = "clientMutationId was given to another mutation, or to this one with another input, less than seven \
                     days ago: give each mutation one of its own, and repeat it with the same input";

/// A mutation that was done.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "receipt")]
pub struct Model {
    /// Made of the account and its name for the mutation, so that two cannot be kept under the same.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Whose it was; none for the system itself.
    pub account_id: Option<Uuid>,
    /// The client's name for it.
    pub client_mutation_id: String,
    /// Which mutation.
    pub mutation: String,
    /// SHA-256 of its input.
    pub input_hash: String,
    /// What it brought about, as its payload is made of it.
    pub answer: Json,
    /// The records that it wrote.
    pub records: Json,
    /// When.
    pub created_at: DateTimeUtc,
}

/// A receipt stands alone for a week.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Bookkeeping for Model {}

impl Model {
    /// The records that it wrote, in the order of their first lines.
    pub fn records(&self) -> Vec<RecordRef> {
        serde::Deserialize::deserialize(&self.records).unwrap_or_default()
    }
}

/// A mutation to which its client gave a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The name; unique for the account, for as long as answers are kept.
    pub client_mutation_id: String,
    /// Which mutation.
    pub mutation: String,
    /// SHA-256 of its input.
    pub input_hash: String,
}

/// Begins a receipt. The first answer, where it was done before; nothing where it is to be done now, and then the receipt
/// is to be ended with [`end`]. Where the same is being done at this moment, this waits for its end.
///
/// # Errors
/// [`Error::Invalid`] where another mutation, or the same with another input, has this name; [`Error::Database`].
pub async fn begin(work: &mut UnitOfWork, named: &Named) -> Result<Option<Json>> {
    let Named { client_mutation_id, mutation, input_hash } = named.clone();
    let account_id = work.who().account_id;
    let (id, now) = (id(account_id, &client_mutation_id), work.now());
    let (answer, records) = (Json::Null, Json::Null);
    let row = Model { id, account_id, client_mutation_id, mutation, input_hash, answer, records, created_at: now };
    let is_old = Condition::all().add(Column::Id.eq(id)).add(Column::CreatedAt.lte(now - KEPT));
    loop {
        if work.note(row.clone()).await? {
            return Ok(None);
        }
        work.forget::<Model>(is_old.clone()).await?;
        match Entity::find_by_id(id).one(work.connection()).await? {
            Some(first) if first.mutation != row.mutation || first.input_hash != row.input_hash => {
                return Err(Error::invalid("clientMutationId", TAKEN));
            }
            Some(first) => return Ok(Some(first.answer)),
            // It was old, or whoever had it has just forgotten it.
            None => {}
        }
    }
}

/// Ends a receipt with what its mutation brought about.
///
/// # Errors
/// [`Error::Database`].
pub async fn end(work: &mut UnitOfWork, named: &Named, answer: Json) -> Result<()> {
    let id = id(work.who().account_id, &named.client_mutation_id);
    let records = serde_json::to_value(work.records()).unwrap_or(Json::Null);
    let set = vec![(Column::Answer, value(answer)), (Column::Records, value(records))];
    work.book::<Model>(Condition::all().add(Column::Id.eq(id)), set).await?;
    Ok(())
}

/// The receipt that an account has under a name.
///
/// # Errors
/// [`Error::Database`].
pub async fn find(
    db: &impl ConnectionTrait,
    who: &Who,
    client_mutation_id: &str,
    now: DateTime<Utc>,
) -> Result<Option<Model>> {
    let kept = Entity::find_by_id(id(who.account_id, client_mutation_id)).filter(Column::CreatedAt.gt(now - KEPT));
    Ok(kept.one(db).await?)
}

/// Forgets what has been kept long enough: how many receipts.
///
/// # Errors
/// [`Error::Database`].
pub async fn forget_old(work: &mut UnitOfWork) -> Result<u64> {
    let old = Condition::all().add(Column::CreatedAt.lte(work.now() - KEPT));
    work.forget::<Model>(old).await
}

fn id(account: Option<Uuid>, client_mutation_id: &str) -> Uuid {
    let mut hash = Sha256::new();
    hash.update(account.unwrap_or_default().as_bytes());
    hash.update(client_mutation_id.as_bytes());
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash.finalize()[..16]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}

fn value(json: Json) -> SimpleExpr {
    Expr::val(json)
}
