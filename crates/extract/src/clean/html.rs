//! The article of an HTML page.

use std::borrow::Cow;

use chrono::NaiveDate;
use dom_smoothie::{Config, Readability, TextMode};

/// What a page is about.
#[derive(Debug)]
pub struct Content<'p> {
    /// Its text, a paragraph a line.
    pub text: Cow<'p, str>,
    /// Its title.
    pub title: Option<String>,
    /// The day of publication, where the page's data give it.
    pub published_on: Option<NaiveDate>,
}

/// A page deeper than this, or with more tags than this, is no page that somebody wrote; a plain walk over its
/// characters is safe where a tree of it is not.
const DEEPEST: usize = 100;
const TAGS: usize = 20_000;

/// The article of a page; where none is found, all its text.
pub fn content(html: &str) -> Content<'static> {
    let article = if is_sane(html) { article(html) } else { None };
    article.unwrap_or_else(|| Content { text: plain(html).into(), title: None, published_on: None })
}

fn article(html: &str) -> Option<Content<'static>> {
    let config = Config { text_mode: TextMode::Formatted, ..Config::default() };
    let mut reader = Readability::new(html, None, Some(config)).ok()?;
    let article = reader.parse().ok()?;
    let text = article.text_content.to_string();
    let published_on = article.published_time.and_then(|time| time.get(..10).and_then(|day| day.parse().ok()));
    (!text.trim().is_empty()).then_some(Content {
        text: text.into(),
        title: Some(article.title).filter(|t| !t.is_empty()),
        published_on,
    })
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

/// All text outside tags, scripts and styles; a block element ends a line.
fn plain(html: &str) -> String {
    let mut out = String::with_capacity(html.len() / 2);
    let mut skipped: Option<&str> = None;
    for (at, part) in html.split('<').enumerate() {
        let (tag, text) = if at == 0 { ("", part) } else { part.split_once('>').unwrap_or((part, "")) };
        let name: String = tag
            .trim_start_matches('/')
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .take(12)
            .collect::<String>()
            .to_ascii_lowercase();
        match skipped {
            Some(open) if tag.starts_with('/') && name == open => skipped = None,
            Some(_) => continue,
            None => {
                skipped = ["script", "style", "noscript", "template"]
                    .into_iter()
                    .find(|s| *s == name && !tag.starts_with('/'))
            }
        }
        if ["p", "div", "br", "li", "h1", "h2", "h3", "h4", "tr", "article", "section", "title"]
            .contains(&name.as_str())
        {
            out.push('\n');
        }
        if skipped.is_none() {
            unescape(text, &mut out);
        }
    }
    out
}

/// Writes a text with its character references resolved.
fn unescape(text: &str, out: &mut String) {
    const NAMED: [(&str, &str); 9] = [
        ("amp;", "&"),
        ("lt;", "<"),
        ("gt;", ">"),
        ("quot;", "\""),
        ("apos;", "'"),
        ("nbsp;", " "),
        ("rsquo;", "’"),
        ("lsquo;", "‘"),
        ("ndash;", "–"),
    ];
    for (at, part) in text.split('&').enumerate() {
        if at == 0 {
            out.push_str(part);
            continue;
        }
        let named = NAMED.iter().find_map(|(name, c)| part.strip_prefix(name).map(|rest| (*c, rest)));
        let (c, rest) = named.unwrap_or(("&", part));
        out.push_str(c);
        out.push_str(rest);
    }
}
