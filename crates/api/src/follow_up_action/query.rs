//! What an action tells.

use async_graphql::{Context, ID, Object};
use chrono::{DateTime, Utc};
use sea_orm::EntityTrait;
use store::{follow_up_action::area, task};

use super::progress::{self, Progress};
use crate::{
    account::Account,
    ask::{self, Short},
    change::{Change, History},
    clock::clock,
    coat::coat,
    connection::{self, Connection, Paging},
    cooperation_area::CooperationArea,
    evidence::{self, Evidence},
    fault::Fault,
    id,
    meeting::Meeting,
    member_state::MemberState,
    node::{self, Party},
    organization::Organization,
    past::only_now,
    person::Person,
    post::{self, Post},
    scalars::{Date, PartialDate},
    task::Task,
    update::{self, Update},
    words::{ActionKind, ActionStatus, CheckableElement, DatePrecision, Side, Strength},
};

static AREAS: Short<area::Entity> = Short { rows: area::Entity::find, whose: area::Column::ActionId };
static TASKS: Short<task::Entity> = Short { rows: task::Entity::find, whose: task::Column::ActionId };

coat! {
    /// A forward-looking act between two sides: a proposal, a request, an offer, an invitation, a promise, an agreement.
    FollowUpAction over store::follow_up_action
}

#[Object(use_type_description)]
impl FollowUpAction {
    /// The identifier.
    pub(crate) async fn id(&self) -> ID {
        id::of(&self.0)
    }

    /// What people call it, such as `PAK-14`: its state and a running number.
    async fn reference(&self) -> &str {
        &self.0.reference
    }

    /// What the words do.
    async fn kind(&self) -> ActionKind {
        self.0.kind.0.into()
    }

    /// What it is about, in a line.
    async fn title(&self) -> &str {
        &self.0.title
    }

    /// How binding it is.
    async fn strength(&self) -> Strength {
        self.0.strength.0.into()
    }

    /// Whether it is a commitment: promised or more.
    async fn is_commitment(&self) -> bool {
        self.0.strength.0.is_commitment()
    }

    /// What its wording lacks before anyone can check whether it was kept.
    async fn missing(&self) -> Vec<CheckableElement> {
        self.0.missing.0.iter().copied().map(Into::into).collect()
    }

    /// The state it belongs to.
    async fn state(&self, ctx: &Context<'_>) -> Result<Option<MemberState>, Fault> {
        ask::referred(ctx, self.0.state_id).await
    }

    /// Who acts: the person, else the organization, else the state.
    async fn actor(&self, ctx: &Context<'_>) -> Result<Option<Party>, Fault> {
        node::party(ctx, self.0.actor()).await
    }

    /// The post on which it hangs when its holder changes.
    async fn actor_post(&self, ctx: &Context<'_>) -> Result<Option<Post>, Fault> {
        ask::referred(ctx, self.0.actor_post_id).await
    }

    /// Who holds the acting post on a day, and so has taken the action over from whoever held it when it was said.
    async fn actor_holder(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The day; today, where none is given.")] as_of: Option<Date>,
    ) -> Result<Option<Person>, Fault> {
        match self.0.actor_post_id {
            Some(post) => post::holder(ctx, post, as_of).await,
            None => Ok(None),
        }
    }

    /// The organization that acts.
    async fn actor_organization(&self, ctx: &Context<'_>) -> Result<Option<Organization>, Fault> {
        ask::referred(ctx, self.0.actor_organization_id).await
    }

    /// The side that acts.
    async fn actor_side(&self) -> Side {
        self.0.actor_side.0.into()
    }

    /// To whom: the person, else the organization, else the state.
    async fn counterpart(&self, ctx: &Context<'_>) -> Result<Option<Party>, Fault> {
        node::party(ctx, self.0.counterpart()).await
    }

    /// The post on the other side.
    async fn counterpart_post(&self, ctx: &Context<'_>) -> Result<Option<Post>, Fault> {
        ask::referred(ctx, self.0.counterpart_post_id).await
    }

    /// Who holds the post on the other side on a day.
    async fn counterpart_holder(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The day; today, where none is given.")] as_of: Option<Date>,
    ) -> Result<Option<Person>, Fault> {
        match self.0.counterpart_post_id {
            Some(post) => post::holder(ctx, post, as_of).await,
            None => Ok(None),
        }
    }

    /// The organization on the other side.
    async fn counterpart_organization(&self, ctx: &Context<'_>) -> Result<Option<Organization>, Fault> {
        ask::referred(ctx, self.0.counterpart_organization_id).await
    }

    /// Who owes the next move; null where nobody has said.
    async fn awaits(&self) -> Option<Side> {
        self.0.awaits.map(|side| side.0.into())
    }

