//! The news reports behind the lines, numbered in the order in which the lines speak of them.

use std::collections::HashMap;

use store::{Result, by_ids_at, by_parents_at, evidence, news_report, update};
use uuid::Uuid;

use super::{Line, Section, Source};
use crate::answer::Asked;

/// Gives every line the numbers of its sources, and makes the list of them.
pub(super) async fn number(asked: Asked<'_>, sections: &mut [Section]) -> Result<Vec<Source>> {
    let told = told_by(asked, sections).await?;
    let mut reports: Vec<Uuid> = Vec::new();
    for line in lines(sections) {
        for report in line.record.iter().filter_map(|record| told.get(&record.id)).flatten() {
            let at = reports.iter().position(|known| known == report).unwrap_or_else(|| {
                reports.push(*report);
                reports.len() - 1
            });
            line.sources.push(at + 1);
        }
    }
    let mut rows = by_ids_at::<news_report::Entity>(asked.db, &reports, asked.clock.known_at).await?;
    let source = |(at, report): (usize, &Uuid)| {
        let row = rows.remove(report);
        let (title, publisher, url) =
            row.as_ref().map(|row| (row.title.clone(), row.publisher.clone(), row.url.clone())).unwrap_or_default();
        let published_on = row.and_then(|row| row.published_on);
        Source { number: at + 1, report_id: *report, title, publisher, published_on, url }
    };
    Ok(reports.iter().enumerate().map(source).collect())
}

fn lines(sections: &mut [Section]) -> impl Iterator<Item = &mut Line> {
    sections.iter_mut().flat_map(|section| &mut section.lines)
}

/// The reports behind each record: those it was read from, and those that tell of its progress by the day.
async fn told_by(asked: Asked<'_>, sections: &mut [Section]) -> Result<HashMap<Uuid, Vec<Uuid>>> {
    let mut ids: Vec<Uuid> = lines(sections).filter_map(|line| Some(line.record?.id)).collect();
    ids.sort_unstable();
    ids.dedup();
    let known_at = asked.clock.known_at;
    let read = by_parents_at::<evidence::Entity>(asked.db, evidence::Column::RecordId, &ids, known_at).await?;
    let said = by_parents_at::<update::Entity>(asked.db, update::Column::ActionId, &ids, known_at).await?;
    let read = read.into_iter().map(|row| (row.record_id, row.report_id));
    let said = said.into_iter().filter(|row| row.said_on <= asked.day());
    let said = said.filter_map(|row| Some((row.action_id, row.report_id?)));
    let mut told: HashMap<Uuid, Vec<Uuid>> = HashMap::new();
    for (record, report) in read.chain(said) {
        let reports = told.entry(record).or_default();
        if !reports.contains(&report) {
            reports.push(report);
        }
    }
    Ok(told)
}
