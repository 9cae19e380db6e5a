//! Whether evidence and findings quote what stands in the report.

use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;
use vocab::evidence::Span;

use super::Check;
use crate::{Result, evidence, finding, news_report, reading};

/// Reports whose keys are read in one statement; their texts are read one by one.
const AT_ONCE: u64 = 1_000;

pub(super) async fn check(db: &DatabaseTransaction) -> Result<Check> {
    let mut check = Check::of("every quote stands in its report where it says");
    let mut behind = Uuid::nil();
    loop {
        let next = news_report::Entity::find().select_only().column(news_report::Column::Id);
        let next = next.filter(news_report::Column::Id.gt(behind)).order_by_asc(news_report::Column::Id);
        let reports: Vec<Uuid> = next.limit(AT_ONCE).into_tuple().all(db).await?;
        let Some(last) = reports.last() else { return Ok(check) };
        behind = *last;
        for report in reports {
            of_report(db, report, &mut check).await?;
        }
    }
}

async fn of_report(db: &DatabaseTransaction, id: Uuid, check: &mut Check) -> Result<()> {
    let text = news_report::Entity::find_by_id(id).select_only().column(news_report::Column::Text);
    let Some(text) = text.into_tuple::<String>().one(db).await? else { return Ok(()) };
    let mut look = |start: usize, end: usize, quote: &str, of: &str, id: Uuid| {
        check.looked_at += 1;
        if cut(&text, start, end) != Some(quote) {
            check.fails(format_args!("{of} {id}: characters {start} to {end} of its report are not what it quotes"));
        }
    };
    for row in evidence::Entity::find().filter(evidence::Column::ReportId.eq(id)).all(db).await? {
        let place = |number| usize::try_from(number).unwrap_or(usize::MAX);
        look(place(row.span_start), place(row.span_end), &row.quote, "evidence", row.id);
    }
    for reading in reading::of_report(db, id).await? {
        for row in finding::of_reading(db, reading.id).await? {
            let spans: Vec<Span> = serde_json::from_value(row.spans).unwrap_or_default();
            for span in spans {
                look(span.start, span.end, &span.quote, "finding", row.id);
            }
        }
    }
    Ok(())
}

/// The characters from one place to before another.
fn cut(text: &str, start: usize, end: usize) -> Option<&str> {
    let mut places = text.char_indices().map(|(place, _)| place).chain([text.len()]);
    let first = places.clone().nth(start)?;
    let last = places.nth(end)?;
    text.get(first..last)
}

#[cfg(test)]
mod tests {
    use super::cut;

    #[test]
    fn a_cut_counts_characters() {
        assert_eq!(cut("é état", 2, 6), Some("état"));
        assert_eq!(cut("é", 0, 1), Some("é"));
        assert_eq!(cut("é", 1, 1), Some(""));
        assert_eq!(cut("é", 0, 2), None);
        assert_eq!(cut("ab", 2, 1), None);
    }
}
