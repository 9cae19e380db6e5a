//! The calendar of a state or of an account: meetings, and the days by which something is due.
//!
//! An entry tells what its record tells, whatever the day is: it changes when its record does.

mod chosen;
mod parties;
mod quotes;
mod words;

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::DatabaseConnection;
use store::{
    Concept, RecordRef, Result, Store, account, by_id, by_ids_at, by_parents_at,
    calendar_feed::Follows,
    follow_up_action,
    history::written_at,
    meeting, member_state,
    participation::{self, Model as Participation},
    task,
};
use uuid::Uuid;
use vocab::{DatePrecision, Language, PartialDate, Side};

use crate::{
    Asked, Clock, Shelf,
    answer::Standing,
    brief::{
        due, host, section,
        words::{Spoken, date, fill, say, shortened},
    },
    ledger::Page,
};
use chosen::Chosen;
use parties::Parties;
use quotes::Quotes;

/// The most letters of a summary: calendar programs show a line.
const LONGEST_SUMMARY: usize = 200;

/// What a calendar program follows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    /// What it is called: the host organization, and the state or the account.
    pub title: String,
    /// What its file is called: the alpha-3 code of the state, or that it is one's own.
    pub code: String,
    /// Meetings and due dates by day, from a year before today.
    pub entries: Vec<Entry>,
}

/// A meeting, or the day by which something is due. No hour is known of either.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The record it tells of.
    pub record: RecordRef,
    /// The day; the last of the month or year where no more is known, which the summary tells.
    pub day: NaiveDate,
    /// What it is, in a line.
    pub summary: String,
    /// Who owes what, in lines, with the words of the reports; web addresses are left out.
    pub description: String,
    /// Where.
    pub place: Option<String>,
    /// When the record was first kept.
    pub created_at: DateTime<Utc>,
    /// When it was last written.
    pub changed_at: DateTime<Utc>,
    /// How often it was written.
    pub version: i32,
}

impl Calendar {
    /// The calendar of what a feed follows, as of today.
    ///
    /// # Errors
    /// [`store::Error::NotFound`] where there is no such state or account; [`store::Error::Database`].
    pub async fn of(store: &Store, shelf: &Shelf, follows: Follows, language: Language) -> Result<Self> {
        let (db, rhythms) = (store.reader(), store.rhythms());
        let (name, code, state_id) = match follows {
            Follows::State(id) => {
                let state = by_id::<member_state::Entity>(db, id).await?;
                (state.name(language).to_owned(), state.code, Some(id))
            }
            Follows::Account(id) => (by_id::<account::Entity>(db, id).await?.name, "mine".to_owned(), None),
        };
        let clock = Clock::on(store.surroundings().today());
        let book = shelf.open(store, None).await?;
        let asked = Asked { db, book: &book, clock, rhythms, state_id, from: None };
        let chosen = match follows {
            Follows::State(_) => Chosen::of_state(asked),
            Follows::Account(id) => Chosen::of_account(asked, id).await?,
        };
        let title = host(asked, language).await?.into_iter().chain([name]).collect::<Vec<_>>().join(" – ");
        Ok(Self { title, code, entries: entries(asked, &chosen, language).await? })
    }
}

/// Everything that stands on a day of the window, by day.
async fn entries(asked: Asked<'_>, chosen: &Chosen<'_>, language: Language) -> Result<Vec<Entry>> {
    let told = Writer::of(asked, chosen, language).await?;
    let dues = chosen.due.iter().filter_map(|it| told.due(it));
    let tasks = chosen.tasks.iter().filter_map(|id| told.task(*id));
    let meetings = chosen.met.iter().filter_map(|id| told.meeting(*id));
    let meetings = meetings.filter(|entry| entry.day >= asked.first_day());
    let mut entries: Vec<Entry> = dues.chain(tasks).chain(meetings).collect();
    entries.sort_by_key(|entry| (entry.day, entry.record.id));
    Ok(entries)
}

/// All that entries are written from.
struct Writer {
    actions: HashMap<Uuid, follow_up_action::Model>,
    tasks: HashMap<Uuid, task::Model>,
    meetings: HashMap<Uuid, meeting::Model>,
    participations: Vec<Participation>,
    parties: Parties,
    quotes: Quotes,
    written_at: HashMap<Uuid, DateTime<Utc>>,
    language: Language,
}

impl Writer {
    async fn of(asked: Asked<'_>, chosen: &Chosen<'_>, language: Language) -> Result<Self> {
        let db: &DatabaseConnection = asked.db;
        let Chosen { due, tasks, met } = chosen;
        let due: Vec<Uuid> = due.iter().map(|it| it.id).collect();
        let records: Vec<Uuid> = due.iter().chain(tasks).chain(met).copied().collect();
        let tasks = by_ids_at::<task::Entity>(db, tasks, None).await?;
        let shown: Vec<Uuid> = due.into_iter().chain(tasks.values().map(|task| task.action_id)).collect();
        let actions = by_ids_at::<follow_up_action::Entity>(db, &shown, None).await?;
        let participations =
            by_parents_at::<participation::Entity>(db, participation::Column::MeetingId, met, None).await?;
        let acting = actions.values().flat_map(|row| [row.actor(), row.counterpart()]);
        let parties: Vec<_> = acting.chain(participations.iter().map(Participation::party)).collect();
        Ok(Self {
            actions,
            tasks,
            meetings: by_ids_at::<meeting::Entity>(db, met, None).await?,
            parties: Parties::of(asked, &parties, language).await?,
            participations,
            quotes: Quotes::of(asked, &records, language).await?,
            written_at: written_at(db, &records).await?,
            language,
        })
    }

