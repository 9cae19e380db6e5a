//! Long lists, a page at a time, as Relay connections.

use std::{borrow::Cow, collections::HashMap, hash::Hash, sync::Arc};

use async_graphql::{
    Context, Object, OutputType, TypeName, async_trait::async_trait, connection::PageInfo, dataloader,
};
use futures_core::future::BoxFuture;
use sea_orm::{
    Select,
    sea_query::{ColumnRef, Order},
};
use store::page::{self, Cursor, Key, Page, Slice};
use uuid::Uuid;

use crate::{
    ask,
    batch::Database,
    coat::{Coat, RowOf},
    fault::Fault,
    words::OrderDirection,
};

/// How many rows a page has where nobody says.
const PAGE: u64 = 20;
/// The most rows a page has.
const MOST: i32 = 100;

/// Which page is asked for, as the four arguments of a connection say it.
#[derive(Debug, Clone, Default)]
pub struct Paging {
    /// So many from the beginning.
    pub first: Option<i32>,
    /// Behind this cursor.
    pub after: Option<String>,
    /// So many from the end.
    pub last: Option<i32>,
    /// Before this cursor.
    pub before: Option<String>,
}

impl Paging {
    /// The slice of the list that is asked for.
    ///
    /// # Errors
    /// Where a count is not from 1 to 100, a cursor is none, or the arguments ask from both ends.
    pub fn slice(&self) -> Result<Slice, Fault> {
        if self.first.is_some() && self.last.is_some() {
            return Err(Fault::input("last", "first and last exclude each other: leave one out"));
        }
        let backward = self.last.is_some();
        let ((name, count), (side, cursor), stray) = if backward {
            (("last", self.last), ("before", &self.before), ("after", &self.after))
        } else {
            (("first", self.first), ("after", &self.after), ("before", &self.before))
        };
        if let (argument, Some(_)) = stray {
            let other = if backward { "first" } else { "last" };
            return Err(Fault::input(
                argument,
                format!("{argument} goes with {other}: leave it out, or ask for {other}"),
            ));
        }
        let limit = match count {
            None => PAGE,
            Some(count) => u64::try_from(count)
                .ok()
                .filter(|_| (1..=MOST).contains(&count))
                .ok_or_else(|| Fault::input(name, format!("{name} is {count}: ask for 1 to {MOST} at a time")))?,
        };
        let read = |text: &String| {
            Cursor::decode(text)
                .ok_or_else(|| Fault::input(side, format!("\"{text}\" is no cursor: use one that a page gave")))
        };
        Ok(Slice { limit, from: cursor.as_ref().map(read).transpose()?, backward })
    }
}

/// The rows of a list, and the column that tells whose each is, where the list belongs to a record.
pub struct Rows<C: Coat> {
    /// The rows.
    pub select: Select<C::Entity>,
    /// Whose each is.
    pub whose: Option<ColumnRef>,
}

impl<C: Coat> From<Select<C::Entity>> for Rows<C> {
    fn from(select: Select<C::Entity>) -> Self {
        Self { select, whose: None }
    }
}

impl<C: Coat> From<(Select<C::Entity>, ColumnRef)> for Rows<C> {
    fn from((select, whose): (Select<C::Entity>, ColumnRef)) -> Self {
        Self { select, whose: Some(whose) }
    }
}

/// Which rows of a concept, in which order. Equal listings of many parents are read in one statement.
pub trait Listing: Clone + Eq + Hash + Send + Sync + 'static {
    /// What is listed.
    type Of: Coat;
    /// The rows.
    fn rows(&self) -> Rows<Self::Of>;
    /// The order.
    fn keys(&self) -> Vec<Key>;
}

/// The keys of the orders that were asked for, or of the `usual` one.
pub fn order<O: Copy>(
    asked: &[(O, OrderDirection)],
    usual: (O, OrderDirection),
    keys: impl Fn(O, Order) -> Vec<Key>,
) -> Vec<Key> {
    let orders = if asked.is_empty() { std::slice::from_ref(&usual) } else { asked };
    orders.iter().flat_map(|(by, direction)| keys(*by, (*direction).into())).collect()
}

/// The most characters that are searched for.
const LONGEST: usize = 200;

