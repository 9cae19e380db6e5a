//! Whether an engine that is sure is right: finding by finding, by how sure it was and by the rule that read it.

use std::collections::BTreeMap;

use serde::Serialize;
use vocab::{FindingKind, OrganizationKind, Word};

use super::{compare::Marked, score::round, words::ratio};
use crate::{Reading, reading::Basis};

/// From this confidence on an engine counts as sure.
pub const SURE: f64 = 0.9;

/// Where the bands of confidence begin; each ends where the next begins, the last at 1.
pub const BANDS: [f64; 6] = [0.0, 0.5, 0.6, 0.7, 0.8, 0.9];

/// How many findings are right.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Judged {
    /// How many there are.
    pub findings: usize,
    /// How many of them are right.
    pub right: usize,
}

impl Judged {
    /// The share that is right, where there are any.
    pub fn share(self) -> Option<f64> {
        (self.findings > 0).then(|| round(ratio(self.right, self.findings)))
    }

    fn count(&mut self, right: bool) {
        self.findings += 1;
        self.right += usize::from(right);
    }
}

/// The findings of one kind within a band of confidence.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Band {
    /// What they are about. Of organizations only ministries are judged.
    pub kind: FindingKind,
    /// The least confidence in the band.
    pub from: f64,
    /// Where the next band begins; 1 in the last.
    pub to: f64,
    /// How many are right.
    #[serde(flatten)]
    pub judged: Judged,
}

/// The findings of one rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Rule {
    /// The rule.
    pub rule: String,
    /// How many are right.
    #[serde(flatten)]
    pub judged: Judged,
}

/// What was decided on one finding.
pub(super) struct Verdict {
    kind: FindingKind,
    confidence: f64,
    rule: String,
    right: bool,
}

/// What was decided on each finding of a reading that can be judged.
pub(super) fn verdicts(reading: &Reading, marked: &Marked) -> Vec<Verdict> {
    let ministries = reading.organizations.iter().filter(|body| body.kind == OrganizationKind::Ministry);
    let judged: [(FindingKind, Vec<&Basis>, &[bool]); 6] = [
        (FindingKind::State, reading.states.iter().map(|fact| &fact.basis).collect(), &marked.states),
        (FindingKind::Organization, ministries.map(|fact| &fact.basis).collect(), &marked.ministries),
        (FindingKind::Person, reading.people.iter().map(|fact| &fact.basis).collect(), &marked.people),
        (FindingKind::Meeting, reading.meetings.iter().map(|fact| &fact.basis).collect(), &marked.meetings),
        (FindingKind::Area, reading.areas.iter().map(|fact| &fact.basis).collect(), &marked.areas),
        (FindingKind::Action, reading.actions.iter().map(|fact| &fact.basis).collect(), &marked.actions),
    ];
    let of_kind = |(kind, bases, right): (FindingKind, Vec<&Basis>, &[bool])| {
        let verdict = |(basis, right): (&Basis, &bool)| Verdict {
            kind,
            confidence: basis.confidence,
            rule: basis.rule.clone(),
            right: *right,
        };
        bases.into_iter().zip(right).map(verdict).collect::<Vec<_>>()
    };
    judged.into_iter().flat_map(of_kind).collect()
}

/// Of the findings the engine was sure of.
pub(super) fn sure(verdicts: &[Verdict]) -> Judged {
    let mut judged = Judged::default();
    verdicts.iter().filter(|one| one.confidence >= SURE).for_each(|one| judged.count(one.right));
    judged
}

/// By kind and confidence.
pub(super) fn bands(verdicts: &[Verdict]) -> Vec<Band> {
    let mut bands = Vec::new();
    for kind in FindingKind::ALL {
        for (at, from) in BANDS.iter().copied().enumerate() {
            let next = BANDS.get(at + 1).copied();
            let is_in = |one: &&Verdict| {
                one.kind == *kind && one.confidence >= from && next.is_none_or(|next| one.confidence < next)
            };
            let mut judged = Judged::default();
            verdicts.iter().filter(is_in).for_each(|one| judged.count(one.right));
            if judged.findings > 0 {
                bands.push(Band { kind: *kind, from, to: next.unwrap_or(1.0), judged });
            }
        }
    }
    bands
}

/// By rule.
pub(super) fn rules(verdicts: &[Verdict]) -> Vec<Rule> {
    let mut rules: BTreeMap<&str, Judged> = BTreeMap::new();
    verdicts.iter().for_each(|one| rules.entry(&one.rule).or_default().count(one.right));
    rules.into_iter().map(|(rule, judged)| Rule { rule: rule.to_owned(), judged }).collect()
}
