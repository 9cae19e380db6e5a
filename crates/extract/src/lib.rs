//! Text in, reading out: what a news report says about cooperation, each fact with its place in the text.
//!
//! No I/O, no clock, and it never fails: what a rule cannot use becomes a [`reading::Doubt`].

mod action;
mod assemble;
mod clause;
mod clean;
mod date;
mod document;
mod draft;
mod hits;
mod language;
mod ministry;
mod name;
mod pack;
mod people;
mod portfolio;
mod post;
mod reference;
mod rules;
mod side;
mod text;
mod undertaking;

pub mod exam;
pub mod known;
pub mod lines;
pub mod reading;
pub mod second_reader;

pub use clean::{Page, clean};
pub use known::Known;
pub use reading::Reading;

use chrono::NaiveDate;
use vocab::{DoubtCode, Language, ReportFormat};

use crate::{document::Document, draft::Draft, reading::Doubt};

/// The name under which this engine's findings are kept.
pub const ENGINE: &str = "entente-rules";
/// The version of the rules and packs; it grows with every change that can change a reading.
pub const VERSION: &str = "5";

/// A report as it was handed in.
#[derive(Debug, Clone, Copy)]
pub struct Report<'a> {
    /// The text or the HTML.
    pub text: &'a str,
    /// How `text` is to be understood.
    pub format: ReportFormat,
    /// The day it was published, where the one who handed it in knows.
    pub published_on: Option<NaiveDate>,
    /// Its language, where the one who handed it in knows.
    pub language: Option<Language>,
    /// What people have confirmed before and this report may name; see [`known::names`].
    pub known: &'a Known,
}

/// Reads a report. The same report with the same known names gives the same reading, on every machine.
pub fn read(report: &Report<'_>) -> Reading {
    read_page(report, clean(report))
}

/// Reads a report that has been cleaned, so that who looked for names in it before does not clean it twice.
pub fn read_page(report: &Report<'_>, page: Page) -> Reading {
    read_by(report, page, rules::FACTS)
}

/// The rules in the order in which they read: the name that their facts carry, a text that each understands, and what it
/// reads there. For documentation, and for showing a reviewer why something was read.
pub fn rules() -> impl Iterator<Item = (&'static str, &'static str, &'static [&'static str])> {
    rules::BODIES.iter().chain(rules::FACTS).map(|rule| (rule.name, rule.example.text, rule.example.reads))
}

/// Reads a report with some of the rules.
fn read_by(report: &Report<'_>, page: Page, facts: &[rules::Rule]) -> Reading {
    let published_on = report.published_on.or(page.published_on);
    let language = report.language.map(|l| l.to_string()).or_else(|| language::recognize(&page.text));
    let mut reading = match language.as_deref() {
        _ if page.text.is_empty() => doubtful(DoubtCode::NoText, "The page holds no text to read."),
        Some("en") => read_english(&page.text, page.headline_end, published_on, (report.known, facts)),
        _ => doubtful(DoubtCode::UnsupportedLanguage, "The text is kept, but this engine reads English only."),
    };
    reading.language = language.filter(|_| !page.text.is_empty());
    reading.published_on = published_on;
    reading.title = page.title;
    reading.text = page.text;
    reading.cut = page.cut;
    reading
}

fn doubtful(code: DoubtCode, message: &str) -> Reading {
    let doubt = Doubt { code, message: message.to_owned(), evidence: Vec::new() };
    Reading { doubts: vec![doubt], ..Reading::default() }
}

fn read_english(
    text: &str,
    headline_end: usize,
    published_on: Option<NaiveDate>,
    (known, facts): (&Known, &[rules::Rule]),
) -> Reading {
    let document = Document::new(text, headline_end, published_on);
    let mut draft = Draft::new(&document);
    draft.known = known;
    rules::BODIES.iter().for_each(|rule| (rule.apply)(&mut draft));
    let mut names = Vec::new();
    for sentence in &document.sentences {
        let posts = post::posts(&draft, sentence.tokens.clone());
        let in_post = |at: usize| posts.iter().any(|post| post.label.contains(&at));
        let in_body = |at: usize| draft.mentions_before(at + 1).next().is_some_and(|(tokens, _)| tokens.end > at);
        let named = name::names(&document, sentence.tokens.clone()).into_iter();
        names.extend(named.filter(|name| !in_post(name.tokens.start) && !in_body(name.tokens.start)));
        draft.posts.extend(posts);
    }
    draft.names = names.into();
    facts.iter().for_each(|rule| (rule.apply)(&mut draft));
    let (mut reading, undertakings) = assemble::assemble(draft);
    let offsets = document.into_offsets();
    reading.actions = undertakings.into_iter().map(|undertaking| undertaking.written(&offsets)).collect();
    reading
}
