//! The sections of a brief, before their lines have sources.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, HashMap},
};

use chrono::NaiveDate;
use store::{Concept, RecordRef, Result, by_ids_at, follow_up_action, meeting};
use uuid::Uuid;
use vocab::{Language, Strength};

use super::words::{self, Spoken, say};
use super::{
    Line, MOST_LINES, Post, Section, SectionKind, Subject, Told, days_late, due, people, points, shortened, talking,
    urgency,
};
use crate::{
    answer::{Asked, Standing},
    ledger::Page,
};

/// The most meetings that are told of: a director has to know the last, not all.
const MOST_CONTACTS: usize = 5;

/// Every section of a state or a post, in the order of the page.
pub(super) async fn of(asked: Asked<'_>, subject: &Subject, language: Language) -> Result<Vec<Section>> {
    let kinds = subject.sections();
    let tells_of = |it: &Standing<'_>| it.stand.is_open() || kinds.contains(&SectionKind::Closed);
    let actions = asked.actions_where(|action| subject.concerns(action)).filter(tells_of);
    let (mut open, mut closed): (Vec<_>, Vec<_>) = actions.partition(|it| it.stand.is_open());
    open.sort_by_key(urgency);
    closed.sort_by_key(|it| Reverse((it.action.said_since(asked.day()), it.id)));
    let ids: Vec<_> = open.iter().chain(&closed).map(|it| it.id).collect();
    let rows = by_ids_at::<follow_up_action::Entity>(asked.db, &ids, asked.clock.known_at).await?;
    let actions = Actions { open, closed, rows, day: asked.day(), language };
    let contacts = contacts(asked, subject).await?;
    let mut sections = Vec::with_capacity(kinds.len());
    for kind in kinds.iter().copied() {
        sections.push(match (kind, subject) {
            (SectionKind::LastContacts, _) => Section {
                kind,
                lines: meetings(asked, &contacts[..contacts.len().min(MOST_CONTACTS)], language).await?,
                total: contacts.len(),
            },
            (SectionKind::TalkingPoints, _) => Section::of(kind, actions.talking_points(), talking::MOST),
            (SectionKind::WhoIsWho, _) => {
                let state = subject.state_id().unwrap_or_default();
                Section::of(kind, people::lines(asked, state, language).await?, MOST_LINES)
            }
            (SectionKind::Holders, Subject::Post(post)) => {
                Section::of(kind, post.holders(asked, &actions.closed, language), MOST_LINES)
            }
            (SectionKind::Closed, Subject::Post(post)) => Section::of(kind, actions.closed(asked, post), MOST_LINES),
            (SectionKind::Areas, _) => Section::of(kind, actions.areas(), MOST_LINES),
            _ => Section::of(kind, actions.ledger(kind), MOST_LINES),
        });
    }
    Ok(sections)
}

/// In which section an open action stands.
pub(crate) fn section(page: Option<Page>) -> SectionKind {
    match page {
        Some(Page::WeOwe) => SectionKind::WeOwe,
        Some(Page::TheyOwe) => SectionKind::TheyOwe,
        Some(Page::WaitingForUs) => SectionKind::WaitingForUs,
        Some(Page::WaitingForThem) => SectionKind::WaitingForThem,
        Some(Page::BothOwe | Page::WaitingForBoth) => SectionKind::ForBoth,
        None => SectionKind::Undecided,
    }
}

/// The meetings in which a state or a post took part up to the day, the last first.
async fn contacts(asked: Asked<'_>, subject: &Subject) -> Result<Vec<Uuid>> {
    let met = subject.meetings(asked).await?.into_iter().filter(|(_, met)| met.was_held_by(asked.day()));
    let mut met: Vec<_> = met.map(|(id, met)| (met.held_on, id)).collect();
    met.sort_unstable_by(|one, other| other.cmp(one));
    Ok(met.into_iter().map(|(_, id)| id).collect())
}