/// A text to search for; nothing, where it is blank.
///
/// # Errors
/// Where it holds NUL, which no record does and PostgreSQL refuses, or is too long.
pub fn searched(argument: &'static str, text: Option<String>) -> Result<Option<String>, Fault> {
    let text = text.filter(|text| !text.trim().is_empty());
    Ok(store::error::optional_text(argument, text.as_deref(), LONGEST)?)
}

/// A page of a list: of the whole, or of what belongs to one record.
///
/// # Errors
/// As [`Paging::slice`], or where the database fails.
pub async fn page<L: Listing>(
    ctx: &Context<'_>,
    of: Option<Uuid>,
    list: L,
    paging: Paging,
) -> Result<Connection<L::Of>, Fault> {
    let slice = paging.slice()?;
    let asked = PageOf { of, list: list.clone(), slice };
    let Page { rows, has_previous, has_next } = ask::loader(ctx).load_one(asked).await?.unwrap_or_default();
    let edges = rows.into_iter().map(|(cursor, row)| Edge { cursor, node: row.into() }).collect();
    Ok(Connection { edges, has_previous, has_next, whole: Arc::new(CountOf { of, list }) })
}

/// A page to be read, and whose list it is of.
#[derive(Clone, PartialEq, Eq, Hash)]
struct PageOf<L> {
    of: Option<Uuid>,
    list: L,
    slice: Slice,
}

#[async_trait]
impl<L: Listing> dataloader::Loader<PageOf<L>> for Database {
    type Value = Page<RowOf<L::Of>>;
    type Error = Fault;

    async fn load(&self, keys: &[PageOf<L>]) -> Result<HashMap<PageOf<L>, Self::Value>, Fault> {
        let mut found = HashMap::with_capacity(keys.len());
        for ((list, slice), owners) in grouped(keys.iter().map(|key| ((&key.list, &key.slice), key.of))) {
            let key = |of| PageOf { of, list: list.clone(), slice: slice.clone() };
            let Rows { select, whose } = list.rows();
            if owners.all {
                let page = page::page(self.0.reader(), select.clone(), &list.keys(), slice).await?;
                found.insert(key(None), page);
            }
            if let Some(whose) = whose.filter(|_| !owners.some.is_empty()) {
                let pages = page::pages(self.0.reader(), select, whose, &owners.some, &list.keys(), slice).await?;
                found.extend(pages.into_iter().map(|(of, page)| (key(Some(of)), page)));
            }
        }
        Ok(found)
    }
}

/// A list to be counted, and whose it is.
#[derive(Clone, PartialEq, Eq, Hash)]
struct CountOf<L> {
    of: Option<Uuid>,
    list: L,
}

#[async_trait]
impl<L: Listing> dataloader::Loader<CountOf<L>> for Database {
    type Value = i64;
    type Error = Fault;

    async fn load(&self, keys: &[CountOf<L>]) -> Result<HashMap<CountOf<L>, i64>, Fault> {
        let mut found = HashMap::with_capacity(keys.len());
        for (list, owners) in grouped(keys.iter().map(|key| (&key.list, key.of))) {
            let key = |of| CountOf { of, list: list.clone() };
            let Rows { select, whose } = list.rows();
            if owners.all {
                found.insert(key(None), page::count(self.0.reader(), select.clone()).await?);
            }
            if let Some(whose) = whose.filter(|_| !owners.some.is_empty()) {
                let counts = page::counts(self.0.reader(), select, whose, &owners.some).await?;
                found.extend(counts.into_iter().map(|(of, count)| (key(Some(of)), count)));
            }
        }
        Ok(found)
    }
}

/// Of whom a list is asked: of nobody, which is the whole list, or of records.
#[derive(Default)]
struct Owners {
    all: bool,
    some: Vec<Uuid>,
}

/// What is asked of the same list, together.
fn grouped<K: Eq + Hash>(asked: impl Iterator<Item = (K, Option<Uuid>)>) -> HashMap<K, Owners> {
    let mut groups: HashMap<K, Owners> = HashMap::new();
    for (key, of) in asked {
        let owners = groups.entry(key).or_default();
        match of {
            Some(of) => owners.some.push(of),
            None => owners.all = true,
        }
    }
    groups
}

/// Where a page begins and ends, and whether there is more.
pub(crate) fn page_info<M>(page: &Page<M>) -> PageInfo {
    let cursor = |row: Option<&(Cursor, M)>| row.map(|(cursor, _)| cursor.encode());
    PageInfo {
        has_previous_page: page.has_previous,
        has_next_page: page.has_next,
        start_cursor: cursor(page.rows.first()),
        end_cursor: cursor(page.rows.last()),
    }
}