    /// The cooperation areas it is in, in the order of the taxonomy.
    async fn areas(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most so many, 1 to 250; 250 where none is given.")] first: Option<i32>,
    ) -> Result<Vec<CooperationArea>, Fault> {
        let areas: Vec<area::Model> = ask::short(ctx, &AREAS, self.0.id).await?;
        let mut areas: Vec<CooperationArea> = ask::rows(ctx, areas.into_iter().map(|area| area.area_id)).await?;
        areas.sort_by_key(|area| area.0.position);
        ask::first_of(areas, first)
    }

    /// The meeting it came out of.
    async fn meeting(&self, ctx: &Context<'_>) -> Result<Option<Meeting>, Fault> {
        ask::referred(ctx, self.0.meeting_id).await
    }

    /// The last day on which it is in time.
    async fn due_on(&self) -> Option<Date> {
        self.0.due_on.map(Date)
    }

    /// How much of the due day was said.
    async fn due_precision(&self) -> Option<DatePrecision> {
        self.0.due_on_precision.map(|precision| precision.0.into())
    }

    /// When it is due, as precisely as was said.
    async fn due(&self) -> Option<PartialDate> {
        let (day, precision) = self.0.due_on.zip(self.0.due_on_precision)?;
        Some(PartialDate(vocab::PartialDate::new(day, precision.0)))
    }

    /// How it stands today: derived from its updates and from time, never typed; another day is asked of `progress`.
    async fn status(&self, ctx: &Context<'_>) -> ActionStatus {
        self.0.status_on(ask::store(ctx).rhythms(), ask::today(ctx)).into()
    }

    /// How it stands, on which tracks, and why; null where it was not there on the day, or not known at the moment.
    async fn progress(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The day; that of `knownAt`, else today, where none is given.")] as_of: Option<Date>,
        #[graphql(desc = "The moment up to which records count; all of them, where none is given.")] known_at: Option<
            DateTime<Utc>,
        >,
    ) -> Result<Option<Progress>, Fault> {
        let clock = clock(ctx, as_of, known_at)?;
        progress::progress(ctx, &self.0, clock).await
    }

    /// The day on which it was said.
    async fn said_on(&self) -> Date {
        Date(self.0.since())
    }

    /// The version of the rule by which the status is derived.
    async fn status_rule(&self) -> &'static str {
        vocab::status::RULE
    }

    /// Whether the latest statements of two tracks differ.
    async fn disputed(&self) -> bool {
        self.0.disputed
    }

    /// Whether its due day has passed and it is neither delivered nor dropped.
    async fn overdue(&self, ctx: &Context<'_>) -> bool {
        self.0.overdue(ask::today(ctx))
    }

    /// Who on our side looks after it.
    async fn owner(&self, ctx: &Context<'_>) -> Result<Option<Account>, Fault> {
        ask::referred(ctx, self.0.owner_id).await
    }

    /// The next steps for staff under it.
    async fn tasks(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most so many, 1 to 250; 250 where none is given.")] first: Option<i32>,
    ) -> Result<Vec<Task>, Fault> {
        ask::few(ctx, &TASKS, self.0.id, first).await
    }

    /// The dated statements on its progress, in the order in which they were recorded.
    async fn updates(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most so many, 1 to 250; 250 where none is given.")] first: Option<i32>,
    ) -> Result<Vec<Update>, Fault> {
        ask::few(ctx, &update::OF_ACTION, self.0.id, first).await
    }

    /// The words of reports behind it.
    async fn evidence(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most so many, 1 to 250; 250 where none is given.")] first: Option<i32>,
    ) -> Result<Vec<Evidence>, Fault> {
        ask::few(ctx, &evidence::OF_RECORD, self.0.id, first).await
    }

    /// By how many distinct publishers it is told; reports of which nobody knows the publisher count as one.
    async fn corroboration(&self, ctx: &Context<'_>) -> Result<i32, Fault> {
        evidence::corroboration(ctx, self.0.id).await
    }

    /// What was written on it, when and by whom, the latest first.
    async fn history(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most so many, 1 to 100; 20 where none is given.")] first: Option<i32>,
        #[graphql(desc = "Behind this cursor.")] after: Option<String>,
        #[graphql(desc = "At most so many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
    ) -> Result<Connection<Change>, Fault> {
        only_now(ctx, "the history")?;
        connection::page(ctx, Some(self.0.id), History, Paging { first, after, last, before }).await
    }

    /// When it was first kept.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }

    /// How often it was written: hand it back as `expectedVersion` when revising.
    async fn version(&self) -> i32 {
        self.0.version
    }
}
