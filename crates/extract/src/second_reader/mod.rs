//! What a language model reads: the task it is given, and what of its answer stands up to the text.
//!
//! A model is a witness, not an authority. It says what it reads and in which words; where those words stand, whether
//! they are there at all, and what they may mean, is found out here. Whatever it answers, the result is a reading: what
//! cannot be used is left out, with a doubt.

mod answer;
mod facts;
mod fields;
mod ground;
mod places;
mod task;

pub use task::{LONGEST, Task, task};

use chrono::NaiveDate;
use vocab::DoubtCode;

use crate::{Reading, reading::Doubt};
use fields::Fields;
use ground::{Ground, Said};

/// The name under which what a model read is kept.
pub const ENGINE: &str = "second-reader";
/// The version of the task and of the checks; it is kept together with the name of the model.
pub const VERSION: &str = "1";

/// The share of such findings that are right; nobody has measured it, and it depends on the model.
const CONFIDENCE: f64 = 0.5;
/// The most entries of a kind that are looked at; no report has as many.
const MOST: usize = 150;
/// How many entries that were left out are told one by one.
const TOLD: usize = 10;

/// What a model reads in a cleaned text, as far as its answer stands up to it.
///
/// Every entry that is kept quotes the text, every code is one of its list, every date stands in the words that are
/// quoted. The answer may be anything; its own counting of places is never looked at.
pub fn understand(answer: &str, text: &str, published_on: Option<NaiveDate>) -> Reading {
    let mut reading = Reading { text: text.to_owned(), published_on, ..Reading::default() };
    if task::is_cut(text) {
        reading.doubts.push(doubt(format!("Only the first {LONGEST} characters were put before the second reader.")));
    }
    let Some(found) = answer::object(answer) else {
        reading.doubts.push(doubt("The second reader gave no answer that can be used.".to_owned()));
        return reading;
    };
    if !found.whole {
        reading.doubts.push(doubt("The answer of the second reader broke off; what stood before is kept.".to_owned()));
    }
    let ground = Ground::new(text, published_on);
    let mut desk = Desk { ground: &ground, fields: &found.fields, left_out: Vec::new() };
    reading.states = desk.keep(&["states"], facts::state, |a, b| a.code == b.code);
    reading.organizations =
        desk.keep(&["organizations", "ministries"], facts::organization, |a, b| same(&a.name, &b.name));
    reading.people = desk.keep(&["people", "persons"], facts::person, |a, b| same(&a.name, &b.name));
    reading.meetings =
        desk.keep(&["meetings", "contacts"], facts::meeting, |a, b| (a.kind, a.date) == (b.kind, b.date));
    reading.areas = desk.keep(&["areas"], facts::area, |a, b| a.slug == b.slug);
    reading.actions = desk.keep(&["actions"], facts::action, |a, b| {
        a.kind == b.kind && a.basis.evidence.first() == b.basis.evidence.first()
    });
    let left_out = desk.left_out;
    let more = left_out.len().saturating_sub(TOLD);
    reading.doubts.extend(left_out.into_iter().take(TOLD).map(doubt));
    if more > 0 {
        reading.doubts.push(doubt(format!("The second reader told {more} more that are left out.")));
    }
    reading
}

/// Why an entry is left out, in words for a reviewer.
type Why = String;

/// Goes through the lists of an answer.
struct Desk<'a, 't> {
    ground: &'a Ground<'t>,
    fields: &'a Fields,
    left_out: Vec<String>,
}

impl Desk<'_, '_> {
    /// The entries of the list with one of these labels that stand up to the text, each once.
    fn keep<T>(
        &mut self,
        labels: &[&str],
        read: fn(&Ground<'_>, &Fields, Said) -> Result<T, Why>,
        same: fn(&T, &T) -> bool,
    ) -> Vec<T> {
        let mut kept: Vec<T> = Vec::new();
        for entry in labels.iter().flat_map(|label| self.fields.list(label)).take(MOST) {
            match self.ground.said(&entry).and_then(|said| read(self.ground, &entry, said)) {
                Ok(entry) if kept.iter().any(|there| same(there, &entry)) => {}
                Ok(entry) => kept.push(entry),
                Err(why) => self.left_out.push(format!("The second reader's word is left out: {why}")),
            }
        }
        kept
    }
}

fn same(a: &str, b: &str) -> bool {
    vocab::fold(a) == vocab::fold(b)
}

fn doubt(message: String) -> Doubt {
    Doubt { code: DoubtCode::LowConfidence, message, evidence: Vec::new() }
}

#[cfg(test)]
mod tests;
