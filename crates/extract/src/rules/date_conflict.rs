//! Two statements of the same date that differ: the dateline has one year, the text the next.

use super::{Example, Rule};
use crate::{date, draft::Draft, reading::Doubt};
use vocab::DoubtCode;

/// Two statements of the same date that differ.
pub const RULE: Rule = Rule {
    name: "date-conflict",
    example: Example {
        text: "Paris, France – 5 May 2020: On Wednesday, 5 May 2021, Hana Sato, Minister of Water of Japan, met Anna Berg, Director-General of UNESCO.",
        reads: &["doubt date-conflict"],
    },
    apply,
};

/// The same day and month in two different years, close together: one of the two years is wrong.
fn apply(draft: &mut Draft<'_, '_>) {
    let document = draft.document;
    let full = |date: &&date::Written| date.year.is_some() && date.day.is_some();
    let dates: Vec<_> = document.dates().iter().filter(full).take(8).collect();
    for pair in dates.windows(2) {
        let (first, second) = (pair[0], pair[1]);
        let near = second.tokens.start - first.tokens.end <= NEAR;
        if near && (first.month, first.day) == (second.month, second.day) && first.year != second.year {
            let (one, other) = (document.words(first.tokens.clone()), document.words(second.tokens.clone()));
            draft.doubts.push(Doubt {
                code: DoubtCode::DateConflict,
                message: format!("\"{one}\" and \"{other}\" give the same day two years."),
                evidence: vec![document.span(first.tokens.clone()), document.span(second.tokens.clone())],
            });
            return;
        }
    }
}

/// Two dates further apart than this, in tokens, are statements of two things.
const NEAR: usize = 12;
