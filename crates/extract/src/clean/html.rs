//! The article of an HTML page: which of its words a library takes for the main content, each with its place in the page.

use std::borrow::Cow;

use chrono::NaiveDate;
use dom_smoothie::{Article, Config, Readability, TextMode};
use rustc_hash::FxHashSet;

use super::{
    ends_sentence, entities, furniture, headline,
    lines::{Line, characters, single_spaced},
    markup::{self, Run},
    words,
};
use crate::{reading::Cut, text};

/// What a page is about.
#[derive(Debug, Default)]
pub struct Content<'p> {
    /// Its lines, a paragraph each.
    pub lines: Vec<Line<'p>>,
    /// The rest of the page.
    pub cut: Vec<Cut>,
    /// Its title.
    pub title: Option<String>,
    /// The day of publication, where the page's data give it.
    pub published_on: Option<NaiveDate>,
}

/// A page deeper than this, or with more tags than this, is no page that somebody wrote; a plain walk over its
/// characters is safe where a tree of it is not.
const DEEPEST: usize = 100;
const TAGS: usize = 20_000;

/// The first of the characters without a meaning of their own by which the words of a page are told again in its article.
const FIRST_MARK: u32 = 0xF_0000;
const MARKS: u32 = 0xFFFD;

/// The article of a page; where none is found, all its text.
pub fn content(html: &str) -> Content<'static> {
    let runs = markup::runs(html);
    let article = article(html, &runs);
    let mut blocks = blocks(html, &runs, article.as_ref());
    let title = article.as_ref().map(|a| unmarked(&a.title)).filter(|title| !title.is_empty());
    if article.is_some() {
        take_back(&mut blocks, title.as_deref().unwrap_or_default());
    }
    let mut content = Content { title, ..Content::default() };
    let day =
        |article: Article| article.published_time.and_then(|time| time.get(..10).and_then(|day| day.parse().ok()));
    content.published_on = article.and_then(day);
    for block in blocks {
        let kept = block.kept && block.furniture.is_none();
        if kept {
            content.lines.push(block.line);
            content.lines.push(Line::default());
        } else if !block.line.text.is_empty() {
            let row = || furniture::look(&block.line.text).row.map(|row| row.reason);
            content.cut.push(block.line.cut(block.furniture.or_else(row).unwrap_or("outside the article")));
        }
    }
    content
}

