//! From what was handed in to the text of the report: what belongs to the page and not to the report is cut, and kept
//! beside it.

mod chat;
mod chrome;
mod entities;
mod furniture;
mod headline;
mod html;
mod lines;
mod mail;
mod markup;
mod repeated;
mod structure;
mod wrapped;

use chrono::NaiveDate;
use vocab::ReportFormat;

use crate::{Report, reading::Cut};

/// A page without what is no part of its report.
#[derive(Debug, Default)]
pub struct Page {
    /// The cleaned text.
    pub text: String,
    /// The headline.
    pub title: Option<String>,
    /// One past the last byte of the headline in `text`.
    pub headline_end: usize,
    /// The day of publication, as the page says.
    pub published_on: Option<NaiveDate>,
    /// What was cut.
    pub cut: Vec<Cut>,
}

/// A line of at least this many characters that ends a sentence shows that the body has begun.
const SENTENCE: usize = 80;

/// Cleans a report.
pub fn clean(report: &Report<'_>) -> Page {
    let page = match report.format {
        ReportFormat::Plain => html::Content { lines: lines::lines(report.text), ..html::Content::default() },
        ReportFormat::Html => html::content(report.text),
    };
    let (kept, cut) = chrome::part(page.lines, page.title.as_deref());
    let mut cleaned = headline::assemble(wrapped::unwrap(kept), page.title.as_deref());
    cleaned.cut.extend(page.cut);
    cleaned.cut.extend(cut);
    cleaned.cut.sort_by_key(|cut| cut.start);
    cleaned.published_on = cleaned.published_on.or(page.published_on);
    cleaned
}

/// Whether a line ends as a sentence does.
fn ends_sentence(line: &str) -> bool {
    line.ends_with(['.', '!', '?', '؟', '”', '"']) && !line.ends_with("...")
}

/// How many words a line has. Counting single bytes goes many at a time.
fn words(line: &str) -> usize {
    line.bytes().filter(|byte| *byte == b' ').count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(text: &str, format: ReportFormat) -> Page {
        clean(&Report { text, format, published_on: None, language: None, known: crate::Known::nothing() })
    }

    const PLAIN: &str = "You are using Google Translate.\n\nyour opinion\n\n    Lake Talks in Dakar\n\n    4 May 2021\n\n    \
        The Minister of Water received a guest from\u{0} UNESCO on Monday, and they spoke at length about the lake.\n\n    Latest articles\n\nOther story";

    #[test]
    fn what_belongs_to_the_page_is_cut_and_kept_beside() {
        let page = page(PLAIN, ReportFormat::Plain);
        assert_eq!(page.title.as_deref(), Some("Lake Talks in Dakar"));
        assert_eq!(page.published_on.map(|d| d.to_string()).as_deref(), Some("2021-05-04"));
        assert!(
            page.text.starts_with("Lake Talks in Dakar\n\n4 May 2021\n\nThe Minister")
                && page.text.ends_with("the lake.")
        );
        let reasons: Vec<&str> = page.cut.iter().map(|cut| cut.reason.as_str()).collect();
        assert_eq!(
            reasons,
            ["translation banner", "rating form", "control character", "links to other pages", "links to other pages"]
        );
        for cut in &page.cut {
            let there: String = PLAIN.chars().skip(cut.start).take(cut.end - cut.start).collect();
            assert_eq!(there, cut.text);
        }
    }

    #[test]
    fn a_page_gives_its_article() {
        let paragraph = "<p>The Minister of Water received a guest from UNESCO, and they spoke at length about the lake, its fish and its shores.</p>";
        let html = format!(
            "<html><head><title>Lake Talks</title></head><body><nav><a href='/'>Home</a></nav><article><h1>Lake Talks</h1>{}</article>\
             <footer>All rights reserved</footer></body></html>",
            paragraph.repeat(6)
        );
        let page = page(&html, ReportFormat::Html);
        assert!(page.text.contains("their shores") || page.text.contains("its shores."));
        assert!(!page.text.contains("rights reserved") && !page.text.contains('<'));
    }

    #[test]
    fn deep_or_broken_markup_is_no_trouble() {
        for html in ["<div>".repeat(200_000), "<".repeat(1000), "<p".repeat(500), "&amp".repeat(99), String::new()] {
            page(&html, ReportFormat::Html);
        }
    }
}
