//! Where a fact stands in a report.

use serde::{Deserialize, Serialize};

/// A stretch of a report's cleaned text; cutting it out of that text gives the quote.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Span {
    /// The first character, counted in Unicode scalar values from 0.
    pub start: usize,
    /// One past the last character, counted in Unicode scalar values.
    pub end: usize,
    /// The words between the two.
    pub quote: String,
}

impl Span {
    /// Whether cutting this span out of `text` gives its quote.
    pub fn stands_in(&self, text: &str) -> bool {
        let mut from = text.chars().skip(self.start);
        self.start < self.end
            && self.quote.chars().count() == self.end - self.start
            && self.quote.chars().all(|expected| from.next() == Some(expected))
    }
}

#[cfg(test)]
mod tests {
    use super::Span;

    #[test]
    fn a_span_counts_characters_not_bytes() {
        let span = |start, end, quote: &str| Span { start, end, quote: quote.to_owned() };
        assert!(span(8, 14, "invite").stands_in("L’hôte, invite-t-on"));
        assert!(!span(9, 15, "invite").stands_in("L’hôte, invite-t-on"));
        assert!(!span(3, 3, "").stands_in("an empty span is no evidence"));
        assert!(!span(40, 46, "invite").stands_in("too short"));
    }
}
