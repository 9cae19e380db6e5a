//! What one unit of work did to one record.

use std::sync::Arc;

use async_graphql::indexmap::IndexMap;
use uuid::Uuid;

use super::{Cursor, Line, Occasion};

/// What one unit of work did to one record and what belongs to it.
pub(super) struct Deed {
    /// Its place.
    pub(super) cursor: Cursor,
    /// The record.
    pub(super) record_id: Uuid,
    /// The lines about it, at least one.
    pub(super) lines: Vec<Arc<Line>>,
}

impl Deed {
    /// When it was done, and by whom.
    pub(super) fn occasion(&self) -> Option<Occasion> {
        let last = self.lines.last()?;
        Some(Occasion { cursor: self.cursor.encode(), at: last.at, account_id: last.account_id })
    }
}

/// Whether two lines that follow one another come from one unit of work. All of a unit are of one moment, one account and
/// one request; and should two units have all that in common, telling them together leaves nothing out.
fn same_unit(one: &Arc<Line>, next: &Arc<Line>) -> bool {
    (one.at, one.account_id, &one.request_id) == (next.at, next.account_id, &next.request_id)
}

/// Where the last unit of work begins.
pub(super) fn last_unit(lines: &[Arc<Line>]) -> usize {
    lines.len() - lines.chunk_by(same_unit).next_back().map_or(0, <[_]>::len)
}

/// What was done to the records that `about` tells of a line, without what ended at `told` or before it.
pub(super) fn deeds(lines: &[Arc<Line>], told: i32, about: impl Fn(&Line) -> Option<Uuid>) -> Vec<Deed> {
    let mut deeds = Vec::new();
    for unit in lines.chunk_by(same_unit) {
        let behind = unit[0].seq - 1;
        let mut records: IndexMap<Uuid, Vec<Arc<Line>>> = IndexMap::new();
        for line in unit {
            if let Some(record) = about(line) {
                records.entry(record).or_default().push(line.clone());
            }
        }
        let whole = records.into_iter().filter_map(|(record_id, lines)| {
            let last = lines.last()?.seq;
            Some(Deed { cursor: Cursor { behind, last }, record_id, lines })
        });
        let first = deeds.len();
        deeds.extend(whole.filter(|deed| deed.cursor.last > told));
        deeds[first..].sort_by_key(|deed| deed.cursor.last);
    }
    deeds
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeDelta};
    use serde_json::Value;
    use store::Concept;

    use super::*;

    /// Lines by the number of their record and that of their unit, numbered from 1.
    fn lines(written: &[(u128, i64)]) -> Vec<Arc<Line>> {
        let line = |(seq, (record, unit)): (i32, &(u128, i64))| Line {
            id: Uuid::from_u128(seq.unsigned_abs().into()),
            seq,
            at: DateTime::UNIX_EPOCH + TimeDelta::seconds(*unit),
            account_id: None,
            request_id: None,
            concept: Concept::FollowUpAction.into(),
            record_id: Uuid::from_u128(*record),
            version: 1,
            before: Value::Null,
            after: Value::Null,
        };
        (1..).zip(written).map(line).map(Arc::new).collect()
    }

    /// The record, the place and the number of lines of each.
    fn told(lines: &[Arc<Line>], told: i32) -> Vec<(u128, i32, i32, usize)> {
        let all = deeds(lines, told, |line| Some(line.record_id).filter(|id| id.as_u128() != 9));
        all.iter()
            .map(|deed| (deed.record_id.as_u128(), deed.cursor.behind, deed.cursor.last, deed.lines.len()))
            .collect()
    }

    #[test]
    fn what_a_unit_does_to_a_record_is_one_deed_in_the_order_of_its_last_lines() {
        let written = lines(&[(9, 1), (1, 1), (2, 1), (1, 1), (1, 2), (9, 2)]);
        assert_eq!(told(&written, 0), [(2, 0, 3, 1), (1, 0, 4, 2), (1, 4, 5, 1)]);
        assert_eq!(last_unit(&written), 4);
        assert_eq!((last_unit(&written[..4]), last_unit(&[])), (0, 0));
    }

    #[test]
    fn whoever_goes_on_behind_any_deed_is_told_exactly_the_rest() {
        let written = lines(&[(1, 1), (2, 1), (9, 1), (3, 1), (2, 1), (1, 1), (2, 2), (1, 2), (2, 2)]);
        let whole = told(&written, 0);
        for (index, (_, behind, last, _)) in whole.iter().enumerate() {
            let rest: Vec<_> = written.iter().filter(|line| line.seq > *behind).cloned().collect();
            assert_eq!(told(&rest, *last), whole[index + 1..]);
        }
    }
}
