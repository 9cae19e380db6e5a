//! The words of news reports behind an entry.

use std::collections::HashMap;

use store::{Result, by_ids_at, by_parents_at, evidence, news_report};
use uuid::Uuid;
use vocab::Language;

use super::words;
use crate::{
    answer::Asked,
    brief::words::{REPORT, day, fill, isolated, say, shortened},
};

/// The most quotes of an entry, and the most letters of one.
const MOST: usize = 3;
const LONGEST: usize = 300;

/// Words that tell something by themselves; a day or a place alone does not.
const FEWEST_WORDS: usize = 6;

/// The quotes of some records.
pub(super) struct Quotes(HashMap<Uuid, Vec<String>>);

impl Quotes {
    /// The quotes of these records, each with where it stood.
    pub(super) async fn of(asked: Asked<'_>, records: &[Uuid], language: Language) -> Result<Self> {
        let column = evidence::Column::RecordId;
        let rows = by_parents_at::<evidence::Entity>(asked.db, column, records, None).await?;
        let reports: Vec<Uuid> = rows.iter().map(|row| row.report_id).collect();
        let reports = by_ids_at::<news_report::Entity>(asked.db, &reports, None).await?;
        let mut quotes: HashMap<Uuid, Vec<String>> = HashMap::new();
        for row in rows {
            let Some(report) = reports.get(&row.report_id) else { continue };
            let (quote, source) = (shortened(quote(&row, report), LONGEST), source(report, language));
            let line = fill(words::QUOTE, language, &[("quote", &quote), ("source", &source)]);
            let lines = quotes.entry(row.record_id).or_default();
            if lines.len() < MOST && !lines.contains(&line) {
                lines.push(line);
            }
        }
        Ok(Self(quotes))
    }

    /// The quotes of a record, a line each.
    pub(super) fn lines(&self, record: Uuid) -> impl Iterator<Item = String> {
        self.0.get(&record).into_iter().flatten().cloned()
    }
}

/// The words of an evidence; the paragraph in which they stand, where they are too few to tell something by themselves.
fn quote<'a>(row: &'a evidence::Model, report: &'a news_report::Model) -> &'a str {
    if row.quote.split_whitespace().count() >= FEWEST_WORDS {
        return &row.quote;
    }
    let start = usize::try_from(row.span_start).unwrap_or_default();
    paragraph(&report.text, start).unwrap_or(&row.quote)
}

/// The paragraph in which a character of a text stands.
fn paragraph(text: &str, mut place: usize) -> Option<&str> {
    text.split('\n').find(|paragraph| {
        let length = paragraph.chars().count() + 1;
        let is_here = place < length;
        place = place.saturating_sub(length);
        is_here
    })
}

/// Who published a report and when, as far as known.
fn source(report: &news_report::Model, language: Language) -> String {
    let publisher = report.publisher.as_deref().unwrap_or(say(REPORT, language)).to_owned();
    let published_on = report.published_on.map(|on| day(on, language));
    [isolated(&publisher, language)]
        .into_iter()
        .chain(published_on)
        .collect::<Vec<_>>()
        .join(say(words::COMMA, language))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_stands_in_its_paragraph() {
        let text = "Été\n\nIn Rabat\nthey met";
        for (place, expected) in [(0, "Été"), (3, "Été"), (4, ""), (5, "In Rabat"), (8, "In Rabat"), (14, "they met")]
        {
            assert_eq!(paragraph(text, place), Some(expected), "{place}");
        }
        assert_eq!(paragraph(text, 99), None);
    }
}
