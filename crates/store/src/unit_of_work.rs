//! The one way to write: every row that is kept, changed or removed leaves a line in the history, in one transaction.

mod auditing;
mod bookkeeping;
mod indexing;
mod merging;
mod past;
mod permit;
mod restore;
mod revising;
pub(crate) mod row;
mod written;

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use chrono::{DateTime, NaiveDate, SubsecRound, Utc};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, Iterable, ModelTrait,
    PrimaryKeyToColumn, QueryFilter, TryInsertResult,
    sea_query::{OnConflict, SimpleExpr},
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use tokio::sync::OnceCell;
use uuid::Uuid;

use crate::{
    Concept, Error, RecordRef, Result, Surroundings, Who, audit_entry, change,
    merge::Merged,
    reference::{self, Reference},
    search,
};

/// Lines of history written in one statement; SQLite takes 32,766 parameters, a line has ten.
const LINES_AT_ONCE: usize = 500;

/// The series of the numbers of the history.
const HISTORY: &str = "change";

/// A row that has a history. Implemented with `recorded!` beside the row.
pub trait Recorded: ModelTrait + Serialize + DeserializeOwned + Clone + Send + Sync + Sized {
    /// The concept it is a record of.
    const CONCEPT: Concept;
    /// Its identifier.
    fn id(&self) -> Uuid;
    /// How often it was written; 1 for rows that are never revised.
    fn version(&self) -> i32;
    /// Counts one more revision.
    fn next_version(&mut self);
    /// The row with every column to be written.
    fn to_active(&self) -> <Self::Entity as EntityTrait>::ActiveModel;
}

/// Implements [`Recorded`] for the `Model` beside it; `fixed` for rows that are never revised.
macro_rules! recorded {
    ($concept:ident) => {
        $crate::unit_of_work::recorded!(@ $concept, |row| row.version, |row| row.version += 1);
    };
    ($concept:ident, fixed) => {
        $crate::unit_of_work::recorded!(@ $concept, |_row| 1, |_row| ());
    };
    (@ $concept:ident, |$a:ident| $version:expr, |$b:ident| $next:expr) => {
        impl $crate::Recorded for Model {
            const CONCEPT: $crate::Concept = $crate::Concept::$concept;
            fn id(&self) -> uuid::Uuid { self.id }
            fn version(&self) -> i32 { let $a = self; $version }
            fn to_active(&self) -> ActiveModel {
                sea_orm::ActiveModelTrait::reset_all(sea_orm::IntoActiveModel::into_active_model(self.clone()))
            }
            fn next_version(&mut self) { let $b = self; $next }
        }
    };
}
pub(crate) use bookkeeping::Bookkeeping;
pub(crate) use merging::ColumnOf;
pub(crate) use recorded;
pub use written::{Elsewhere, Written};

/// A transaction that remembers what it wrote. Dropped without [`UnitOfWork::commit`], nothing happened.
pub struct UnitOfWork {
    transaction: DatabaseTransaction,
    surroundings: Arc<dyn Surroundings>,
    written: Written,
    reference: Reference,
    who: Who,
    now: DateTime<Utc>,
    lines: Vec<change::Model>,
    /// Which records were merged into which, once somebody asks.
    merged: OnceCell<Arc<Merged>>,
    /// The lines of a merge, which is judged as a whole.
    of_merge: HashSet<Uuid>,
    refused: Vec<audit_entry::Refused>,
}

impl UnitOfWork {
    pub(crate) fn new(
        transaction: DatabaseTransaction,
        surroundings: Arc<dyn Surroundings>,
        written: Written,
        reference: Reference,
        who: Who,
    ) -> Self {
        // PostgreSQL keeps microseconds; both databases are to answer with the same moment.
        let now = surroundings.now().trunc_subsecs(6);
        let (merged, of_merge) = (OnceCell::new(), HashSet::new());
        let (lines, refused) = (Vec::new(), Vec::new());
        Self { transaction, surroundings, written, reference, who, now, lines, merged, of_merge, refused }
    }

    /// The connection, for reading inside the transaction.
    pub fn connection(&self) -> &DatabaseTransaction {
        &self.transaction
    }

