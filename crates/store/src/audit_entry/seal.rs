//! How entries and lines of the history are hashed: SHA-256 over the canonical JSON (RFC 8785) of their rows, as
//! `entente export lines` writes them. What an entry says counts, not how a database spells it: so the hashes hold on
//! either engine, and whoever has a backup can check them with other tools.

use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, ModelTrait, QueryFilter, QueryOrder, QuerySelect};
use sha2::{Digest, Sha256};

use super::Model;
use crate::{Result, change, dump::row::written};

/// Lines of the history read in one statement, at most.
const LINES_AT_ONCE: u64 = 500;
/// Bytes of them that are enough: a line can hold a tiny name or a report of megabytes.
const BYTES_AT_ONCE: usize = 1 << 20;

/// The hash of an entry, over everything in it but the hash itself.
pub(crate) fn sealed(entry: &Model) -> Result<String, DbErr> {
    Ok(format!("{:x}", Sha256::digest(canonical(entry, &["hash"])?)))
}

/// The hash over lines of the history, in their order.
pub(crate) fn of_lines<'l>(lines: impl IntoIterator<Item = &'l change::Model>) -> Result<String, DbErr> {
    let mut over = Lines::default();
    for line in lines {
        over.add(line)?;
    }
    Ok(over.end())
}

/// What was found in a part of the history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found {
    /// The hash over the lines that are there.
    pub(crate) hash: String,
    /// The first number without a line.
    pub(crate) missing: Option<i32>,
}

/// The hash over the lines of the history from one number to another, some at a time.
pub(crate) async fn of_range(db: &impl ConnectionTrait, first: i32, last: i32) -> Result<Found> {
    let (mut over, mut next, mut limit, mut missing) = (Lines::default(), first, 1, None);
    while next <= last {
        let lines = change::Entity::find().filter(change::Column::Seq.between(next, last));
        let lines = lines.order_by_asc(change::Column::Seq).limit(limit).all(db).await?;
        let (mut bytes, before) = (0, next);
        for line in &lines {
            missing = missing.or((line.seq != next).then_some(next));
            next = line.seq.saturating_add(1);
            bytes += over.add(line)?;
        }
        if next == before {
            missing = missing.or(Some(next));
            break;
        }
        limit = if bytes < BYTES_AT_ONCE { (limit * 2).min(LINES_AT_ONCE) } else { (limit / 2).max(1) };
    }
    Ok(Found { hash: over.end(), missing })
}

/// Lines that are hashed one after the other, each with an end.
#[derive(Default)]
struct Lines(Sha256);

impl Lines {
    /// Adds a line; answers with how long it was.
    fn add(&mut self, line: &change::Model) -> Result<usize, DbErr> {
        let text = canonical(line, &[])?;
        self.0.update(&text);
        self.0.update(b"\n");
        Ok(text.len())
    }

    fn end(self) -> String {
        format!("{:x}", self.0.finalize())
    }
}

fn canonical<M: ModelTrait>(row: &M, without: &[&str]) -> Result<Vec<u8>, DbErr> {
    let (_, mut columns) = written(row)?;
    columns.retain(|column, _| !without.contains(&column.as_str()));
    serde_json_canonicalizer::to_vec(&columns).map_err(|fault| DbErr::Type(fault.to_string()))
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use uuid::Uuid;

    use super::*;
    use crate::Concept;

    fn line(after: serde_json::Value) -> change::Model {
        change::Model {
            id: Uuid::from_u128(7),
            seq: 3,
            at: "2026-03-02T09:00:00.5Z".parse().expect("a moment"),
            account_id: None,
            request_id: None,
            concept: Concept::Person.into(),
            record_id: Uuid::from_u128(8),
            version: 1,
            before: serde_json::Value::Null,
            after,
        }
    }

    /// What another program makes of the same line of an export: `jq -cS .row`, for all but unusual numbers, and `sha256sum`.
    #[test]
    fn a_line_is_hashed_as_it_is_written_out() {
        let text = canonical(&line(json!({ "b": 1e21, "a": "é" })), &[]).expect("a line");
        let wanted = r#"{"account_id":null,"after":{"a":"é","b":1e+21},"at":"2026-03-02T09:00:00.500000Z","before":null,"concept":"person","id":"00000000-0000-0000-0000-000000000007","record_id":"00000000-0000-0000-0000-000000000008","request_id":null,"seq":3,"version":1}"#;
        assert_eq!(String::from_utf8_lossy(&text), wanted);
    }

    #[test]
    fn a_database_may_spell_a_number_otherwise() {
        let spelled = |text: &str| {
            let after = serde_json::from_str(text).expect("JSON");
            of_lines([&line(after)]).expect("a hash")
        };
        assert_eq!(spelled(r#"{"a":1e16}"#), spelled(r#"{"a":10000000000000000}"#));
        assert_ne!(spelled(r#"{"a":1.5}"#), spelled(r#"{"a":1.25}"#));
    }

    #[test]
    fn no_two_sequences_of_lines_have_one_hash() {
        let (one, other) = (line(json!({})), line(json!({ "a": 1 })));
        let hash = |lines: &[&change::Model]| of_lines(lines.iter().copied()).expect("a hash");
        let all = [hash(&[]), hash(&[&one]), hash(&[&other]), hash(&[&one, &other]), hash(&[&other, &one])];
        let different: std::collections::HashSet<_> = all.iter().collect();
        assert_eq!(different.len(), all.len());
    }
}
