//! Findings: what an engine read, and what people decided on it.

mod bulk;

use async_graphql::{Context, ID, InputObject, Object};
use chrono::{DateTime, Utc};
use intake::within::{self, Decision};
use sea_orm::{QueryOrder, Select};
use serde_json::Value;
use store::finding::{Column, Entity};

use crate::{
    account::Account,
    ask::{self, Short},
    coat::coat,
    evidence::{Span, kept_as, spans},
    fault::Fault,
    follow_up_action::FollowUpAction,
    id::{self, AnyId, Id},
    input::Input,
    meeting::Meeting,
    node::{self, Node},
    payload::{Payload, payload, write},
    reading::Reading,
    task::Task,
    witness::{self, Witness},
    words::{FindingKind, FindingState},
};

pub use bulk::BulkReviewMutation;

/// The findings of a reading, in their order.
pub(crate) static OF_READING: Short<Entity> = Short { rows: by_position, whose: Column::ReadingId };

fn by_position() -> Select<Entity> {
    <Entity as sea_orm::EntityTrait>::find().order_by_asc(Column::Position)
}

coat! {
    /// One thing that an engine read in a report. A person accepts it, corrects it or rejects it, once.
    Finding over store::finding
}

#[Object(use_type_description)]
impl Finding {
    /// The identifier.
    pub(crate) async fn id(&self) -> ID {
        id::of(&self.0)
    }

    /// The reading it belongs to.
    async fn reading(&self, ctx: &Context<'_>) -> Result<Reading, Fault> {
        ask::row(ctx, self.0.reading_id).await
    }

    /// What it is about.
    async fn kind(&self) -> FindingKind {
        self.0.kind.0.into()
    }

    /// What it says, in a line.
    async fn summary(&self) -> &str {
        &self.0.summary
    }

    /// What was read, in the shape of its kind.
    async fn value(&self) -> &Value {
        &self.0.value
    }

    /// What a person made of it, in the same shape; null unless it was corrected.
    async fn correction(&self) -> Option<&Value> {
        Some(&self.0.correction).filter(|value| !value.is_null())
    }

    /// How sure the rule is, from 0 to 1.
    async fn confidence(&self) -> f64 {
        self.0.confidence
    }

    /// Where it stands in the report, the clearest place first.
    async fn evidence(&self) -> Result<Vec<Span>, Fault> {
        spans(&self.0.spans)
    }

    /// Who read it: one engine as a rule, two where a second reader read the same.
    async fn witnesses(&self, ctx: &Context<'_>) -> Result<Vec<Witness>, Fault> {
        witness::of(ctx, self).await
    }

    /// What says something else of the same: the readers differ, and only one of the findings can be right. They are not
    /// accepted with the whole reading.
    async fn rivals(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most so many, 1 to 250; 250 where none is given.")] first: Option<i32>,
    ) -> Result<Vec<Self>, Fault> {
        ask::first_of(witness::rivals(ctx, self).await?, first)
    }

    /// What was decided.
    async fn state(&self) -> FindingState {
        self.0.state.0.into()
    }

    /// The known records it may be about, the likeliest first.
    async fn candidates(&self) -> Result<Vec<Candidate>, Fault> {
        kept_as(&self.0.candidates).map(|kept: Vec<intake::Candidate>| kept.into_iter().map(Candidate).collect())
    }

    /// The record it became.
    async fn result(&self, ctx: &Context<'_>) -> Result<Option<Node>, Fault> {
        match self.0.result() {
            Some(record) => node::find(ctx, record).await,
            None => Ok(None),
        }
    }

    /// Who decided; null where nobody has, or the system itself did.
    async fn decided_by(&self, ctx: &Context<'_>) -> Result<Option<Account>, Fault> {
        ask::referred(ctx, self.0.decided_by).await
    }

    /// When it was decided.
    async fn decided_at(&self) -> Option<DateTime<Utc>> {
        self.0.decided_at
    }

    /// Why, where somebody said.
    async fn reason(&self) -> Option<&str> {
        self.0.reason.as_deref()
    }
}

/// A known record that a finding may be about.
#[derive(Debug, Clone, async_graphql::Description)]
pub struct Candidate(intake::Candidate);

#[Object(use_type_description)]
impl Candidate {
    /// The record; null where it is gone.
    async fn record(&self, ctx: &Context<'_>) -> Result<Option<Node>, Fault> {
        node::find(ctx, self.0.record()).await
    }

