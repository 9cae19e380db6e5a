//! The history: who wrote what, when, in which request, from what to what.

use sea_orm::{ConnectionTrait, QueryOrder, QuerySelect, entity::prelude::*, sea_query::Order};
use serde::Serialize;
use vocab::Word;

use crate::{Code, Concept, Error, Recorded, Result, page::Key};

/// A line of the history; written by the unit of work alone, never changed.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "change")]
pub struct Model {
    /// Identifier; later lines have larger ones.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Its number in the history of everything; a line that is seen has all lower ones before it.
    pub seq: i32,
    /// When.
    pub at: DateTimeUtc,
    /// Who; none for the system itself.
    pub account_id: Option<Uuid>,
    /// In which request.
    pub request_id: Option<String>,
    /// Which concept.
    pub concept: Code<Concept>,
    /// Which record.
    pub record_id: Uuid,
    /// The version the record had afterwards.
    pub version: i32,
    /// The record before; null where it is new.
    pub before: Json,
    /// The record afterwards; null where it was removed.
    pub after: Json,
}

impl Model {
    /// The record afterwards; before, where it was removed.
    pub fn row(&self) -> &Json {
        if self.after.is_null() { &self.before } else { &self.after }
    }

    /// The record before, where it was such a one.
    pub fn was<M: Recorded>(&self) -> Option<M> {
        M::deserialize(&self.before).ok()
    }

    /// The record afterwards, where it is such a one.
    pub fn became<M: Recorded>(&self) -> Option<M> {
        M::deserialize(&self.after).ok()
    }
}

/// A line stands alone: what it tells of may be gone.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// The history of one record.
pub fn of_record(concept: Concept, id: Uuid) -> Select<Entity> {
    Entity::find().filter(Column::Concept.eq(Code(concept))).filter(Column::RecordId.eq(id))
}

/// Where the line by which a record was written down stands, and the first of so many before it, which tell what it did.
///
/// # Errors
/// [`Error::Database`], also where it has no line.
pub(crate) async fn before_own(
    db: &impl ConnectionTrait,
    concept: Concept,
    id: Uuid,
    count: i32,
) -> Result<(i32, i32)> {
    let own = of_record(concept, id).order_by_asc(Column::Seq).one(db).await?;
    let own =
        own.ok_or_else(|| Error::unwritable(&format_args!("a {} without a line in the history", concept.code())))?;
    Ok((own.seq - count, own.seq))
}

/// What a column tells together with others: a day and how much of it is known, a name and how it is compared.
pub(crate) fn said(column: &str) -> &str {
    if column == "folded" { "label" } else { column.strip_suffix("_precision").unwrap_or(column) }
}

/// Latest first.
pub fn latest_first() -> Vec<Key> {
    vec![Key::time(Column::At, Order::Desc)]
}

/// The next lines on these concepts behind a number, in their order, whole; at most so many.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn next(db: &impl ConnectionTrait, concepts: &[Concept], behind: i32, most: u64) -> Result<Vec<Model>> {
    let about = Column::Concept.is_in(concepts.iter().copied().map(Code));
    let lines = Entity::find().filter(Column::Seq.gt(behind)).filter(about);
    Ok(lines.order_by_asc(Column::Seq).limit(most).all(db).await?)
}

/// The last line.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn last(db: &impl ConnectionTrait) -> Result<Option<Model>> {
    Ok(Entity::find().order_by_desc(Column::Seq).one(db).await?)
}