async fn meetings(asked: Asked<'_>, ids: &[Uuid], language: Language) -> Result<Vec<Line>> {
    let rows = by_ids_at::<meeting::Entity>(asked.db, ids, asked.clock.known_at).await?;
    let line = |row: &meeting::Model| Line {
        cells: vec![
            row.date().map(|held| words::date(held, language)).unwrap_or_default(),
            say(row.kind.0.phrase(), language).to_owned(),
            shortened(&row.title),
            row.place.clone().unwrap_or_default(),
        ],
        record: Some(RecordRef::new(Concept::Meeting, row.id)),
        ..Line::default()
    };
    Ok(ids.iter().filter_map(|id| rows.get(id)).map(line).collect())
}

/// The actions of a state or a post.
struct Actions<'a> {
    /// First due first.
    open: Vec<Standing<'a>>,
    /// Delivered or dropped, the last first; only where they are told of.
    closed: Vec<Standing<'a>>,
    rows: HashMap<Uuid, follow_up_action::Model>,
    day: NaiveDate,
    language: Language,
}

impl<'a> Actions<'a> {
    fn line(&self, it: &Standing<'a>, cells: impl FnOnce(&follow_up_action::Model) -> Vec<String>) -> Option<Line> {
        let row = self.rows.get(&it.id)?;
        let record = Some(RecordRef::new(Concept::FollowUpAction, it.id));
        Some(Line { cells: cells(row), record, days_late: days_late(it, self.day), ..Line::default() })
    }

    fn ledger(&self, kind: SectionKind) -> Vec<Line> {
        let language = self.language;
        let on_page = self.open.iter().filter(|it| section(Page::of(it.action)) == kind);
        let line = |it: &Standing<'a>| {
            self.line(it, |row| {
                vec![
                    row.reference.clone(),
                    shortened(&row.title),
                    say(row.kind.0.phrase(), language).to_owned(),
                    say(it.stand.status.phrase(), language).to_owned(),
                    self.due(it, row),
                ]
            })
        };
        on_page.filter_map(line).collect()
    }

    /// What was delivered or dropped, when, and who held the post then.
    fn closed(&self, asked: Asked<'_>, post: &Post) -> Vec<Line> {
        let line = |it: &Standing<'a>| {
            self.line(it, |row| {
                vec![
                    row.reference.clone(),
                    shortened(&row.title),
                    say(it.stand.status.phrase(), self.language).to_owned(),
                    words::day(it.action.said_since(self.day), self.language),
                    post.then(asked, it).map(|then| then.name.clone()).unwrap_or_default(),
                ]
            })
        };
        self.closed.iter().filter_map(line).collect()
    }

    /// When an action is due, and how late it is.
    fn due(&self, it: &Standing<'a>, row: &follow_up_action::Model) -> String {
        let due = due(row).map(|due| words::date(due, self.language)).unwrap_or_default();
        match days_late(it, self.day) {
            Some(days) => words::fill(words::LATE, self.language, &[("due", &due), ("days", &days.to_string())]),
            None => due,
        }
    }

    /// The areas with the strongest action in each, the latest of equals; the strongest areas first.
    fn areas(&self) -> Vec<Line> {
        let strength = |it: &Standing<'a>| (it.action.strength, it.action.since, it.id);
        let mut strongest: BTreeMap<usize, &Standing<'a>> = BTreeMap::new();
        for it in &self.open {
            for area in it.action.areas.iter() {
                let best = strongest.entry(area.position).or_insert(it);
                if strength(best) < strength(it) {
                    *best = it;
                }
            }
        }
        let mut areas: Vec<(usize, &Standing<'a>)> = strongest.into_iter().collect();
        areas.sort_by_key(|(_, it)| Reverse::<Strength>(it.action.strength));
        let line = |(position, it): (usize, &Standing<'a>)| {
            let area = vocab::cooperation_area::all().get(position)?;
            let strength = say(it.action.strength.phrase(), self.language).to_owned();
            let name = area.name(self.language).to_owned();
            self.line(it, |row| vec![name, strength, row.reference.clone(), shortened(&row.title)])
        };
        areas.into_iter().filter_map(line).collect()
    }

    fn talking_points(&self) -> Vec<Line> {
        let line = |(point, it): (_, Standing<'a>)| {
            self.line(&it, |row| vec![Told::new(point, &it, row, self.day).sentence(self.language)])
        };
        points(&self.open).into_iter().filter_map(line).collect()
    }
}
