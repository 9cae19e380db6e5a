//! What a line says by its words alone, as the table of the pack has it.

use std::borrow::Cow;

use super::{ends_sentence, headline, words};
use crate::{
    pack::{self, Chrome, Compare},
    text,
};

/// A line longer than this, in bytes, is a paragraph: only its beginning is compared, with the rows that open sentences.
const COMPARED: usize = 300;
const OPENING: usize = 60;

/// A sentence has at least this many words; `Follow us!` is none.
const WORDS: usize = 6;

/// What is taken along with a line, the less first.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Takes {
    /// Nothing.
    #[default]
    Nothing,
    /// The lines that follow, up to the next sentence.
    Block,
    /// What follows, up to two paragraphs in a row.
    Rest,
    /// All that follows.
    All,
}

/// What a line looks like.
#[derive(Debug, Default)]
pub struct Look {
    /// The line folded; nothing for a long one.
    pub folded: String,
    /// The row of the pack that it fits.
    pub row: Option<&'static Chrome>,
    /// What it takes along.
    pub takes: Takes,
    /// Whether it consists of words of menus.
    pub menu: bool,
    /// Whether it gives a day and little more.
    pub dated: bool,
    /// Whether it is the rest of a sentence, of which nothing can be told.
    pub rest: bool,
}

/// Looks at a line.
pub fn look(line: &str) -> Look {
    let whole = line.len() <= COMPARED;
    let end = if whole { line.len() } else { line.floor_char_boundary(OPENING) };
    let plain = text::fold(&line[..end]);
    let folded = if is_end_mark(line) { Cow::Borrowed("end") } else { numbered(&plain) };
    let dated = whole && headline::date_line(line).is_some();
    let row = if dated { None } else { fitting(line, &folded, whole) };
    let (covered, menu) = if row.is_none() && whole && !dated { covering(&folded) } else { (None, false) };
    let row = row.or(covered);
    let takes = row.map_or(Takes::Nothing, |row| taken(row, line));
    Look { folded: if whole { plain } else { String::new() }, row, takes, menu, dated, rest: false }
}

/// What a row takes along. Behind a label the list stands in the line itself, if it says more.
fn taken(row: &Chrome, line: &str) -> Takes {
    if row.compare == Compare::Label && numbered(&text::fold(line)) != row.words {
        return Takes::Nothing;
    }
    match row.takes {
        "block" => Takes::Block,
        "rest" => Takes::Rest,
        "all" => Takes::All,
        _ => Takes::Nothing,
    }
}

/// Whether a line is the mark that press releases end with.
fn is_end_mark(line: &str) -> bool {
    line.len() >= 3 && line.bytes().all(|byte| matches!(byte, b'#' | b' '))
}

/// A folded text with each run of numbers as `#`.
fn numbered(folded: &str) -> Cow<'_, str> {
    if !folded.bytes().any(|byte| byte.is_ascii_digit()) {
        return Cow::Borrowed(folded);
    }
    let mut out = String::with_capacity(folded.len());
    for (_, word) in places(folded) {
        let number = word.bytes().all(|byte| byte.is_ascii_digit());
        if number && out.ends_with('#') {
            continue;
        }
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(if number { "#" } else { word });
    }
    Cow::Owned(out)
}

/// The first row of the pack that a line fits.
fn fitting(line: &str, folded: &str, whole: bool) -> Option<&'static Chrome> {
    let pack = pack::english();
    let told = !whole || is_told(line);
    let quoted = line.starts_with(['"', '“', '«', '‘', '„']);
    let mut first: Option<usize> = None;
    for (at, word) in places(folded).take(if whole { usize::MAX } else { 1 }) {
        let rows = if at == 0 { &pack.chrome_by_word } else { &pack.chrome_within };
        for number in rows.get(word).into_iter().flatten() {
            let row = &pack.chrome[*number];
            let Some(rest) = after(&folded[at..], row.words) else { continue };
            let fits = match row.compare {
                Compare::Is => whole && at == 0 && rest.is_empty(),
                Compare::Begins => whole && at == 0 && !told,
                Compare::Label => whole && at == 0 && is_label(line, row.words, rest),
                Compare::Ends => whole && rest.is_empty() && !told,
                Compare::Contains => whole && !told,
                Compare::Opens => at == 0 && !quoted,
                Compare::Tells => whole && !quoted,
                Compare::Menu => false,
            };
            if fits && first.is_none_or(|first| *number < first) {
                first = Some(*number);
            }
        }
    }
    first.map(|number| &pack.chrome[number])
}

/// The rest of a folded text behind words that it begins with.
fn after<'f>(folded: &'f str, words: &str) -> Option<&'f str> {
    folded.strip_prefix(words).filter(|rest| rest.is_empty() || rest.starts_with(' '))
}

/// Whether a line tells something: it is a sentence.
fn is_told(line: &str) -> bool {
    ends_sentence(line) && words(line) >= WORDS
}

/// Whether words at the beginning of a line are a label: nothing follows, or a colon does.
fn is_label(line: &str, words: &str, rest: &str) -> bool {
    let label = || line.split([':', '：']).next().unwrap_or_default();
    rest.is_empty() || (line.contains([':', '：']) && text::fold(label()) == words)
}

/// The row of the pack that covers a line, where all its words are such rows one after another, as in `Print Email Share`;
/// and whether it is made of words of menus, which by themselves may be anything.
fn covering(folded: &str) -> (Option<&'static Chrome>, bool) {
    const MANY: usize = 3;
    let pack = pack::english();
    let (mut rest, mut rows, mut sure) = (folded, 0, None);
    while !rest.is_empty() {
        if let Some(behind) = after(rest, "#") {
            rest = behind.trim_start();
            continue;
        }
        let rows_here = pack.chrome_by_word.get(rest.split(' ').next().unwrap_or_default());
        let fits = rows_here.into_iter().flatten().map(|number| &pack.chrome[*number]);
        let fits =
            fits.filter(|row| matches!(row.compare, Compare::Is | Compare::Menu) && after(rest, row.words).is_some());
        let Some(row) = fits.max_by_key(|row| row.words.len()) else { return (None, false) };
        rest = after(rest, row.words).unwrap_or_default().trim_start();
        rows += 1;
        if sure.is_none_or(|sure: &Chrome| sure.compare == Compare::Menu) {
            sure = Some(row);
        }
    }
    let certain = sure.filter(|row| rows >= 2 && (row.compare == Compare::Is || rows >= MANY));
    (certain, rows > 0)
}

/// The words of a folded text, each with its place.
fn places(folded: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = folded.get(at..)?;
        let word = &rest[..rest.bytes().position(|byte| byte == b' ').unwrap_or(rest.len())];
        let place = at;
        at += word.len() + 1;
        Some((place, word))
    })
}
