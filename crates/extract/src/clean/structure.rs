//! What a line is by where it stands and how it is built: menus, paths, addresses, counters and what a sender says of
//! itself.

use std::ops::Range;

use super::{
    SENTENCE, ends_sentence,
    furniture::{self, Look},
    lines::Line,
    words,
};
use crate::text;

/// An entry of a menu is no longer than this, in words.
const ENTRY: usize = 4;
/// A menu has at least this many entries, and this many of them are known ones.
const ENTRIES: usize = 4;
const KNOWN: usize = 2;
/// What stands between the entries of a menu or a path in one line.
const BARS: [char; 9] = ['|', '›', '»', '>', '•', '·', '/', '→', '\t'];

/// Why each line is cut for how it is built; none if it is not.
pub fn reasons(lines: &[Line<'_>], looks: &[Look], title: Option<&str>) -> Vec<Option<&'static str>> {
    let mut reasons: Vec<Option<&'static str>> =
        lines.iter().zip(looks).map(|(line, look)| alone(line).filter(|_| !look.rest)).collect();
    let prose =
        |at: &usize| ends_sentence(&lines[*at].text) && lines[*at].text.len() >= SENTENCE && looks[*at].row.is_none();
    let first = (0..lines.len()).find(prose).unwrap_or(0);
    let last = (0..lines.len()).rfind(prose).map_or(0, |last| last + 1);
    let title = title.map(text::fold);
    for place in menus(lines, looks, 0..first).into_iter().chain(menus(lines, looks, last..lines.len())) {
        for at in place {
            let headline = title.as_ref().is_some_and(|title| *title == looks[at].folded);
            reasons[at] = reasons[at].or((!headline).then_some("site menu"));
        }
    }
    for at in (0..first).chain(last..lines.len()).filter(|at| is_count(&lines[*at].text) && !looks[*at].rest) {
        reasons[at] = reasons[at].or(Some("page data"));
    }
    for place in about(lines, first + 1) {
        place.for_each(|at| reasons[at] = reasons[at].or(Some("about the sender")));
    }
    reasons
}

/// Why a line is cut, whatever stands around it.
fn alone(line: &Line<'_>) -> Option<&'static str> {
    let text = &*line.text;
    let only_address = (text.starts_with("http://") || text.starts_with("https://")) && !text.contains(' ');
    [
        (only_address, "address of a page"),
        (text.starts_with('©') && text.len() < SENTENCE * 2, "copyright line"),
        (text.starts_with("1 2 3 4 5"), "rating form"),
        (is_bar(&line.raw), "site menu"),
    ]
    .into_iter()
    .find_map(|(holds, reason)| holds.then_some(reason))
}

/// Whether a line is a menu or a path: short parts between bars, of which the first is the way home or most are known.
fn is_bar(line: &str) -> bool {
    if line.len() > 2 * SENTENCE + 40 || ends_sentence(line) || !line.contains(BARS) {
        return false;
    }
    let parts: Vec<&str> = line.split(BARS).map(str::trim).filter(|part| !part.is_empty()).collect();
    let looks: Vec<Look> = parts.iter().map(|part| furniture::look(part)).collect();
    let known = looks.iter().filter(|look| look.menu || look.row.is_some()).count();
    let home = looks.first().is_some_and(|look| look.row.is_some_and(|row| row.takes == "path"));
    let short = parts.iter().all(|part| words(part) <= ENTRY);
    parts.len() >= 2 && (home || (short && known >= KNOWN && known * 2 >= parts.len()))
}

/// Runs of short lines without a sentence or a day, from the first to the last known entry of a menu in each.
fn menus(lines: &[Line<'_>], looks: &[Look], within: Range<usize>) -> Vec<Range<usize>> {
    let is_entry = |at: usize| {
        let text = &lines[at].text;
        !ends_sentence(text) && !looks[at].dated && words(text) <= ENTRY
    };
    let known = |at: &usize| looks[*at].menu || looks[*at].row.is_some_and(|row| MENUS.contains(&row.reason));
    let mut found = Vec::new();
    let mut at = within.start;
    while at < within.end {
        let end = at + (at..within.end).take_while(|at| is_entry(*at)).count();
        let first = (at..end).find(known);
        let last = (at..end).rev().find(known);
        if let (Some(first), Some(last)) = (first, last) {
            let entries = (first..=last).filter(|at| !lines[*at].text.is_empty()).count();
            let hits = (first..=last).filter(known).count();
            if entries >= ENTRIES && hits >= KNOWN && hits * 3 >= entries {
                found.push(first..last + 1);
            }
        }
        at = end.max(at + 1);
    }
    found
}

/// What the entries of menus are cut for.
const MENUS: [&str; 2] = ["site menu", "language switch"];

/// Whether a line is a bare number that is no year, as counters are.
fn is_count(line: &str) -> bool {
    line.len() <= 6 && line.parse::<u32>().is_ok_and(|count| !(1900..2100).contains(&count))
}

/// Where a sender tells about itself: a heading `About X`, and a paragraph that says what X is.
fn about(lines: &[Line<'_>], from: usize) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for at in from..lines.len() {
        let Some(rest) = lines[at].text.strip_prefix("About ") else { continue };
        let next = || (at + 1..lines.len()).find(|at| !lines[*at].text.is_empty());
        // Both may stand in one line.
        let (heading, told, last) = match (rest.split_once(": "), next()) {
            (Some((heading, told)), _) => (heading, told, at),
            (None, Some(next)) => (rest, &*lines[next].text, next),
            (None, None) => continue,
        };
        let names = heading.split(' ').any(|word| word.starts_with(char::is_uppercase));
        if names && heading.len() < SENTENCE && !ends_sentence(heading) && says_what_it_is(heading, told) {
            found.push(at..last + 1);
        }
    }
    found
}

/// Whether a paragraph begins with who the heading before it names, and goes on.
fn says_what_it_is(heading: &str, told: &str) -> bool {
    let sender = text::fold(heading.trim_end_matches(':'));
    let told = text::fold(told.get(..200).unwrap_or(told));
    let sender = sender.strip_prefix("the ").unwrap_or(&sender);
    told.strip_prefix("the ").unwrap_or(&told).strip_prefix(sender).is_some_and(|rest| !rest.trim().is_empty())
}
