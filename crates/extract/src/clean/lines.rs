//! The lines of a page, each with its place.

use std::borrow::Cow;

use super::entities::mend;
use crate::reading::Cut;

/// A line of a page.
#[derive(Debug, Default)]
pub struct Line<'p> {
    /// Where it begins in the page, in Unicode scalar values.
    pub start: usize,
    /// One past its end.
    pub end: usize,
    /// The words of the line as they stand in the page.
    pub raw: Cow<'p, str>,
    /// The line without control characters, with single spaces, and with what was broken in it mended.
    pub text: Cow<'p, str>,
    /// Whether `raw` is the very piece of the page from `start` to `end`, without markup in it.
    pub exact: bool,
}

impl Line<'_> {
    /// The line as something that was cut.
    pub fn cut(&self, reason: &str) -> Cut {
        Cut { start: self.start, end: self.end, reason: reason.to_owned(), text: self.raw.clone().into_owned() }
    }

    /// The control characters in it, which cleaning drops.
    pub fn control(&self) -> impl Iterator<Item = Cut> + '_ {
        let dropped = |(at, c): (usize, char)| Cut {
            start: self.start + at,
            end: self.start + at + 1,
            reason: "control character".to_owned(),
            text: c.to_string(),
        };
        let tidy = matches!(self.text, Cow::Borrowed(_)) || !self.exact;
        let letters = if tidy { "" } else { &*self.raw };
        letters.chars().enumerate().filter(|(_, c)| is_control(*c)).map(dropped)
    }
}

/// The lines of a page. Leading and trailing white space is left out of a line.
pub fn lines(page: &str) -> Vec<Line<'_>> {
    let mut start = 0;
    let mut lines = Vec::new();
    let mut empty = false;
    for raw in page.split('\n') {
        if empty && raw.is_empty() {
            start += 1;
            continue;
        }
        empty = raw.is_empty();
        let trimmed = raw.trim_start();
        let first = start + characters(&raw[..raw.len() - trimmed.len()]);
        start += characters(raw) + 1;
        let trimmed = trimmed.trim_end();
        let end = first + characters(trimmed);
        lines.push(Line { start: first, end, raw: Cow::Borrowed(trimmed), text: tidied(trimmed), exact: true });
    }
    lines
}

fn tidied(line: &str) -> Cow<'_, str> {
    match mend(line) {
        Cow::Borrowed(line) if is_tidy(line) => Cow::Borrowed(line),
        line => Cow::Owned(single_spaced(&line)),
    }
}

/// How many Unicode scalar values a text has.
pub fn characters(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.chars().count() }
}

/// Control characters and invisible marks.
pub fn is_control(c: char) -> bool {
    (c.is_control() && c != '\t' && c != '\r')
        || matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{ad}' | '\u{fffe}' | '\u{ffff}')
}

/// Whether nothing has to be done to a line: no control characters, and no white space but single spaces.
fn is_tidy(line: &str) -> bool {
    let mut rest = line;
    while let Some(at) = rest.bytes().position(|byte| !matches!(byte, b' '..=b'~')) {
        let mut letters = rest[at..].chars();
        if letters.next().is_some_and(|c| c.is_whitespace() || is_control(c)) {
            return false;
        }
        rest = letters.as_str();
    }
    !line.contains("  ")
}

/// A line without control characters and with single spaces.
pub fn single_spaced(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    for c in line.chars().filter(|c| !is_control(*c)) {
        if !c.is_whitespace() {
            out.push(c);
        } else if !out.ends_with(' ') && !out.is_empty() {
            out.push(' ');
        }
    }
    out.truncate(out.trim_end().len());
    out
}
