//! How well reports are read: what the engine achieves in its exam, and what reviewers make of its findings.

use async_graphql::{Context, Description, Object, SimpleObject};
use briefing::reviews;
use intake::{Engine, exam};

use crate::{
    ask,
    fault::Fault,
    scalars::{Date, PartialDate},
    words::FindingKind,
};

/// How well an engine reads.
#[derive(Description)]
pub struct ExtractionQuality {
    engine: String,
    version: Option<String>,
    reviews: Vec<reviews::Reviews>,
}

#[Object(use_type_description)]
impl ExtractionQuality {
    /// The engine.
    async fn engine(&self) -> &str {
        &self.engine
    }

    /// Its version; null where the reviews are of all its versions.
    async fn version(&self) -> Option<&str> {
        self.version.as_deref()
    }

    /// What it achieves in the exam: reading the annotated reports that belong to this program. Null for an engine or a
    /// version that is not the one in use.
    async fn exam(&self) -> Result<Option<Exam>, Fault> {
        let own = Engine::own();
        if self.engine != own.name || self.version.as_deref() != Some(own.version) {
            return Ok(None);
        }
        if let Some(figures) = exam::made() {
            return Ok(Some(Exam(figures)));
        }
        // Others ask in the meantime: reading the reports would keep this thread from them.
        let made = tokio::task::spawn_blocking(exam::figures).await;
        made.map(|figures| Some(Exam(figures))).map_err(|error| Fault::internal(&error))
    }

    /// What reviewers decided on its findings, by month and kind, the first month first.
    async fn reviews(&self) -> Vec<ReviewShares> {
        self.reviews.iter().map(ReviewShares::from).collect()
    }
}

