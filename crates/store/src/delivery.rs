//! Deliveries: what is sent to people, and what became of it.
//!
//! That something is on its way is written down before the way is entered. So, whatever happens, what was sent is known to
//! have been sent or known to be uncertain, and is never taken for unsent.

use sea_orm::{Condition, entity::prelude::*, sea_query::Order};
use serde::{Deserialize, Serialize};
use vocab::{Channel, DeliveryState};

use crate::{Code, Error, Result, Together, UnitOfWork, job, page::Key, unit_of_work::recorded};

/// The kind of job that sends one.
pub const JOB: &str = "deliver";

/// A delivery.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "delivery")]
pub struct Model {
    /// Identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Whose reminders.
    pub account_id: Uuid,
    /// By which way.
    pub channel: Code<Channel>,
    /// The name of the webhook; empty where it goes to the account's own address.
    pub target: String,
    /// For which day or week.
    pub period: String,
    /// What became of it.
    pub state: Code<DeliveryState>,
    /// How often the way was entered.
    pub attempts: i32,
    /// What the other side said last, or why there was nothing to be heard.
    pub answer: Option<String>,
    /// When it was planned.
    pub created_at: DateTimeUtc,
    /// When it was taken.
    pub sent_at: Option<DateTimeUtc>,
    /// Counts the revisions.
    pub version: i32,
}

/// To its account.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

recorded!(Delivery);

/// A new delivery.
#[derive(Debug, Clone)]
pub struct Draft {
    /// Whose reminders.
    pub account_id: Uuid,
    /// By which way.
    pub channel: Channel,
    /// The name of the webhook.
    pub target: String,
    /// For which day or week.
    pub period: String,
    /// What is sent.
    pub message: Json,
}

/// Plans a delivery, and queues the job that sends it.
///
/// # Errors
/// [`Error::Database`], also where there is one of the same account, period and way.
pub async fn plan(work: &mut UnitOfWork, draft: Draft) -> Result<Model> {
    let Draft { account_id, channel, target, period, message } = draft;
    let row = Model {
        id: work.fresh_id(),
        account_id,
        channel: channel.into(),
        target,
        period,
        state: DeliveryState::Planned.into(),
        attempts: 0,
        answer: None,
        created_at: work.now(),
        sent_at: None,
        version: 1,
    };
    let row = work.insert(row).await?;
    let draft = job::Draft { kind: JOB, key: row.id.to_string(), payload: message, run_at: None };
    job::queue(work, draft).await?;
    Ok(row)
}

/// Writes down that a delivery is on its way. To be committed before it is.
///
/// # Errors
/// As [`UnitOfWork::revise`].
pub async fn set_out(work: &mut UnitOfWork, delivery: &Model) -> Result<Model> {
    work.revise(delivery.id, Some(delivery.version), |row: &mut Model| {
        row.state = DeliveryState::Sending.into();
        row.attempts += 1;
        row.answer = None;
        Ok(())
    })
    .await
}

/// Writes down what became of a delivery, and what was said to it.
///
/// # Errors
/// As [`UnitOfWork::revise`].
pub async fn arrive(work: &mut UnitOfWork, id: Uuid, state: DeliveryState, answer: String) -> Result<Model> {
    let now = work.now();
    work.revise(id, None, |row: &mut Model| {
        row.state = state.into();
        row.answer = Some(answer);
        row.sent_at = (state == DeliveryState::Sent).then_some(now);
        Ok(())
    })
    .await
}

/// Sends a delivery again because a person says so.
///
/// # Errors
/// As [`UnitOfWork::revise`]; [`Error::Invalid`] where it is neither failed nor uncertain.
pub async fn send_again(work: &mut UnitOfWork, id: Uuid, expected: Option<i32>) -> Result<Model> {
    let row = work
        .revise(id, expected, |row: &mut Model| {
            if !matches!(row.state.0, DeliveryState::Failed | DeliveryState::Uncertain) {
                let message =
                    format!("the delivery is {}: only what failed or is uncertain is sent again by hand", row.state.0);
                return Err(Error::invalid("deliveryId", message));
            }
            row.state = DeliveryState::Planned.into();
            Ok(())
        })
        .await?;
    job::open_again(work, JOB, &id.to_string()).await?;
    Ok(row)
}

/// Which deliveries.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Filter {
    /// In one of these states.
    pub states: Option<Vec<DeliveryState>>,
    /// By one of these ways.
    pub channels: Option<Vec<Channel>>,
    /// Of this account.
    pub account_id: Option<Uuid>,
    /// What has to hold beside it.
    pub together: Together<Filter>,
}

/// The deliveries that pass the filter.
pub fn select(filter: &Filter) -> Select<Entity> {
    Entity::find().filter(passes(filter))
}

fn passes(filter: &Filter) -> Condition {
    let Filter { states, channels, account_id, together } = filter;
    let own = Condition::all()
        .add_option(states.as_ref().map(|states| Column::State.is_in(states.iter().copied().map(Code))))
        .add_option(channels.as_ref().map(|channels| Column::Channel.is_in(channels.iter().copied().map(Code))))
        .add_option(account_id.map(|id| Column::AccountId.eq(id)));
    together.beside(own, passes)
}

/// Latest first.
pub fn latest_first() -> Vec<Key> {
    vec![Key::time(Column::CreatedAt, Order::Desc)]
}
