//! Making the digests that are due: one for each person and day or week, by every way that is set.

use std::{collections::HashSet, sync::Arc};

use api::id::encode;
use briefing::{
    Shelf,
    digest::{self, Digest, Wanted},
};
use chrono::{SecondsFormat, Timelike};
use futures_core::future::BoxFuture;
use sea_orm::EntityTrait;
use serde_json::{Value, json};
use store::{
    Concept, RecordRef, Who, account, delivery,
    job::{self, End},
};
use vocab::{Channel, Word};

use super::{Channels, Job, Worker};
use crate::settings::Event;

/// Makes digests.
pub struct MakeDigest {
    channels: Channels,
    /// From which hour of the day.
    hour: u32,
    shelf: Shelf,
}

impl MakeDigest {
    /// Makes digests from this hour on, of the books of a shelf, to be sent by these ways.
    pub fn new(channels: Channels, hour: u32, shelf: Shelf) -> Self {
        Self { channels, hour, shelf }
    }

    async fn queue(&self, worker: &Worker) -> store::Result<()> {
        let store = worker.store();
        if self.channels.is_empty() || store.surroundings().now().hour() < self.hour {
            return Ok(());
        }
        let today = store.surroundings().today();
        let accounts = account::Entity::find().all(store.reader()).await?;
        let due = accounts.into_iter().filter(|account| self.channels.reach(account)).filter_map(|account| {
            let period = account.reminders(store.reminders()).period(today)?;
            Some((format!("{}/{period}", account.id), json!({ "account": account.id, "period": period })))
        });
        let due: Vec<_> = due.collect();
        let keys: Vec<_> = due.iter().map(|(key, _)| key.clone()).collect();
        let queued: HashSet<_> = job::queued(store.reader(), self.kind(), &keys).await?.into_iter().collect();
        let new: Vec<_> = due.into_iter().filter(|(key, _)| !queued.contains(key)).collect();
        if new.is_empty() {
            return Ok(());
        }
        let mut work = store.begin(&Who::background(self.kind())).await?;
        for (key, payload) in new {
            // Another server may have been faster: then there is nothing to be done.
            job::queue(&mut work, job::Draft { kind: self.kind(), key, payload, run_at: None }).await?;
        }
        work.commit().await
    }

    async fn make(&self, worker: &Worker, taken: &job::Model) -> store::Result<()> {
        let account_id = taken.payload["account"].as_str().and_then(|id| id.parse().ok());
        let (Some(account_id), Some(period)) = (account_id, taken.payload["period"].as_str()) else {
            let reason = "it names no account and period".to_owned();
            return worker.end(taken, End::Failed { reason }, async |_| Ok(())).await.map(drop);
        };
        let wanted = Wanted { account_id, as_of: None, language: None };
        let digest = Digest::make(worker.store(), &self.shelf, wanted).await?;
        let deliveries = if digest.is_empty() { Vec::new() } else { self.deliveries(worker, &digest, period) };
        let ended = worker.end(taken, End::Done, async |work| {
            for draft in deliveries {
                delivery::plan(work, draft).await?;
            }
            Ok(())
        });
        ended.await.map(drop)
    }

    /// What is to be sent, by every way. It is written out here, so that what is sent again is the same.
    fn deliveries(&self, worker: &Worker, digest: &Digest, period: &str) -> Vec<delivery::Draft> {
        let draft = |channel, target: &str, message| delivery::Draft {
            account_id: digest.account.id,
            channel,
            target: target.to_owned(),
            period: period.to_owned(),
            message,
        };
        let mail = self.channels.mails(&digest.account).then(|| {
            let message = json!({ "subject": digest.subject(), "text": digest.text(), "html": digest.html() });
            draft(Channel::Email, "", message)
        });
        let at = worker.store().surroundings().now().to_rfc3339_opts(SecondsFormat::Secs, true);
        let body = json!({ "type": "digest", "timestamp": at, "data": told(digest, period) }).to_string();
        let webhooks = self.channels.webhooks().iter().filter(|webhook| webhook.hears_of(Event::Digest));
        let calls = webhooks.map(|webhook| draft(Channel::Webhook, &webhook.name, json!({ "body": body })));
        mail.into_iter().chain(calls).collect()
    }
}

/// A digest as data, with the identifiers that GraphQL knows.
fn told(digest: &Digest, period: &str) -> Value {
    let groups = digest.groups.iter().map(|group| {
        let lines = group.lines.iter().map(|line| {
            json!({ "reason": line.reason.code(), "id": *encode(line.record), "reference": line.reference,
                "title": line.title, "since": line.since, "text": line.text })
        });
        let state = group.state.map(|(state, _)| state.alpha3);
        json!({ "state": state, "lines": lines.collect::<Vec<_>>() })
    });
    let account = RecordRef::new(Concept::Account, digest.account.id);
    json!({
        "account": { "id": *encode(account), "name": digest.account.name },
        "period": period,
        "asOf": digest.as_of,
        "language": digest.language,
        "rule": digest::RULE,
        "total": digest.total(),
        "groups": groups.collect::<Vec<_>>(),
    })
}

impl Job for MakeDigest {
    fn kind(&self) -> &'static str {
        "digest"
    }

    fn plan<'a>(&'a self, worker: &'a Worker) -> BoxFuture<'a, store::Result<()>> {
        Box::pin(self.queue(worker))
    }

    fn run(self: Arc<Self>, worker: Worker, taken: job::Model) -> BoxFuture<'static, store::Result<()>> {
        Box::pin(async move { self.make(&worker, &taken).await })
    }
}
