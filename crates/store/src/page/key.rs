//! The keys of an order, and the place of a row in it.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{
    IntoSimpleExpr, QueryResult,
    sea_query::{Expr, NullOrdering, Order, SelectStatement, SimpleExpr},
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::Result;

/// A key of an order: an expression that is never null, its direction, and what it holds.
#[derive(Debug, Clone)]
pub struct Key {
    pub(super) expression: SimpleExpr,
    /// What is sorted, where that may be null: the column itself, so that an index on it serves.
    column: Option<SimpleExpr>,
    pub(super) order: Order,
    pub(super) kind: KeyKind,
}

#[derive(Debug, Clone, Copy)]
pub(super) enum KeyKind {
    Text,
    Number,
    Day,
    Time,
}

impl Key {
    /// A text that is never null.
    pub fn text(expression: impl IntoSimpleExpr, order: Order) -> Self {
        Self { expression: expression.into_simple_expr(), column: None, order, kind: KeyKind::Text }
    }

    /// A 32-bit number that is never null.
    pub fn number(expression: impl IntoSimpleExpr, order: Order) -> Self {
        Self { expression: expression.into_simple_expr(), column: None, order, kind: KeyKind::Number }
    }

    /// A day; rows without one come last in ascending order, and last in descending order too.
    pub fn day(expression: impl IntoSimpleExpr, order: Order) -> Self {
        let (year, month, day) = if order == Order::Desc { (1, 1, 1) } else { (9999, 12, 31) };
        let absent = NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default();
        let column = expression.into_simple_expr();
        let expression =
            SimpleExpr::FunctionCall(sea_orm::sea_query::Func::coalesce([column.clone(), Expr::val(absent)]));
        Self { expression, column: Some(column), order, kind: KeyKind::Day }
    }

    /// Sorted by another column that holds the same day, where that has the index.
    pub fn sorted_by(self, column: impl IntoSimpleExpr) -> Self {
        Self { column: Some(column.into_simple_expr()), ..self }
    }

    /// A moment that is never null.
    pub fn time(expression: impl IntoSimpleExpr, order: Order) -> Self {
        Self { expression: expression.into_simple_expr(), column: None, order, kind: KeyKind::Time }
    }
}

/// A value of a key, as a cursor carries it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(untagged)]
pub(super) enum KeyValue {
    Number(i32),
    Time(DateTime<Utc>),
    Day(NaiveDate),
    Text(String),
}

impl KeyValue {
    pub(super) fn read(row: &QueryResult, key: &Key, column: &str) -> Result<Self> {
        Ok(match key.kind {
            KeyKind::Text => Self::Text(row.try_get("", column)?),
            KeyKind::Number => Self::Number(row.try_get("", column)?),
            KeyKind::Day => Self::Day(row.try_get("", column)?),
            KeyKind::Time => Self::Time(row.try_get("", column)?),
        })
    }

    /// The value as the database compares it, where it is of the key's kind.
    pub(super) fn bind(&self, kind: KeyKind) -> Option<sea_orm::Value> {
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
    pub(super) keys: Vec<KeyValue>,
    pub(super) id: Uuid,
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

/// What a statement is ordered by.
pub(super) struct Sorted {
    /// What a cursor holds of it; never null.
    pub(super) value: SimpleExpr,
    /// What is sorted.
    pub(super) by: SimpleExpr,
    pub(super) direction: Order,
    pub(super) nulls: Option<NullOrdering>,
}

pub(super) type Ordering = Vec<Sorted>;

impl Sorted {
    pub(super) fn of(key: &Key) -> Self {
        let by = key.column.as_ref().unwrap_or(&key.expression).clone();
        let nulls = key.column.as_ref().map(|_| NullOrdering::Last);
        Self { value: key.expression.clone(), by, direction: key.order.clone(), nulls }
    }

    pub(super) fn turned(self) -> Self {
        let direction = if self.direction == Order::Desc { Order::Asc } else { Order::Desc };
        Self { direction, nulls: self.nulls.map(|_| NullOrdering::First), ..self }
    }
}

pub(super) fn sort(statement: &mut SelectStatement, order: &Ordering) {
    for Sorted { by, direction, nulls, .. } in order {
        match nulls {
            Some(nulls) => statement.order_by_expr_with_nulls(by.clone(), direction.clone(), *nulls),
            None => statement.order_by_expr(by.clone(), direction.clone()),
        };
    }
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