/// The article that the library finds. Every word of the page carries a mark that is found again in it.
fn article(html: &str, runs: &[Run<'_>]) -> Option<Article> {
    if !is_sane(html) || runs.len() > MARKS as usize || html.chars().any(|c| mark_of(c).is_some()) {
        return None;
    }
    let mut marked = String::with_capacity(html.len() + runs.len() * 4);
    let mut at = 0;
    for (number, run) in runs.iter().enumerate().filter(|(_, run)| !run.source.trim().is_empty()) {
        let first = run.byte + run.source.len() - run.source.trim_start().len();
        marked.push_str(&html[at..first]);
        marked.extend(u32::try_from(number).ok().and_then(|number| char::from_u32(FIRST_MARK + number)));
        at = first;
    }
    marked.push_str(&html[at..]);
    let config = Config { text_mode: TextMode::Raw, ..Config::default() };
    let article = Readability::new(marked, None, Some(config)).ok()?.parse().ok()?;
    article.text_content.contains(|c| mark_of(c).is_some()).then_some(article)
}

/// The number of the run that a character marks.
fn mark_of(c: char) -> Option<usize> {
    let number = u32::from(c).checked_sub(FIRST_MARK)?;
    usize::try_from(number).ok().filter(|_| number <= MARKS)
}

fn unmarked(text: &str) -> String {
    single_spaced(&text.chars().filter(|c| mark_of(*c).is_none()).collect::<String>())
}

/// A line of a page and what became of it.
#[derive(Debug)]
struct Block {
    line: Line<'static>,
    kept: bool,
    furniture: Option<&'static str>,
    heading: Option<u8>,
    /// How many characters of it are links.
    linked: usize,
}

/// The lines of a page; where a part of a line is cut, it is a line of its own.
fn blocks(html: &str, runs: &[Run<'_>], article: Option<&Article>) -> Vec<Block> {
    let found: Option<FxHashSet<usize>> = article.map(|a| a.text_content.chars().filter_map(mark_of).collect());
    let places = places(html, runs);
    let mut blocks = Vec::new();
    let mut from = 0;
    while from < runs.len() {
        let to = from + runs[from..].iter().take_while(|run| run.line == runs[from].line).count();
        let counters = counters(&runs[from..to]);
        let is_kept = |number: usize| found.as_ref().is_none_or(|found| found.contains(&number));
        let part = |number: usize| (is_kept(number), counters.contains(&(number - from)));
        for (kept, counts) in [(true, false), (false, false), (true, true), (false, true)] {
            let numbers: Vec<usize> =
                (from..to).filter(|n| is_blank(&runs[*n]) || part(*n) == (kept, counts)).collect();
            let filled = || numbers.iter().copied().filter(|n| !is_blank(&runs[*n]));
            let (Some(first), Some(last)) = (filled().next(), filled().next_back()) else { continue };
            let mut block = Block { kept: kept && !counts, ..block(numbers.iter().map(|n| &runs[*n])) };
            let (begin, end) = (runs[first].source, runs[last].source);
            block.line.start = places[first] + characters(&begin[..begin.len() - begin.trim_start().len()]);
            block.line.end = places[last] + characters(end.trim_end());
            blocks.push(block);
        }
        from = to;
    }
    blocks
}

/// Which runs of a line count views or comments, beside the day, say.
fn counters(line: &[Run<'_>]) -> Vec<usize> {
    let length: usize = line.iter().map(|run| run.source.len()).sum();
    if length > super::SENTENCE * 2
        || line.iter().rfind(|run| !is_blank(run)).is_none_or(|run| ends_sentence(run.source))
    {
        return Vec::new();
    }
    let counts = |run: &Run<'_>| furniture::look(run.source.trim()).row.is_some_and(|row| row.words.contains('#'));
    (0..line.len()).filter(|at| counts(&line[*at])).collect()
}

/// Where each run begins in the page, in Unicode scalar values.
fn places(html: &str, runs: &[Run<'_>]) -> Vec<usize> {
    let (mut byte, mut place) = (0, 0);
    let next = |run: &Run<'_>| {
        place += characters(&html[byte..run.byte]);
        byte = run.byte;
        place
    };
    runs.iter().map(next).collect()
}

fn is_blank(run: &Run<'_>) -> bool {
    run.source.trim().is_empty()
}

fn block<'r>(runs: impl Iterator<Item = &'r Run<'r>>) -> Block {
    let mut raw = String::new();
    let (mut linked, mut furniture, mut heading) = (0, None, None);
    for run in runs {
        if run.apart {
            raw.push(' ');
        }
        let words = entities::resolve(run.source);
        linked += if run.link { words.trim().len() } else { 0 };
        raw.push_str(&words);
        furniture = furniture.or(run.furniture);
        heading = heading.or(run.heading);
    }
    let text = Cow::Owned(single_spaced(&entities::mend(&raw)));
    let line = Line { start: 0, end: 0, raw: Cow::Owned(single_spaced(&raw)), text, exact: false };
    Block { line, kept: true, furniture, heading, linked }
}

/// A headline that the library has kept stands among this many lines.
const NEAR: usize = 8;

/// Takes back what libraries leave out of an article and readers do not: its headline, the day, and sentences in the middle.
fn take_back(blocks: &mut [Block], title: &str) {
    let Some(first) = blocks.iter().position(|block| block.kept && block.furniture.is_none()) else { return };
    let last = blocks.iter().rposition(|block| block.kept && block.furniture.is_none()).unwrap_or(first);
    let title = text::fold(title);
    let is_title = |block: &Block| {
        let said = text::fold(&block.line.text);
        let same = title.starts_with(&said) || (said.starts_with(&title) && !title.is_empty());
        block.heading.is_some() && !said.is_empty() && same
    };
    if blocks[first..].iter().take(NEAR).any(|block| block.kept && is_title(block)) {
        return;
    }
    let is_main = |block: &Block| block.heading == Some(1) && words(&block.line.text) >= 3;
    let main = || blocks[..first].iter().rposition(is_main);
    let Some(headline) = blocks[..first].iter().rposition(is_title).or_else(main) else { return };
    blocks[headline].kept = true;
    for block in &mut blocks[headline..last] {
        let text = &block.line.text;
        let prose = ends_sentence(text) && text.len() >= super::SENTENCE && block.linked * 3 < text.len();
        block.kept |= prose || headline::date_line(text).is_some();
    }
}

/// Whether the markup is as deep and as long as markup that somebody wrote.
fn is_sane(html: &str) -> bool {
    let mut depth = 0_usize;
    let mut tags = 0;
    for tag in html.split('<').skip(1) {
        tags += 1;
        if tag.starts_with('/') {
            depth = depth.saturating_sub(1);
        } else if tag.starts_with(|c: char| c.is_ascii_alphabetic()) && !is_void(tag) {
            depth += 1;
        }
        if depth > DEEPEST || tags > TAGS {
            return false;
        }
    }
    true
}

fn is_void(tag: &str) -> bool {
    let name: String =
        tag.chars().take_while(char::is_ascii_alphanumeric).take(8).collect::<String>().to_ascii_lowercase();
    let opened = tag.split('>').next().unwrap_or_default();
    opened.ends_with('/')
        || [
            "br", "hr", "img", "input", "link", "meta", "source", "wbr", "area", "col", "embed", "p", "li", "td", "tr",
            "th", "dt", "dd", "option",
        ]
        .contains(&name.as_str())
}
