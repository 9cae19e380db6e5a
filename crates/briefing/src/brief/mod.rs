//! The brief: the two pages that a director takes into a meeting with a state, and those that are handed over with a
//! post.
//!
//! Everything in it is right by the clock it is made for, and every line carries the news reports behind it.

mod layout;
mod people;
mod post;
mod sections;
mod sources;
mod subject;
mod talking;
pub(crate) mod words;

use chrono::{DateTime, NaiveDate, Utc};
use store::{RecordRef, Result, Store, by_ids_at, follow_up_action, organization};
use uuid::Uuid;
use vocab::{Language, PartialDate};

use crate::{Asked, Clock, Paper, Shelf, answer::Standing};

pub(crate) use people::Names;
pub use post::{Post, Tenure};
pub(crate) use sections::section;
pub use subject::{Of, Partner, Subject};
pub(crate) use talking::{Point, Told, points};

/// The version of the rules by which the brief of a state is made.
pub const RULE: &str = "brief/1";

/// The version of the rules by which that of a post is made.
pub const HANDOVER_RULE: &str = "handover/1";

/// The most lines of a section; how many there are is told beside them.
const MOST_LINES: usize = 10;

/// The most letters of a title: a line stays a line.
const LONGEST_TITLE: usize = 160;

/// A brief as somebody asks for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// Of what.
    pub of: Of,
    /// The day by which things are judged.
    pub as_of: Option<NaiveDate>,
    /// The moment up to which records count.
    pub known_at: Option<DateTime<Utc>>,
    /// In which language its fixed words are.
    pub language: Language,
}

/// What a director should know of a state, or whoever takes over a post.
#[derive(Debug, Clone)]
pub struct Brief {
    /// What it is of.
    pub subject: Subject,
    /// In which language its fixed words are.
    pub language: Language,
    /// By which clock it is made.
    pub clock: Clock,
    /// What the host organization is called.
    pub host: Option<String>,
    /// What there is to know, in the order of the page.
    pub sections: Vec<Section>,
    /// The news reports behind the lines.
    pub sources: Vec<Source>,
}

/// What a section tells of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SectionKind {
    /// Who holds which post in the state's organizations.
    WhoIsWho,
    /// The last meetings.
    LastContacts,
    /// What we promised, agreed or planned.
    WeOwe,
    /// What they did.
    TheyOwe,
    /// What waits for our answer.
    WaitingForUs,
    /// What waits for theirs.
    WaitingForThem,
    /// What both sides owe, or have to answer.
    ForBoth,
    /// What nobody has said of who moves next.
    Undecided,
    /// The areas of open actions, each with its strongest.
    Areas,
    /// What to say.
    TalkingPoints,
    /// Who held the post, and what was delivered or dropped in their time.
    Holders,
    /// What was delivered or dropped, and who held the post then.
    Closed,
}

impl SectionKind {
    /// Every section of the brief of a state, in the order of the page.
    pub const ALL: [Self; 10] = [
        Self::WhoIsWho,
        Self::LastContacts,
        Self::WeOwe,
        Self::TheyOwe,
        Self::WaitingForUs,
        Self::WaitingForThem,
        Self::ForBoth,
        Self::Undecided,
        Self::Areas,
        Self::TalkingPoints,
    ];

    /// Every section of the brief of a post, in the order of the page.
    pub const OF_A_POST: [Self; 10] = [
        Self::Holders,
        Self::LastContacts,
        Self::WeOwe,
        Self::TheyOwe,
        Self::WaitingForUs,
        Self::WaitingForThem,
        Self::ForBoth,
        Self::Undecided,
        Self::Closed,
        Self::TalkingPoints,
    ];

    /// Its heading.
    pub fn title(self, language: Language) -> &'static str {
        words::say(words::title(self), language)
    }

    /// What it says where there is nothing.
    pub fn nothing(self, language: Language) -> &'static str {
        words::say(words::nothing(self), language)
    }
}