    /// The day by which an action is due.
    fn due(&self, it: &Standing<'_>) -> Option<Entry> {
        let language = self.language;
        let row = self.actions.get(&it.id)?;
        let due = due(row)?;
        let what = format!("{} {}", row.reference, row.title);
        let summary = match period(due, language) {
            Some(period) => fill(words::DUE_WITHIN, language, &[("period", &period), ("what", &what)]),
            None => fill(words::DUE, language, &[("what", &what)]),
        };
        // The status by what was said alone: silence comes with time, without a change of the record.
        let standing = [row.kind.0.phrase(), row.strength.0.phrase(), it.stand.said.phrase()];
        let standing = standing.map(|phrase| say(phrase, language)).join(" · ");
        let mut lines = vec![standing, section(Page::of(it.action)).title(language).to_owned()];
        let actor = self.parties.name(row.actor()).unwrap_or_else(|| self.side(row.actor_side.0));
        lines.push(format!("{}{actor}", say(words::ACTS, language)));
        let counterpart = self.parties.name(row.counterpart());
        lines.extend(counterpart.map(|who| format!("{}{who}", say(words::TO_WHOM, language))));
        let record = RecordRef::new(Concept::FollowUpAction, row.id);
        Some(self.entry(record, due, summary, lines, None, row.created_at, row.version))
    }

    /// The day by which a task is due.
    fn task(&self, id: Uuid) -> Option<Entry> {
        let row = self.tasks.get(&id)?;
        let action = self.actions.get(&row.action_id)?;
        let due = PartialDate::new(row.due_on?, DatePrecision::Day);
        let summary = fill(words::TASK, self.language, &[("what", &row.title)]);
        let serves = format!("{} {}", action.reference, action.title);
        let lines = vec![fill(words::SERVES, self.language, &[("what", &serves)])];
        let record = RecordRef::new(Concept::Task, id);
        Some(self.entry(record, due, summary, lines, None, row.created_at, row.version))
    }

    /// A meeting.
    fn meeting(&self, id: Uuid) -> Option<Entry> {
        let language = self.language;
        let row = self.meetings.get(&id)?;
        let held = row.date()?;
        let summary = match period(held, language) {
            Some(period) => fill(words::HELD_WITHIN, language, &[("what", &row.title), ("period", &period)]),
            None => row.title.clone(),
        };
        let mut lines = vec![say(row.kind.0.phrase(), language).to_owned()];
        let present = self.present(id);
        if !present.is_empty() {
            lines.push(format!(
                "{}{}",
                say(words::TAKES_PART, language),
                present.join(say(words::SEMICOLON, language))
            ));
        }
        let record = RecordRef::new(Concept::Meeting, id);
        Some(self.entry(record, held, summary, lines, row.place.clone(), row.created_at, row.version))
    }

    /// Who took part in a meeting; a body for which somebody spoke is named with them alone.
    fn present(&self, meeting: Uuid) -> Vec<String> {
        let parts: Vec<&Participation> = self.participations.iter().filter(|part| part.meeting_id == meeting).collect();
        let spoken_for = |part: &Participation| {
            parts.iter().any(|one| one.person_id.is_some() && one.organization_id == part.organization_id)
        };
        let named = parts.iter().filter(|part| part.person_id.is_some() || !spoken_for(part));
        named.filter_map(|part| self.parties.name(part.party())).collect()
    }

    fn side(&self, side: Side) -> String {
        say(words::SIDES[side as usize], self.language).to_owned()
    }

    /// An entry with what all have.
    fn entry(
        &self,
        record: RecordRef,
        on: PartialDate,
        summary: String,
        mut lines: Vec<String>,
        place: Option<String>,
        created_at: DateTime<Utc>,
        version: i32,
    ) -> Entry {
        if let Some(period) = period(on, self.language) {
            lines.push(fill(words::LAST_DAY, self.language, &[("period", &period)]));
        }
        lines.extend(self.quotes.lines(record.id));
        Entry {
            record,
            day: on.last_day(),
            summary: without_addresses(&shortened(&summary, LONGEST_SUMMARY)),
            description: lines.iter().map(|line| without_addresses(line)).collect::<Vec<_>>().join("\n"),
            place: place.map(|place| without_addresses(&place)),
            created_at,
            changed_at: self.written_at.get(&record.id).copied().unwrap_or(created_at),
            version,
        }
    }
}

/// The period in which a date lies of which no day is known.
fn period(on: PartialDate, language: Language) -> Option<String> {
    (on.precision() != DatePrecision::Day).then(|| date(on, language))
}

/// A text in one line without web addresses, which programs turn into links: the words of others lead nowhere.
fn without_addresses(text: &str) -> String {
    let leads_away = |word: &str| {
        let bare = word.trim_start_matches(|c: char| !c.is_alphanumeric());
        word.contains("://") || bare.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("www."))
    };
    text.split_ascii_whitespace().map(|word| if leads_away(word) { "…" } else { word }).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_left_out_and_lines_stay_lines() {
        for (text, expected) in [
            ("Send two experts", "Send two experts"),
            ("see https://evil.example/x now", "see … now"),
            ("(www.evil.example) and\nJAVASCRIPT://x", "… and …"),
            ("WWW.evil.example", "…"),
            ("و www", "و www"),
            ("Échéance\u{a0}: demain", "Échéance\u{a0}: demain"),
        ] {
            assert_eq!(without_addresses(text), expected);
        }
    }

    #[test]
    fn a_date_without_a_day_says_its_period() {
        for (text, expected) in [("2026-06-30", None), ("2026-06", Some("June 2026")), ("2027", Some("2027"))] {
            let on: PartialDate = text.parse().expect("a date");
            assert_eq!(period(on, Language::En).as_deref(), expected);
        }
    }
}
