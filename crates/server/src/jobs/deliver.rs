//! Sending what was planned, so that nothing is sent twice and nothing is thought sent that was not.
//!
//! That a delivery is on its way is committed before its way is entered. Found so again, somebody died on the way: a
//! webhook is called again under the same identifier, by which it is known; a mail cannot be known so, and is left to a
//! person.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use futures_core::future::BoxFuture;
use store::{
    Who, account, by_id, delivery,
    job::{self, End},
};
use uuid::Uuid;
use vocab::{Channel, DeliveryState};

use super::{Channels, Job, Worker};
use crate::{
    mail::{Letter, Mailer},
    transmission::Outcome,
    webhook::Webhook,
};

/// Sends what was planned.
pub struct Deliver {
    channels: Channels,
}

impl Deliver {
    /// Sends by these ways.
    pub fn new(channels: Channels) -> Self {
        Self { channels }
    }

    async fn deliver(&self, worker: &Worker, taken: &job::Model) -> store::Result<()> {
        let id = taken.key.parse().unwrap_or_default();
        let planned = by_id::<delivery::Entity>(worker.store().reader(), id).await?;
        let (end, state, answer) = match (planned.state.0, planned.channel.0) {
            (DeliveryState::Sent | DeliveryState::Failed | DeliveryState::Uncertain, _) => {
                return worker.end(taken, End::Done, async |_| Ok(())).await.map(drop);
            }
            (DeliveryState::Sending, Channel::Email) => {
                let told = "the server was stopped while the mail was on its way".to_owned();
                became(worker, taken, Outcome::Unknown(told))
            }
            (DeliveryState::Sending, Channel::Webhook) | (DeliveryState::Planned, _) => {
                let outcome = match self.message(worker, &planned, taken).await? {
                    Ok(message) => {
                        let mut work = worker.store().begin(&Who::background(self.kind())).await?;
                        delivery::set_out(&mut work, &planned).await?;
                        work.commit().await?;
                        message.send().await
                    }
                    Err(lacking) => Outcome::Later(lacking.to_owned()),
                };
                became(worker, taken, outcome)
            }
        };
        let ended = worker.end(taken, end, async |work| delivery::arrive(work, id, state, answer).await.map(drop));
        ended.await.map(drop)
    }

    /// What is sent, and by which way; or what is lacking for it.
    async fn message(
        &self,
        worker: &Worker,
        delivery: &delivery::Model,
        taken: &job::Model,
    ) -> store::Result<Result<Message<'_>, &'static str>> {
        let at = worker.store().surroundings().now();
        let text = |name: &str| taken.payload[name].as_str().unwrap_or_default().to_owned();
        if delivery.channel.0 == Channel::Webhook {
            let Some(webhook) = self.channels.webhook(&delivery.target) else {
                return Ok(Err("no webhook of this name is set"));
            };
            return Ok(Ok(Message::Call { webhook, id: called(delivery.id), at, body: text("body") }));
        }
        let Some(mailer) = self.channels.mailer() else { return Ok(Err("no mail host is set")) };
        let account = by_id::<account::Entity>(worker.store().reader(), delivery.account_id).await?;
        let letter = Letter {
            name: account.name,
            email: account.email.unwrap_or_default(),
            subject: text("subject"),
            text: text("text"),
            html: text("html"),
            key: format!("digest.{}.{}", delivery.period, account.id.simple()),
            at,
        };
        Ok(Ok(Message::Letter { mailer, letter }))
    }
}

/// What is sent, and by which way.
enum Message<'a> {
    Letter { mailer: &'a Mailer, letter: Letter },
    Call { webhook: &'a Webhook, id: String, at: DateTime<Utc>, body: String },
}

impl Message<'_> {
    async fn send(self) -> Outcome {
        match self {
            Self::Letter { mailer, letter } => mailer.send(&letter).await,
            Self::Call { webhook, id, at, body } => webhook.call(&id, at.timestamp(), &body).await,
        }
    }
}

/// What a delivery is known by to those who are called.
fn called(delivery: Uuid) -> String {
    format!("msg_{}", delivery.simple())
}

/// What an outcome means for the job and for the delivery.
fn became(worker: &Worker, taken: &job::Model, outcome: Outcome) -> (End, DeliveryState, String) {
    match outcome {
        Outcome::Taken(told) => (End::Done, DeliveryState::Sent, told),
        Outcome::Refused(told) => (End::Failed { reason: told.clone() }, DeliveryState::Failed, told),
        Outcome::Unknown(told) => {
            tracing::warn!(delivery = taken.key, "a mail may have been taken or not, a person has to decide: {told}");
            (End::Done, DeliveryState::Uncertain, told)
        }
        Outcome::Later(told) => {
            let end = worker.again(taken, told.clone());
            let gave_up = matches!(end, End::Failed { .. });
            (end, if gave_up { DeliveryState::Failed } else { DeliveryState::Planned }, told)
        }
    }
}

impl Job for Deliver {
    fn kind(&self) -> &'static str {
        delivery::JOB
    }

    /// What is to be delivered is queued by those who plan it.
    fn plan<'a>(&'a self, _: &'a Worker) -> BoxFuture<'a, store::Result<()>> {
        Box::pin(async { Ok(()) })
    }

    fn run(self: Arc<Self>, worker: Worker, taken: job::Model) -> BoxFuture<'static, store::Result<()>> {
        Box::pin(async move { self.deliver(&worker, &taken).await })
    }
}
