//! The council pack: every partnership with a record, frozen by a clock, with a hash by which anyone can tell that it was
//! made again as it was.

mod canonical;
mod layout;

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use sha2::{Digest, Sha256};
use store::{Error, Result, Store, by_ids_at, follow_up_action, history::SETTLED_AFTER};
use uuid::Uuid;
use vocab::{
    ActionKind, Language, Standing as StateStanding, Word,
    partnership::{PartnershipLabel, PartnershipReason},
};

use crate::{
    Asked, Clock, Paper, Shelf,
    answer::Standing,
    brief::{self, Point, Told, points},
    ledger::Page,
    partnership::{self, Partnership, survey},
};

/// The version of the rules in this folder.
pub const RULE: &str = "council-pack/1";

/// Every partnership with a record, by one clock. Nothing in it is of a language, so that it has one hash in all.
#[derive(Debug, Clone, Serialize)]
pub struct CouncilPack {
    /// The day by which things are judged.
    pub as_of: NaiveDate,
    /// The moment up to which records count.
    pub known_at: DateTime<Utc>,
    /// What the host organization is called.
    pub host: Option<String>,
    /// The versions of the rules by which it is made.
    pub rules: [&'static str; 4],
    /// How many days an action of each kind may be silent: a setting, and so a part of what is told.
    pub rhythms: BTreeMap<&'static str, u16>,
    /// The partnerships, those that need attention first.
    pub rows: Vec<Row>,
}

/// How one partnership stands.
#[derive(Debug, Clone, Serialize)]
pub struct Row {
    /// The record of the state; not in the hash: the code says which.
    #[serde(skip)]
    pub state_id: Uuid,
    /// The state, by alpha-3 code.
    pub state: String,
    /// How the state stood in the host organization.
    pub standing: StateStanding,
    /// How it stands, in a word.
    pub label: PartnershipLabel,
    /// Why.
    pub reasons: Vec<(PartnershipReason, i64)>,
    /// The last day on which it was met, or on which something was said between the sides.
    pub last_contact: Option<NaiveDate>,
    /// Actions neither delivered nor dropped.
    pub open: usize,
    /// Of them, those whose due day has passed.
    pub overdue: usize,
    /// Of them, what we owe, what they owe, what waits for us and what waits for them.
    pub ledger: [usize; 4],
    /// The next due day of an open action.
    pub next_due: Option<NaiveDate>,
    /// The slugs of the areas of its open actions.
    pub areas: Vec<&'static str>,
    /// What is to be said first.
    point: Option<Told>,
}

impl Row {
    /// The state's name in a language.
    pub fn name(&self, language: Language) -> &str {
        vocab::member_state::by_code(&self.state).map_or(self.state.as_str(), |state| state.name(language))
    }

    /// What is to be said first, where there is anything.
    pub fn talking_point(&self, language: Language) -> Option<String> {
        self.point.as_ref().map(|point| point.sentence(language))
    }
}

impl CouncilPack {
    /// Makes the pack of a clock.
    ///
    /// # Errors
    /// [`Error::Invalid`] where a clock is set to the future, or to a moment of which not everything may be written down
    /// yet; [`Error::Database`].
    pub async fn make(store: &Store, shelf: &Shelf, as_of: NaiveDate, known_at: DateTime<Utc>) -> Result<Self> {
        let around = store.surroundings();
        let clock = Clock::set(around.as_ref(), Some(as_of), Some(known_at))?;
        if known_at + SETTLED_AFTER > around.now() {
            let message = format!(
                "{} is too fresh to be frozen: give a moment at least {} seconds ago",
                known_at.to_rfc3339(),
                SETTLED_AFTER.num_seconds()
            );
            return Err(Error::invalid("knownAt", message));
        }
        let book = shelf.open(store, clock.known_at).await?;
        let (db, rhythms) = (store.reader(), store.rhythms());
        let asked = Asked { db, book: &book, clock, rhythms, state_id: None, from: None };
        let silence = ActionKind::ALL.iter().map(|kind| (kind.code(), rhythms.days(*kind)));
        Ok(Self {
            as_of,
            known_at,
            // In English, so that a pack has one hash in all languages.
            host: brief::host(asked, Language::En).await?,
            rules: [RULE, brief::RULE, partnership::RULE, vocab::status::RULE],
            rhythms: silence.collect(),
            rows: rows(asked).await?,
        })
    }

    /// The clock it is made by.
    pub fn clock(&self) -> Clock {
        Clock { as_of: self.as_of, known_at: Some(self.known_at) }
    }

    /// SHA-256 over its canonical JSON, in hexadecimal.
    pub fn content_hash(&self) -> String {
        // Only text, numbers and lists of them: there is nothing that could fail.
        let data = serde_json::to_value(self).unwrap_or_default();
        Sha256::digest(canonical::json(&data)).iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// What stands on its pages.
    pub fn paper(&self, language: Language) -> Paper {
        layout::paper(self, language)
    }
}

async fn rows(asked: Asked<'_>) -> Result<Vec<Row>> {
    let mut open: BTreeMap<Uuid, Vec<Standing<'_>>> = BTreeMap::new();
    for it in asked.actions().filter(|it| it.stand.is_open()) {
        if let Some(state) = it.action.state {
            open.entry(state).or_default().push(it);
        }
    }
    let first: BTreeMap<Uuid, (Point, Standing<'_>)> =
        open.iter().filter_map(|(state, open)| Some((*state, *points(open).first()?))).collect();
    let ids: Vec<_> = first.values().map(|(_, it)| it.id).collect();
    let words = by_ids_at::<follow_up_action::Entity>(asked.db, &ids, asked.clock.known_at).await?;
    let all = survey(asked).into_iter().filter(|(_, partnership)| partnership.last_contact.is_some());
    let row = |(state, partnership): (Uuid, Partnership)| {
        let point = first
            .get(&state)
            .and_then(|(point, it)| words.get(&it.id).map(|row| Told::new(*point, it, row, asked.day())));
        let ledger = ledger(open.get(&state).map_or(&[], Vec::as_slice));
        let code = asked.book.states.get(&state).cloned().unwrap_or_default();
        Row::new(state, code, &partnership, ledger, point, asked.day())
    };
    let mut rows: Vec<_> = all.map(row).collect();
    rows.sort_by(|one, other| (one.label, &one.state).cmp(&(other.label, &other.state)));
    Ok(rows)
}

impl Row {
    fn new(
        state_id: Uuid,
        state: String,
        partnership: &Partnership,
        ledger: [usize; 4],
        point: Option<Told>,
        day: NaiveDate,
    ) -> Self {
        let (label, reasons) = partnership.label(day);
        Self {
            state_id,
            state,
            standing: partnership.standing.unwrap_or(StateStanding::Unknown),
            label,
            reasons,
            last_contact: partnership.last_contact,
            open: partnership.open,
            overdue: partnership.overdue,
            ledger,
            next_due: partnership.next_due,
            areas: partnership.areas.iter().map(|area| area.slug).collect(),
            point,
        }
    }
}

/// How many open actions stand on the pages that one side alone has to act on.
fn ledger(open: &[Standing<'_>]) -> [usize; 4] {
    [Page::WeOwe, Page::TheyOwe, Page::WaitingForUs, Page::WaitingForThem]
        .map(|page| open.iter().filter(|it| Page::of(it.action) == Some(page)).count())
}
