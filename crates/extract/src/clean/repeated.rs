//! What a page says twice: its headline and, in a box above or below, its text.

use rustc_hash::FxHashSet;

use super::{SENTENCE, ends_sentence, furniture::Look, lines::Line, words};
use crate::text;

/// Headlines stand among this many lines at the top of a page.
const FIRST: usize = 12;
/// A line of fewer words than this may be said twice.
const WORDS: usize = 3;
/// The name of a site is no longer than this, in words.
const SITE: usize = 6;
/// What stands between a headline and the name of a site.
const BETWEEN: [&str; 7] = ["|", "-", "–", "—", "»", "›", "::"];

/// Adds the lines that say what another line has said.
pub fn add(lines: &[Line<'_>], looks: &[Look], reasons: &mut [Option<&'static str>]) {
    let filled: Vec<usize> = (0..lines.len()).filter(|at| reasons[*at].is_none() && looks[*at].row.is_none()).collect();
    let filled: Vec<usize> = filled.into_iter().filter(|at| !lines[*at].text.is_empty()).collect();
    let first = &filled[..filled.len().min(FIRST)];
    let said: FxHashSet<&str> = first.iter().map(|at| looks[*at].folded.as_str()).filter(|f| is_headline(f)).collect();
    for at in first {
        if with_site(&lines[*at].text).is_some_and(|headline| said.contains(headline.as_str())) {
            reasons[*at] = Some("repeated headline");
        }
    }
    let mut told: FxHashSet<&str> = FxHashSet::default();
    for (nth, at) in filled.iter().enumerate() {
        if reasons[*at].is_some() {
            continue;
        }
        let (text, folded) = (&lines[*at].text, looks[*at].folded.as_str());
        let again = if text.len() >= SENTENCE && ends_sentence(text) {
            (!told.insert(text)).then_some("repeated text")
        } else if is_headline(folded) && nth >= FIRST {
            said.contains(folded).then_some("repeated headline")
        } else {
            let again =
                !folded.is_empty() && filled[..nth.min(FIRST)].iter().any(|before| looks[*before].folded == folded);
            again.then_some("repeated headline").filter(|_| nth < FIRST)
        };
        reasons[*at] = again;
    }
    leads(lines, &filled, reasons);
}

fn is_headline(folded: &str) -> bool {
    words(folded) >= WORDS
}

/// The headline of a line that is one with the name of a site, folded.
fn with_site(line: &str) -> Option<String> {
    if ends_sentence(line) {
        return None;
    }
    let mut end = line.len();
    let places = line.rsplit(' ').take(SITE + 1).map(|word| {
        let start = end - word.len();
        end = start.saturating_sub(1);
        (start, word)
    });
    let (start, _) = places.skip(1).find(|(start, word)| *start > 0 && BETWEEN.contains(word))?;
    Some(text::fold(&line[..start]))
}

/// Adds beginnings of a paragraph that stand above it and break off.
fn leads(lines: &[Line<'_>], filled: &[usize], reasons: &mut [Option<&'static str>]) {
    const NEAR: usize = 12;
    const BROKEN: [&str; 5] = ["[…]", "[...]", "(...)", "…", "..."];
    for (nth, at) in filled.iter().enumerate().take(FIRST) {
        let text = &lines[*at].text;
        let Some(begun) = BROKEN.iter().find_map(|end| text.strip_suffix(end)) else { continue };
        let begun = begun.trim_end();
        let goes_on = |later: &usize| lines[*later].text.len() > text.len() && lines[*later].text.starts_with(begun);
        if begun.len() >= SENTENCE / 2 && filled[nth + 1..].iter().take(NEAR).any(goes_on) {
            reasons[*at] = reasons[*at].or(Some("repeated text"));
        }
    }
}