    /// The moment of the whole unit.
    pub fn now(&self) -> DateTime<Utc> {
        self.now
    }

    /// The day of the whole unit.
    pub fn today(&self) -> NaiveDate {
        self.surroundings.today()
    }

    /// On whose behalf.
    pub fn who(&self) -> &Who {
        &self.who
    }

    /// Writes into some rows what follows from another record, whose line of the history tells it.
    pub(crate) async fn follow<E: EntityTrait>(
        &mut self,
        which: SimpleExpr,
        column: E::Column,
        value: impl Into<SimpleExpr> + Send,
    ) -> Result<()> {
        E::update_many().col_expr(column, value.into()).filter(which).exec(&self.transaction).await?;
        Ok(())
    }

    /// How many lines of history there are so far.
    pub fn written(&self) -> usize {
        self.lines.len()
    }

    /// The records that were written so far and are still there, each once.
    pub fn records(&self) -> Vec<RecordRef> {
        let record = |line: &change::Model| RecordRef::new(line.concept.0, line.record_id);
        let mut first: HashMap<RecordRef, usize> = HashMap::new();
        for (at, line) in self.lines.iter().enumerate() {
            if line.after == Value::Null {
                first.remove(&record(line));
            } else {
                first.entry(record(line)).or_insert(at);
            }
        }
        let lines = self.lines.iter().map(record).enumerate();
        lines.filter(|(at, record)| first.get(record) == Some(at)).map(|(_, record)| record).collect()
    }

    /// A fresh identifier.
    pub fn fresh_id(&self) -> Uuid {
        self.surroundings.fresh_id()
    }

    /// A secret that nobody can guess.
    pub fn fresh_secret(&self) -> [u8; 32] {
        self.surroundings.fresh_secret()
    }

    /// Keeps a new row. Where it names a record that was merged into another, it names that one.
    ///
    /// # Errors
    /// [`Error::Database`], also where a unique key is taken.
    pub async fn insert<M: Recorded>(&mut self, row: M) -> Result<M>
    where
        <M::Entity as EntityTrait>::ActiveModel: Send,
    {
        let row = self.led(row).await?;
        M::Entity::insert(row.to_active()).exec_without_returning(&self.transaction).await?;
        self.remember::<M>(row.id(), row.version(), None, Some(&row));
        Ok(row)
    }

    /// Keeps a new row as [`UnitOfWork::insert`] does, unless a unique key of it is taken: whether it was kept. Where somebody
    /// else is about to take the key, this waits for the end of that.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub async fn insert_unless_taken<M: Recorded>(&mut self, row: &M) -> Result<bool>
    where
        <M::Entity as EntityTrait>::ActiveModel: Send,
    {
        let row = &self.led(row.clone()).await?;
        let insert = M::Entity::insert(row.to_active()).on_conflict(OnConflict::new().do_nothing().to_owned());
        let kept = match insert.try_insert().exec_without_returning(&self.transaction).await? {
            TryInsertResult::Inserted(rows) => rows > 0,
            TryInsertResult::Conflicted | TryInsertResult::Empty => false,
        };
        if kept {
            self.remember::<M>(row.id(), row.version(), None, Some(row));
        }
        Ok(kept)
    }

    /// Revises a row: `change` is applied to it as it stands, and its version counts one more.
    /// Where `change` leaves it as it was, nothing is written. Whoever expects no version means the row as it is: where
    /// somebody else is revising it at this moment, this waits for the end of that.
    ///
    /// # Errors
    /// [`Error::NotFound`]; [`Error::Conflict`] where `expected` is given and the row is at another version, or
    /// somebody else is revising it at this moment; whatever `change` refuses.
    pub async fn revise<M>(
        &mut self,
        id: Uuid,
        expected: Option<i32>,
        change: impl FnOnce(&mut M) -> Result<()>,
    ) -> Result<M>
    where
        M: Recorded + PartialEq,
        M::Entity: EntityTrait<Model = M>,
    {
        let before: M = match expected {
            Some(_) => crate::by_id::<M::Entity>(&self.transaction, id).await?,
            None => self.latest(id).await?,
        };
        if let Some(expected) = expected.filter(|expected| *expected != before.version()) {
            return Err(Error::Conflict { concept: M::CONCEPT, id, expected, current: before.version() });
        }
        self.revise_from(before, change).await
    }

