//! Long lists, a page at a time: by keys, never by offset, and for many parents in one windowed statement.

use std::collections::HashMap;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{
    ConnectionTrait, EntityTrait, ExprTrait, FromQueryResult, IntoSimpleExpr, Iterable, PrimaryKeyToColumn,
    QueryFilter, QueryResult, QuerySelect, QueryTrait, Select,
    sea_query::{
        Alias, Asterisk, Cond, Expr, IntoColumnRef, Order, OverStatement, Query, SelectStatement, SimpleExpr,
        WindowStatement,
    },
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{Error, Result};

/// A key of an order: an expression that is never null, its direction, and what it holds.
#[derive(Debug, Clone)]
pub struct Key {
    expression: SimpleExpr,
    order: Order,
    kind: KeyKind,
}

#[derive(Debug, Clone, Copy)]
enum KeyKind {
    Text,
    Number,
    Day,
    Time,
}

impl Key {
    /// A text that is never null.
    pub fn text(expression: impl IntoSimpleExpr, order: Order) -> Self {
        Self { expression: expression.into_simple_expr(), order, kind: KeyKind::Text }
    }

    /// A 32-bit number that is never null.
    pub fn number(expression: impl IntoSimpleExpr, order: Order) -> Self {
        Self { expression: expression.into_simple_expr(), order, kind: KeyKind::Number }
    }

    /// A day; rows without one come last in ascending order, and last in descending order too.
    pub fn day(expression: impl IntoSimpleExpr, order: Order) -> Self {
        let (year, month, day) = if order == Order::Desc { (1, 1, 1) } else { (9999, 12, 31) };
        let absent = NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default();
        let expression = SimpleExpr::FunctionCall(sea_orm::sea_query::Func::coalesce([
            expression.into_simple_expr(),
            Expr::val(absent),
        ]));
        Self { expression, order, kind: KeyKind::Day }
    }

    /// A moment that is never null.
    pub fn time(expression: impl IntoSimpleExpr, order: Order) -> Self {
        Self { expression: expression.into_simple_expr(), order, kind: KeyKind::Time }
    }
}

/// A value of a key, as a cursor carries it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(untagged)]
enum KeyValue {
    Number(i32),
    Time(DateTime<Utc>),
    Day(NaiveDate),
    Text(String),
}

impl KeyValue {
    fn read(row: &QueryResult, key: &Key, column: &str) -> Result<Self> {
        Ok(match key.kind {
            KeyKind::Text => Self::Text(row.try_get("", column)?),
            KeyKind::Number => Self::Number(row.try_get("", column)?),
            KeyKind::Day => Self::Day(row.try_get("", column)?),
            KeyKind::Time => Self::Time(row.try_get("", column)?),
        })
    }

    /// The value as the database compares it, where it is of the key's kind.
    fn bind(&self, kind: KeyKind) -> Option<sea_orm::Value> {
        match (self, kind) {
            (Self::Text(text), KeyKind::Text) => Some(text.clone().into()),
            (Self::Number(number), KeyKind::Number) => Some((*number).into()),
            (Self::Day(day), KeyKind::Day) => Some((*day).into()),
            (Self::Time(time), KeyKind::Time) => Some((*time).into()),
            // A text that looks like a day is read as one: JSON does not tell them apart.
            (Self::Day(day), KeyKind::Text) => Some(day.to_string().into()),
            _ => None,
        }
    }
}

/// A place in a list: the keys and the identifier of the row it stands at. Opaque to clients.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Cursor {
    keys: Vec<KeyValue>,
    id: Uuid,
}

impl Cursor {
    /// The text that clients hand back.
    pub fn encode(&self) -> String {
        let json = serde_json::to_vec(&(&self.keys, self.id)).unwrap_or_default();
        URL_SAFE_NO_PAD.encode(json)
    }

    /// Reads a cursor that [`Cursor::encode`] wrote.
    pub fn decode(text: &str) -> Option<Self> {
        let json = URL_SAFE_NO_PAD.decode(text).ok()?;
        let (keys, id) = serde_json::from_slice(&json).ok()?;
        Some(Self { keys, id })
    }
}

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
    for (expression, direction) in order {
        statement.order_by_expr(expression, direction);
    }
    statement.limit(slice.limit + 1);
    let rows = db.query_all(&statement).await?;
    let rows = rows.iter().map(|row| read::<E>(row, keys)).collect::<Result<Vec<_>>>()?;
    Ok(cut(rows, slice))
}

/// The same page of many lists, one for each parent, in one windowed statement.
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
    let parent = parent.into_column_ref();
    let select = select.filter(Expr::col(parent.clone()).is_in(parents.iter().copied()));
    let (mut inner, order) = keyed(select, keys, slice)?;
    let mut window = WindowStatement::new();
    window.partition_by(parent.clone());
    for (expression, direction) in order {
        window.order_by_expr(expression, direction);
    }
    inner.expr_as(Expr::col(parent), Alias::new("parent_key"));
    inner.expr_window_as(Expr::cust("ROW_NUMBER()"), window, Alias::new("row_no"));
    let mut statement = Query::select();
    statement
        .column(Asterisk)
        .from_subquery(inner, Alias::new("listed"))
        .and_where(Expr::col(Alias::new("row_no")).lte(slice.limit + 1))
        .order_by(Alias::new("parent_key"), Order::Asc)
        .order_by(Alias::new("row_no"), Order::Asc);
    let mut lists: HashMap<Uuid, Vec<(Cursor, E::Model)>> = HashMap::new();
    for row in db.query_all(&statement).await? {
        lists.entry(row.try_get("", "parent_key")?).or_default().push(read::<E>(&row, keys)?);
    }
    Ok(lists.into_iter().map(|(parent, rows)| (parent, cut(rows, slice))).collect())
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
    let mut inner = select.filter(Expr::col(parent.clone()).is_in(parents.iter().copied())).into_query();
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

/// What a statement is ordered by.
type Ordering = Vec<(SimpleExpr, Order)>;

/// The statement with the keys as columns and the rows behind the cursor alone, and the order to read it in.
fn keyed<E: EntityTrait>(select: Select<E>, keys: &[Key], slice: &Slice) -> Result<(SelectStatement, Ordering)> {
    let mut order: Ordering = keys.iter().map(|key| (key.expression.clone(), key.order.clone())).collect();
    let select = keys
        .iter()
        .enumerate()
        .fold(select, |select, (i, key)| select.expr_as(key.expression.clone(), format!("key_{i}")));
    order.push((id_of::<E>()?, keys.last().map_or(Order::Asc, |key| key.order.clone())));
    if slice.backward {
        for (_, direction) in &mut order {
            *direction = if *direction == Order::Desc { Order::Asc } else { Order::Desc };
        }
    }
    let mut statement = select.into_query();
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
    for (last, (expression, direction)) in order.iter().enumerate() {
        let mut all = Cond::all();
        for (at, value) in values.iter().enumerate().take(last) {
            all = all.add(order[at].0.clone().eq(Expr::val(value.clone())));
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_comes_back_as_it_was_and_garbage_does_not() {
        let day = NaiveDate::from_ymd_opt(2026, 3, 1).expect("a day");
        let cursor = Cursor {
            keys: vec![KeyValue::Text("Ünïcode".into()), KeyValue::Day(day), KeyValue::Number(-3)],
            id: Uuid::from_u128(7),
        };
        assert_eq!(Cursor::decode(&cursor.encode()), Some(cursor));
        for garbage in ["", "!", "AAAA", "e30", "W10"] {
            assert_eq!(Cursor::decode(garbage), None, "{garbage}");
        }
    }
}
