//! Merging: two records turn out to be of one person or organization. What named the other names the kept one afterwards,
//! and the other is no record any more: there is nothing to be found or listed twice. Its identifier answers with the kept
//! one. The history has every row that was changed, and by it a merge is undone.

mod absorb;
mod candidates;
mod reference;
mod twin;
mod undo;

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use sea_orm::{
    Condition, ConnectionTrait, QueryOrder, QuerySelect,
    entity::prelude::*,
    sea_query::{IntoCondition, Order},
};
use serde::{Deserialize, Serialize};

use crate::{Code, Concept, Result, UnitOfWork, error::text, load::KEYS_AT_ONCE, page::Key, unit_of_work::recorded};

pub use absorb::{organizations, people};
pub(crate) use reference::LOOSE;
pub use reference::columns;
pub use undo::{Left, Undone, undo};

/// That two records were found to be one.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "merge")]
pub struct Model {
    /// Identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// What both are records of.
    pub concept: Code<Concept>,
    /// The record that was kept.
    pub kept_id: Uuid,
    /// The record that became part of it.
    pub other_id: Uuid,
    /// What the other was called; empty for what has no name.
    pub label: String,
    /// The merge that it followed from, as that of two posts follows from that of their ministries.
    pub part_of: Option<Uuid>,
    /// So many lines of the history before its own tell what it changed.
    pub lines: i32,
    /// Why.
    pub reason: String,
    /// Who said so; none for the system itself.
    pub merged_by: Option<Uuid>,
    /// When.
    pub created_at: DateTimeUtc,
    /// Who undid it.
    pub undone_by: Option<Uuid>,
    /// When it was undone; none while it stands.
    pub undone_at: Option<DateTimeUtc>,
    /// Why it was undone.
    pub undone_because: Option<String>,
    /// Counts the revisions.
    pub version: i32,
}

/// To the merge that it is part of. What it names need not be there any more.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

recorded!(Merge);

/// Two records that are one.
#[derive(Debug, Clone)]
pub struct Draft {
    /// The one to be kept, and the version it was read at.
    pub kept: (Uuid, Option<i32>),
    /// The one that becomes part of it, and the version it was read at.
    pub other: (Uuid, Option<i32>),
    /// Why they are one.
    pub reason: String,
}

/// A row that became one with another.
#[derive(Debug, Clone)]
struct Part {
    concept: Concept,
    kept: Uuid,
    other: Uuid,
    label: String,
}

/// Writes down a merge, and what followed from it.
async fn write_down(work: &mut UnitOfWork, part: Part, parts: Vec<Part>, since: usize, reason: &str) -> Result<Model> {
    let reason = text("reason", reason, 2_000)?;
    let lines = i32::try_from(work.written() - since).unwrap_or(i32::MAX);
    work.judge_by_merge(since);
    let row = |work: &UnitOfWork, Part { concept, kept, other, label }| Model {
        id: work.fresh_id(),
        concept: concept.into(),
        kept_id: kept,
        other_id: other,
        label,
        part_of: None,
        lines: 0,
        reason: reason.clone(),
        merged_by: work.who().account_id,
        created_at: work.now(),
        undone_by: None,
        undone_at: None,
        undone_because: None,
        version: 1,
    };
    let merge = work.insert(Model { lines, ..row(work, part) }).await?;
    let since = work.written();
    for part in parts {
        work.insert(Model { part_of: Some(merge.id), ..row(work, part) }).await?;
    }
    work.judge_by_merge(since);
    Ok(merge)
}

/// Which records were merged into which.
#[derive(Debug, Default)]
pub struct Merged(HashMap<Uuid, Uuid>);

impl Merged {
    /// Whether this one was merged into another.
    pub fn holds(&self, id: Uuid) -> bool {
        self.0.contains_key(&id)
    }

