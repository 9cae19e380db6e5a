//! Long lists, a page at a time: by keys, never by offset, and for many parents in one statement.

mod key;
mod list;

use std::collections::HashMap;

use sea_orm::{
    ConnectionTrait, DbBackend, EntityTrait, ExprTrait, FromQueryResult, IntoSimpleExpr, Iterable, JoinType,
    PrimaryKeyToColumn, QueryFilter, QueryResult, QuerySelect, QueryTrait, Select,
    sea_query::{Alias, Asterisk, Cond, Expr, IntoColumnRef, Order, Query, SelectStatement, SimpleExpr},
};
use uuid::Uuid;

use crate::{Error, Result, load::filled_up};
use key::{KeyValue, Ordering, Sorted, sort};

pub use key::{Cursor, Key};
pub use list::{Place, of_list};

/// Which page of a list.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Slice {
    /// At most so many rows.
    pub limit: u64,
    /// Behind this place; before it, where the page is asked from the end.
    pub from: Option<Cursor>,
    /// Whether the page is asked from the end of the list.
    pub backward: bool,
}

impl Slice {
    /// The first `limit` rows.
    pub fn first(limit: u64) -> Self {
        Self { limit, from: None, backward: false }
    }
}

/// A page: its rows in the order of the list, each with its place.
#[derive(Debug, Clone)]
pub struct Page<M> {
    /// The rows.
    pub rows: Vec<(Cursor, M)>,
    /// Whether there are rows before the first.
    pub has_previous: bool,
    /// Whether there are rows behind the last.
    pub has_next: bool,
}

impl<M> Default for Page<M> {
    fn default() -> Self {
        Self { rows: Vec::new(), has_previous: false, has_next: false }
    }
}

/// One page of `select` in the order of `keys`, then of identifiers.
///
/// # Errors
/// [`Error::Database`]; [`Error::Invalid`] where the cursor belongs to another order.
pub async fn page<E>(
    db: &impl ConnectionTrait,
    select: Select<E>,
    keys: &[Key],
    slice: &Slice,
) -> Result<Page<E::Model>>
where
    E: EntityTrait,
{
    let (mut statement, order) = keyed(select, keys, slice)?;
    sort(&mut statement, &order);
    statement.limit(slice.limit + 1);
    let rows = db.query_all(&statement).await?;
    let rows = rows.iter().map(|row| read::<E>(row, keys)).collect::<Result<Vec<_>>>()?;
    Ok(cut(rows, slice))
}

/// The same page of many lists, one for each parent, in one statement that looks at no more rows of each list than the page
/// has, where an index has its order.
///
/// # Errors
/// As [`page`].
pub async fn pages<E>(
    db: &impl ConnectionTrait,
    select: Select<E>,
    parent: impl IntoColumnRef,
    parents: &[Uuid],
    keys: &[Key],
    slice: &Slice,
) -> Result<HashMap<Uuid, Page<E::Model>>>
where
    E: EntityTrait,
{
    if parents.is_empty() {
        return Ok(HashMap::new());
    }
    let (of, key) = (Alias::new("of"), Expr::col((Alias::new("of"), Alias::new("column1"))));
    let list = select.filter(Expr::col(parent.into_column_ref()).eq(key.clone()));
    let mut statement = Query::select();
    statement.expr_as(key, Alias::new("parent_key")).from_values(filled_up(parents, &Uuid::nil()), of);
    let order = if db.get_database_backend() == DbBackend::Sqlite {
        join_by_keys(&mut statement, list, keys, slice)?
    } else {
        join_lateral(&mut statement, list, keys, slice)?
    };
    statement.order_by(Alias::new("parent_key"), Order::Asc);
    for (at, sorted) in order.iter().enumerate() {
        let column = if at < keys.len() { format!("key_{at}") } else { "id".to_owned() };
        statement.order_by(Alias::new(column), sorted.direction.clone());
    }
    let mut lists: HashMap<Uuid, Vec<(Cursor, E::Model)>> = HashMap::new();
    for row in db.query_all(&statement).await? {
        lists.entry(row.try_get("", "parent_key")?).or_default().push(read::<E>(&row, keys)?);
    }
    Ok(lists.into_iter().map(|(parent, rows)| (parent, cut(rows, slice))).collect())
}

/// Joins each parent with the page of its list, where the engine can join what depends on the parent.
fn join_lateral<E: EntityTrait>(
    statement: &mut SelectStatement,
    list: Select<E>,
    keys: &[Key],
    slice: &Slice,
) -> Result<Ordering> {
    let (mut list, order) = keyed(list, keys, slice)?;
    sort(&mut list, &order);
    list.limit(slice.limit + 1);
    let listed = Alias::new("listed");
    statement.column((listed.clone(), Asterisk)).join_lateral(JoinType::InnerJoin, list, listed, Expr::cust("TRUE"));
    Ok(order)
}

/// The same on SQLite, which cannot: by the identifiers of the page.
fn join_by_keys<E: EntityTrait>(
    statement: &mut SelectStatement,
    list: Select<E>,
    keys: &[Key],
    slice: &Slice,
) -> Result<Ordering> {
    let (mut list, order) = placed::<E>(list.select_only().expr(id_of::<E>()?).into_query(), keys, slice)?;
    sort(&mut list, &order);
    list.limit(slice.limit + 1);
    statement.column((E::default(), Asterisk));
    for (at, key) in keys.iter().enumerate() {
        statement.expr_as(key.expression.clone(), Alias::new(format!("key_{at}")));
    }
    statement.cross_join(E::default()).and_where(id_of::<E>()?.in_subquery(list));
    Ok(order)
}

