//! The tables, a line for each; a test keeps any from being forgotten.

use std::marker::PhantomData;

use futures_core::future::BoxFuture;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, IdenStatic, Iterable, ModelTrait,
    QueryFilter, QueryOrder, QuerySelect, QueryTrait, Value,
};
use serde_json::{Map, Value as Json};
use uuid::Uuid;

use super::{Fault, Tables, row};
use crate::{
    Error, Result, UnitOfWork, access_token, account, appointment, assignment, audit_entry, calendar_feed, change,
    cooperation_area, credential, delivery, doubt, evidence, finding, follow_up_action, identity, import, job, meeting,
    member_state, merge, news_report, organization, participation, person, post, reading, receipt, record_name,
    rejected_link, rejected_merge, running_number, standing, task, unit_of_work, update, witness,
};

/// Every table whose rows are written out, each behind those that it refers to.
pub(super) static TABLES: &[&dyn Table] = &[
    &of::<account::Entity>("account"),
    &of::<delivery::Entity>("delivery"),
    &of::<job::Entity>("job"),
    &of::<receipt::Entity>("receipt"),
    &of::<member_state::Entity>("member-state"),
    &of::<assignment::Entity>("assignment"),
    &of::<calendar_feed::Entity>("calendar-feed"),
    &Of { own: Some(organization::Column::ParentId), ..of::<organization::Entity>("organization") },
    &of::<standing::Entity>("standing"),
    &of::<person::Entity>("person"),
    &of::<post::Entity>("post"),
    &of::<appointment::Entity>("appointment"),
    &of::<record_name::Entity>("record-name"),
    &of::<cooperation_area::Entity>("cooperation-area"),
    &of::<news_report::Entity>("news-report"),
    &of::<reading::Entity>("reading"),
    &of::<finding::Entity>("finding"),
    &of::<witness::Entity>("witness"),
    &of::<doubt::Entity>("doubt"),
    &of::<rejected_link::Entity>("rejected-link"),
    &of::<evidence::Entity>("evidence"),
    &of::<meeting::Entity>("meeting"),
    &of::<meeting::state::Entity>("meeting-state"),
    &of::<participation::Entity>("participation"),
    &of::<follow_up_action::Entity>("follow-up-action"),
    &of::<follow_up_action::area::Entity>("follow-up-action-area"),
    &of::<task::Entity>("task"),
    &of::<update::Entity>("update"),
    &Of { own: Some(merge::Column::PartOf), ..of::<merge::Entity>("merge") },
    &of::<rejected_merge::Entity>("rejected-merge"),
    &of::<import::Entity>("import"),
    &of::<change::Entity>("change"),
    &of::<audit_entry::Entity>("audit-entry"),
    &of::<running_number::Entity>(RUNNING_NUMBER),
];

/// By what people and programs sign in, secrets as hashes: it belongs to a server, and goes out with a backup of it alone.
pub(super) static SIGN_IN: &[&dyn Table] = &[
    &of::<access_token::Entity>("access-token"),
    &of::<credential::Entity>("credential"),
    &of::<identity::Entity>("identity"),
];

/// Every table whose rows can be written out.
pub(super) fn all() -> impl DoubleEndedIterator<Item = &'static dyn Table> {
    TABLES.iter().chain(SIGN_IN).copied()
}

/// The kind of the counters, which a migration puts into an otherwise empty database.
pub(super) const RUNNING_NUMBER: &str = "running-number";

/// Tables that are not written out, and why.
pub const LEFT_OUT: &[(&str, &str)] = &[
    ("seaql_migrations", "which migrations have run belongs to a database; the first line names the last of them"),
    ("search_entry", "the index of the search follows from the records, and is made anew"),
    ("search_words", "the same"),
    ("session", "people sign in again"),
    ("ticket", "what may be used once, within minutes"),
];

/// The names of the tables whose rows are written out.
pub fn table_names() -> Vec<&'static str> {
    all().map(|table| table.name()).collect()
}

/// A table of records, each of which has lines in the history.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Records {
    /// The word for what its rows are.
    pub(crate) kind: &'static str,
    /// What the database calls it.
    pub(crate) name: &'static str,
    /// Whether its rows are revised.
    pub(crate) has_version: bool,
}

/// The tables of records.
pub(crate) fn recorded() -> impl Iterator<Item = Records> {
    let without_history = ["job", "receipt", "change", "audit-entry", RUNNING_NUMBER];
    let tables = all().filter(move |table| !without_history.contains(&table.kind()));
    tables.map(|table| Records { kind: table.kind(), name: table.name(), has_version: table.has_version() })
}

/// A row as it goes out: its key and its columns.
pub(super) type Row = (Value, Map<String, Json>);

/// A reference within a table to a row that comes later: from which row to which.
pub(crate) type Later = (Uuid, Uuid);

