//! What became of an engine's findings: how many of them reviewers accepted, corrected and rejected.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveTime};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, JoinType, QueryFilter, QuerySelect,
    sea_query::{Condition, Expr},
};
use store::{Code, Result, finding, reading};
use vocab::{FindingKind, FindingState, PartialDate};

/// Whose findings, and decided since when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked<'a> {
    /// The engine.
    pub engine: &'a str,
    /// Its version, or all of them.
    pub version: Option<&'a str>,
    /// Decided on this day or later.
    pub since: Option<NaiveDate>,
}

/// What was decided on the findings of one kind in one month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reviews {
    /// What they are about.
    pub kind: FindingKind,
    /// The month in which they were decided, in UTC.
    pub month: PartialDate,
    /// Taken as they were read.
    pub accepted: i64,
    /// Taken with another value.
    pub corrected: i64,
    /// Not taken.
    pub rejected: i64,
}

impl Reviews {
    /// How many were decided.
    pub fn decided(&self) -> i64 {
        self.accepted + self.corrected + self.rejected
    }
}

/// The month of a decision. Both databases write a moment with its year and month first, PostgreSQL in the time zone of
/// the session, which is UTC. Without parameters, so that PostgreSQL sees the same expression where it is grouped by.
const MONTH: &str = r#"SUBSTR(CAST("finding"."decided_at" AS TEXT), 1, 7)"#;

/// The decided findings by month and kind, the first month first; in one statement.
///
/// # Errors
/// [`store::Error::Database`].
pub async fn reviews(db: &impl ConnectionTrait, asked: &Asked<'_>) -> Result<Vec<Reviews>> {
    let Asked { engine, version, since } = asked;
    let reading = finding::Entity::belongs_to(reading::Entity).from(finding::Column::ReadingId).to(reading::Column::Id);
    let whose = Condition::all()
        .add(reading::Column::Engine.eq(*engine))
        .add_option(version.map(|version| reading::Column::EngineVersion.eq(version)))
        .add(finding::Column::DecidedAt.is_not_null())
        .add_option(since.map(|day| finding::Column::DecidedAt.gte(day.and_time(NaiveTime::MIN).and_utc())));
    let counted = finding::Entity::find()
        .select_only()
        .column(finding::Column::Kind)
        .column(finding::Column::State)
        .column_as(Expr::cust(MONTH), "month")
        .column_as(finding::Column::Id.count(), "decided")
        .join(JoinType::InnerJoin, reading.into())
        .filter(whose)
        .group_by(finding::Column::Kind)
        .group_by(finding::Column::State)
        .group_by(Expr::cust(MONTH));
    let rows = counted.into_tuple::<(Code<FindingKind>, Code<FindingState>, String, i64)>().all(db).await?;
    let mut by_month: BTreeMap<(String, FindingKind), [i64; 3]> = BTreeMap::new();
    for (kind, state, month, decided) in rows {
        let [accepted, corrected, rejected] = by_month.entry((month, kind.0)).or_default();
        match state.0 {
            FindingState::Accepted => *accepted += decided,
            FindingState::Corrected => *corrected += decided,
            FindingState::Rejected => *rejected += decided,
            FindingState::Waiting => {}
        }
    }
    let told = |((month, kind), [accepted, corrected, rejected]): ((String, FindingKind), [i64; 3])| {
        let month = month.parse().map_err(|no: vocab::partial_date::NoSuchDate| DbErr::Type(no.to_string()))?;
        Ok(Reviews { kind, month, accepted, corrected, rejected })
    };
    by_month.into_iter().map(told).collect()
}