/// How many rows `select` has.
///
/// # Errors
/// [`Error::Database`].
pub async fn count<E>(db: &impl ConnectionTrait, select: Select<E>) -> Result<i64>
where
    E: EntityTrait,
{
    let mut statement = Query::select();
    statement
        .expr_as(Expr::cust("COUNT(*)"), Alias::new("n"))
        .from_subquery(select.into_query(), Alias::new("counted"));
    let row = db.query_one(&statement).await?;
    row.map_or(Ok(0), |row| Ok(row.try_get("", "n")?))
}

/// How many rows `select` has for each parent.
///
/// # Errors
/// [`Error::Database`].
pub async fn counts<E>(
    db: &impl ConnectionTrait,
    select: Select<E>,
    parent: impl IntoColumnRef,
    parents: &[Uuid],
) -> Result<HashMap<Uuid, i64>>
where
    E: EntityTrait,
{
    let parent = parent.into_column_ref();
    let mut inner = select.filter(Expr::col(parent.clone()).is_in(filled_up(parents, &Uuid::nil()))).into_query();
    inner.expr_as(Expr::col(parent), Alias::new("parent_key"));
    let mut statement = Query::select();
    statement
        .column(Alias::new("parent_key"))
        .expr_as(Expr::cust("COUNT(*)"), Alias::new("n"))
        .from_subquery(inner, Alias::new("counted"))
        .group_by_col(Alias::new("parent_key"));
    let rows = db.query_all(&statement).await?;
    rows.iter().map(|row| Ok((row.try_get("", "parent_key")?, row.try_get("", "n")?))).collect()
}

/// The statement with the keys as columns and the rows behind the cursor alone, and the order to read it in.
fn keyed<E: EntityTrait>(select: Select<E>, keys: &[Key], slice: &Slice) -> Result<(SelectStatement, Ordering)> {
    let select = keys
        .iter()
        .enumerate()
        .fold(select, |select, (i, key)| select.expr_as(key.expression.clone(), format!("key_{i}")));
    placed::<E>(select.into_query(), keys, slice)
}

/// The statement with the rows behind the cursor alone, and the order to read it in.
fn placed<E: EntityTrait>(
    mut statement: SelectStatement,
    keys: &[Key],
    slice: &Slice,
) -> Result<(SelectStatement, Ordering)> {
    let id = id_of::<E>()?;
    let direction = keys.last().map_or(Order::Asc, |key| key.order.clone());
    let id = Sorted { value: id.clone(), by: id, direction, nulls: None };
    let forward = keys.iter().map(Sorted::of).chain([id]);
    let order: Ordering = if slice.backward { forward.map(Sorted::turned).collect() } else { forward.collect() };
    if let Some(cursor) = &slice.from {
        statement.cond_where(behind(cursor, keys, &order)?);
    }
    Ok((statement, order))
}

/// The condition that a row comes behind the cursor in this order.
fn behind(cursor: &Cursor, keys: &[Key], order: &Ordering) -> Result<Cond> {
    let foreign = || Error::invalid("after", "the cursor belongs to another list or order: start without it");
    if cursor.keys.len() != keys.len() {
        return Err(foreign());
    }
    let bound = cursor.keys.iter().zip(keys).map(|(value, key)| value.bind(key.kind).ok_or_else(foreign));
    let mut values = bound.collect::<Result<Vec<sea_orm::Value>>>()?;
    values.push(cursor.id.into());
    let mut any = Cond::any();
    for (last, Sorted { value: expression, direction, .. }) in order.iter().enumerate() {
        let mut all = Cond::all();
        for (at, value) in values.iter().enumerate().take(last) {
            all = all.add(order[at].value.clone().eq(Expr::val(value.clone())));
        }
        let value = Expr::val(values[last].clone());
        let beyond =
            if *direction == Order::Desc { expression.clone().lt(value) } else { expression.clone().gt(value) };
        any = any.add(all.add(beyond));
    }
    Ok(any)
}

fn id_of<E: EntityTrait>() -> Result<SimpleExpr> {
    let key = E::PrimaryKey::iter().next().map(PrimaryKeyToColumn::into_column);
    key.map(IntoSimpleExpr::into_simple_expr).ok_or_else(|| Error::invalid("orderBy", "this list has no key"))
}

fn read<E: EntityTrait>(row: &QueryResult, keys: &[Key]) -> Result<(Cursor, E::Model)> {
    let id = row.try_get("", "id")?;
    let keys = keys.iter().enumerate().map(|(i, key)| KeyValue::read(row, key, &format!("key_{i}")));
    Ok((Cursor { keys: keys.collect::<Result<_>>()?, id }, E::Model::from_query_result(row, "")?))
}

/// Takes off the one row too many that tells whether there are more, and puts the page in the order of the list.
fn cut<M>(mut rows: Vec<(Cursor, M)>, slice: &Slice) -> Page<M> {
    let more = rows.len() as u64 > slice.limit;
    rows.truncate(usize::try_from(slice.limit).unwrap_or(usize::MAX));
    if slice.backward {
        rows.reverse();
    }
    let behind_cursor = slice.from.is_some();
    let (has_previous, has_next) = if slice.backward { (more, behind_cursor) } else { (behind_cursor, more) };
    Page { rows, has_previous, has_next }
}
