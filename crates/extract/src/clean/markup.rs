//! The words of a page in HTML, each with its place in the markup.

use std::ops::Range;

/// Words between two tags.
#[derive(Debug)]
pub struct Run<'p> {
    /// As it stands in the page, with the white space around it.
    pub source: &'p str,
    /// Where `source` begins in the page, in bytes.
    pub byte: usize,
    /// Its line: a block element, a line break or a new line in preformatted text begins another one.
    pub line: usize,
    /// Whether another link ended right before it: the eye sees two words where the page has one.
    pub apart: bool,
    /// What it is for certain, by the element that holds it.
    pub furniture: Option<&'static str>,
    /// The order of the heading that it is, if of the first or second; else none.
    pub heading: Option<u8>,
    /// Whether it is a link.
    pub link: bool,
}

/// Elements that end a line.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "br",
    "button",
    "caption",
    "center",
    "dd",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "legend",
    "li",
    "main",
    "menu",
    "nav",
    "ol",
    "option",
    "p",
    "pre",
    "section",
    "select",
    "summary",
    "table",
    "td",
    "th",
    "tr",
    "ul",
];

/// Elements whose words nobody sees, or sees elsewhere.
const UNSEEN: &[&str] = &["script", "style", "noscript", "template", "textarea", "title", "iframe", "svg"];

/// Elements that hold no part of a report.
const FURNITURE: &[(&str, &str)] = &[
    ("nav", "site menu"),
    ("menu", "site menu"),
    ("footer", "site footer"),
    ("select", "page controls"),
    ("button", "page controls"),
    ("figcaption", "caption"),
];

/// What a walk over a page holds at each place.
#[derive(Debug, Default)]
struct Walk<'p> {
    runs: Vec<Run<'p>>,
    line: usize,
    /// How many elements of each kind of [`FURNITURE`] are open.
    furniture: [usize; FURNITURE.len()],
    headings: [usize; 2],
    links: usize,
    preformatted: usize,
    /// Whether the last thing was the end of a link.
    after_link: bool,
    apart: bool,
}

/// The words of a page. A page is walked over once, whatever it holds; markup that does not close goes to the end.
pub fn runs(html: &str) -> Vec<Run<'_>> {
    let mut walk = Walk::default();
    let mut at = 0;
    while at < html.len() {
        let tag = tag_from(html, at);
        walk.words(html, at..tag.start);
        at = tag.end;
        let name = name(&html[tag.start..tag.end]);
        let closes = html[tag].starts_with("</");
        walk.tag(&name, closes);
        if let Some(unseen) = UNSEEN.iter().find(|unseen| !closes && **unseen == name) {
            at = closed(html, at, unseen);
        }
    }
    walk.runs
}

impl<'p> Walk<'p> {
    fn words(&mut self, html: &'p str, place: Range<usize>) {
        let mut byte = place.start;
        for (number, source) in html[place].split('\n').enumerate() {
            if number > 0 && self.preformatted > 0 {
                self.line += 1;
            }
            self.run(source, byte);
            byte += source.len() + 1;
        }
    }

    fn run(&mut self, source: &'p str, byte: usize) {
        if source.is_empty() {
            return;
        }
        let open = FURNITURE.iter().zip(&self.furniture).find(|(_, open)| **open > 0);
        self.runs.push(Run {
            source,
            byte,
            line: self.line,
            apart: std::mem::take(&mut self.apart),
            furniture: open.map(|((_, reason), _)| *reason),
            heading: (1..).zip(self.headings).find_map(|(order, open)| (open > 0).then_some(order)),
            link: self.links > 0,
        });
        self.after_link = false;
    }

    fn tag(&mut self, name: &str, closes: bool) {
        if BLOCKS.contains(&name) {
            self.line += 1;
        }
        let step = |open: &mut usize| *open = if closes { open.saturating_sub(1) } else { *open + 1 };
        match name {
            "h1" => step(&mut self.headings[0]),
            "h2" => step(&mut self.headings[1]),
            "pre" => step(&mut self.preformatted),
            "a" => {
                self.apart = !closes && self.after_link;
                self.after_link = closes;
                step(&mut self.links);
            }
            _ => {}
        }
        if let Some(kind) = FURNITURE.iter().position(|(element, _)| *element == name) {
            step(&mut self.furniture[kind]);
        }
    }
}

/// The next tag or comment at or after a place, or the end of the page.
fn tag_from(html: &str, from: usize) -> Range<usize> {
    let bytes = html.as_bytes();
    let mut at = from;
    while let Some(found) = html[at..].find('<') {
        let start = at + found;
        match bytes.get(start + 1) {
            _ if html[start..].starts_with("<!--") => {
                let end = html[start + 4..].find("-->").map_or(html.len(), |end| start + 4 + end + 3);
                return start..end;
            }
            Some(c) if c.is_ascii_alphabetic() || matches!(c, b'/' | b'!' | b'?') => {
                return start..end_of(bytes, start);
            }
            _ => at = start + 1,
        }
    }
    html.len()..html.len()
}

/// One past the end of a tag. What stands in quotation marks behind an equals sign is no end.
fn end_of(bytes: &[u8], start: usize) -> usize {
    let mut quote = None;
    let mut before = b' ';
    for (at, byte) in bytes.iter().enumerate().skip(start) {
        match quote {
            Some(open) if *byte == open => quote = None,
            Some(_) => {}
            None if *byte == b'>' => return at + 1,
            None if before == b'=' && matches!(byte, b'"' | b'\'') => quote = Some(*byte),
            None => {}
        }
        if !byte.is_ascii_whitespace() {
            before = *byte;
        }
    }
    bytes.len()
}

/// The name of the element of a tag.
fn name(tag: &str) -> String {
    let letters = tag.trim_start_matches(['<', '/']).chars().take_while(char::is_ascii_alphanumeric);
    letters.take(12).collect::<String>().to_ascii_lowercase()
}

/// Where the tag begins that closes an unseen element.
fn closed(html: &str, from: usize, name: &str) -> usize {
    let mut at = from;
    while let Some(found) = html[at..].find("</") {
        at += found + 2;
        if html.as_bytes()[at..].get(..name.len()).is_some_and(|there| there.eq_ignore_ascii_case(name.as_bytes())) {
            return at - 2;
        }
    }
    html.len()
}
