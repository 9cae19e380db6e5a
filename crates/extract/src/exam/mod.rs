//! The exam: an engine reads reports that people have annotated, and is told how well.
//!
//! What counts as found is settled by the guide under which the reports are annotated, and so are the figures: they
//! agree to the third digit with those of the scorer that belongs to the guide, in total and report by report. Beside
//! them stands what the scorer does not say: whether an engine that is sure is right, and which rule errs.

mod compare;
mod gold;
mod judge;
mod own;
mod score;
mod words;

pub use gold::{Action, Findings, Gold, Meeting, Organization, Person};
pub use judge::{BANDS, Band, Judged, Rule, SURE};
pub use own::own_gold;
pub use score::{Rates, Score, Share, Tally};

use std::collections::BTreeMap;

use serde::Serialize;

use crate::{Reading, Report};

/// What an engine achieves in the exam.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Figures {
    /// How many reports it read.
    pub documents: usize,
    /// The figures over all of them.
    #[serde(flatten)]
    pub score: Score,
    /// The figures of each language (ISO 639-1; `und` where the gold does not say).
    pub languages: BTreeMap<String, LanguageFigures>,
    /// Of the findings with a confidence of [`SURE`] or more, how many are right.
    pub sure: Judged,
    /// How many findings of each kind are right, by how sure the engine was; bands without a finding are left out.
    pub calibration: Vec<Band>,
    /// How many findings of each rule are right, by the name of the rule.
    pub rules: Vec<Rule>,
    /// Every report, the worst first.
    pub reports: Vec<ReportFigures>,
}

/// The figures of one language.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LanguageFigures {
    /// How many reports are in it.
    pub documents: usize,
    /// The figures over them.
    #[serde(flatten)]
    pub score: Score,
}

/// The figures of one report.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ReportFigures {
    /// Which report.
    pub id: String,
    /// Its language.
    pub lang: String,
    /// Its figures.
    #[serde(flatten)]
    pub score: Score,
}

/// Lets the engine of this program sit the exam.
pub fn sit(gold: &[Gold]) -> Figures {
    sit_with(gold, crate::read)
}

/// Lets any engine sit the exam.
pub fn sit_with(gold: &[Gold], read: impl Fn(&Report<'_>) -> Reading) -> Figures {
    let mut whole = Tally::default();
    let mut languages: BTreeMap<String, (usize, Tally)> = BTreeMap::new();
    let (mut verdicts, mut reports) = (Vec::new(), Vec::new());
    for one in gold {
        let reading = read(&one.report());
        let marked = compare::compare(&one.text, &one.gold, &Findings::from(&reading));
        verdicts.extend(judge::verdicts(&reading, &marked));
        whole.add(&marked.tally);
        let (documents, tally) = languages.entry(one.language().to_owned()).or_default();
        *documents += 1;
        tally.add(&marked.tally);
        let (id, lang) = (one.id.clone(), one.language().to_owned());
        reports.push(ReportFigures { id, lang, score: marked.tally.score() });
    }
    reports.sort_by(|a, b| a.score.overall.total_cmp(&b.score.overall).then_with(|| a.id.cmp(&b.id)));
    let language = |(lang, (documents, tally)): (String, (usize, Tally))| {
        (lang, LanguageFigures { documents, score: tally.score() })
    };
    Figures {
        documents: gold.len(),
        score: whole.score(),
        languages: languages.into_iter().map(language).collect(),
        sure: judge::sure(&verdicts),
        calibration: judge::bands(&verdicts),
        rules: judge::rules(&verdicts),
        reports,
    }
}

/// Compares what was found in a text with its gold.
pub fn mark(text: &str, gold: &Findings, found: &Findings) -> Tally {
    compare::compare(text, gold, found).tally
}

#[cfg(test)]
mod tests;
