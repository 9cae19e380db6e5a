//! A row as JSON, whatever its table.

use chrono::{DateTime, SecondsFormat, Utc};
use sea_orm::{
    ColumnTrait, DbErr, EntityTrait, IdenStatic, Iterable, ModelTrait, PrimaryKeyToColumn, Value, sea_query::ColumnType,
};
use serde_json::Value as Json;

use super::table::Row;

/// The column by which the rows of a table are told apart.
pub(crate) fn key<E: EntityTrait>() -> Result<E::Column, DbErr> {
    let key = E::PrimaryKey::iter().next().map(PrimaryKeyToColumn::into_column);
    key.ok_or_else(|| DbErr::Type(format!("{} has no key", E::default().as_str())))
}

/// Whether a key is an identifier, which both databases sort alike.
pub(super) fn is_identifier(key: impl ColumnTrait) -> bool {
    matches!(key.def().get_column_type(), ColumnType::Uuid)
}

/// A row as it is written.
pub(crate) fn written<M: ModelTrait>(row: &M) -> Result<Row, DbErr> {
    let columns = <M::Entity as EntityTrait>::Column::iter();
    let columns = columns.map(|column| Ok((column.as_str().to_owned(), json(row.get(column))?)));
    Ok((row.get(key::<M::Entity>()?), columns.collect::<Result<_, DbErr>>()?))
}

fn json(value: Value) -> Result<Json, DbErr> {
    // PostgreSQL keeps microseconds, and so does everything that was ever written here.
    let moment = |moment: DateTime<Utc>| moment.to_rfc3339_opts(SecondsFormat::Micros, true);
    Ok(match value {
        Value::Bool(flag) => flag.into(),
        Value::Int(number) => number.into(),
        Value::Double(number) => number.into(),
        Value::String(text) => text.into(),
        Value::Uuid(id) => id.map(|id| id.to_string()).into(),
        Value::ChronoDate(day) => day.map(|day| day.to_string()).into(),
        Value::ChronoDateTimeUtc(at) => at.map(moment).into(),
        Value::Json(value) => value.map_or(Json::Null, |value| *value),
        other => return Err(DbErr::Type(format!("there is no JSON for {other:?}"))),
    })
}
