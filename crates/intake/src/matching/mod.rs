//! Which known records a finding may be about, and by which rule.
//!
//! A rule that is sure links by itself on acceptance. What is likely but not sure, or fits several, is a question to the
//! reviewer.

pub(crate) mod follow_up_action;
pub(crate) mod fulfilment;
pub(crate) mod meeting;
pub(crate) mod organization;
pub(crate) mod person;
pub(crate) mod post;

use std::collections::{BTreeSet, HashSet};

use chrono::NaiveDate;
use sea_orm::{ColumnTrait, ConnectionTrait, QueryFilter};
use serde::{Deserialize, Serialize};
use store::{Concept, RecordRef, Result, cooperation_area, evidence};
use uuid::Uuid;
use vocab::fold;

use crate::{entry::Entry, known::Known};

/// From this score on a match is sure.
pub const SURE: f64 = 0.9;

/// A known record that a finding may be about.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Candidate {
    /// The concept of the record.
    pub concept: Concept,
    /// The record.
    pub id: Uuid,
    /// What it is called.
    pub label: String,
    /// The rule that says so.
    pub rule: String,
    /// How sure the rule is, from 0 to 1; sure from [`SURE`] on.
    pub score: f64,
}

impl Candidate {
    fn new(concept: Concept, id: Uuid, label: impl Into<String>, (rule, score): (&str, f64)) -> Self {
        Self { concept, id, label: label.into(), rule: rule.to_owned(), score }
    }

    /// Which record.
    pub fn record(&self) -> RecordRef {
        RecordRef::new(self.concept, self.id)
    }

    /// Whether the rule is sure.
    pub fn is_sure(&self) -> bool {
        self.score >= SURE
    }
}

/// How near a known record is, and what that says.
struct Rule<Near> {
    name: &'static str,
    score: f64,
    fits: fn(&Near) -> bool,
}

impl<Near> Rule<Near> {
    /// The first that fits, by its name and its score.
    fn first(rules: &[Self], near: &Near) -> Option<(&'static str, f64)> {
        rules.iter().find(|rule| (rule.fits)(near)).map(|rule| (rule.name, rule.score))
    }
}

/// What a finding is to become when a person only says yes.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Pick {
    /// A new record.
    New,
    /// The one record that it surely is.
    One(RecordRef),
    /// It surely is one of these, and a person has to say which.
    Several(Vec<Candidate>),
}

/// Candidates of which one alone is sure are no question.
pub(crate) fn pick(candidates: Vec<Candidate>) -> Pick {
    let mut sure: Vec<_> = candidates.into_iter().filter(Candidate::is_sure).collect();
    match sure.len() {
        0 => Pick::New,
        1 => Pick::One(sure.remove(0).record()),
        _ => Pick::Several(sure),
    }
}

/// Whether a person has to look: several are sure, or none is and some are likely.
pub(crate) fn is_question(candidates: &[Candidate]) -> bool {
    let sure = candidates.iter().filter(|candidate| candidate.is_sure()).count();
    sure > 1 || sure == 0 && !candidates.is_empty()
}

/// What of a reading has been matched so far; meetings and actions are known by those who took part.
#[derive(Debug, Default)]
pub(crate) struct Told {
    pub(crate) states: Vec<Uuid>,
    pub(crate) organizations: Vec<Uuid>,
    pub(crate) meetings: Vec<Uuid>,
    /// The actions that the report itself told of before: it does not tell them again.
    pub(crate) own: HashSet<Uuid>,
    /// The day of which it tells, or of its publication.
    pub(crate) day: Option<NaiveDate>,
}

impl Told {
    /// Remembers what an entry may be, for the entries after it.
    pub(crate) fn hear(&mut self, known: &Known, candidates: &[Candidate]) {
        for candidate in candidates {
            match candidate.concept {
                Concept::MemberState => self.states.push(candidate.id),
                Concept::Organization if candidate.is_sure() && !known.is_ours(candidate.id) => {
                    self.organizations.push(candidate.id);
                }
                Concept::Meeting => self.meetings.push(candidate.id),
                _ => {}
            }
        }
    }
}

/// The actions for which a report is evidence.
pub(crate) async fn told_by(db: &impl ConnectionTrait, report_id: Uuid) -> Result<HashSet<Uuid>> {
    let rows = evidence::of(Concept::FollowUpAction).filter(evidence::Column::ReportId.eq(report_id));
    Ok(rows.all(db).await?.into_iter().map(|row| row.record_id).collect())
}

/// The known records an entry may be about, the likeliest first.
pub(crate) async fn candidates(
    db: &impl ConnectionTrait,
    known: &Known,
    told: &Told,
    entry: &Entry,
) -> Result<Vec<Candidate>> {
    let mut found = match entry {
        Entry::State(state) => {
            let state = known.state(&state.code);
            let sure = |state: &store::member_state::Model| {
                Candidate::new(Concept::MemberState, state.id, &*state.name_en, ("code", 1.0))
            };
            state.map(sure).into_iter().collect()
        }
        Entry::Area(area) => {
            let area = cooperation_area::by_slugs(db, std::slice::from_ref(&area.slug)).await.unwrap_or_default();
            let sure = |area: cooperation_area::Model| {
                Candidate::new(Concept::CooperationArea, area.id, area.name_en, ("slug", 1.0))
            };
            area.into_iter().map(sure).collect()
        }
        Entry::Organization(organization) => organization::candidates(db, known, organization).await?,
        Entry::Person(person) => person::candidates(db, known, person).await?,
        Entry::Meeting(meeting) => meeting::candidates(db, told, meeting).await?,
        Entry::Action(action) => follow_up_action::candidates(db, known, told, action).await?,
        Entry::Fulfilment(done) => fulfilment::candidates(db, told, done).await?,
    };
    found.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.id.cmp(&b.id)));
    Ok(found)
}

/// Words that names share without being the same.
const SMALL: [&str; 20] = [
    "the", "of", "and", "for", "in", "to", "at", "on", "de", "la", "le", "les", "du", "des", "et", "pour", "l", "d",
    "a", "an",
];

/// The words that tell a name apart, folded; one spelling where English has two.
pub(crate) fn words(name: &str) -> BTreeSet<String> {
    let folded = fold(name);
    let telling = folded.split(' ').filter(|word| !word.is_empty() && !SMALL.contains(word));
    telling.map(|word| if word == "centre" { "center" } else { word }.to_owned()).collect()
}

/// How much two names share, from 0 to 1.
pub(crate) fn overlap(a: &BTreeSet<String>, b: &BTreeSet<String>) -> f64 {
    let (shared, all) = (a.intersection(b).count(), a.union(b).count());
    if all == 0 { 0.0 } else { shared as f64 / all as f64 }
}

/// How much of one text's words another has too, from 0 to 1.
pub(crate) fn share(of: &BTreeSet<String>, within: &BTreeSet<String>) -> f64 {
    if of.is_empty() { 0.0 } else { of.intersection(within).count() as f64 / of.len() as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_sure_match_is_taken_several_are_a_question() {
        let candidate =
            |number, score| Candidate::new(Concept::Person, Uuid::from_u128(number), "Somebody", ("rule", score));
        for (candidates, new, question) in [
            (vec![], true, false),
            (vec![candidate(1, 0.6)], true, true),
            (vec![candidate(1, 0.95), candidate(2, 0.6)], false, false),
            (vec![candidate(1, 0.95), candidate(2, 0.95)], false, true),
        ] {
            assert_eq!(is_question(&candidates), question, "{candidates:?}");
            assert_eq!(pick(candidates) == Pick::New, new);
        }
    }
}
