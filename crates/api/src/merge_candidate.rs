//! Which people and organizations may be one, and why.

use async_graphql::{Context, Description, Enum, Object, connection::PageInfo};
use intake::duplicates::{Pair, Reason, Records};
use store::{
    Concept, RecordRef,
    page::{self, Cursor, Page},
};

use crate::{
    ask,
    connection::{self, Paging},
    fault::Fault,
    node::{self, Party},
};

/// What can be merged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub enum MergeKind {
    /// People.
    Person,
    /// Organizations.
    Organization,
}

impl From<MergeKind> for Concept {
    fn from(kind: MergeKind) -> Self {
        match kind {
            MergeKind::Person => Self::Person,
            MergeKind::Organization => Self::Organization,
        }
    }
}

/// A page of pairs that may be one.
#[derive(Description)]
pub struct MergeCandidateConnection {
    page: Page<Pair>,
    total: i64,
}

#[Object(use_type_description)]
impl MergeCandidateConnection {
    /// The pairs of this page, each with its cursor.
    async fn edges(&self) -> Vec<MergeCandidateEdge<'_>> {
        self.page.rows.iter().map(|(cursor, pair)| MergeCandidateEdge { cursor, pair }).collect()
    }

    /// The pairs of this page.
    async fn nodes(&self) -> Vec<MergeCandidate<'_>> {
        self.page.rows.iter().map(|(_, pair)| MergeCandidate(pair)).collect()
    }

    /// Where the page begins and ends, and whether there is more.
    async fn page_info(&self) -> PageInfo {
        connection::page_info(&self.page)
    }

    /// How many pairs there are in all; of more than 5,000 the surest are counted.
    async fn total_count(&self) -> i64 {
        self.total
    }
}

/// A pair, and its place in the list.
#[derive(Description)]
pub struct MergeCandidateEdge<'a> {
    cursor: &'a Cursor,
    pair: &'a Pair,
}

#[Object(use_type_description)]
impl MergeCandidateEdge<'_> {
    /// The place in the list: hand it back as `after` or `before`.
    async fn cursor(&self) -> String {
        self.cursor.encode()
    }

    /// The pair.
    async fn node(&self) -> MergeCandidate<'_> {
        MergeCandidate(self.pair)
    }
}

/// Two records that may be one.
#[derive(Description)]
pub struct MergeCandidate<'a>(&'a Pair);

#[Object(use_type_description)]
impl MergeCandidate<'_> {
    /// One of the two: the one that was first kept.
    async fn one(&self, ctx: &Context<'_>) -> Result<Option<Party>, Fault> {
        node::party_of(ctx, RecordRef::new(self.0.concept, self.0.one)).await
    }

    /// The other.
    async fn other(&self, ctx: &Context<'_>) -> Result<Option<Party>, Fault> {
        node::party_of(ctx, RecordRef::new(self.0.concept, self.0.other)).await
    }

    /// By which rules, the surest first.
    async fn reasons(&self) -> Vec<MergeReason<'_>> {
        self.0.reasons.iter().map(MergeReason).collect()
    }
}

/// Why two records may be one.
#[derive(Description)]
pub struct MergeReason<'a>(&'a Reason);

#[Object(use_type_description)]
impl MergeReason<'_> {
    /// The rule.
    async fn rule(&self) -> &str {
        self.0.rule
    }

    /// How sure the rule is, from 0 to 1.
    async fn score(&self) -> f64 {
        self.0.score
    }

    /// What the two share, in a sentence.
    async fn text(&self) -> &str {
        &self.0.text
    }
}

/// Asking for what may be one.
#[derive(Default)]
pub struct MergeCandidateQuery;

#[Object]
impl MergeCandidateQuery {
    /// Pairs of people or of organizations that may be one, the surest first. Those that somebody said are two are not among
    /// them, nor people who took part in one meeting side by side, nor organizations of two states.
    async fn merge_candidates(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Of which kind.")] kind: MergeKind,
        #[graphql(desc = "At most so many, 1 to 100; 20 where none is given.")] first: Option<i32>,
        #[graphql(desc = "Behind this cursor.")] after: Option<String>,
        #[graphql(desc = "At most so many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
    ) -> Result<MergeCandidateConnection, Fault> {
        let slice = Paging { first, after, last, before }.slice()?;
        // Boxed: the future of several statements in that of every request is deeper than the compiler bears.
        let records = Box::pin(Records::read(ask::store(ctx).reader(), kind.into())).await?;
        // Others ask in the meantime: setting many records side by side would keep this thread from them.
        let pairs = tokio::task::spawn_blocking(move || records.pairs()).await;
        let pairs = pairs.map_err(|error| Fault::internal(&error))?;
        let total = i64::try_from(pairs.len()).unwrap_or(i64::MAX);
        Ok(MergeCandidateConnection { page: page::of_list(pairs, Pair::place, &slice)?, total })
    }
}
