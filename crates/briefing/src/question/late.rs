//! What is late, counted by whatever a question asks by.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::{
    answer::{Asked, Standing},
    found::Found,
};

/// How many actions are late.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Late {
    /// How many.
    pub(super) count: usize,
    /// The first of their due days.
    pub(super) oldest: Option<NaiveDate>,
}

/// What is late by a key, in the order of the keys. An action without a due day cannot be late and is not judged.
pub(super) fn late_by<K: Ord>(asked: Asked<'_>, key: impl Fn(&Standing<'_>) -> K) -> Found<(K, Late)> {
    let mut by_key: BTreeMap<K, Late> = BTreeMap::new();
    let (mut judged, mut of) = (0, 0);
    for standing in asked.actions() {
        of += 1;
        judged += usize::from(standing.action.due_on.is_some());
        if standing.stand.overdue {
            let late = by_key.entry(key(&standing)).or_default();
            late.count += 1;
            late.oldest = [late.oldest, standing.action.due_on].into_iter().flatten().min();
        }
    }
    Found { rows: by_key.into_iter().collect(), judged, of }
}
