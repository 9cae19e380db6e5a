//! The headline and the day of publication.

use chrono::NaiveDate;

use super::{
    Page,
    lines::{Line, characters},
    words,
};
use crate::document::Document;

/// A headline is no longer than this, in characters.
const LONGEST: usize = 200;
/// A line that gives the day of publication is no longer than this, in characters.
const DATE_LINE: usize = 60;
/// The day of publication stands among the first lines.
const FIRST: usize = 8;

/// Puts the lines together again, and finds the headline and the day of publication among the first of them.
pub fn assemble(lines: Vec<Line<'_>>, page_title: Option<&str>) -> Page {
    let mut page = Page::default();
    let mut lines = strip_stamp(lines, &mut page);
    lines.dedup_by(|a, b| a.text.is_empty() && b.text.is_empty());
    let first: Vec<(&Line<'_>, Option<NaiveDate>)> = lines
        .iter()
        .filter(|line| !line.text.is_empty())
        .take(FIRST + 1)
        .map(|line| (line, date_line(&line.text)))
        .collect();
    let (first, more) = first.split_at(first.len().min(FIRST));
    page.published_on = page.published_on.or(first.iter().find_map(|(_, date)| *date));
    let mut before_body = first.iter().take_while(|(line, date)| date.is_some() || !is_paragraph(&line.text)).count();
    if before_body == first.len() && more.is_empty() {
        before_body = 0;
    }
    let before_body = &first[..before_body];
    let headline_until = before_body.last().map_or(0, |(line, _)| line.end);
    let headline = before_body.iter().find(|(_, date)| date.is_none()).map(|(line, _)| line.text.clone().into_owned());
    page.title = headline.or_else(|| page_title.map(str::to_owned));
    page.text.reserve(lines.iter().map(|line| line.text.len() + 1).sum());
    for line in &lines {
        if line.text.is_empty() && page.text.is_empty() {
            continue;
        }
        page.text.push_str(&line.text);
        if line.end <= headline_until {
            page.headline_end = page.text.len();
        }
        page.text.push('\n');
    }
    page.text.truncate(page.text.trim_end().len());
    page.headline_end = page.headline_end.min(page.text.len());
    page
}

/// Whether a line belongs to the body: it is long, or ends a sentence.
fn is_paragraph(line: &str) -> bool {
    characters(line) > LONGEST || (line.ends_with(['.', '!', '?']) && words(line) > 6)
}

/// The day that a line gives, if the line says little more than a date.
pub fn date_line(line: &str) -> Option<NaiveDate> {
    let digits = || line.bytes().filter(u8::is_ascii_digit).count();
    if characters(line) > DATE_LINE || digits() < 5 {
        return None; // a year has four digits, a day one at least
    }
    let document = Document::new(line, 0, None);
    let date = document.dates().iter().find(|date| date.year.is_some() && date.day.is_some())?;
    let label = ["published", "on", "date", "posted", "updated", "release", "last", "sent"];
    let words = (0..document.tokens.len()).filter(|i| !date.tokens.contains(i));
    let other =
        words.filter(|i| matches!(document.tokens[*i].kind, crate::text::Kind::Word) && !document.is_any(*i, &label));
    (other.count() <= 4).then(|| date.day_before(None)).flatten()
}

/// Takes a machine's stamp (`date 2019-08-06`) off the beginning of the first line: it gives the day of publication.
fn strip_stamp<'p>(mut lines: Vec<Line<'p>>, page: &mut Page) -> Vec<Line<'p>> {
    let Some(first) = lines.iter_mut().find(|line| !line.text.is_empty()) else { return lines };
    let Some(rest) = first.text.strip_prefix("date ").filter(|_| first.exact) else { return lines };
    let Some(day) = rest.get(..10).and_then(|day| day.parse::<NaiveDate>().ok()) else { return lines };
    page.published_on = Some(day);
    let stamp: String = first.raw.chars().take(15).collect();
    page.cut.push(crate::reading::Cut {
        start: first.start,
        end: first.start + stamp.chars().count(),
        reason: "page data".to_owned(),
        text: stamp,
    });
    first.text = rest[10..].trim_start().to_owned().into();
    lines
}
