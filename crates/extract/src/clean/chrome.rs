//! Lines that belong to the page and not to the report.

use super::lines::Line;
use crate::{
    pack::{self, Chrome},
    reading::Cut,
    text,
};

/// A line of at least this many characters that ends a sentence belongs to a report.
const PARAGRAPH: usize = 140;

/// A line of at least this many characters that ends a sentence shows that the body has begun.
const SENTENCE: usize = 80;

/// A line longer than this is compared only by its beginning.
const COMPARED: usize = 300;

/// Parts lines into those of the report and what is cut as a part of the page.
pub fn part(lines: Vec<Line<'_>>) -> (Vec<Line<'_>>, Vec<Cut>) {
    let mut kept: Vec<Line<'_>> = Vec::new();
    let mut cut: Vec<Cut> = Vec::new();
    let mut rest: Option<&'static str> = None;
    let mut block: Option<&'static str> = None;
    let mut body = false;
    for line in lines {
        cut.extend(line.control());
        if line.text.is_empty() {
            kept.push(line);
            continue;
        }
        let ends = line.text.ends_with(['.', '!', '?', '”', '"']);
        let paragraph = line.text.len() >= PARAGRAPH && ends;
        // A false cut is worse than a link that stays: a sentence of some length ends the links.
        if line.text.len() >= SENTENCE && ends {
            block = None;
        }
        let found = chrome(&line.text);
        let reason = rest.or(block).or(found.map(|row| row.reason));
        match reason {
            Some(reason) if !(found.is_none() && rest.is_none() && paragraph) => cut.push(line.cut(reason)),
            _ => {
                body |= line.text.len() >= SENTENCE && ends;
                kept.push(line);
            }
        }
        if let Some(row) = found.filter(|_| body) {
            rest = rest.or(Some(row.reason).filter(|_| row.takes == "rest"));
            block = block.or(Some(row.reason).filter(|_| row.takes == "block"));
        }
    }
    let repeated = repeated_headlines(&kept);
    let mut at = 0;
    kept.retain(|line| {
        let again = repeated.contains(&at);
        at += 1;
        cut.extend(again.then(|| line.cut("repeated headline")));
        !again
    });
    cut.retain(|cut| !cut.text.is_empty());
    (kept, cut)
}

/// The row of the pack that a line fits.
fn chrome(line: &str) -> Option<&'static Chrome> {
    if line.len() > COMPARED {
        return None;
    }
    let folded = text::fold(line);
    let long = line.len() >= PARAGRAPH;
    let pack = pack::english();
    let mut first: Option<usize> = None;
    for (at, word) in words(&folded) {
        for number in pack.chrome_by_word.get(word).into_iter().flatten() {
            let row = &pack.chrome[*number];
            let Some(rest) = folded[at..].strip_prefix(row.words).filter(|r| r.is_empty() || r.starts_with(' ')) else {
                continue;
            };
            let fits = match row.compare {
                "is" => at == 0 && rest.is_empty(),
                "begins" => at == 0 && (!long || row.reason == "disclaimer"),
                "ends" => rest.is_empty(),
                _ => true,
            };
            if fits && first.is_none_or(|first| *number < first) {
                first = Some(*number);
            }
        }
    }
    first.map(|number| &pack.chrome[number])
}

/// The words of a folded text, each with its place.
fn words(folded: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    folded.split(' ').map(move |word| {
        let place = at;
        at += word.len() + 1;
        (place, word)
    })
}

/// Later lines among the first that say the same as an earlier one.
fn repeated_headlines(lines: &[Line<'_>]) -> Vec<usize> {
    const FIRST: usize = 12;
    let filled: Vec<(usize, String)> = lines
        .iter()
        .enumerate()
        .filter(|(_, line)| !line.text.is_empty() && line.text.len() <= COMPARED)
        .take(FIRST)
        .map(|(at, line)| (at, text::fold(&line.text)))
        .collect();
    let repeats = |i: usize| filled[..i].iter().any(|(_, earlier)| !earlier.is_empty() && *earlier == filled[i].1);
    (1..filled.len()).filter(|i| repeats(*i)).map(|i| filled[i].0).collect()
}