    /// The record that an identifier stands for: itself, or the one that it was merged into.
    pub fn kept(&self, id: Uuid) -> Uuid {
        let mut kept = id;
        // A kept record may have been merged in its turn. There is no circle: what was merged is not there to be kept.
        for _ in 0..=self.0.len() {
            match self.0.get(&kept) {
                Some(next) => kept = *next,
                None => break,
            }
        }
        kept
    }

    /// The records that were merged into one of these, over whichever others, each with the one that it became part of.
    pub fn into_one_of(&self, kept: &BTreeSet<Uuid>) -> Vec<(Uuid, Uuid)> {
        let others = self.0.keys().map(|other| (*other, self.kept(*other)));
        others.filter(|(_, into)| kept.contains(into)).collect()
    }
}

/// Everything that was merged.
///
/// # Errors
/// [`crate::Error::Database`].
pub(crate) async fn merged(db: &impl ConnectionTrait) -> Result<Merged> {
    let rows = Entity::find().select_only().columns([Column::OtherId, Column::KeptId]).filter(stands());
    Ok(Merged(rows.into_tuple::<(Uuid, Uuid)>().all(db).await?.into_iter().collect()))
}

/// The record that an identifier stands for.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn kept(db: &impl ConnectionTrait, id: Uuid) -> Result<Uuid> {
    follow(db, id, stands().into_condition()).await
}

/// The record that an identifier stood for at a moment, by the merges that stood then.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn kept_at(db: &impl ConnectionTrait, id: Uuid, moment: DateTime<Utc>) -> Result<Uuid> {
    let not_undone = Condition::any().add(stands()).add(Column::UndoneAt.gt(moment));
    follow(db, id, Condition::all().add(Column::CreatedAt.lte(moment)).add(not_undone)).await
}

async fn follow(db: &impl ConnectionTrait, id: Uuid, which: Condition) -> Result<Uuid> {
    let (mut kept, mut seen) = (id, BTreeSet::new());
    while seen.insert(kept) {
        let next = Entity::find().select_only().column(Column::KeptId).filter(which.clone());
        match next.filter(Column::OtherId.eq(kept)).into_tuple::<Uuid>().one(db).await? {
            Some(next) => kept = next,
            None => break,
        }
    }
    Ok(kept)
}

/// The merges that stand by which one of these became part of another.
///
/// # Errors
/// [`crate::Error::Database`].
pub(crate) async fn of_others(db: &impl ConnectionTrait, others: impl IntoIterator<Item = Uuid>) -> Result<Vec<Model>> {
    let (others, mut found) = (others.into_iter().collect::<Vec<_>>(), Vec::new());
    for others in others.chunks(KEYS_AT_ONCE) {
        found.extend(Entity::find().filter(stands()).filter(Column::OtherId.is_in(others.to_vec())).all(db).await?);
    }
    Ok(found)
}

fn stands() -> sea_orm::sea_query::SimpleExpr {
    Column::UndoneAt.is_null()
}

/// The merges that people made of two records, that stand or were undone.
pub fn select() -> Select<Entity> {
    Entity::find().filter(Column::PartOf.is_null())
}

/// The latest first.
pub fn latest_first() -> Vec<Key> {
    vec![Key::time(Column::CreatedAt, Order::Desc)]
}

/// The merges that stand and made these records, over whichever others: each with the record that it is part of by now.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn that_made(
    db: &impl ConnectionTrait,
    merged: &Merged,
    records: &BTreeSet<Uuid>,
) -> Result<Vec<(Uuid, Model)>> {
    let before = merged.into_one_of(records);
    let kept: Vec<Uuid> = before.iter().map(|(other, _)| *other).chain(records.iter().copied()).collect();
    let mut found = Vec::new();
    for kept in kept.chunks(KEYS_AT_ONCE) {
        let merges = select().filter(stands()).filter(Column::KeptId.is_in(kept.to_vec()));
        let merges = merges.order_by_asc(Column::CreatedAt).order_by_asc(Column::Id).all(db).await?;
        found.extend(merges.into_iter().map(|merge| (merged.kept(merge.kept_id), merge)));
    }
    Ok(found)
}
