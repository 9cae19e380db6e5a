//! Deliveries: what is sent to people, and what became of it.

use async_graphql::{Context, ID, InputObject, Object};
use chrono::{DateTime, Utc};
use store::{delivery, page::Key};

use crate::{
    account::Account,
    ask,
    coat::coat,
    connection::{self, Connection, Listing, Paging, Rows},
    fault::Fault,
    filter::{self, filter},
    id::{self, Id},
    input::Input,
    payload::{payload, write},
    words::{Channel, DeliveryState, words},
};

coat! {
    /// Something that was sent to somebody, or is to be: a digest, for a day or a week, by one way.
    Delivery over store::delivery
}

#[Object(use_type_description)]
impl Delivery {
    /// The identifier.
    pub(crate) async fn id(&self) -> ID {
        id::of(&self.0)
    }

    /// Whose reminders it tells of.
    async fn account(&self, ctx: &Context<'_>) -> Result<Account, Fault> {
        ask::row(ctx, self.0.account_id).await
    }

    /// By which way it goes.
    async fn channel(&self) -> Channel {
        self.0.channel.0.into()
    }

    /// The name of the webhook, as the settings call it; null where it goes to the account's own address.
    async fn webhook(&self) -> Option<&str> {
        Some(self.0.target.as_str()).filter(|name| !name.is_empty())
    }

    /// For which day, such as `2026-03-02`, or week, such as `2026-W10`. There is one delivery for it by each way.
    async fn period(&self) -> &str {
        &self.0.period
    }

    /// What became of it.
    async fn state(&self) -> DeliveryState {
        self.0.state.0.into()
    }

    /// How often it was sent off.
    async fn attempts(&self) -> i32 {
        self.0.attempts
    }

    /// What the other side said last, or why there was nothing to be heard; null before the first attempt.
    async fn answer(&self) -> Option<&str> {
        self.0.answer.as_deref()
    }

    /// When it was planned.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }

    /// When it was taken; null where it was not, or nobody knows.
    async fn sent_at(&self) -> Option<DateTime<Utc>> {
        self.0.sent_at
    }

    /// How often it was written: hand it back as `expectedVersion` when sending it again.
    async fn version(&self) -> i32 {
        self.0.version
    }
}

filter! {
    /// Which deliveries.
    DeliveryFilter of delivery::Filter {
        /// In one of these states.
        states: Option<Vec<DeliveryState>>,
        /// By one of these ways.
        channels: Option<Vec<Channel>>,
        /// Of the reminders of this account.
        account_id: Option<Id<Account>>,
    }
}

impl DeliveryFilter {
    async fn read(self, _: &Context<'_>) -> Result<delivery::Filter, Fault> {
        Ok(delivery::Filter {
            states: words(self.states),
            channels: words(self.channels),
            account_id: id::key(self.account_id),
            ..delivery::Filter::default()
        })
    }
}

/// A list of deliveries.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Deliveries(delivery::Filter);

impl Listing for Deliveries {
    type Of = Delivery;

    fn rows(&self) -> Rows<Delivery> {
        delivery::select(&self.0).into()
    }

    fn keys(&self) -> Vec<Key> {
        delivery::latest_first()
    }
}

/// Asking for deliveries.
#[derive(Default)]
pub struct DeliveryQuery;

#[Object]
impl DeliveryQuery {
    /// What was sent or is to be, latest first.
    async fn deliveries(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most so many, 1 to 100; 20 where none is given.")] first: Option<i32>,
        #[graphql(desc = "Behind this cursor.")] after: Option<String>,
        #[graphql(desc = "At most so many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
        #[graphql(desc = "Which of them.")] filter: Option<DeliveryFilter>,
    ) -> Result<Connection<Delivery>, Fault> {
        let filter = filter::kept(ctx, filter).await?;
        connection::page(ctx, None, Deliveries(filter), Paging { first, after, last, before }).await
    }
}

/// A delivery that is to be sent again.
#[derive(InputObject)]
pub struct SendDeliveryAgainInput {
    /// Which delivery.
    delivery_id: Id<Delivery>,
    /// The version it was read at; where it has another by now, nothing is written.
    expected_version: Option<i32>,
}

payload! {
    /// What came of sending a delivery again.
    SendDeliveryAgainPayload {
        /// The delivery.
        delivery: Delivery,
    }
}

/// Sending again.
#[derive(Default)]
pub struct DeliveryMutation;

#[Object]
impl DeliveryMutation {
    /// Sends again what failed or is uncertain. What is uncertain may have been taken: then it comes twice.
    async fn send_delivery_again(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which delivery.")] input: Input<SendDeliveryAgainInput>,
    ) -> Result<SendDeliveryAgainPayload, Fault> {
        let Input { it: SendDeliveryAgainInput { delivery_id, expected_version }, named } = input;
        write(ctx, named, async |work| delivery::send_again(work, delivery_id.0, expected_version).await).await
    }
}