/// The rows of consecutive lines of one kind.
#[derive(Debug)]
pub(super) struct Lines {
    /// The number of the first line.
    pub(super) first: u64,
    /// How long they are together.
    pub(super) bytes: usize,
    /// The tables they go into.
    pub(super) tables: Tables,
    /// The columns of each row.
    pub(super) rows: Vec<Map<String, Json>>,
}

/// A table, whatever its rows are.
pub(super) trait Table: Sync {
    /// The word that its lines bear.
    fn kind(&self) -> &'static str;
    /// What the database calls it.
    fn name(&self) -> &'static str;
    /// Whether its rows count how often they were written.
    fn has_version(&self) -> bool;
    /// The next rows behind a key, by key, at most so many; none where there are no more.
    fn page<'a>(
        &'a self,
        db: &'a DatabaseTransaction,
        behind: Option<Value>,
        limit: usize,
    ) -> BoxFuture<'a, Result<Vec<Row>>>;
    /// Whether it holds nothing yet.
    fn is_empty<'a>(&'a self, db: &'a DatabaseTransaction) -> BoxFuture<'a, Result<bool>>;
    /// Keeps the rows of consecutive lines; answers with the references among them to rows that are still to come.
    fn keep<'a>(&'a self, work: &'a UnitOfWork, lines: Lines) -> BoxFuture<'a, Result<Vec<Later>, Fault>>;
    /// Puts a reference that had to wait.
    fn refer<'a>(&'a self, work: &'a UnitOfWork, later: Later) -> BoxFuture<'a, Result<()>>;
}

struct Of<E: EntityTrait> {
    kind: &'static str,
    /// The column by which its rows refer to one another.
    own: Option<E::Column>,
    entity: PhantomData<fn() -> E>,
}

const fn of<E: EntityTrait>(kind: &'static str) -> Of<E> {
    Of { kind, own: None, entity: PhantomData }
}

impl<E> Table for Of<E>
where
    E: EntityTrait,
    E::Column: Sync,
    E::Model: ModelTrait<Entity = E>,
    E::ActiveModel: Send,
{
    fn kind(&self) -> &'static str {
        self.kind
    }

    fn name(&self) -> &'static str {
        E::default().as_str()
    }

    fn has_version(&self) -> bool {
        E::Column::iter().any(|column| column.as_str() == "version")
    }

    fn page<'a>(
        &'a self,
        db: &'a DatabaseTransaction,
        behind: Option<Value>,
        limit: usize,
    ) -> BoxFuture<'a, Result<Vec<Row>>> {
        Box::pin(async move {
            let key = row::key::<E>()?;
            let mut select = E::find().order_by_asc(key);
            if row::is_identifier(key) {
                select = select.limit(limit as u64);
            } else if behind.is_some() {
                return Ok(Vec::new());
            }
            if let Some(behind) = behind {
                select = select.filter(key.gt(behind));
            }
            let rows = select.all(db).await?;
            let mut rows = rows.iter().map(row::written).collect::<Result<Vec<Row>, DbErr>>()?;
            if !row::is_identifier(key) {
                // Databases sort texts each in its own way. Such tables are short.
                rows.sort_by_key(|(key, _)| key.to_string());
            }
            Ok(rows)
        })
    }

    fn is_empty<'a>(&'a self, db: &'a DatabaseTransaction) -> BoxFuture<'a, Result<bool>> {
        Box::pin(async move {
            // The key alone: the other columns may be older than what this program knows.
            let keys = E::find().select_only().column(row::key::<E>()?).limit(1).into_query();
            Ok(db.query_one(&keys).await?.is_none())
        })
    }

    fn keep<'a>(&'a self, work: &'a UnitOfWork, lines: Lines) -> BoxFuture<'a, Result<Vec<Later>, Fault>> {
        Box::pin(async move {
            let Lines { first, rows, tables, .. } = lines;
            let (mut read, mut later) = (Vec::with_capacity(rows.len()), Vec::new());
            let last = first + (rows.len() as u64).saturating_sub(1);
            for (line, columns) in (first..).zip(rows) {
                let row = unit_of_work::row::read::<E>(columns, tables == Tables::Older);
                let mut row = row.map_err(|message| Fault::Line { line, message })?;
                later.extend(self.own.and_then(|column| unit_of_work::row::put_off::<E>(&mut row, column)));
                read.push(row);
            }
            let refused = |error: Error| Fault::Refused { first, last, kind: self.kind, error };
            work.restore::<E>(read).await.map_err(refused)?;
            Ok(later)
        })
    }

    fn refer<'a>(&'a self, work: &'a UnitOfWork, (from, to): Later) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            match self.own {
                Some(column) => work.refer::<E>(column, from, to).await,
                None => Ok(()),
            }
        })
    }
}