    /// The next number of a running series, such as the actions of one state. Two writers never get the same.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub async fn next_number(&mut self, series: &str) -> Result<i32> {
        self.next_numbers(series, 1).await
    }

    /// Takes the next `count` numbers of a series; the last of them. Whoever takes one of the same series waits until
    /// this unit has ended.
    async fn next_numbers(&mut self, series: &str, count: i32) -> Result<i32> {
        let statement = sea_orm::Statement::from_sql_and_values(
            self.transaction.get_database_backend(),
            "INSERT INTO running_number (series, last) VALUES ($1, $2) \
             ON CONFLICT (series) DO UPDATE SET last = running_number.last + $2 RETURNING last",
            [series.into(), count.into()],
        );
        let row = self.transaction.query_one_raw(statement).await?;
        let row = row.ok_or_else(|| sea_orm::DbErr::RecordNotFound("running_number".to_owned()))?;
        Ok(row.try_get("", "last")?)
    }

    /// Undoes everything written here, once it is known that it might have lasted.
    ///
    /// # Errors
    /// [`Error::Forbidden`] as [`UnitOfWork::commit`]; [`Error::Database`].
    pub async fn try_out(self) -> Result<()> {
        if !self.lines.is_empty() {
            self.permit(&self.lines).await?;
        }
        Ok(self.transaction.rollback().await?)
    }

    /// Makes everything written here last, with its history, its entry in the audit trail and its place in the search, or
    /// nothing of it.
    ///
    /// # Errors
    /// [`Error::Forbidden`] where any of it is not for those to write on whose behalf it was; [`Error::Database`]; then
    /// nothing was written.
    pub async fn commit(mut self) -> Result<()> {
        let mut lines = std::mem::take(&mut self.lines);
        if !self.is_told(&lines) && self.refused.is_empty() {
            return Ok(self.transaction.commit().await?);
        }
        let is_written = !lines.is_empty();
        if is_written {
            self.permit(&lines).await?;
            Written::announce(&self.transaction).await?;
        }
        // The numbers are taken last: from here on everybody else waits, so that lines become visible in their order.
        let count = i32::try_from(lines.len()).unwrap_or(i32::MAX);
        let before = self.next_numbers(HISTORY, count).await? - count;
        for (line, seq) in lines.iter_mut().zip(before + 1..) {
            line.seq = seq;
        }
        if is_written {
            self.refuse_names_of_merged(&lines).await?;
            self.index(&search::touched(&lines)).await?;
            self.write_down(&lines).await?;
        }
        self.write_trail(&lines, before).await?;
        self.transaction.commit().await?;
        if reference::told_of(&lines) {
            self.reference.forget();
        }
        if is_written {
            self.written.tell();
        }
        Ok(())
    }

    /// Writes the lines of history.
    async fn write_down(&self, lines: &[change::Model]) -> Result<()> {
        for lines in lines.chunks(LINES_AT_ONCE) {
            let rows = lines.iter().map(|line| line.clone().into_active_model());
            change::Entity::insert_many(rows).exec_without_returning(&self.transaction).await?;
        }
        Ok(())
    }

    fn remember<M: Recorded>(&mut self, id: Uuid, version: i32, before: Option<&M>, after: Option<&M>) {
        let json = |row: Option<&M>| row.and_then(|row| serde_json::to_value(row).ok()).unwrap_or(Value::Null);
        self.lines.push(change::Model {
            id: self.surroundings.fresh_id(),
            seq: 0,
            at: self.now,
            account_id: self.who.account_id,
            request_id: self.who.request_id.clone(),
            concept: M::CONCEPT.into(),
            record_id: id,
            version,
            before: json(before),
            after: json(after),
        });
    }
}

/// The condition that picks one row by its identifier.
fn is_row<E: EntityTrait>(id: Uuid) -> Condition {
    let keys = E::PrimaryKey::iter().map(|key| key.into_column().eq(id));
    keys.fold(Condition::all(), Condition::add)
}
