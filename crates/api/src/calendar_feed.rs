//! Calendar feeds: secret addresses by which calendar programs follow a state, or what an account looks after; making and
//! revoking them.

use async_graphql::{Context, ID, InputObject, Object};
use chrono::{DateTime, Utc};
use sea_orm::EntityTrait;
use serde::{Deserialize, Serialize};
use store::calendar_feed::{self, Follows};

use crate::{
    account::Account,
    ask::{self, Short},
    coat::coat,
    fault::{Fault, FaultCode},
    id::{self, Id},
    input::Input,
    member_state::MemberState,
    payload::{Payload, payload, write},
};

/// The feeds of states, in the order of their making.
pub(crate) static OF_STATE: Short<calendar_feed::Entity> =
    Short { rows: calendar_feed::Entity::find, whose: calendar_feed::Column::StateId };

coat! {
    /// A secret address by which a calendar program follows the meetings and due dates of a state, or of what an account looks
    /// after. The secret is not kept.
    CalendarFeed over store::calendar_feed
}

#[Object(use_type_description)]
impl CalendarFeed {
    /// The identifier.
    pub(crate) async fn id(&self) -> ID {
        id::of(&self.0)
    }

    /// The state it follows; null where it is of an account.
    async fn state(&self, ctx: &Context<'_>) -> Result<Option<MemberState>, Fault> {
        ask::referred(ctx, self.0.state_id).await
    }

    /// The account whose actions, tasks and meetings it follows; null where it is of a state.
    async fn account(&self, ctx: &Context<'_>) -> Result<Option<Account>, Fault> {
        ask::referred(ctx, self.0.account_id).await
    }

    /// What it is called, so that people know which one to revoke.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// When it was made.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }

    /// When it was revoked; null while it answers.
    async fn revoked_at(&self) -> Option<DateTime<Utc>> {
        self.0.revoked_at
    }

    /// How often it was written.
    async fn version(&self) -> i32 {
        self.0.version
    }
}

/// Asking for calendar feeds.
#[derive(Default)]
pub struct CalendarFeedQuery;

#[Object]
impl CalendarFeedQuery {
    /// The calendar feeds of an account, revoked ones too, in the order of their making: one's own, or, for admins, those of
    /// another. Those of a state stand in `MemberState`.
    async fn calendar_feeds(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Of which account; of the one that asks, where none is given.")] account_id: Option<
            Id<Account>,
        >,
        #[graphql(desc = "At most so many, 1 to 250; 250 where none is given.")] first: Option<i32>,
    ) -> Result<Vec<CalendarFeed>, Fault> {
        let account_id = ask::own_or(ctx, id::key(account_id))?;
        let rows = calendar_feed::of_account(ask::store(ctx).reader(), ask::who(ctx)?, account_id).await?;
        ask::first_of(rows.into_iter().map(CalendarFeed).collect(), first)
    }
}

/// A new calendar feed.
#[derive(InputObject)]
pub struct CreateCalendarFeedInput {
    /// The state it follows; what the account that asks looks after, where none is given.
    state_id: Option<Id<MemberState>>,
    /// What it is called: whose calendar, on which machine.
    name: String,
}

/// Which calendar feed is to be revoked.
#[derive(InputObject)]
pub struct RevokeCalendarFeedInput {
    /// The calendar feed.
    calendar_feed_id: Id<CalendarFeed>,
}

payload! {
    /// What came of making a calendar feed.
    CreateCalendarFeedPayload of {
        /// The calendar feed.
        calendar_feed: Option<CalendarFeed>,
        /// The secret path under the address of this server, such as `/calendar/SECRET.ics`. It is shown this once:
        /// whoever knows it can read the calendar. Null in the answer to a repeat: where it did not reach you, revoke the
        /// calendar feed and make another.
        address: Option<String>,
    }
}

/// A calendar feed that was made. Its secret is kept nowhere, so that a repeat is told the feed without it.
#[derive(Serialize, Deserialize)]
pub struct Made {
    feed: calendar_feed::Model,
    #[serde(skip)]
    secret: Option<String>,
}

impl Payload for CreateCalendarFeedPayload {
    type Done = Made;

    fn done(Made { feed, secret }: Self::Done) -> Self {
        let address = secret.map(|secret| format!("/calendar/{secret}.ics"));
        Self { calendar_feed: Some(feed.into()), address, ..Self::default() }
    }
}

payload! {
    /// What came of revoking a calendar feed.
    RevokeCalendarFeedPayload {
        /// The calendar feed.
        calendar_feed: CalendarFeed,
    }
}

/// Making and revoking calendar feeds.
#[derive(Default)]
pub struct CalendarFeedMutation;

#[Object]
impl CalendarFeedMutation {
    /// Makes a calendar feed of a state, or of one's own account, and tells its secret address, this once.
    async fn create_calendar_feed(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The new calendar feed.")] input: Input<CreateCalendarFeedInput>,
    ) -> Result<CreateCalendarFeedPayload, Fault> {
        let Input { it: CreateCalendarFeedInput { state_id, name }, named } = input;
        let nobody = || Fault::new(FaultCode::Unauthenticated, "you ask as no account: name a state in stateId");
        let follows = match state_id {
            Some(state) => Follows::State(state.0),
            None => Follows::Account(ask::who(ctx)?.account_id.ok_or_else(nobody)?),
        };
        let draft = calendar_feed::Draft { follows, name };
        write(ctx, named, async |work| {
            let (feed, secret) = calendar_feed::create(work, draft).await?;
            Ok(Made { feed, secret: Some(secret) })
        })
        .await
    }

    /// Revokes a calendar feed: its address answers no more. One's own, that of a state one may change, or, for admins, any.
    async fn revoke_calendar_feed(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one.")] input: Input<RevokeCalendarFeedInput>,
    ) -> Result<RevokeCalendarFeedPayload, Fault> {
        let Input { it: RevokeCalendarFeedInput { calendar_feed_id }, named } = input;
        write(ctx, named, async |work| calendar_feed::revoke(work, calendar_feed_id.0).await).await
    }
}
