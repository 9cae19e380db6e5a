//! Records as they were known at a moment, put together from the history.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, ModelTrait, QueryFilter, QueryOrder, QuerySelect,
    Select,
};
use serde::Deserialize;
use serde_json::Value;
use uuid::Uuid;

use crate::{
    Code, Concept, Recorded, Result, by_ids,
    change::{Column, Entity},
    load::KEYS_AT_ONCE,
};

/// Lines read in one statement.
const LINES_AT_ONCE: u64 = 5_000;

/// A unit of work lands within this time of its moment: what was known at a later one may still change.
pub const SETTLED_AFTER: TimeDelta = TimeDelta::seconds(60);

/// A line of the history.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Its number in the history of everything.
    pub seq: i32,
    /// Which concept.
    pub concept: Concept,
    /// Which record.
    pub record_id: Uuid,
    /// The record before; null where it is new.
    pub before: Value,
    /// The record afterwards; null where it was removed.
    pub after: Value,
}

impl Line {
    /// The record as this line left it; none where it was removed.
    ///
    /// # Errors
    /// [`crate::Error::Database`] where the line does not hold such a record.
    pub fn record<M: Recorded>(&self) -> Result<Option<M>> {
        parse(self.seq, &self.after)
    }

    /// The record as it was before this line; none where it is new.
    ///
    /// # Errors
    /// As [`Line::record`].
    pub fn before<M: Recorded>(&self) -> Result<Option<M>> {
        parse(self.seq, &self.before)
    }

    /// The record as it was when this line removed it; none where it is still there.
    ///
    /// # Errors
    /// As [`Line::record`].
    pub fn removed<M: Recorded>(&self) -> Result<Option<M>> {
        if self.after.is_null() { parse(self.seq, &self.before) } else { Ok(None) }
    }
}

/// The record that a line with this number holds, where it holds one.
fn parse<M: Recorded>(seq: i32, record: &Value) -> Result<Option<M>> {
    let unreadable = |no: serde_json::Error| DbErr::Type(format!("history line {seq}: {no}"));
    Ok(Option::deserialize(record).map_err(unreadable)?)
}

/// The next lines on these concepts behind a number, in their order; as known at a moment, where one is given. Empty
/// where there are no more.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn next_lines(
    db: &impl ConnectionTrait,
    concepts: &[Concept],
    behind: i32,
    known_at: Option<DateTime<Utc>>,
) -> Result<Vec<Line>> {
    let about = Column::Concept.is_in(concepts.iter().copied().map(Code));
    let lines = Condition::all().add(Column::Seq.gt(behind)).add(about);
    let lines = lines.add_option(known_at.map(|moment| Column::At.lte(moment)));
    read(db, Entity::find().filter(lines).limit(LINES_AT_ONCE)).await
}

/// Reads lines in their order.
async fn read(db: &impl ConnectionTrait, lines: Select<Entity>) -> Result<Vec<Line>> {
    let columns = [Column::Seq, Column::Concept, Column::RecordId, Column::Before, Column::After];
    let lines = lines.select_only().columns(columns).order_by_asc(Column::Seq);
    let rows = lines.into_tuple::<(i32, Code<Concept>, Uuid, Value, Value)>().all(db).await?;
    let lines = rows.into_iter();
    Ok(lines
        .map(|(seq, Code(concept), record_id, before, after)| Line { seq, concept, record_id, before, after })
        .collect())
}

/// The number of the last line; 0 where there is none.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn last_number(db: &impl ConnectionTrait) -> Result<i32> {
    let last = Entity::find().select_only().column(Column::Seq).order_by_desc(Column::Seq).limit(1);
    Ok(last.into_tuple::<i32>().one(db).await?.unwrap_or(0))
}

/// The number of the last line on one of these concepts; 0 where there is none.
///
/// # Errors
/// [`crate::Error::Database`].
pub(crate) async fn last_number_of(db: &impl ConnectionTrait, concepts: &[Concept]) -> Result<i32> {
    let about = Column::Concept.is_in(concepts.iter().copied().map(Code));
    let last = Entity::find().select_only().column(Column::Seq).filter(about).order_by_desc(Column::Seq).limit(1);
    Ok(last.into_tuple::<i32>().one(db).await?.unwrap_or(0))
}

