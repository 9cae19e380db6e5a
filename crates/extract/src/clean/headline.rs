//! The headline and the day of publication.

use chrono::NaiveDate;

use super::{Page, lines::Line};
use crate::{date, document::Document};

/// A headline is no longer than this, in characters.
const LONGEST: usize = 200;
/// A line that gives the day of publication is no longer than this, in characters.
const DATE_LINE: usize = 60;
/// The day of publication stands among the first lines.
const FIRST: usize = 8;

/// Puts the lines together again, and finds the headline and the day of publication among the first of them.
pub fn assemble(lines: Vec<Line>, page_title: Option<&str>) -> Page {
    let mut page = Page::default();
    let mut lines = strip_stamp(lines, &mut page);
    lines.dedup_by(|a, b| a.text.is_empty() && b.text.is_empty());
    let filled: Vec<usize> = (0..lines.len()).filter(|i| !lines[*i].text.is_empty()).collect();
    let mut before_body =
        filled.iter().copied().take(FIRST).take_while(|i| !is_paragraph(&lines[*i].text)).collect::<Vec<_>>();
    if before_body.len() == filled.len() {
        before_body.truncate(0);
    }
    for at in filled.iter().copied().take(FIRST) {
        if page.published_on.is_none() {
            page.published_on = date_line(&lines[at].text);
        }
    }
    let mut headline_until = 0;
    for line in before_body.iter().map(|at| &lines[*at]) {
        let is_date = date_line(&line.text).is_some();
        if page.title.is_none() && !is_date {
            page.title = Some(line.text.clone());
        }
        headline_until = line.end;
    }
    page.title = page.title.or_else(|| page_title.map(str::to_owned));
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
    line.chars().nth(LONGEST).is_some()
        || (line.ends_with(['.', '!', '?']) && line.split(' ').count() > 6 && date_line(line).is_none())
}

/// The day that a line gives, if the line says little more than a date.
fn date_line(line: &str) -> Option<NaiveDate> {
    if line.chars().nth(DATE_LINE).is_some() {
        return None;
    }
    let document = Document::new(line, 0, None);
    let dates = date::dates(&document, 0..document.tokens.len());
    let date = dates.iter().find(|date| date.year.is_some() && date.day.is_some())?;
    let label = ["published", "on", "date", "posted", "updated", "release", "last"];
    let words = (0..document.tokens.len()).filter(|i| !date.tokens.contains(i));
    let other =
        words.filter(|i| matches!(document.tokens[*i].kind, crate::text::Kind::Word) && !document.is_any(*i, &label));
    (other.count() <= 4).then(|| date.day_before(None)).flatten()
}

/// Takes a machine's stamp (`date 2019-08-06`) off the beginning of the first line: it gives the day of publication.
fn strip_stamp(mut lines: Vec<Line>, page: &mut Page) -> Vec<Line> {
    let Some(first) = lines.iter_mut().find(|line| !line.text.is_empty()) else { return lines };
    let Some(rest) = first.text.strip_prefix("date ") else { return lines };
    let Some(day) = rest.get(..10).and_then(|day| day.parse::<NaiveDate>().ok()) else { return lines };
    page.published_on = Some(day);
    let stamp: String = first.raw.chars().take(15).collect();
    page.cut.push(crate::reading::Cut {
        start: first.start,
        end: first.start + stamp.chars().count(),
        reason: "page data".to_owned(),
        text: stamp,
    });
    first.text = rest[10..].trim_start().to_owned();
    lines
}
