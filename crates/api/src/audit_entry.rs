//! The audit trail: what was done, asked and refused, by whom and by which way.

use std::collections::HashMap;

use async_graphql::{Context, Object, async_trait::async_trait, dataloader};
use chrono::{DateTime, Utc};
use store::{audit_entry, page::Key};

use crate::{
    access_token::AccessToken,
    account::Account,
    ask,
    batch::Database,
    change::Change,
    coat::coat,
    connection::{self, Connection, Listing, Paging, Rows, searched},
    fault::Fault,
    filter::{self, filter},
    id::{self, AnyId, Id},
    words::{Outcome, Role, Way, words},
};

coat! {
    /// An entry of the audit trail: that something was done, or asked for and not done. It holds the hash of the entry before
    /// it and of what it made, so that nothing in the trail or in the history can be changed without being seen.
    AuditEntry over store::audit_entry
}

#[Object(use_type_description)]
impl AuditEntry {
    /// Its number: 1, 2, 3 and so on.
    async fn number(&self) -> i32 {
        self.0.seq
    }

    /// When. What was counted has the moment at which the count was written.
    async fn at(&self) -> DateTime<Utc> {
        self.0.at
    }

    /// By which way.
    async fn way(&self) -> Way {
        self.0.way.0.into()
    }

    /// What: the name of the mutation, the command, the work in the background.
    async fn act(&self) -> &str {
        &self.0.act
    }

    /// Who; null for the system itself, for whoever works on the machine, and where nobody was signed in.
    async fn account(&self, ctx: &Context<'_>) -> Result<Option<Account>, Fault> {
        match self.0.account_id {
            Some(id) => ask::find(ctx, id).await,
            None => Ok(None),
        }
    }

    /// By which token they were signed in; null where it was by a browser, or is gone.
    async fn token(&self, ctx: &Context<'_>) -> Result<Option<AccessToken>, Fault> {
        match self.0.token_id {
            Some(id) => ask::find(ctx, id).await,
            None => Ok(None),
        }
    }

    /// What they might do then.
    async fn role(&self) -> Option<Role> {
        self.0.role.map(|role| role.0.into())
    }

    /// In which request, as the log names it.
    async fn request_id(&self) -> Option<&str> {
        self.0.request_id.as_deref()
    }

    /// What came of it.
    async fn outcome(&self) -> Outcome {
        self.0.outcome.0.into()
    }

    /// Why it was not done, as clients were told: a code of errors or refusals.
    async fn code(&self) -> Option<&str> {
        self.0.code.as_deref()
    }

    /// How often: refusals of whoever has not signed in, and of accounts that are refused again and again, are counted.
    async fn times(&self) -> i32 {
        self.0.times
    }

    /// The number of the first line of the history that it made.
    async fn first_change(&self) -> Option<i32> {
        self.0.first_change
    }

    /// The number of the last one.
    async fn last_change(&self) -> Option<i32> {
        self.0.last_change
    }

    /// The lines of the history that it made, in their order.
    async fn changes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most so many, 1 to 250; 250 where none is given.")] first: Option<i32>,
    ) -> Result<Vec<Change>, Fault> {
        let (Some(begin), Some(end)) = (self.0.first_change, self.0.last_change) else { return Ok(Vec::new()) };
        ask::first_of(ask::loader(ctx).load_one(Made { begin, end }).await?.unwrap_or_default(), first)
    }

    /// The hash of the entry before; empty for the first one.
    async fn previous_hash(&self) -> &str {
        &self.0.previous_hash
    }

    /// The hash of this one: `NUMBER:HASH`, written down elsewhere, is what `entente audit verify --from` takes.
    async fn hash(&self) -> &str {
        &self.0.hash
    }
}

/// The most lines of one entry that are told.
const MOST: i32 = 250;

/// The lines of the history that an entry made.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Made {
    begin: i32,
    end: i32,
}

#[async_trait]
impl dataloader::Loader<Made> for Database {
    type Value = Vec<Change>;
    type Error = Fault;

    async fn load(&self, keys: &[Made]) -> Result<HashMap<Made, Vec<Change>>, Fault> {
        let ranges: Vec<_> = keys.iter().map(|made| (made.begin, made.end)).collect();
        let lines = audit_entry::changes(self.0.reader(), &ranges, MOST).await?;
        let of = |made: &Made| {
            let of_it = lines.iter().filter(|line| (made.begin..=made.end).contains(&line.seq));
            of_it.cloned().map(Change).collect()
        };
        Ok(keys.iter().map(|made| (*made, of(made))).collect())
    }
}

filter! {
    /// Which entries of the audit trail. Every field that is given has to fit.
    AuditEntryFilter of audit_entry::Filter {
        /// Of this account.
        account_id: Option<Id<Account>>,
        /// In which this record was written.
        record_id: Option<AnyId>,
        /// Of this act, such as `acceptFinding`.
        act: Option<String>,
        /// By one of these ways.
        ways: Option<Vec<Way>>,
        /// Of which one of these came.
        outcomes: Option<Vec<Outcome>>,
        /// At this moment or later.
        since: Option<DateTime<Utc>>,
        /// Before this moment.
        until: Option<DateTime<Utc>>,
    }
}

impl AuditEntryFilter {
    async fn read(self, _: &Context<'_>) -> Result<audit_entry::Filter, Fault> {
        Ok(audit_entry::Filter {
            account_id: id::key(self.account_id),
            record_id: self.record_id.map(|record| record.0.id),
            act: searched("act", self.act)?,
            ways: words(self.ways),
            outcomes: words(self.outcomes),
            since: self.since,
            until: self.until,
            ..audit_entry::Filter::default()
        })
    }
}

/// A part of the trail.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Trail(audit_entry::Filter);

impl Listing for Trail {
    type Of = AuditEntry;

    fn rows(&self) -> Rows<AuditEntry> {
        audit_entry::select(&self.0).into()
    }

    fn keys(&self) -> Vec<Key> {
        audit_entry::latest_first()
    }
}

/// Asking for the trail.
#[derive(Default)]
pub struct AuditEntryQuery;

#[Object]
impl AuditEntryQuery {
    /// The audit trail, latest first: every mutation, command and work in the background that changed something, every
    /// mutation that was refused, and who signed in or was not let in.
    async fn audit_trail(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most so many, 1 to 100; 20 where none is given.")] first: Option<i32>,
        #[graphql(desc = "Behind this cursor.")] after: Option<String>,
        #[graphql(desc = "At most so many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
        #[graphql(desc = "Which of them.")] filter: Option<AuditEntryFilter>,
    ) -> Result<Connection<AuditEntry>, Fault> {
        let filter = filter::kept(ctx, filter).await?;
        connection::page(ctx, None, Trail(filter), Paging { first, after, last, before }).await
    }
}