/// A part of a brief.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// What it tells of.
    pub kind: SectionKind,
    /// Its lines, the first of them where there are many.
    pub lines: Vec<Line>,
    /// How many there are.
    pub total: usize,
}

impl Section {
    fn of(kind: SectionKind, mut lines: Vec<Line>, most: usize) -> Self {
        let total = lines.len();
        lines.truncate(most);
        Self { kind, lines, total }
    }

    /// How many lines are left out.
    pub fn left_out(&self) -> usize {
        self.total - self.lines.len()
    }
}

/// A line of a section.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Line {
    /// Its cells, one for each column of its section; empty where there is nothing to say.
    pub cells: Vec<String>,
    /// What it is about.
    pub record: Option<RecordRef>,
    /// How many days it is late.
    pub days_late: Option<i64>,
    /// The numbers of its sources; none where it was recorded by hand.
    pub sources: Vec<usize>,
    /// Who says so, where it was recorded by hand and somebody is named.
    pub told_by: Option<String>,
}

impl Line {
    /// The line in a row of words.
    pub fn text(&self) -> String {
        self.cells.iter().filter(|cell| !cell.is_empty()).map(String::as_str).collect::<Vec<_>>().join(" · ")
    }
}

/// A news report behind some lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The number that the lines give.
    pub number: usize,
    /// The report.
    pub report_id: Uuid,
    /// Its headline.
    pub title: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// The day it was published.
    pub published_on: Option<NaiveDate>,
    /// Where it came from.
    pub url: Option<String>,
}

impl Brief {
    /// Makes a brief.
    ///
    /// # Errors
    /// [`store::Error::NotFound`] where there is no such post; [`store::Error::Invalid`] where there is no such state, nobody
    /// knew of the post yet or a clock is set to the future; [`store::Error::Database`].
    pub async fn make(store: &Store, shelf: &Shelf, wanted: &Wanted) -> Result<Self> {
        let Wanted { ref of, as_of, known_at, language } = *wanted;
        let clock = Clock::set(store.surroundings().as_ref(), as_of, known_at)?;
        let book = shelf.open(store, clock.known_at).await?;
        let (db, rhythms) = (store.reader(), store.rhythms());
        let asked = Asked { db, book: &book, clock, rhythms, state_id: None, from: None };
        let subject = Subject::find(asked, of, language).await?;
        let mut sections = sections::of(asked, &subject, language).await?;
        Ok(Self {
            sources: sources::number(asked, &mut sections).await?,
            sections,
            subject,
            language,
            clock,
            host: host(asked, language).await?,
        })
    }

    /// What stands on its pages.
    pub fn paper(&self) -> Paper {
        layout::paper(self)
    }
}

/// What the host organization is called, once there is one.
pub(crate) async fn host(asked: Asked<'_>, language: Language) -> Result<Option<String>> {
    let Some(id) = asked.book.host() else { return Ok(None) };
    let row = by_ids_at::<organization::Entity>(asked.db, &[id], asked.clock.known_at).await?.remove(&id);
    let Some(row) = row else { return Ok(None) };
    let names = Names::of(asked, &[id], language).await?;
    Ok(Some(row.acronym.clone().unwrap_or_else(|| names.name(id, &row.label))))
}

/// First due first, then the oldest.
fn urgency(it: &Standing<'_>) -> (bool, Option<NaiveDate>, NaiveDate, Uuid) {
    (it.action.due_on.is_none(), it.action.due_on, it.action.since, it.id)
}

/// How many days an action is late, where it is.
fn days_late(it: &Standing<'_>, day: NaiveDate) -> Option<i64> {
    it.action.due_on.filter(|_| it.stand.overdue).map(|due| (day - due).num_days())
}

/// When an action is due, as precisely as it was said.
pub(crate) fn due(row: &follow_up_action::Model) -> Option<PartialDate> {
    Some(PartialDate::new(row.due_on?, row.due_on_precision?.0))
}

/// A title that leaves room for the others.
pub(crate) fn shortened(title: &str) -> String {
    words::shortened(title, LONGEST_TITLE)
}
