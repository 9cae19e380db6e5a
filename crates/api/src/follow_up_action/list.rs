//! Which actions, and in which order.

use async_graphql::{Context, Enum, InputObject, Object};
use chrono::{DateTime, Utc};
use store::{
    follow_up_action::{self, Filter, OrderBy, Under},
    page::Key,
};

use super::FollowUpAction;
use crate::{
    account::Account,
    ask,
    connection::{self, Connection, Listing, Paging, Rows, searched},
    fault::Fault,
    filter::{self, filter},
    id::{self, Id},
    meeting::Meeting,
    member_state::states,
    organization::Organization,
    past::{Moment, Then},
    scalars::Date,
    words::{ActionKind, ActionStatus, OrderDirection, Side, Strength, words},
};

filter! {
    /// Which actions. Every field that is given has to fit.
    FollowUpActionFilter of follow_up_action::Filter {
        /// Of one of these states, by ISO 3166-1 code.
        states: Option<Vec<String>>,
        /// In which one of these organizations, such as a ministry, acts or is acted to.
        organization_ids: Option<Vec<Id<Organization>>>,
        /// In one of these cooperation areas, by slug.
        areas: Option<Vec<String>>,
        /// Of one of these kinds.
        kinds: Option<Vec<ActionKind>>,
        /// At least so binding; `PROMISED` for commitments.
        strength_at_least: Option<Strength>,
        /// With one of these statuses today.
        statuses: Option<Vec<ActionStatus>>,
        /// Waiting for one of these sides.
        awaits: Option<Vec<Side>>,
        /// Whether their due day has passed and they are neither delivered nor dropped.
        overdue: Option<bool>,
        /// Due before this day.
        due_before: Option<Date>,
        /// Looked after by this account.
        owner_id: Option<Id<Account>>,
        /// Came out of this meeting.
        meeting_id: Option<Id<Meeting>>,
        /// Whose title holds this, or whose reference is this.
        text: Option<String>,
    }
}

impl FollowUpActionFilter {
    async fn read(self, ctx: &Context<'_>) -> Result<Filter, Fault> {
        Ok(Filter {
            state_ids: states(ctx, "states", self.states).await?,
            organization_ids: ask::kept(ctx, self.organization_ids).await?,
            areas: self.areas.map(known_areas).transpose()?,
            kinds: words(self.kinds),
            strength_at_least: self.strength_at_least.map(Into::into),
            statuses: words(self.statuses),
            awaits: words(self.awaits),
            overdue: self.overdue,
            today: Some(ask::today(ctx)),
            rhythms: ask::store(ctx).rhythms(),
            due_before: self.due_before.map(Into::into),
            owner_id: id::key(self.owner_id),
            meeting_id: id::key(self.meeting_id),
            text: searched("text", self.text)?,
            ..Filter::default()
        })
    }
}

/// An order of actions.
#[derive(InputObject)]
pub struct FollowUpActionOrder {
    /// By what.
    field: FollowUpActionOrderField,
    /// In which direction.
    #[graphql(default)]
    direction: OrderDirection,
}

/// What actions can be ordered by.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "OrderBy")]
pub enum FollowUpActionOrderField {
    /// The due day; those without one last.
    DueOn,
    /// When they were first kept.
    CreatedAt,
    /// The reference: state, then number.
    Reference,
    /// How binding they are.
    Strength,
}

/// A list of actions.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Actions {
    under: Option<Under>,
    filter: Filter,
    order: Vec<(OrderBy, OrderDirection)>,
}

impl Actions {
    /// The actions that pass the filter, all or under a record.
    ///
    /// # Errors
    /// Where the filter names no state or no area.
    pub async fn new(
        ctx: &Context<'_>,
        under: Option<Under>,
        filter: Option<FollowUpActionFilter>,
        order_by: Option<Vec<FollowUpActionOrder>>,
    ) -> Result<Self, Fault> {
        let filter = filter::kept(ctx, filter).await?;
        let order = order_by.unwrap_or_default().into_iter().map(|by| (by.field.into(), by.direction)).collect();
        Ok(Self { under, filter, order })
    }
}

/// The slugs, all of which the taxonomy has.
fn known_areas(slugs: Vec<String>) -> Result<Vec<String>, Fault> {
    match slugs.iter().find(|slug| vocab::cooperation_area::by_slug(slug).is_none()) {
        Some(slug) => {
            let message = format!("\"{slug}\" is no cooperation area: ask cooperationAreas for the list");
            Err(Fault::input("areas", message))
        }
        None => Ok(slugs),
    }
}

impl Listing for Actions {
    type Of = FollowUpAction;

    fn rows(&self) -> Rows<FollowUpAction> {
        match self.under {
            Some(under) => follow_up_action::select_under(under, &self.filter).into(),
            None => follow_up_action::select(&self.filter).into(),
        }
    }

    fn keys(&self) -> Vec<Key> {
        connection::order(&self.order, (OrderBy::DueOn, OrderDirection::Asc), |by, order| by.keys(order))
    }
}

/// Asking for actions.
#[derive(Default)]
pub struct FollowUpActionQuery;

#[Object]
impl FollowUpActionQuery {
    /// The action that people call by this reference.
    async fn follow_up_action(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The reference, such as `PAK-14`, in either case.")] reference: String,
        #[graphql(desc = "The day by which things are judged; that of `knownAt`, else today, where none is given.")]
        as_of: Option<Date>,
        #[graphql(desc = "The moment up to which records count; all of them, where none is given.")] known_at: Option<
            DateTime<Utc>,
        >,
    ) -> Result<Then<Option<FollowUpAction>>, Fault> {
        let moment = Moment::of(ctx, as_of, known_at).await?;
        let ctx = &moment.ctx(ctx);
        let Some(reference) = searched("reference", Some(reference))? else { return Ok(moment.tell(None)) };
        let found = follow_up_action::by_reference(ask::store(ctx).reader(), &reference).await?;
        let found = found.map(FollowUpAction);
        Ok(moment.tell(found))
    }

    /// Follow-up actions, first due first where no order is given.
    async fn follow_up_actions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most so many, 1 to 100; 20 where none is given.")] first: Option<i32>,
        #[graphql(desc = "Behind this cursor.")] after: Option<String>,
        #[graphql(desc = "At most so many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
        #[graphql(desc = "Which of them.")] filter: Option<FollowUpActionFilter>,
        #[graphql(desc = "In which order; first due first, where none is given.")] order_by: Option<
            Vec<FollowUpActionOrder>,
        >,
        #[graphql(desc = "The day by which things are judged; that of `knownAt`, else today, where none is given.")]
        as_of: Option<Date>,
        #[graphql(desc = "The moment up to which records count; all of them, where none is given.")] known_at: Option<
            DateTime<Utc>,
        >,
    ) -> Result<Then<Connection<FollowUpAction>>, Fault> {
        let moment = Moment::of(ctx, as_of, known_at).await?;
        let ctx = &moment.ctx(ctx);
        let list = Actions::new(ctx, None, filter, order_by).await?;
        let page = connection::page(ctx, None, list, Paging { first, after, last, before }).await?;
        Ok(moment.tell(page))
    }
}
