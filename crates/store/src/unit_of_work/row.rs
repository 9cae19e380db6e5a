//! A row read back from the JSON it was written as, whatever its table.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{
    ActiveModelTrait, ActiveValue, ColumnTrait, EntityTrait, IdenStatic, Iterable, Value, sea_query::ColumnType,
};
use serde_json::{Map, Value as Json};
use uuid::Uuid;

use crate::dump::{Later, row::key};

/// The row that was written as this, or what is wrong with it. An older one may lack columns, which stay out.
pub(crate) fn read<E: EntityTrait>(mut columns: Map<String, Json>, older: bool) -> Result<E::ActiveModel, String> {
    let mut row = E::ActiveModel::default();
    for column in E::Column::iter() {
        let name = column.as_str();
        let written = match columns.remove(name) {
            Some(written) => written,
            None if older => continue,
            None => return Err(format!("it lacks the column {name}")),
        };
        let shown = short(&written);
        let definition = column.def();
        let (kind, may_lack) = (definition.get_column_type(), definition.is_null());
        let value = match written {
            Json::Null if may_lack => null(kind),
            written => value(kind, written),
        };
        let wrong = || format!("{name} cannot be {shown}");
        row.try_set(column, value.ok_or_else(wrong)?).map_err(|_| wrong())?;
    }
    match columns.keys().next() {
        Some(unknown) => Err(format!("there is no column {unknown}")),
        None => Ok(row),
    }
}

/// As much of a value as a message can show.
fn short(value: &Json) -> String {
    const MOST: usize = 60;
    let text = value.to_string();
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

/// What stands in a column of this kind where there is nothing.
fn null(kind: &ColumnType) -> Option<Value> {
    Some(match kind {
        ColumnType::Boolean => Value::Bool(None),
        ColumnType::Integer => Value::Int(None),
        ColumnType::Double => Value::Double(None),
        ColumnType::String(_) | ColumnType::Text => Value::String(None),
        ColumnType::Uuid => Value::Uuid(None),
        ColumnType::Date => Value::ChronoDate(None),
        ColumnType::TimestampWithTimeZone => Value::ChronoDateTimeUtc(None),
        _ => return None,
    })
}

/// What stands in a column of this kind for what is written.
fn value(kind: &ColumnType, written: Json) -> Option<Value> {
    Some(match (kind, written) {
        (ColumnType::Boolean, Json::Bool(flag)) => flag.into(),
        (ColumnType::Integer, Json::Number(number)) => i32::try_from(number.as_i64()?).ok()?.into(),
        (ColumnType::Double, Json::Number(number)) => number.as_f64()?.into(),
        (ColumnType::String(_) | ColumnType::Text, Json::String(text)) => whole(text)?.into(),
        (ColumnType::Uuid, Json::String(text)) => text.parse::<Uuid>().ok()?.into(),
        (ColumnType::Date, Json::String(text)) => text.parse::<NaiveDate>().ok()?.into(),
        (ColumnType::TimestampWithTimeZone, Json::String(text)) => text.parse::<DateTime<Utc>>().ok()?.into(),
        (ColumnType::Json | ColumnType::JsonBinary, written) => Value::Json(Some(Box::new(written))),
        _ => return None,
    })
}

/// Text without the NUL that PostgreSQL refuses.
fn whole(text: String) -> Option<String> {
    (!text.contains('\0')).then_some(text)
}

/// Takes a reference to a row of the same table that comes later out of a row.
pub(crate) fn put_off<E: EntityTrait>(row: &mut E::ActiveModel, column: E::Column) -> Option<Later> {
    let id = |value: ActiveValue<Value>| match value.into_value() {
        Some(Value::Uuid(id)) => id,
        _ => None,
    };
    let (from, to) = (id(row.get(key::<E>().ok()?))?, id(row.get(column))?);
    if to <= from {
        return None;
    }
    row.try_set(column, Value::Uuid(None)).ok()?;
    Some((from, to))
}

#[cfg(test)]
mod tests {
    use sea_orm::IntoActiveModel;
    use serde_json::json;
    use vocab::Word;

    use super::*;
    use crate::{account, dump::row::written, finding};

    #[test]
    fn a_row_comes_back_to_the_last_bit() {
        let row = finding_row(0.1 + 0.2);
        let (_, columns) = written(&row).expect("a row");
        let text = Json::Object(columns).to_string();
        let columns: Map<String, Json> = serde_json::from_str(&text).expect("JSON");
        assert_eq!(read::<finding::Entity>(columns, false), Ok(row.into_active_model().reset_all()));
    }

    fn finding_row(confidence: f64) -> finding::Model {
        finding::Model {
            id: Uuid::from_u128(7),
            reading_id: Uuid::from_u128(8),
            kind: vocab::FindingKind::ALL[0].into(),
            position: -3,
            summary: "Water, \u{202E}\"\n".to_owned(),
            value: json!({ "b": [1, 2.5], "a": null }),
            correction: Json::Null,
            spans: json!([]),
            confidence,
            candidates: json!([]),
            state: vocab::FindingState::ALL[0].into(),
            result_concept: None,
            result_id: None,
            decided_by: None,
            decided_at: Some("2026-03-02T09:00:00.123456Z".parse().expect("a moment")),
            reason: None,
            version: 1,
        }
    }

    #[test]
    fn what_does_not_fit_is_told_by_its_column() {
        let (_, columns) = written(&finding_row(1.0)).expect("a row");
        let with = |name: &str, value: Json| {
            let mut columns = columns.clone();
            columns.insert(name.to_owned(), value);
            read::<finding::Entity>(columns, false).expect_err(name)
        };
        for (name, value, told) in [
            ("position", json!("one"), "position cannot be \"one\""),
            ("position", json!(3_000_000_000_u32), "position cannot be 3000000000"),
            ("kind", json!("unheard-of"), "kind cannot be \"unheard-of\""),
            ("summary", Json::Null, "summary cannot be null"),
            ("summary", json!("\u{0}"), "summary cannot be \"\\u0000\""),
            ("id", json!("7"), "id cannot be \"7\""),
            ("decided_at", json!("yesterday"), "decided_at cannot be \"yesterday\""),
            ("colour", json!(1), "there is no column colour"),
        ] {
            assert_eq!(with(name, value), told);
        }
        let lacking = read::<account::Entity>(Map::new(), false).expect_err("no columns");
        assert_eq!(lacking, "it lacks the column id");
    }
}
