//! The lines of a page, each with its place.

use crate::reading::Cut;

/// A line of a page.
#[derive(Debug, Clone)]
pub struct Line {
    /// Where it begins in the page, in Unicode scalar values.
    pub start: usize,
    /// One past its end.
    pub end: usize,
    /// The line as it stands in the page.
    pub raw: String,
    /// The line without control characters and with single spaces.
    pub text: String,
    /// Places of control characters, which cleaning drops.
    pub control: Vec<(usize, char)>,
}

impl Line {
    /// The line as something that was cut.
    pub fn cut(self, reason: &str) -> Cut {
        Cut { start: self.start, end: self.end, reason: reason.to_owned(), text: self.raw }
    }
}

/// The lines of a page. Leading and trailing white space is left out of a line.
pub fn lines(page: &str) -> Vec<Line> {
    let mut start = 0;
    let mut lines = Vec::new();
    let mut empty = false;
    for raw in page.split('\n') {
        let length = raw.chars().count();
        if empty && length == 0 {
            start += 1;
            continue;
        }
        empty = length == 0;
        let trimmed = raw.trim_matches(|c: char| c.is_whitespace());
        let before = raw.chars().take_while(|c| c.is_whitespace()).count();
        let first = start + before;
        let control =
            trimmed.chars().enumerate().filter(|(_, c)| is_control(*c)).map(|(at, c)| (first + at, c)).collect();
        lines.push(Line {
            start: first,
            end: first + trimmed.chars().count(),
            raw: trimmed.to_owned(),
            text: single_spaced(trimmed),
            control,
        });
        start += length + 1;
    }
    lines
}

/// Control characters and invisible marks.
pub fn is_control(c: char) -> bool {
    (c.is_control() && c != '\t' && c != '\r')
        || matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{ad}' | '\u{fffe}' | '\u{ffff}')
}

fn single_spaced(line: &str) -> String {
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
