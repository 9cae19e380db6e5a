//! Counts, and the figures that are made of them.

use serde::{Serialize, Serializer, ser::SerializeMap};

use super::words::ratio;

/// Facts of which a report has a set.
const SETS: [&str; 6] = ["states", "ministries", "people", "areas", "actions", "actions-typed"];
/// Facts that are right or wrong one by one.
const POINTS: [&str; 4] = ["posts", "meeting-date", "meeting-mode", "meeting-place"];

/// What is counted in one report, or in many.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// Of each set: right, in the gold, found.
    sets: [[usize; 3]; SETS.len()],
    /// Of each point: right, all.
    points: [[usize; 2]; POINTS.len()],
    /// Reports whose gold has no action, and the actions that were found in them.
    without_action: [usize; 2],
}

/// Of a set of facts: how many of the found are right, and how many of those to be found were found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Rates {
    /// The share of the found that is right.
    pub precision: f64,
    /// The share of the gold that was found.
    pub recall: f64,
    /// The harmonic mean of the two.
    pub f1: f64,
    /// How many are in the gold.
    pub gold: usize,
    /// How many were found.
    pub predicted: usize,
}

/// Of a fact that is right or wrong: how often it is right.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Share {
    /// The share that is right.
    pub accuracy: f64,
    /// Of how many.
    pub of: usize,
}

/// The figures of one report, or of many; each rounded to three digits.
#[derive(Debug, Clone, PartialEq)]
pub struct Score {
    /// States, ministries, people, areas, actions by their place, and actions with their kind and side.
    pub sets: [(&'static str, Rates); SETS.len()],
    /// Posts, and the date, the mode and the place of meetings.
    pub points: [(&'static str, Share); POINTS.len()],
    /// Actions found in reports that have none, for each such report.
    pub invented: f64,
    /// The mean of all F1s and accuracies.
    pub overall: f64,
}

impl Tally {
    pub(super) fn set(&mut self, name: &str, right: usize, gold: usize, found: usize) {
        let place = SETS.iter().position(|set| *set == name);
        place.into_iter().for_each(|place| sum(&mut self.sets[place], &[right, gold, found]));
    }

    pub(super) fn point(&mut self, name: &str, right: bool) {
        let place = POINTS.iter().position(|point| *point == name);
        place.into_iter().for_each(|place| sum(&mut self.points[place], &[usize::from(right), 1]));
    }

    pub(super) fn without_action(&mut self, found: usize) {
        sum(&mut self.without_action, &[1, found]);
    }

    /// Adds the counts of another report.
    pub fn add(&mut self, other: &Self) {
        let Self { sets, points, without_action } = other;
        self.sets.iter_mut().zip(sets).for_each(|(mine, theirs)| sum(mine, theirs));
        self.points.iter_mut().zip(points).for_each(|(mine, theirs)| sum(mine, theirs));
        sum(&mut self.without_action, without_action);
    }

    /// The figures.
    pub fn score(&self) -> Score {
        let sets = std::array::from_fn(|at| (SETS[at], rates(self.sets[at])));
        let points = std::array::from_fn(|at| (POINTS[at], share(self.points[at])));
        let [reports, found] = self.without_action;
        let parts = sets.iter().map(|(_, rates)| rates.f1).chain(points.iter().map(|(_, share)| share.accuracy));
        let overall = round(parts.sum::<f64>() / (SETS.len() + POINTS.len()) as f64);
        Score { sets, points, invented: round(ratio(found, reports)), overall }
    }
}

fn sum<const N: usize>(mine: &mut [usize; N], theirs: &[usize; N]) {
    mine.iter_mut().zip(theirs).for_each(|(mine, theirs)| *mine += theirs);
}

/// Where nothing was found and nothing was to be found, everything is right.
fn rates([right, gold, predicted]: [usize; 3]) -> Rates {
    let precision = if predicted == 0 && gold == 0 { 1.0 } else { ratio(right, predicted) };
    let recall = if gold == 0 { 1.0 } else { ratio(right, gold) };
    let both = precision + recall;
    let f1 = if both > 0.0 { 2.0 * precision * recall / both } else { 0.0 };
    Rates { precision: round(precision), recall: round(recall), f1: round(f1), gold, predicted }
}

fn share([right, of]: [usize; 2]) -> Share {
    Share { accuracy: if of == 0 { 1.0 } else { round(ratio(right, of)) }, of }
}

/// To three digits, and to the even one of two that are equally near: by the digits themselves, since multiplying first
/// would round twice.
pub(super) fn round(figure: f64) -> f64 {
    format!("{figure:.3}").parse().unwrap_or(figure)
}

/// An object with a field for each figure, by its name.
impl Serialize for Score {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut map = to.serialize_map(Some(SETS.len() + POINTS.len() + 2))?;
        self.sets.iter().try_for_each(|(name, rates)| map.serialize_entry(name, rates))?;
        self.points.iter().try_for_each(|(name, share)| map.serialize_entry(name, share))?;
        map.serialize_entry("invented", &self.invented)?;
        map.serialize_entry("overall", &self.overall)?;
        map.end()
    }
}