/// The figures of an exam. They are from 0 to 1, and 1 is best.
#[derive(Description)]
pub struct Exam(&'static exam::Figures);

#[Object(use_type_description)]
impl Exam {
    /// How many reports were read.
    async fn reports(&self) -> usize {
        self.0.documents
    }

    /// The mean of all F1s and accuracies.
    async fn overall(&self) -> f64 {
        self.0.score.overall
    }

    /// Actions that were found in reports that have none, for each such report; 0 is best.
    async fn invented(&self) -> f64 {
        self.0.score.invented
    }

    /// The facts of which a report has many.
    async fn sets(&self) -> Vec<ExamSet> {
        let set = |(fact, rates): &(&'static str, exam::Rates)| ExamSet {
            fact,
            precision: rates.precision,
            recall: rates.recall,
            f1: rates.f1,
            gold: rates.gold,
            found: rates.predicted,
        };
        self.0.score.sets.iter().map(set).collect()
    }

    /// The facts that are right or wrong one by one.
    async fn points(&self) -> Vec<ExamPoint> {
        let point =
            |(fact, share): &(&'static str, exam::Share)| ExamPoint { fact, accuracy: share.accuracy, of: share.of };
        self.0.score.points.iter().map(point).collect()
    }

    /// Whether findings are right where the engine is sure: by kind and by confidence. Bands without a finding are left
    /// out, and of organizations only ministries are judged.
    async fn calibration(&self) -> Vec<CalibrationBand> {
        self.0.calibration.iter().map(CalibrationBand::from).collect()
    }

    /// The findings with a confidence of 0.9 or more, of all kinds.
    async fn sure(&self) -> JudgedFindings {
        self.0.sure.into()
    }

    /// The findings of each rule, by its name.
    async fn rules(&self) -> Vec<JudgedRule> {
        self.0.rules.iter().map(|rule| JudgedRule { rule: &rule.rule, judged: rule.judged.into() }).collect()
    }
}

/// How well facts are found of which a report has many.
#[derive(SimpleObject)]
pub struct ExamSet {
    /// The kind of fact: `states`, `ministries`, `people`, `areas`, `actions` by their place in the text, or
    /// `actions-typed`, which also have the right kind and side.
    fact: &'static str,
    /// The share of the found that is right.
    precision: f64,
    /// The share of what is to be found that was found.
    recall: f64,
    /// The harmonic mean of the two.
    f1: f64,
    /// How many are to be found.
    gold: usize,
    /// How many were found.
    found: usize,
}

/// How often a fact is right.
#[derive(SimpleObject)]
pub struct ExamPoint {
    /// The kind of fact: `posts`, `meeting-date`, `meeting-mode` or `meeting-place`.
    fact: &'static str,
    /// The share that is right.
    accuracy: f64,
    /// Of how many.
    of: usize,
}

/// How many findings are right.
#[derive(SimpleObject)]
pub struct JudgedFindings {
    /// How many there are.
    findings: usize,
    /// How many of them are right.
    right: usize,
    /// The share that is right; null where there are none.
    share: Option<f64>,
}

impl From<exam::Judged> for JudgedFindings {
    fn from(judged: exam::Judged) -> Self {
        Self { findings: judged.findings, right: judged.right, share: judged.share() }
    }
}

/// The findings of one kind within a band of confidence.
#[derive(SimpleObject)]
pub struct CalibrationBand {
    /// What they are about.
    kind: FindingKind,
    /// The least confidence in the band.
    at_least: f64,
    /// Where the next band begins; 1 in the last, which holds it.
    below: f64,
    /// How many are right.
    #[graphql(flatten)]
    judged: JudgedFindings,
}

impl From<&exam::Band> for CalibrationBand {
    fn from(band: &exam::Band) -> Self {
        Self { kind: band.kind.into(), at_least: band.from, below: band.to, judged: band.judged.into() }
    }
}

/// The findings of one rule.
#[derive(SimpleObject)]
pub struct JudgedRule {
    /// The rule.
    rule: &'static str,
    /// How many are right.
    #[graphql(flatten)]
    judged: JudgedFindings,
}

/// What reviewers decided on the findings of one kind in one month.
#[derive(SimpleObject)]
pub struct ReviewShares {
    /// What they are about.
    kind: FindingKind,
    /// The month of the decisions, such as `2026-11`, in UTC.
    month: PartialDate,
    /// How many were decided.
    decided: i64,
    /// How many were taken as they were read.
    accepted: i64,
    /// How many were taken with another value.
    corrected: i64,
    /// How many were not taken.
    rejected: i64,
    /// The share of the decided that was taken as read.
    accepted_share: f64,
    /// The share of the decided that was taken with another value.
    corrected_share: f64,
    /// The share of the decided that was not taken.
    rejected_share: f64,
}

impl From<&reviews::Reviews> for ReviewShares {
    fn from(reviews: &reviews::Reviews) -> Self {
        let &reviews::Reviews { kind, month, accepted, corrected, rejected } = reviews;
        let decided = reviews.decided();
        let share = |part: i64| if decided == 0 { 0.0 } else { part as f64 / decided as f64 };
        Self {
            kind: kind.into(),
            month: PartialDate(month),
            decided,
            accepted,
            corrected,
            rejected,
            accepted_share: share(accepted),
            corrected_share: share(corrected),
            rejected_share: share(rejected),
        }
    }
}

/// Asking how well reports are read.
#[derive(Default)]
pub struct ExtractionQualityQuery;

#[Object]
impl ExtractionQualityQuery {
    /// How well reports are read: the figures of the exam, and what reviewers make of the findings.
    async fn extraction_quality(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Of this engine; of the one in use where none is given.")] engine: Option<String>,
        #[graphql(
            desc = "Of this version of it; where none is given, of the one in use, or of every version of another \
                          engine."
        )]
        version: Option<String>,
        #[graphql(desc = "Reviews that were decided on this day or later.")] since: Option<Date>,
    ) -> Result<ExtractionQuality, Fault> {
        let own = Engine::own();
        let engine = engine.unwrap_or_else(|| own.name.to_owned());
        let version = version.or_else(|| (engine == own.name).then(|| own.version.to_owned()));
        let asked = reviews::Asked { engine: &engine, version: version.as_deref(), since: since.map(Into::into) };
        let reviews = reviews::reviews(ask::store(ctx).reader(), &asked).await?;
        Ok(ExtractionQuality { engine, version, reviews })
    }
}
