//! A paper: what stands on it, in the order in which it is read. [`html`](Paper::html) makes a page of it, and whoever can
//! makes another form of the same words; none has words of its own.

mod html;

use chrono::NaiveDate;
use serde::Serialize;
use vocab::Language;

use crate::{
    Clock,
    brief::words::{self, Phrase, say},
};

pub(crate) use html::sheet;

/// What stands on a paper. The fixed words are in its language; everything else is data, and no form may run it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Paper {
    /// The language of its fixed words.
    pub language: Language,
    /// Which of the papers it is, where the heading does not say it.
    pub kind: Option<&'static str>,
    /// Of what it is.
    pub heading: String,
    /// The day by which things are judged.
    pub as_of: NaiveDate,
    /// By which clock it is made.
    pub clock: [Fact; 2],
    /// How it stands, in a few words.
    pub facts: Vec<Fact>,
    /// By what it can be told that it was made again as it was.
    pub seal: Option<Fact>,
    /// What there is to know.
    pub sections: Vec<Section>,
    /// By which rules it is made.
    pub rules: Fact,
}

/// A name and what is told of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fact {
    /// The name, a fixed word.
    pub name: &'static str,
    /// The value; empty where the name says it all.
    pub value: String,
}

/// A part of a paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Section {
    /// Its heading.
    pub heading: &'static str,
    /// What is told.
    pub body: Body,
    /// How many lines are left out, where some are.
    pub more: Option<String>,
}

/// What is told in a section.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Body {
    /// Why there is nothing.
    Nothing(&'static str),
    /// Sentences.
    List(List),
    /// Lines of cells.
    Table(Table),
}

/// Sentences under each other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct List {
    /// Whether they are numbered.
    pub numbered: bool,
    /// The sentences.
    pub items: Vec<Item>,
}

/// A sentence of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Item {
    /// Of what it is, where it does not say so.
    pub lead: Option<String>,
    /// What it says.
    pub text: String,
    /// Where it comes from, where that is told.
    pub origin: Option<Origin>,
    /// Whether it tells of something late.
    pub late: bool,
}

/// Lines of cells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Table {
    /// The heads of its columns.
    pub columns: Vec<&'static str>,
    /// Its lines. The first cell of each is its head.
    pub rows: Vec<Row>,
    /// Whether it has so many columns that its letters are small.
    pub wide: bool,
}

/// A line of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Row {
    /// Its cells, one for each column.
    pub cells: Vec<Cell>,
    /// Whether it tells of something late.
    pub late: bool,
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Cell {
    /// Words.
    Text(String),
    /// A number that others refer to.
    Number(usize),
    /// Where the line comes from.
    Origin(Origin),
    /// An address in the web.
    Address(String),
}

/// Where a line comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Origin {
    /// The numbers of its news reports.
    Reports(Vec<usize>),
    /// A person wrote it down: the words for that, and who says so.
    Hand(&'static str, Option<String>),
}

impl Paper {
    /// What a file of it is called by programs.
    pub fn title(&self) -> String {
        self.kind.map(|kind| format!("{kind}: ")).into_iter().chain([self.heading.clone()]).collect()
    }

    /// The page, to be printed.
    pub fn html(&self) -> String {
        html::page(self)
    }
}

impl Fact {
    pub(crate) fn new(name: Phrase, value: impl Into<String>, language: Language) -> Self {
        Self { name: say(name, language), value: value.into() }
    }
}

impl Cell {
    /// An address, where it leads into the web; what else it may be stays text.
    pub(crate) fn address(url: &str) -> Self {
        let lower = url.trim_start().to_ascii_lowercase();
        let leads = lower.starts_with("https://") || lower.starts_with("http://");
        if leads { Self::Address(url.to_owned()) } else { Self::Text(url.to_owned()) }
    }
}

/// By which clock a paper is made.
pub(crate) fn clock(clock: Clock, language: Language) -> [Fact; 2] {
    let known_at = match clock.known_at {
        Some(moment) => Fact::new(words::KNOWN_AT, moment.format("%Y-%m-%d %H:%M:%S UTC").to_string(), language),
        None => Fact::new(words::ALL_THAT_IS_KNOWN, "", language),
    };
    [Fact::new(words::AS_OF, words::day(clock.as_of, language), language), known_at]
}
