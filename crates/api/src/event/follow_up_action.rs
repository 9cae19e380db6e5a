//! Events of follow-up actions.

use async_graphql::{Context, Enum, InputObject, Object, Subscription};
use serde_json::Value;
use store::{Concept, Store, by_ids, follow_up_action};
use uuid::Uuid;
use vocab::Word;

use super::{
    EventKind, Line, Occasion,
    deed::Deed,
    stream::{Events, Telling, events},
};
use crate::{
    account::Account,
    ask,
    fault::Fault,
    follow_up_action::FollowUpAction,
    id::{self, Id},
    member_state::states,
};

/// What of an action is otherwise than before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub enum FollowUpActionPart {
    /// The action itself, such as its title, its due day, its owner or its status.
    Action,
    /// The cooperation areas that it is in.
    Areas,
    /// The statements on its progress.
    Updates,
    /// The next steps under it.
    Tasks,
    /// The words of reports behind it.
    Evidence,
}

/// Whose a line is: the action, where it is about one.
type Whose = fn(&Line) -> Option<Uuid>;

/// What counts as a change of an action.
static PARTS: [(Concept, FollowUpActionPart, Whose); 5] = [
    (Concept::FollowUpAction, FollowUpActionPart::Action, |line| Some(line.record_id)),
    (Concept::FollowUpActionArea, FollowUpActionPart::Areas, of_action),
    (Concept::Update, FollowUpActionPart::Updates, of_action),
    (Concept::Task, FollowUpActionPart::Tasks, of_action),
    (Concept::Evidence, FollowUpActionPart::Evidence, behind_action),
];

fn of_action(line: &Line) -> Option<Uuid> {
    key(line.row(), "action_id")
}

fn behind_action(line: &Line) -> Option<Uuid> {
    let row = line.row();
    (row["concept"] == Concept::FollowUpAction.code()).then(|| key(row, "record_id"))?
}

fn key(row: &Value, column: &str) -> Option<Uuid> {
    row[column].as_str()?.parse().ok()
}

/// The part that a line is about.
fn part(line: &Line) -> Option<FollowUpActionPart> {
    PARTS.iter().find(|(concept, ..)| *concept == line.concept.0).map(|(_, part, _)| *part)
}

/// A change of a follow-up action, or of something that belongs to it.
pub struct FollowUpActionEvent {
    occasion: Occasion,
    kind: EventKind,
    parts: Vec<FollowUpActionPart>,
    action_id: Uuid,
}

/// A change of a follow-up action, or of something that belongs to it.
#[Object]
impl FollowUpActionEvent {
    #[graphql(flatten)]
    async fn occasion(&self) -> &Occasion {
        &self.occasion
    }

    /// What became of the action.
    async fn kind(&self) -> EventKind {
        self.kind
    }

    /// What of it is otherwise than before.
    async fn parts(&self) -> &[FollowUpActionPart] {
        &self.parts
    }

    /// The action as it is now; null where it is gone.
    async fn follow_up_action(&self, ctx: &Context<'_>) -> Result<Option<FollowUpAction>, Fault> {
        ask::find(ctx, self.action_id).await
    }
}

/// Which actions. Every field that is given has to fit, the action either as it is or as it was before.
#[derive(Default, InputObject)]
pub struct FollowUpActionEventFilter {
    /// One of these.
    action_ids: Option<Vec<Id<FollowUpAction>>>,
    /// Of one of these states, by ISO 3166-1 code.
    states: Option<Vec<String>>,
    /// Looked after by this account.
    owner_id: Option<Id<Account>>,
}

/// The changes of actions that a client asked for.
struct Changes {
    action_ids: Option<Vec<Uuid>>,
    state_ids: Option<Vec<Uuid>>,
    owner_id: Option<Uuid>,
}

impl Changes {
    async fn new(ctx: &Context<'_>, filter: Option<FollowUpActionEventFilter>) -> Result<Self, Fault> {
        let FollowUpActionEventFilter { action_ids, states: codes, owner_id } = filter.unwrap_or_default();
        let state_ids = states(ctx, "states", codes).await?;
        Ok(Self { action_ids: action_ids.map(id::keys), state_ids, owner_id: id::key(owner_id) })
    }

    fn fits(&self, action: &follow_up_action::Model) -> bool {
        let of_state = |ids: &Vec<Uuid>| action.state_id.is_some_and(|id| ids.contains(&id));
        self.state_ids.as_ref().is_none_or(of_state) && self.owner_id.is_none_or(|id| action.owner_id == Some(id))
    }

    /// Whether the action fits, as the lines tell it or, where they are about its parts alone, as it is.
    async fn passes(&self, store: &Store, deed: &Deed) -> Result<bool, Fault> {
        if self.state_ids.is_none() && self.owner_id.is_none() {
            return Ok(true);
        }
        let own = deed.lines.iter().filter(|line| line.concept.0 == Concept::FollowUpAction);
        let told: Vec<follow_up_action::Model> = own.flat_map(|line| [line.was(), line.became()]).flatten().collect();
        if !told.is_empty() {
            return Ok(told.iter().any(|action| self.fits(action)));
        }
        let action = by_ids::<follow_up_action::Entity>(store.reader(), &[deed.record_id]).await?;
        Ok(action.values().any(|action| self.fits(action)))
    }
}

impl Telling for Changes {
    type Event = FollowUpActionEvent;

    fn about(&self, line: &Line) -> Option<Uuid> {
        let (.., whose) = PARTS.iter().find(|(concept, ..)| *concept == line.concept.0)?;
        whose(line).filter(|action| self.action_ids.as_ref().is_none_or(|ids| ids.contains(action)))
    }

    async fn event(&self, store: &Store, deed: Deed) -> Result<Option<FollowUpActionEvent>, Fault> {
        if !self.passes(store, &deed).await? {
            return Ok(None);
        }
        let own = deed.lines.iter().map(AsRef::as_ref).filter(|line| line.concept.0 == Concept::FollowUpAction);
        let kind = EventKind::of(own);
        let changed: Vec<_> = deed.lines.iter().filter_map(|line| part(line)).collect();
        let parts = PARTS.iter().map(|(_, part, _)| *part).filter(|part| changed.contains(part)).collect();
        let event = |occasion| FollowUpActionEvent { occasion, kind, parts, action_id: deed.record_id };
        Ok(deed.occasion().map(event))
    }
}

/// Hearing of actions.
#[derive(Default)]
pub struct FollowUpActionSubscription;

#[Subscription]
impl FollowUpActionSubscription {
    /// Tells when an action is made or changed, or something that belongs to it: its areas, the statements on its
    /// progress, its tasks, its evidence. What is done in one request is one event for each action. Time alone changes
    /// nothing that is told: that an action becomes overdue or falls silent is asked of it.
    async fn follow_up_action_changed(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Behind the event of this cursor; from now on, where none is given.")] after: Option<String>,
        #[graphql(desc = "Of which actions; of all, where none is given.")] filter: Option<FollowUpActionEventFilter>,
    ) -> Result<Events<FollowUpActionEvent>, Fault> {
        events(ctx, Changes::new(ctx, filter).await?, after).await
    }
}
