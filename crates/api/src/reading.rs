//! Readings: what one engine read in one report, and the queue of those to be reviewed.

use async_graphql::{Context, ID, InputObject, Object};
use chrono::{DateTime, Utc};
use intake::within;
use sea_orm::{QueryOrder, Select};
use store::{
    page::Key,
    reading::{self, Column, Entity},
};

use crate::{
    ask::{self, Short},
    coat::coat,
    connection::{self, Connection, Listing, Paging, Rows},
    doubt::{self, Doubt},
    fault::Fault,
    finding::{self, Finding},
    follow_up_action::FollowUpAction,
    id::{self, Id},
    input::Input,
    meeting::Meeting,
    news_report::NewsReport,
    payload::{Payload, payload, write},
    task::Task,
    words::{FindingKind, FindingState, ReadingState},
};

/// The readings of a report, the latest last.
pub(crate) static OF_REPORT: Short<Entity> = Short { rows: by_time, whose: Column::ReportId };

fn by_time() -> Select<Entity> {
    <Entity as sea_orm::EntityTrait>::find().order_by_asc(Column::CreatedAt)
}

coat! {
    /// What one engine, in one version, read in one report.
    Reading over store::reading
}

#[Object(use_type_description)]
impl Reading {
    /// The identifier.
    pub(crate) async fn id(&self) -> ID {
        id::of(&self.0)
    }

    /// The report.
    async fn report(&self, ctx: &Context<'_>) -> Result<NewsReport, Fault> {
        ask::row(ctx, self.0.report_id).await
    }

    /// The engine.
    async fn engine(&self) -> &str {
        &self.0.engine
    }

    /// The version of the engine.
    async fn engine_version(&self) -> &str {
        &self.0.engine_version
    }

    /// Where it stands.
    async fn state(&self) -> ReadingState {
        self.0.state.0.into()
    }

    /// When it was read.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }

    /// What was read, in the order of the text.
    async fn findings(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Of this kind alone.")] kind: Option<FindingKind>,
        #[graphql(desc = "Decided so alone.")] state: Option<FindingState>,
    ) -> Result<Vec<Finding>, Fault> {
        let all: Vec<Finding> = ask::short(ctx, &finding::OF_READING, self.0.id).await?;
        let (kind, state) = (kind.map(Into::into), state.map(Into::into));
        let passes = |one: &Finding| {
            kind.is_none_or(|kind| one.0.kind.0 == kind) && state.is_none_or(|state| one.0.state.0 == state)
        };
        Ok(all.into_iter().filter(passes).collect())
    }

    /// What the engine was not sure of.
    async fn doubts(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most so many, 1 to 250; 250 where none is given.")] first: Option<i32>,
    ) -> Result<Vec<Doubt>, Fault> {
        ask::few(ctx, &doubt::OF_READING, self.0.id, first).await
    }
}

/// The readings on which somebody has yet to decide, the first read first.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Queue;

impl Listing for Queue {
    type Of = Reading;

    fn rows(&self) -> Rows<Reading> {
        reading::to_review().into()
    }

    fn keys(&self) -> Vec<Key> {
        reading::oldest_first()
    }
}

/// Asking for readings.
#[derive(Default)]
pub struct ReadingQuery;

#[Object]
impl ReadingQuery {
    /// The readings on which somebody has yet to decide, the first read first.
    async fn review_queue(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most so many, 1 to 100; 20 where none is given.")] first: Option<i32>,
        #[graphql(desc = "Behind this cursor.")] after: Option<String>,
        #[graphql(desc = "At most so many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
    ) -> Result<Connection<Reading>, Fault> {
        connection::page(ctx, None, Queue, Paging { first, after, last, before }).await
    }
}

/// A reading that is right.
#[derive(InputObject)]
pub struct AcceptReadingInput {
    /// Which reading.
    reading_id: Id<Reading>,
    /// The findings that are left out of the acceptance and keep waiting.
    except: Option<Vec<Id<Finding>>>,
}

payload! {
    /// What came of accepting a reading.
    AcceptReadingPayload of {
        /// The reading; done, where nothing in it waits any more.
        reading: Option<Reading>,
        /// The meetings that were made or linked.
        meetings: Vec<Meeting>,
        /// The actions that were made.
        follow_up_actions: Vec<FollowUpAction>,
        /// The tasks that follow-up plays proposed.
        tasks: Vec<Task>,
    }
}

impl Payload for AcceptReadingPayload {
    type Done = intake::Accepted;

    fn done(intake::Accepted { reading, meetings, actions, tasks }: Self::Done) -> Self {
        Self {
            reading: Some(Reading(reading)),
            meetings: meetings.into_iter().map(Meeting).collect(),
            follow_up_actions: actions.into_iter().map(FollowUpAction).collect(),
            tasks: tasks.into_iter().map(Task).collect(),
            ..Self::default()
        }
    }
}

/// Deciding on readings.
#[derive(Default)]
pub struct ReadingMutation;

#[Object]
impl ReadingMutation {
    /// Takes every waiting finding of a reading as it was read, but for those left out. What a second reader alone has
    /// read, and what the readers do not agree on, keeps waiting for a decision of its own.
    async fn accept_reading(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which reading.")] input: Input<AcceptReadingInput>,
    ) -> Result<AcceptReadingPayload, Fault> {
        let Input { it: AcceptReadingInput { reading_id, except }, named } = input;
        let except = id::keys(except.unwrap_or_default());
        write(ctx, named, async |work| within::accept_reading(work, reading_id.0, &except).await).await
    }
}
