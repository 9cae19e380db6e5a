//! What a question finds in the book before its rows are given words: the part of an answer that needs no database.

use std::cmp::Reverse;

use crate::answer::{Answer, Cell};

/// The most rows that a list of single records shows. Tables over closed lists (states, areas, kinds) are never cut.
pub(crate) const MOST: usize = 1_000;

/// The rows of an answer, and how many records could be judged of how many there are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found<R> {
    /// The rows.
    pub(crate) rows: Vec<R>,
    /// How many records could be judged.
    pub(crate) judged: usize,
    /// How many there are.
    pub(crate) of: usize,
}

impl<R> Found<R> {
    /// In this order and no more than [`MOST`]. A record whose row is left out counts as not judged, so that the coverage
    /// tells of it; `is_judged` says of a row whether its record counted as judged.
    ///
    /// The key ends with an identifier, so that the answer is the same every time.
    pub(crate) fn first<K: Ord>(mut self, key: impl Fn(&R) -> K, is_judged: impl Fn(&R) -> bool) -> Self {
        if self.rows.len() > MOST {
            // Half a million rows are not put in order for the sake of a thousand.
            self.rows.select_nth_unstable_by_key(MOST, &key);
            let beyond = self.rows.drain(MOST..).filter(is_judged).count();
            // A record may have several rows.
            self.judged = self.judged.saturating_sub(beyond);
        }
        self.rows.sort_unstable_by_key(key);
        self
    }

    /// As [`Found::first`], where the order is that of time and the last rows are those that count.
    pub(crate) fn last<K: Ord>(self, key: impl Fn(&R) -> K) -> Self {
        let mut last = self.first(|row| Reverse(key(row)), |_| true);
        last.rows.reverse();
        last
    }

    /// The answer of these rows in cells.
    pub(crate) fn told(&self, cells: impl FnMut(&R) -> Vec<Cell>) -> Answer {
        Answer::new(self.rows.iter().map(cells), self.judged, self.of)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_cut_counts_as_not_judged() {
        let found = |rows: usize| Found { rows: (0..rows).rev().collect(), judged: rows, of: rows + 5 };
        for (rows, shown, judged) in [(0, 0, 0), (1, 1, 1), (MOST, MOST, MOST), (MOST + 3, MOST, MOST)] {
            let (first, last) = (found(rows).first(|row| *row, |_| true), found(rows).last(|row| *row));
            for found in [&first, &last] {
                assert_eq!((found.rows.len(), found.judged, found.of), (shown, judged, rows + 5));
            }
            assert!(first.rows.into_iter().eq(0..shown), "the first {shown} of {rows}, in order");
            assert!(last.rows.into_iter().eq(rows - shown..rows), "the last {shown} of {rows}, in order");
            assert_eq!(found(rows).first(|row| *row, |_| false).judged, rows, "no row was judged");
        }
    }
}
