//! A weekday and a date that contradict each other: `on Tuesday, September 3, 2020`.

use super::{Example, Rule};
use crate::{draft::Draft, reading::Doubt};
use chrono::Datelike;
use vocab::DoubtCode;

/// A weekday and a date that contradict each other.
pub const RULE: Rule = Rule {
    name: "weekday-mismatch",
    example: Example {
        text: "Hana Sato, Minister of Water of Japan, met Anna Berg, Director-General of UNESCO, on Monday, 5 May 2021.",
        reads: &["doubt weekday-mismatch"],
    },
    apply,
};

fn apply(draft: &mut Draft<'_, '_>) {
    let document = draft.document;
    for date in document.dates() {
        let (Some(weekday), Some(_)) = (date.weekday, date.day) else { continue };
        let Some(day) = date.day_before(document.published_on) else { continue };
        if day.weekday().num_days_from_monday() != weekday {
            let written = document.words(date.tokens.clone());
            draft.doubts.push(Doubt {
                code: DoubtCode::WeekdayMismatch,
                message: format!("\"{written}\" cannot be: {day} is a {}.", day.format("%A")),
                evidence: vec![document.span(date.tokens.clone())],
            });
        }
        if draft.doubts.len() >= LIMIT {
            return;
        }
    }
}

/// More doubts than this help nobody.
const LIMIT: usize = 20;
