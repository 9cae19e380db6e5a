//! Lines that belong to the page and not to the report.

use std::ops::Range;

use super::{
    SENTENCE, chat, ends_sentence,
    furniture::{self, Look, Takes},
    lines::Line,
    mail, repeated, structure, words, wrapped,
};
use crate::reading::Cut;

/// A line of at least this many characters that ends a sentence belongs to a report.
const PARAGRAPH: usize = 140;

/// Parts lines into those of the report and what is cut as a part of the page.
pub fn part<'p>(mut lines: Vec<Line<'p>>, title: Option<&str>) -> (Vec<Line<'p>>, Vec<Cut>) {
    let mut cut: Vec<Cut> = lines.iter().flat_map(Line::control).collect();
    cut.extend(mail::unquote(&mut lines));
    cut.extend(chat::unstamp(&mut lines));
    let mut looks: Vec<Look> = lines.iter().map(|line| furniture::look(&line.text)).collect();
    // The rest of a sentence may begin with any words.
    for at in wrapped::continuing(&lines) {
        looks[at] = Look { rest: true, ..Look::default() };
    }
    let mut reasons = structure::reasons(&lines, &looks, title);
    repeated::add(&lines, &looks, &mut reasons);
    follow(&lines, &looks, &mut reasons);
    let mut kept = Vec::with_capacity(lines.len());
    for (line, reason) in lines.into_iter().zip(reasons) {
        match reason {
            Some(reason) => cut.push(line.cut(reason)),
            None => kept.push(line),
        }
    }
    cut.retain(|cut| !cut.text.is_empty());
    (kept, cut)
}

/// What a row of the pack that has been met does with the lines behind it.
#[derive(Debug, Clone, Copy)]
struct Taking {
    reason: &'static str,
    takes: Takes,
}

/// Adds what is cut for its words, and with it what such words take along.
fn follow(lines: &[Line<'_>], looks: &[Look], reasons: &mut [Option<&'static str>]) {
    let mut taking: Option<Taking> = None;
    let mut body = false;
    for at in 0..lines.len() {
        let text = &lines[at].text;
        if text.is_empty() {
            continue;
        }
        let row = looks[at].row;
        let sentence = ends_sentence(text) && (text.len() >= SENTENCE || words(text) >= 6);
        if row.is_none() && taking.is_some_and(|taking| resumes(taking, lines, at, sentence)) {
            taking = None;
        }
        reasons[at] = reasons[at].or(taking.map(|taking| taking.reason)).or(row.map(|row| row.reason));
        body |= reasons[at].is_none() && text.len() >= SENTENCE && ends_sentence(text);
        let Some(row) = row.filter(|_| looks[at].takes != Takes::Nothing) else { continue };
        if body {
            let stronger = taking.is_none_or(|taking| looks[at].takes > taking.takes);
            taking = if stronger { Some(Taking { reason: row.reason, takes: looks[at].takes }) } else { taking };
        } else {
            for line in group(lines, looks, at) {
                reasons[line] = reasons[line].or(Some(row.reason));
            }
        }
    }
}

/// Whether the report goes on at a line: a false cut is worse than a link that stays. One paragraph may be what is told
/// of another report under its headline; two in a row are a story.
fn resumes(taking: Taking, lines: &[Line<'_>], at: usize, sentence: bool) -> bool {
    let is_paragraph = |line: &Line<'_>| line.text.len() >= PARAGRAPH && ends_sentence(&line.text);
    match taking.takes {
        Takes::Block => sentence,
        Takes::Rest => {
            let next = lines[at + 1..].iter().find(|line| !line.text.is_empty());
            is_paragraph(&lines[at])
                && next.is_some_and(|next| ends_sentence(&next.text) && next.text.len() >= SENTENCE)
        }
        Takes::All | Takes::Nothing => false,
    }
}

/// The list that follows such words before the report begins: lines in one piece without a sentence or a day, with the
/// headline still to come.
fn group(lines: &[Line<'_>], looks: &[Look], at: usize) -> Range<usize> {
    const MOST: usize = 20;
    let blank = |at: usize| lines.get(at).is_some_and(|line| line.text.is_empty());
    let first = if blank(at + 1) { at + 2 } else { at + 1 };
    let listed = |at: &usize| !lines[*at].text.is_empty() && !ends_sentence(&lines[*at].text) && !looks[*at].dated;
    let end = first + (first..lines.len()).take(MOST).take_while(listed).count();
    let next = (end..lines.len()).take(MOST).find(|at| !blank(*at) && looks[*at].row.is_none());
    let headline = next.is_some_and(|next| !ends_sentence(&lines[next].text) && !looks[next].dated);
    if end >= first + 2 && blank(end) && headline { first..end } else { first..first }
}
