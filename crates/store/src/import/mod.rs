//! Imports: tables of others that were taken in, each as one unit of work, and taken back.
//!
//! What an import brought in is told by the history: the lines just before its own. So nothing has to be remembered beside
//! them, and nothing can be forgotten.

mod revert;
mod since;
mod undo;

use sea_orm::{ConnectionTrait, QueryOrder, entity::prelude::*, sea_query::Order};
use serde::{Deserialize, Serialize};
use vocab::ImportKind;

use crate::{Code, Concept, Error, Result, UnitOfWork, change, error::text, page::Key, unit_of_work::recorded};

pub use revert::{Fate, Reverted, Taken, revert};

/// The series of the numbers of imports.
const SERIES: &str = "import";

/// A table of others that was taken in.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "import")]
pub struct Model {
    /// Identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// What people call it by; unique.
    pub number: i32,
    /// Of what the table was.
    pub kind: Code<ImportKind>,
    /// What the file was called.
    pub file_name: String,
    /// SHA-256 of the file, in hexadecimal.
    pub sha256: String,
    /// Who took it in; none for the system itself.
    pub account_id: Option<Uuid>,
    /// When.
    pub created_at: DateTimeUtc,
    /// How many of its lines were new records.
    pub new_records: i32,
    /// How many revised a record.
    pub revised_records: i32,
    /// How many told what was there just so.
    pub unchanged_records: i32,
    /// How many lines of the history stand just before its own and are what it brought.
    pub changes: i32,
    /// When it was taken back; none while it stands.
    pub reverted_at: Option<DateTimeUtc>,
    /// Who took it back.
    pub reverted_by: Option<Uuid>,
    /// Counts the revisions.
    pub version: i32,
}

/// To who took it in.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

recorded!(Import);

/// A table that was taken in by the unit of work so far.
#[derive(Debug, Clone)]
pub struct Draft {
    /// Of what the table was.
    pub kind: ImportKind,
    /// What the file was called.
    pub file_name: String,
    /// SHA-256 of the file, in hexadecimal.
    pub sha256: String,
    /// How many of its lines were new, revised a record, told what was there.
    pub counts: [usize; 3],
}

/// Ends the taking in of a table: what the unit of work has written so far is what it brought.
///
/// # Errors
/// [`Error::Invalid`] for a name of a file that is empty or too long; [`Error::Database`].
pub async fn create(work: &mut UnitOfWork, draft: Draft) -> Result<Model> {
    let Draft { kind, file_name, sha256, counts } = draft;
    let count = |number: usize| i32::try_from(number).unwrap_or(i32::MAX);
    let [new_records, revised_records, unchanged_records] = counts.map(count);
    let row = Model {
        id: work.fresh_id(),
        number: work.next_number(SERIES).await?,
        kind: kind.into(),
        file_name: text("fileName", &file_name, 200)?,
        sha256,
        account_id: work.who().account_id,
        created_at: work.now(),
        new_records,
        revised_records,
        unchanged_records,
        changes: count(work.written()),
        reverted_at: None,
        reverted_by: None,
        version: 1,
    };
    work.insert(row).await
}

/// Every import.
pub fn all() -> Select<Entity> {
    Entity::find()
}

/// Latest first.
pub fn latest_first() -> Vec<Key> {
    vec![Key::time(Column::CreatedAt, Order::Desc)]
}

/// The import of this number.
///
/// # Errors
/// [`Error::Invalid`] where there is none; [`Error::Database`].
pub async fn by_number(db: &impl ConnectionTrait, number: i32) -> Result<Model> {
    let found = Entity::find().filter(Column::Number.eq(number)).one(db).await?;
    found.ok_or_else(|| Error::invalid("number", format!("there is no import {number}")))
}

/// The last import of this very file that stands, where there is one.
///
/// # Errors
/// [`Error::Database`].
pub async fn of_file(db: &impl ConnectionTrait, kind: ImportKind, sha256: &str) -> Result<Option<Model>> {
    let same = Entity::find().filter(Column::Sha256.eq(sha256)).filter(Column::Kind.eq(Code(kind)));
    Ok(same.filter(Column::RevertedAt.is_null()).order_by_desc(Column::Number).one(db).await?)
}

/// The first and the last number of the lines of the history that are what an import brought.
///
/// # Errors
/// [`Error::Database`].
pub async fn lines(db: &impl ConnectionTrait, import: &Model) -> Result<(i32, i32)> {
    let (first, own) = change::before_own(db, Concept::Import, import.id, import.changes).await?;
    Ok((first, own - 1))
}

/// The lines of the history that tell of imports themselves, each one's first line before its others.
pub fn own_lines() -> Select<change::Entity> {
    change::Entity::find().filter(change::Column::Concept.eq(Code(Concept::Import))).order_by_asc(change::Column::Seq)
}

/// As [`lines`], where the first line that tells of the import itself is at hand: what it brought was written just before.
pub fn before(own: Option<&change::Model>, import: &Model) -> (i32, i32) {
    let own = own.map_or(0, |line| line.seq);
    (own - import.changes, own - 1)
}