/// A whole list that can be counted when somebody asks.
trait Countable: Send + Sync {
    fn count<'a>(&'a self, ctx: &'a Context<'_>) -> BoxFuture<'a, Result<i64, Fault>>;
}

impl<L: Listing> Countable for CountOf<L> {
    fn count<'a>(&'a self, ctx: &'a Context<'_>) -> BoxFuture<'a, Result<i64, Fault>> {
        Box::pin(async { Ok(ask::loader(ctx).load_one(self.clone()).await?.unwrap_or_default()) })
    }
}

/// A page of a list.
pub struct Connection<C> {
    edges: Vec<Edge<C>>,
    has_previous: bool,
    has_next: bool,
    whole: Arc<dyn Countable>,
}

impl<C: OutputType> TypeName for Connection<C> {
    fn type_name() -> Cow<'static, str> {
        format!("{}Connection", <C as OutputType>::type_name()).into()
    }
}

/// A page of a list.
#[Object(name_type)]
impl<C: Coat> Connection<C> {
    /// The records of this page, each with its cursor.
    async fn edges(&self) -> &[Edge<C>] {
        &self.edges
    }

    /// The records of this page.
    async fn nodes(&self) -> Vec<&C> {
        self.edges.iter().map(|edge| &edge.node).collect()
    }

    /// Where the page begins and ends, and whether there is more.
    async fn page_info(&self) -> PageInfo {
        PageInfo {
            has_previous_page: self.has_previous,
            has_next_page: self.has_next,
            start_cursor: self.edges.first().map(|edge| edge.cursor.encode()),
            end_cursor: self.edges.last().map(|edge| edge.cursor.encode()),
        }
    }

    /// How many records the whole list has; counted only when asked.
    async fn total_count(&self, ctx: &Context<'_>) -> Result<i64, Fault> {
        self.whole.count(ctx).await
    }
}

/// A record in a list, and its place there.
pub struct Edge<C> {
    cursor: Cursor,
    node: C,
}

impl<C: OutputType> TypeName for Edge<C> {
    fn type_name() -> Cow<'static, str> {
        format!("{}Edge", <C as OutputType>::type_name()).into()
    }
}

/// A record in a list, and its place there.
#[Object(name_type)]
impl<C: Coat> Edge<C> {
    /// The place in the list: hand it back as `after` or `before`.
    async fn cursor(&self) -> String {
        self.cursor.encode()
    }

    /// The record.
    async fn node(&self) -> &C {
        &self.node
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slice(first: Option<i32>, after: Option<&str>, last: Option<i32>, before: Option<&str>) -> Result<Slice, Fault> {
        Paging { first, after: after.map(str::to_owned), last, before: before.map(str::to_owned) }.slice()
    }

    #[test]
    fn a_page_is_asked_from_one_end_and_is_never_too_long() {
        assert_eq!(slice(None, None, None, None).map(|s| (s.limit, s.backward)), Ok((20, false)));
        assert_eq!(slice(Some(100), None, None, None).map(|s| (s.limit, s.backward)), Ok((100, false)));
        assert_eq!(slice(None, None, Some(1), None).map(|s| (s.limit, s.backward)), Ok((1, true)));
    }

    #[test]
    fn what_cannot_be_paged_is_refused_by_the_name_of_its_argument() {
        for (asked, argument) in [
            (slice(Some(-1), None, None, None), "first"),
            (slice(Some(0), None, None, None), "first"),
            (slice(Some(101), None, None, None), "first"),
            (slice(None, None, Some(101), None), "last"),
            (slice(Some(1), None, Some(1), None), "last"),
            (slice(None, Some("garbage"), None, None), "after"),
            (slice(None, None, Some(1), Some("garbage")), "before"),
            (slice(Some(1), None, None, Some("W10")), "before"),
            (slice(None, Some("W10"), Some(1), None), "after"),
        ] {
            let fault = asked.expect_err(argument);
            assert_eq!(fault.argument, Some(argument), "{}", fault.message);
        }
        assert!(slice(Some(101), None, None, None).is_err_and(|fault| fault.message.contains("1 to 100")));
    }
}