/// The numbers of the lines that tell how each record of these concepts was, by concept: up to a number, and as known at a
/// moment, where they are given.
///
/// # Errors
/// [`crate::Error::Database`].
pub(crate) async fn last_lines(
    db: &impl ConnectionTrait,
    concepts: &[Concept],
    to: Option<i32>,
    known_at: Option<DateTime<Utc>>,
) -> Result<HashMap<Concept, Vec<i32>>> {
    let lines = Condition::all()
        .add(Column::Concept.is_in(concepts.iter().copied().map(Code)))
        .add_option(to.map(|number| Column::Seq.lte(number)))
        .add_option(known_at.map(|moment| Column::At.lte(moment)));
    let last = Entity::find().filter(lines).select_only().column(Column::Concept).column_as(Column::Seq.max(), "last");
    let last = last.group_by(Column::Concept).group_by(Column::RecordId).into_tuple::<(Code<Concept>, i32)>();
    let mut found: HashMap<Concept, Vec<i32>> = HashMap::new();
    for (Code(concept), number) in last.all(db).await? {
        found.entry(concept).or_default().push(number);
    }
    found.values_mut().for_each(|numbers| numbers.sort_unstable());
    Ok(found)
}

/// The records as the lines with these numbers left them; those that were removed are left out.
///
/// # Errors
/// [`crate::Error::Database`].
pub(crate) async fn records<M: Recorded>(db: &impl ConnectionTrait, numbers: &[i32]) -> Result<Vec<M>> {
    let lines = Entity::find().filter(Column::Seq.is_in(numbers.iter().copied())).order_by_asc(Column::Seq);
    let rows = lines.select_only().columns([Column::Seq, Column::After]).into_tuple::<(i32, Value)>().all(db).await?;
    let read = rows.iter().map(|(seq, after)| parse(*seq, after));
    Ok(read.collect::<Result<Vec<_>>>()?.into_iter().flatten().collect())
}

/// When each of these records was last written.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn written_at(db: &impl ConnectionTrait, ids: &[Uuid]) -> Result<HashMap<Uuid, DateTime<Utc>>> {
    let mut found = HashMap::with_capacity(ids.len());
    for ids in ids.chunks(KEYS_AT_ONCE) {
        let lines = Entity::find().filter(Column::RecordId.is_in(ids.iter().copied())).order_by_asc(Column::Seq);
        let moments = lines.select_only().columns([Column::RecordId, Column::At]);
        found.extend(moments.into_tuple::<(Uuid, DateTime<Utc>)>().all(db).await?);
    }
    Ok(found)
}

/// The records with these identifiers as they were known at a moment, or as they are; as far as there are any.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn by_ids_at<E>(
    db: &impl ConnectionTrait,
    ids: &[Uuid],
    known_at: Option<DateTime<Utc>>,
) -> Result<HashMap<Uuid, E::Model>>
where
    E: EntityTrait,
    E::Model: Recorded<Entity = E>,
{
    let Some(moment) = known_at else { return by_ids::<E>(db, ids).await };
    let mut found = HashMap::with_capacity(ids.len());
    for ids in ids.chunks(KEYS_AT_ONCE) {
        let lines = Entity::find()
            .filter(Column::RecordId.is_in(ids.iter().copied()))
            .filter(Column::Concept.eq(Code(E::Model::CONCEPT)))
            .filter(Column::At.lte(moment));
        for line in read(db, lines).await? {
            match line.record::<E::Model>()? {
                Some(record) => found.insert(line.record_id, record),
                None => found.remove(&line.record_id),
            };
        }
    }
    Ok(found)
}

/// The records whose `column` names one of `parents`, as they were known at a moment, or as they are; in the order of
/// their making.
///
/// Of a moment of the past no table tells what belonged to whom: all lines of the concept up to it are read.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn by_parents_at<E>(
    db: &impl ConnectionTrait,
    column: E::Column,
    parents: &[Uuid],
    known_at: Option<DateTime<Utc>>,
) -> Result<Vec<E::Model>>
where
    E: EntityTrait,
    E::Model: Recorded<Entity = E>,
{
    let mut found = BTreeMap::new();
    if known_at.is_none() {
        for parents in parents.chunks(KEYS_AT_ONCE) {
            let rows = E::find().filter(column.is_in(parents.iter().copied())).all(db).await?;
            found.extend(rows.into_iter().map(|row| (Recorded::id(&row), row)));
        }
    } else if !parents.is_empty() {
        let belongs = |row: &E::Model| row.get(column).unwrap::<Option<Uuid>>().is_some_and(|of| parents.contains(&of));
        let mut read_to = 0;
        loop {
            let lines = next_lines(db, &[E::Model::CONCEPT], read_to, known_at).await?;
            let Some(last) = lines.last() else { break };
            read_to = last.seq;
            for line in &lines {
                match line.record::<E::Model>()?.filter(belongs) {
                    Some(record) => found.insert(line.record_id, record),
                    None => found.remove(&line.record_id),
                };
            }
        }
    }
    Ok(found.into_values().collect())
}
