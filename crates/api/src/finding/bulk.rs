//! Many findings at once: all of them decided or none.

use async_graphql::{Context, Enum, InputObject, Object};
use intake::{
    Decided,
    within::{self, Decision},
};
use serde_json::Value;
use store::{Error, Result as Stored};
use uuid::Uuid;

use super::{Finding, accepting};
use crate::{
    bulk::{RowRefusal, all_or_none},
    fault::Fault,
    follow_up_action::FollowUpAction,
    id::{AnyId, Id},
    input::Input,
    meeting::Meeting,
    payload::{Payload, payload, write},
    reading::Reading,
    task::Task,
};

/// What is decided on one of many findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub enum ReviewDecision {
    /// It is right.
    Accept,
    /// It is about the right thing, with another value.
    Correct,
    /// It is wrong.
    Reject,
}

/// One of many findings, and what is decided on it.
#[derive(InputObject)]
pub struct BulkReviewRow {
    /// Which finding.
    finding_id: Id<Finding>,
    /// What is decided.
    decision: ReviewDecision,
    /// The known record that it is about, where it is accepted; by the one sure match, or as a new record, where it is left out.
    link_to: Option<AnyId>,
    /// Takes it as a new record, although it fits a known one, where it is accepted.
    as_new: Option<bool>,
    /// What it should have been, in the shape of its kind, where it is corrected.
    value: Option<Value>,
    /// Why, where it is corrected or rejected.
    reason: Option<String>,
}

impl BulkReviewRow {
    fn decision(self) -> (Uuid, Stored<Decision>) {
        let Self { finding_id, decision, link_to, as_new, value, reason } = self;
        let stray = |field: &'static str, is_there: bool, of: &str| match is_there {
            true => Err(Error::invalid(field, format!("{field} is for findings that are {of}: leave it out here"))),
            false => Ok(()),
        };
        let is_accepted = decision == ReviewDecision::Accept;
        let fits = stray("linkTo", link_to.is_some() && !is_accepted, "accepted")
            .and(stray("asNew", as_new.is_some() && !is_accepted, "accepted"))
            .and(stray("value", value.is_some() && decision != ReviewDecision::Correct, "corrected"))
            .and(stray("reason", reason.is_some() && is_accepted, "corrected or rejected"));
        let decision = fits.and_then(|()| match (decision, value) {
            (ReviewDecision::Accept, _) => accepting(link_to, as_new),
            (ReviewDecision::Correct, Some(value)) => Ok(Decision::Correct { value, reason }),
            (ReviewDecision::Correct, None) => Err(Error::invalid("value", "say what it should have been")),
            (ReviewDecision::Reject, _) => Ok(Decision::Reject { reason }),
        });
        (finding_id.0, decision)
    }
}

/// What is decided on many findings.
#[derive(InputObject)]
pub struct BulkReviewInput {
    /// The findings, 1 to 250, of one reading or of several. They are decided in the order of the rows.
    rows: Vec<BulkReviewRow>,
}

payload! {
    /// What came of deciding on many findings.
    BulkReviewPayload of {
        /// The findings as they were decided, in the order of the rows; none where any row was refused.
        findings: Vec<Finding>,
        /// Their readings, each once; done, where nothing in them waits any more.
        readings: Vec<Reading>,
        /// The meetings that were made or linked, each once.
        meetings: Vec<Meeting>,
        /// The actions that were made.
        follow_up_actions: Vec<FollowUpAction>,
        /// The tasks that follow-up plays proposed.
        tasks: Vec<Task>,
        /// The rows that cannot be done, each with its reason. Where there is one, nothing was written.
        row_refusals: Vec<RowRefusal>,
    }
}

impl Payload for BulkReviewPayload {
    type Done = Vec<Decided>;

    fn done(done: Self::Done) -> Self {
        let mut payload = Self::default();
        for Decided { finding, accepted } in done {
            let intake::Accepted { reading, meetings, actions, tasks } = accepted;
            payload.findings.push(Finding(finding));
            // As each was after the last row that had to do with it.
            payload.readings.retain(|other| other.0.id != reading.id);
            payload.readings.push(Reading(reading));
            payload.meetings.retain(|other| meetings.iter().all(|meeting| meeting.id != other.0.id));
            payload.meetings.extend(meetings.into_iter().map(Meeting));
            payload.follow_up_actions.retain(|other| actions.iter().all(|action| action.id != other.0.id));
            payload.follow_up_actions.extend(actions.into_iter().map(FollowUpAction));
            payload.tasks.extend(tasks.into_iter().map(Task));
        }
        payload
    }
}

/// Deciding on many findings.
#[derive(Default)]
pub struct BulkReviewMutation;

#[Object]
impl BulkReviewMutation {
    /// Decides on up to 250 findings: on all of them or on none.
    async fn bulk_review(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which findings, and what is decided on each.")] input: Input<BulkReviewInput>,
    ) -> Result<BulkReviewPayload, Fault> {
        let Input { it: BulkReviewInput { rows }, named } = input;
        let rows = rows.into_iter().map(BulkReviewRow::decision).collect();
        let mut refused = Vec::new();
        let payload = write(ctx, named, async |work| all_or_none(within::decide_all(work, rows).await?, &mut refused));
        let payload: BulkReviewPayload = payload.await?;
        Ok(BulkReviewPayload { row_refusals: refused, ..payload })
    }
}
