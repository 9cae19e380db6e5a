//! Lines that belong to the page and not to the report.

use super::lines::Line;
use crate::pack::{self, Chrome};

/// A line of at least this many characters that ends a sentence belongs to a report.
const PARAGRAPH: usize = 140;

/// A line of at least this many characters that ends a sentence shows that the body has begun.
const SENTENCE: usize = 80;

/// A line longer than this is compared only by its beginning.
const COMPARED: usize = 300;

/// Parts lines into those of the report and those of the page, each of these with the reason.
pub fn part(lines: &[Line]) -> (Vec<Line>, Vec<(Line, &'static str)>) {
    let mut kept: Vec<Line> = Vec::new();
    let mut cut: Vec<(Line, &'static str)> = Vec::new();
    let mut rest: Option<&'static str> = None;
    let mut block: Option<&'static str> = None;
    let mut body = false;
    for line in lines {
        cut.extend(line.control.iter().map(|(at, c)| (control(*at, *c), "control character")));
        if line.text.is_empty() {
            kept.push(line.clone());
            continue;
        }
        let paragraph = line.text.len() >= PARAGRAPH && line.text.ends_with(['.', '!', '?', '”', '"']);
        if paragraph {
            block = None;
        }
        let found = chrome(&line.text);
        let reason = rest.or(block).or(found.map(|row| row.reason));
        match reason {
            Some(reason) if !(found.is_none() && rest.is_none() && paragraph) => cut.push((line.clone(), reason)),
            _ => {
                body |= line.text.len() >= SENTENCE && line.text.ends_with(['.', '!', '?', '”', '"']);
                kept.push(line.clone());
            }
        }
        if let Some(row) = found.filter(|_| body) {
            rest = rest.or(Some(row.reason).filter(|_| row.takes == "rest"));
            block = block.or(Some(row.reason).filter(|_| row.takes == "block"));
        }
    }
    let repeated = repeated_headlines(&kept);
    let mut report = Vec::new();
    for (at, line) in kept.into_iter().enumerate() {
        if repeated.contains(&at) { cut.push((line, "repeated headline")) } else { report.push(line) }
    }
    cut.retain(|(line, _)| !line.raw.is_empty());
    (report, cut)
}

fn control(at: usize, c: char) -> Line {
    Line { start: at, end: at + 1, raw: c.to_string(), text: String::new(), control: Vec::new() }
}

/// The row of the pack that a line fits.
fn chrome(line: &str) -> Option<&'static Chrome> {
    if line.len() > COMPARED {
        return None;
    }
    let folded = vocab::fold(line);
    let starts = |words: &str| folded.strip_prefix(words).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
    let long = line.len() >= PARAGRAPH;
    pack::english().chrome.iter().find(|row| match row.compare {
        "is" => folded == row.words,
        "begins" => starts(row.words) && (!long || row.reason == "disclaimer"),
        "ends" => folded.ends_with(row.words),
        _ => folded.contains(row.words),
    })
}

/// Later lines among the first that say the same as an earlier one.
fn repeated_headlines(lines: &[Line]) -> Vec<usize> {
    const FIRST: usize = 12;
    let filled: Vec<(usize, String)> = lines
        .iter()
        .enumerate()
        .filter(|(_, line)| !line.text.is_empty() && line.text.len() <= COMPARED)
        .take(FIRST)
        .map(|(at, line)| (at, vocab::fold(&line.text)))
        .collect();
    let repeats = |i: usize| filled[..i].iter().any(|(_, earlier)| !earlier.is_empty() && *earlier == filled[i].1);
    (1..filled.len()).filter(|i| repeats(*i)).map(|i| filled[i].0).collect()
}
