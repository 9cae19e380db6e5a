//! Which people, and which organizations, may be one: pairs that some rule joins, each with what the two share in words.
//!
//! What grows is a list of rules, a file each. A rule gives each record keys, and looks at those alone that share one; so the
//! work grows with the records and not with their pairs, and there are as many statements for many as for few.

mod organization;
mod person;
mod sound;

use std::collections::{BTreeMap, HashMap, HashSet};

use sea_orm::ConnectionTrait;
use store::{Concept, Error, Result, rejected_merge};
use uuid::Uuid;

/// The most pairs: more are not worked through before the surest of them are.
const MOST: usize = 5_000;

/// Of more that share a key, each is set beside the next one alone.
const CROWD: usize = 25;

/// Why two records may be one.
#[derive(Debug, Clone, PartialEq)]
pub struct Reason {
    /// The rule.
    pub rule: &'static str,
    /// How sure it is, from 0 to 1.
    pub score: f64,
    /// What the two share, in a sentence.
    pub text: String,
}

/// Two records that may be one.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    /// What both are records of.
    pub concept: Concept,
    /// The one with the lower identifier.
    pub one: Uuid,
    /// The one with the higher.
    pub other: Uuid,
    /// By which rules, the surest first.
    pub reasons: Vec<Reason>,
}

impl Pair {
    /// The place in the list: by the surest rule, then by how many there are, then by identifiers.
    pub fn place(&self) -> (i32, Uuid, Uuid) {
        let thousandths = self.reasons.first().map_or(0.0, |reason| reason.score * 1_000.0);
        // A score is from 0 to 1.
        #[expect(clippy::cast_possible_truncation, reason = "a score is from 0 to 1")]
        let surest = thousandths.round() as i32;
        let more = i32::try_from(self.reasons.len()).unwrap_or(i32::MAX);
        (-(surest * 100 + more.min(99)), self.one, self.other)
    }
}

/// What joins two records.
pub(crate) struct Rule<R> {
    /// What it is called.
    name: &'static str,
    /// How sure it is, from 0 to 1.
    score: f64,
    /// Under what a record is looked at; those that share nothing here are not.
    keys: fn(&R) -> Vec<String>,
    /// What the two share, in a sentence; none where it does not fit.
    tells: fn(&R, &R) -> Option<String>,
}

/// What the rules look at: all records of a concept, and of which two people said that they are two.
pub struct Records {
    of: Of,
    rejected: HashSet<(Uuid, Uuid)>,
}

enum Of {
    People(Vec<person::Person>),
    Organizations(Vec<organization::Organization>),
}

impl Records {
    /// Reads the records of a concept.
    ///
    /// # Errors
    /// [`Error::Invalid`] for a concept that is never merged; [`Error::Database`].
    pub async fn read(db: &impl ConnectionTrait, concept: Concept) -> Result<Self> {
        let of = match concept {
            Concept::Person => Of::People(person::all(db).await?),
            Concept::Organization => Of::Organizations(organization::all(db).await?),
            _ => return Err(Error::invalid("kind", "people and organizations alone are merged")),
        };
        let rejected = rejected_merge::of(db, concept).await?;
        Ok(Self { of, rejected: rejected.into_iter().map(|row| (row.one_id, row.other_id)).collect() })
    }

    /// The pairs that may be one, the surest first. Those that people said are two are not among them, nor two people who
    /// took part in one meeting side by side. Of many records it takes a while.
    pub fn pairs(&self) -> Vec<Pair> {
        let (concept, found) = match &self.of {
            Of::People(rows) => (Concept::Person, joined(person::RULES, rows, |row| row.id, person::can_be_one)),
            Of::Organizations(rows) => {
                (Concept::Organization, joined(organization::RULES, rows, |row| row.id, organization::can_be_one))
            }
        };
        surest(concept, found, |pair| !self.rejected.contains(pair))
    }
}

/// The pairs of a concept that may be one: [`Records::pairs`] of all of them.
///
/// # Errors
/// As [`Records::read`].
pub async fn pairs(db: &impl ConnectionTrait, concept: Concept) -> Result<Vec<Pair>> {
    Ok(Records::read(db, concept).await?.pairs())
}

/// The pairs that rules join, each with why.
fn joined<R>(
    rules: &[&Rule<R>],
    rows: &[R],
    id: fn(&R) -> Uuid,
    can_be_one: fn(&R, &R) -> bool,
) -> BTreeMap<(Uuid, Uuid), Vec<Reason>> {
    let mut found: BTreeMap<(Uuid, Uuid), Vec<Reason>> = BTreeMap::new();
    for rule in rules {
        let mut sharing: HashMap<String, Vec<&R>> = HashMap::new();
        for row in rows {
            for key in (rule.keys)(row) {
                sharing.entry(key).or_default().push(row);
            }
        }
        for sharing in sharing.into_values() {
            let next = if sharing.len() > CROWD { 1 } else { sharing.len() };
            for (at, one) in sharing.iter().enumerate() {
                for other in sharing.iter().skip(at + 1).take(next) {
                    let pair = rejected_merge::ordered(id(one), id(other));
                    if id(one) == id(other) || !can_be_one(one, other) {
                        continue;
                    }
                    let reasons = found.get(&pair);
                    if reasons.is_some_and(|reasons| reasons.iter().any(|reason| reason.rule == rule.name)) {
                        continue;
                    }
                    if let Some(text) = (rule.tells)(one, other) {
                        found.entry(pair).or_default().push(Reason { rule: rule.name, score: rule.score, text });
                    }
                }
            }
        }
    }
    found
}

fn surest(
    concept: Concept,
    found: BTreeMap<(Uuid, Uuid), Vec<Reason>>,
    stays: impl Fn(&(Uuid, Uuid)) -> bool,
) -> Vec<Pair> {
    let found = found.into_iter().filter(|(pair, _)| stays(pair));
    let mut pairs: Vec<Pair> = found
        .map(|((one, other), mut reasons)| {
            reasons.sort_by(|a, b| b.score.total_cmp(&a.score));
            Pair { concept, one, other, reasons }
        })
        .collect();
    pairs.sort_by_key(Pair::place);
    pairs.truncate(MOST);
    pairs
}

/// A sentence with names in it.
fn quoted(name: &str) -> String {
    format!("\u{201c}{name}\u{201d}")
}
