//! One search over everything that has a name or a text.
//!
//! Every record has an entry and its folded words ([`vocab::search`]), written by the unit of work together with the record,
//! so that what is found is what is there. Of a text the first [`vocab::search::MOST_CHARACTERS`] characters are searched.
//! Both engines are asked for the same words and told the order, so that they answer alike.

mod engine;
mod entry;
mod reindex;
mod source;
mod states;
mod watch;

use std::collections::HashMap;

use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Select,
    sea_query::{Alias, Expr, ExprTrait, Order},
};
use uuid::Uuid;
use vocab::search::{Extract, Query, extracts};

use crate::{
    Code, Concept, Error, RecordRef, Result,
    page::{self, Key, Page, Slice},
};
use engine::Rank;

pub(crate) use engine::{forget, write};
pub(crate) use entry::Column;
pub use entry::Entity;
pub use reindex::Pass;
pub use source::CONCEPTS;
pub(crate) use source::{Source, at_once, read};
pub(crate) use watch::{Touched, touched};

/// What is searched for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Asked {
    /// The words.
    query: Query,
    /// Among which records.
    concepts: Vec<Concept>,
    /// Of which states.
    state_ids: Option<Vec<Uuid>>,
}

impl Asked {
    /// Understands what was typed. Where no concepts are named, records of all are searched; where states are, those alone
    /// that have to do with one of them.
    ///
    /// # Errors
    /// [`Error::Invalid`] for what holds no word, or too many.
    pub fn new(typed: &str, concepts: Option<Vec<Concept>>, state_ids: Option<Vec<Uuid>>) -> Result<Self> {
        let query = Query::parse(typed)
            .map_err(|why| Error::invalid("query", format!("the query cannot be searched for: {why}")))?;
        Ok(Self { query, concepts: concepts.unwrap_or_else(|| CONCEPTS.to_vec()), state_ids })
    }

    /// The entries that fit: at a rank, or anyhow.
    fn select(&self, db: &impl ConnectionTrait, rank: Option<Rank>) -> Select<Entity> {
        let entries = Entity::find()
            .filter(engine::fits(db.get_database_backend(), &self.query, rank))
            .filter(Column::Concept.is_in(self.concepts.iter().copied().map(Code)));
        match &self.state_ids {
            Some(ids) => entries.filter(states::having_to_do_with(&self.concepts, ids)),
            None => entries,
        }
    }
}

/// A record that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Which record.
    pub record: RecordRef,
    /// What it is called.
    pub title: String,
    /// Where the words stand in it.
    pub extracts: Vec<Extract>,
}

/// A page of what was found: records in whose title all the words stand, then those with some of them there, then the
/// others; of equals the latest first.
///
/// # Errors
/// [`Error::Database`]; [`Error::Invalid`] where the cursor belongs to another list.
pub async fn page(db: &impl ConnectionTrait, asked: &Asked, slice: &Slice) -> Result<Page<Hit>> {
    let ranks = Rank::of(&asked.query).iter().copied();
    let in_order: Vec<Rank> = if slice.backward { ranks.rev().collect() } else { ranks.collect() };
    let behind_cursor = slice.from.is_some();
    let (mut parts, mut left, mut more) = (Vec::new(), slice.limit, false);
    for rank in in_order {
        // As an expression: a number alone in an order is the number of a column.
        let place = Expr::val(rank as i32).cast_as(Alias::new("integer"));
        let keys = [Key::number(place, Order::Asc), Key::day(Column::Day, Order::Desc)];
        let slice = Slice { limit: left, ..slice.clone() };
        let entries = page::page(db, asked.select(db, Some(rank)), &keys, &slice).await?;
        left = left.saturating_sub(entries.rows.len() as u64);
        more = if slice.backward { entries.has_previous } else { entries.has_next };
        parts.push(entries.rows);
        if more {
            break;
        }
    }
    if slice.backward {
        parts.reverse();
    }
    let (has_previous, has_next) = if slice.backward { (more, behind_cursor) } else { (behind_cursor, more) };
    hits(db, &asked.query, Page { rows: parts.into_iter().flatten().collect(), has_previous, has_next }).await
}

/// How many records there are to be found.
///
/// # Errors
/// [`Error::Database`].
pub async fn count(db: &impl ConnectionTrait, asked: &Asked) -> Result<i64> {
    page::count(db, asked.select(db, None)).await
}

/// The records of a page, with where the words stand in them.
async fn hits(db: &impl ConnectionTrait, query: &Query, found: Page<entry::Model>) -> Result<Page<Hit>> {
    let mut ids: HashMap<Concept, Vec<Uuid>> = HashMap::new();
    for (_, entry) in &found.rows {
        ids.entry(entry.concept.0).or_default().push(entry.id);
    }
    let mut hits = HashMap::with_capacity(found.rows.len());
    for (concept, ids) in ids {
        for source in read(db, concept, &ids).await? {
            let hit = Hit { record: source.record, title: source.title(), extracts: extracts(&source.parts, query) };
            hits.insert(source.record.id, hit);
        }
    }
    let rows = found.rows.into_iter().filter_map(|(cursor, entry)| Some((cursor, hits.remove(&entry.id)?)));
    Ok(Page { rows: rows.collect(), has_previous: found.has_previous, has_next: found.has_next })
}
