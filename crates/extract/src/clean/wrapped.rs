//! Lines that were broken at a fixed width are put together again.

use std::{borrow::Cow, ops::Range};

use super::lines::{Line, characters};

/// How long lines are, in characters, that were broken because they were full.
const FULL: Range<usize> = 40..101;
/// A shorter line than this, in characters, was not broken for want of room.
const HARDLY_FULL: usize = 30;

/// Joins each line that was broken to the one before it.
pub fn unwrap(lines: Vec<Line<'_>>) -> Vec<Line<'_>> {
    let wrapped = is_wrapped(&lines);
    let mut out: Vec<Line<'_>> = Vec::with_capacity(lines.len());
    // How long the line as it stood in the page was that the last one in `out` ends with.
    let mut last = 0;
    for line in lines {
        let length = if wrapped { characters(&line.text) } else { 0 };
        if goes_on(&mut out, &line, last >= FULL.start) {
            let before = out.last_mut().expect("a line goes on from one before it");
            before.text = Cow::Owned(format!("{} {}", before.text, line.text));
            before.end = line.end;
        } else {
            out.push(line);
        }
        last = length;
    }
    out
}

/// The lines that go on from the one before them, where a page was wrapped at a fixed width.
pub fn continuing(lines: &[Line<'_>]) -> Vec<usize> {
    if !is_wrapped(lines) {
        return Vec::new();
    }
    let goes_on = |at: &usize| {
        let before = &lines[at - 1].text;
        !ends_sentence(before) && characters(before) >= FULL.start && !lines[*at].text.is_empty()
    };
    (1..lines.len()).filter(goes_on).collect()
}

/// Whether a line goes on from the last one; an empty line between the two is dropped if nothing else tells them apart.
fn goes_on(out: &mut Vec<Line<'_>>, line: &Line<'_>, full: bool) -> bool {
    if line.text.is_empty() {
        return false;
    }
    let filled = |line: &Line<'_>| !line.text.is_empty();
    match out.as_slice() {
        [.., before] if filled(before) => full,
        [.., before, _] if filled(before) && is_open(&before.text) && line.text.starts_with(char::is_lowercase) => {
            out.pop();
            true
        }
        _ => false,
    }
}

/// Whether a line stops in the middle of a sentence for want of room.
fn is_open(line: &str) -> bool {
    !ends_sentence(line) && !line.ends_with(';') && characters(line) > HARDLY_FULL
}

fn ends_sentence(line: &str) -> bool {
    line.ends_with(['.', '!', '?', ':', '”', '"'])
}

/// Whether a page was wrapped at a fixed width: no line is longer, and most full lines stop in the middle of a sentence.
fn is_wrapped(lines: &[Line<'_>]) -> bool {
    let (mut open, mut all) = (0, 0);
    for line in lines.iter().filter(|line| !line.text.is_empty()) {
        let length = characters(&line.text);
        if length > FULL.end {
            return false;
        }
        if FULL.contains(&length) {
            all += 1;
            open += usize::from(!ends_sentence(&line.text));
        }
    }
    all >= 3 && open * 2 > all
}

#[cfg(test)]
mod tests {
    use super::{super::lines::lines, unwrap};

    fn unwrapped(text: &str) -> Vec<String> {
        unwrap(lines(text)).into_iter().map(|line| line.text.into_owned()).filter(|text| !text.is_empty()).collect()
    }

    #[test]
    fn what_was_broken_at_a_fixed_width_is_one_line_again() {
        let text = "Talks in Dakar\n\nThe minister and the head of the organization met\nin the capital in order to look at what \
                    may be\ndone together in the years that lie before both\nof them. They agreed.\n\nThe end.";
        let whole = unwrapped(text);
        assert_eq!(whole.len(), 3, "{whole:?}");
        assert!(whole[1].starts_with("The minister") && whole[1].ends_with("They agreed."));
    }

    #[test]
    fn an_empty_line_in_the_middle_of_a_sentence_is_dropped() {
        let text = "The ambassador said that he had called on the\n\nminister of water.\n\nHe left.";
        assert_eq!(unwrapped(text), ["The ambassador said that he had called on the minister of water.", "He left."]);
    }

    #[test]
    fn a_list_keeps_its_lines() {
        assert_eq!(unwrapped("Water\nHeritage\nYouth and sports\n\nhome").len(), 4);
    }
}
