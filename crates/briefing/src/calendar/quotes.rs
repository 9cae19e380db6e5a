//! The words of news reports behind an entry.

use std::collections::HashMap;

use store::{Result, by_ids_at, by_parents_at, evidence, news_report};
use uuid::Uuid;
use vocab::Language;

use super::words;
use crate::{
    answer::Asked,
    brief::words::{REPORT, day, fill, say, shortened},
};

/// The most quotes of an entry, and the most letters of one.
const MOST: usize = 3;
const LONGEST: usize = 300;

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
            let source = reports.get(&row.report_id).map(|report| source(report, language)).unwrap_or_default();
            let quote = shortened(&row.quote, LONGEST);
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

/// Who published a report and when, as far as known.
fn source(report: &news_report::Model, language: Language) -> String {
    let publisher = report.publisher.as_deref().unwrap_or(say(REPORT, language)).to_owned();
    let published_on = report.published_on.map(|on| day(on, language));
    [publisher].into_iter().chain(published_on).collect::<Vec<_>>().join(say(words::COMMA, language))
}