    /// The name it is known by.
    async fn label(&self) -> &str {
        &self.0.label
    }

    /// The rule by which it fits.
    async fn rule(&self) -> &str {
        &self.0.rule
    }

    /// How well it fits, from 0 to 1.
    async fn score(&self) -> f64 {
        self.0.score
    }
}

/// A finding that is right.
#[derive(InputObject)]
pub struct AcceptFindingInput {
    /// Which finding.
    finding_id: Id<Finding>,
    /// The known record that it is about; by the one sure match, or as a new record, where it is left out.
    link_to: Option<AnyId>,
    /// Takes it as a new record, although it fits a known one; that one is not proposed for this name again.
    as_new: Option<bool>,
}

/// A finding that is about the right thing, with another value.
#[derive(InputObject)]
pub struct CorrectFindingInput {
    /// Which finding.
    finding_id: Id<Finding>,
    /// What it should have been, in the shape of its kind.
    value: Value,
    /// Why.
    reason: Option<String>,
}

/// A finding that is wrong.
#[derive(InputObject)]
pub struct RejectFindingInput {
    /// Which finding.
    finding_id: Id<Finding>,
    /// Why.
    reason: Option<String>,
}

/// Declares the payload of a decision on one finding.
macro_rules! decision {
    ($(#[$about:meta])* $name:ident) => {
        payload! {
            $(#[$about])*
            $name of {
                /// The finding, as it was decided.
                finding: Option<Finding>,
                /// Its reading; done, where nothing in it waits any more.
                reading: Option<Reading>,
                /// The meetings that were made or linked.
                meetings: Vec<Meeting>,
                /// The actions that were made.
                follow_up_actions: Vec<FollowUpAction>,
                /// The tasks that follow-up plays proposed.
                tasks: Vec<Task>,
            }
        }

        impl Payload for $name {
            type Done = intake::Decided;

            fn done(intake::Decided { finding, accepted }: Self::Done) -> Self {
                let intake::Accepted { reading, meetings, actions, tasks } = accepted;
                Self {
                    finding: Some(Finding(finding)),
                    reading: Some(Reading(reading)),
                    meetings: meetings.into_iter().map(Meeting).collect(),
                    follow_up_actions: actions.into_iter().map(FollowUpAction).collect(),
                    tasks: tasks.into_iter().map(Task).collect(),
                    ..Self::default()
                }
            }
        }
    };
}

decision! {
    /// What came of accepting a finding.
    AcceptFindingPayload
}

decision! {
    /// What came of correcting a finding.
    CorrectFindingPayload
}

decision! {
    /// What came of rejecting a finding.
    RejectFindingPayload
}

/// What is decided by accepting.
pub(crate) fn accepting(link_to: Option<AnyId>, as_new: Option<bool>) -> store::Result<Decision> {
    match (as_new.unwrap_or_default(), link_to) {
        (false, link) => Ok(Decision::Accept(link.map(|id| id.0))),
        (true, None) => Ok(Decision::AcceptAsNew),
        (true, Some(_)) => Err(store::Error::invalid("asNew", "name a known record or ask for a new one, not both")),
    }
}

/// Deciding on findings.
#[derive(Default)]
pub struct FindingMutation;

#[Object]
impl FindingMutation {
    /// Takes a finding as it was read: makes or links the record, with its evidence.
    async fn accept_finding(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which finding.")] input: Input<AcceptFindingInput>,
    ) -> Result<AcceptFindingPayload, Fault> {
        let Input { it: AcceptFindingInput { finding_id, link_to, as_new }, named } = input;
        let decision = accepting(link_to, as_new);
        write(ctx, named, async |work| within::decide(work, finding_id.0, decision?).await).await
    }

    /// Takes a finding with another value.
    async fn correct_finding(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which finding, and what it should have been.")] input: Input<CorrectFindingInput>,
    ) -> Result<CorrectFindingPayload, Fault> {
        let Input { it: CorrectFindingInput { finding_id, value, reason }, named } = input;
        write(ctx, named, async |work| within::decide(work, finding_id.0, Decision::Correct { value, reason }).await)
            .await
    }

    /// Sets a finding aside; it stays to be seen, with the reason.
    async fn reject_finding(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which finding.")] input: Input<RejectFindingInput>,
    ) -> Result<RejectFindingPayload, Fault> {
        let Input { it: RejectFindingInput { finding_id, reason }, named } = input;
        write(ctx, named, async |work| within::decide(work, finding_id.0, Decision::Reject { reason }).await).await
    }
}
