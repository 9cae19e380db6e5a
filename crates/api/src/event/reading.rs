//! Events of readings: reports that were read, and the queue of what is to be reviewed.

use async_graphql::{Context, Enum, Object, Subscription};
use store::{Concept, Store, reading};
use uuid::Uuid;
use vocab::ReadingState;

use super::{
    Line, Occasion,
    deed::Deed,
    stream::{Events, Telling, events},
};
use crate::{
    ask,
    fault::Fault,
    id::{self, Id},
    news_report::NewsReport,
    reading::Reading,
};

/// What becomes of the queue of readings on which somebody has yet to decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub enum ReviewQueueMove {
    /// A reading has come into it.
    Entered,
    /// A reading in it is otherwise than before, such as by a decision on one of its findings.
    Revised,
    /// A reading has gone out of it.
    Left,
}

/// A change of the queue of readings on which somebody has yet to decide.
pub struct ReviewQueueEvent {
    occasion: Occasion,
    kind: ReviewQueueMove,
    reading_id: Uuid,
}

/// A change of the queue of readings on which somebody has yet to decide.
#[Object]
impl ReviewQueueEvent {
    #[graphql(flatten)]
    async fn occasion(&self) -> &Occasion {
        &self.occasion
    }

    /// What became of the queue.
    async fn kind(&self) -> ReviewQueueMove {
        self.kind
    }

    /// The reading as it is now; null where it is gone.
    async fn reading(&self, ctx: &Context<'_>) -> Result<Option<Reading>, Fault> {
        ask::find(ctx, self.reading_id).await
    }
}

/// The changes of the queue.
struct Queue;

impl Telling for Queue {
    type Event = ReviewQueueEvent;

    fn about(&self, line: &Line) -> Option<Uuid> {
        match line.concept.0 {
            Concept::Reading => Some(line.record_id),
            Concept::Finding => line.row()["reading_id"].as_str()?.parse().ok(),
            _ => None,
        }
    }

    async fn event(&self, _: &Store, deed: Deed) -> Result<Option<ReviewQueueEvent>, Fault> {
        let own: Vec<_> = deed.lines.iter().filter(|line| line.concept.0 == Concept::Reading).collect();
        let kind = match (own.first(), own.last()) {
            (Some(first), Some(last)) => moved(is_open(first.was()), is_open(last.became())),
            // Its findings alone: it stays where it is.
            _ => Some(ReviewQueueMove::Revised),
        };
        let event = |(kind, occasion)| ReviewQueueEvent { occasion, kind, reading_id: deed.record_id };
        Ok(kind.zip(deed.occasion()).map(event))
    }
}

fn is_open(reading: Option<reading::Model>) -> bool {
    reading.is_some_and(|reading| matches!(reading.state.0, ReadingState::Waiting | ReadingState::InReview))
}

/// By whether a reading was in the queue, and whether it is.
fn moved(was: bool, is: bool) -> Option<ReviewQueueMove> {
    match (was, is) {
        (false, true) => Some(ReviewQueueMove::Entered),
        (true, true) => Some(ReviewQueueMove::Revised),
        (true, false) => Some(ReviewQueueMove::Left),
        (false, false) => None,
    }
}

/// A report was read.
pub struct ReportReadEvent {
    occasion: Occasion,
    reading_id: Uuid,
    report_id: Uuid,
}

/// A report was read.
#[Object]
impl ReportReadEvent {
    #[graphql(flatten)]
    async fn occasion(&self) -> &Occasion {
        &self.occasion
    }

    /// The report; null where it is gone.
    async fn report(&self, ctx: &Context<'_>) -> Result<Option<NewsReport>, Fault> {
        ask::find(ctx, self.report_id).await
    }

    /// The new reading as it is now; null where it is gone.
    async fn reading(&self, ctx: &Context<'_>) -> Result<Option<Reading>, Fault> {
        ask::find(ctx, self.reading_id).await
    }
}

/// The readings that are new: of one report, or of any.
struct Read {
    report_id: Option<Uuid>,
}

impl Telling for Read {
    type Event = ReportReadEvent;

    fn about(&self, line: &Line) -> Option<Uuid> {
        (line.concept.0 == Concept::Reading && line.before.is_null()).then_some(line.record_id)
    }

    async fn event(&self, _: &Store, deed: Deed) -> Result<Option<ReportReadEvent>, Fault> {
        let Some(reading) = deed.lines.last().and_then(|line| line.became::<reading::Model>()) else { return Ok(None) };
        let wanted = self.report_id.is_none_or(|report| report == reading.report_id);
        let event = |occasion| ReportReadEvent { occasion, reading_id: reading.id, report_id: reading.report_id };
        Ok(deed.occasion().filter(|_| wanted).map(event))
    }
}

/// Hearing of readings.
#[derive(Default)]
pub struct ReadingSubscription;

#[Subscription]
impl ReadingSubscription {
    /// Tells when a reading comes into the review queue or goes out of it, and when something is decided on a finding
    /// while it is there. What is done in one request is one event for each reading.
    async fn review_queue_changed(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Behind the event of this cursor; from now on, where none is given.")] after: Option<String>,
    ) -> Result<Events<ReviewQueueEvent>, Fault> {
        events(ctx, Queue, after).await
    }

    /// Tells when a report was read: for the first time, again by a newer engine, or by a second reader.
    async fn report_read(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Behind the event of this cursor; from now on, where none is given.")] after: Option<String>,
        #[graphql(desc = "Which report; any, where none is given.")] report_id: Option<Id<NewsReport>>,
    ) -> Result<Events<ReportReadEvent>, Fault> {
        events(ctx, Read { report_id: id::key(report_id) }, after).await
    }
}
