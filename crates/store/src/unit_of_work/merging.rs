//! What merging takes: rows that name one record are made to name another, many at a time; and whoever names a record that
//! was merged means the one it was merged into.

use std::{collections::BTreeSet, sync::Arc};

use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, Iterable, ModelTrait, PrimaryKeyToColumn, QueryFilter,
    QueryOrder, QuerySelect, Value,
    sea_query::{ArrayType, Expr, ExprTrait, IntoCondition, LockType},
};
use uuid::Uuid;

use super::{UnitOfWork, revising::version_of};
use crate::{
    Concept, Error, Recorded, Result, by_id, change,
    load::KEYS_AT_ONCE,
    merge::{self, Merged},
    party::Party,
};

/// The columns of a row.
pub(crate) type ColumnOf<M> = <<M as ModelTrait>::Entity as EntityTrait>::Column;

impl UnitOfWork {
    /// The record that an identifier stands for: itself, or the one that it was merged into. A version that was read of
    /// another record is none of this one.
    ///
    /// # Errors
    /// [`Error::Conflict`] where a version is expected and the record was merged; [`Error::NotFound`]; [`Error::Database`].
    pub(crate) async fn kept<M>(&self, id: Uuid, expected: Option<i32>) -> Result<Uuid>
    where
        M: Recorded,
        M::Entity: EntityTrait<Model = M>,
    {
        let kept = self.stands_for(id).await?;
        match expected {
            Some(expected) if kept != id => {
                let current = by_id::<M::Entity>(&self.transaction, kept).await?.version();
                Err(Error::Conflict { concept: M::CONCEPT, id, expected, current })
            }
            _ => Ok(kept),
        }
    }

    /// The same, of whatever concept.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub async fn stands_for(&self, id: Uuid) -> Result<Uuid> {
        if !self.merged().await?.holds(id) {
            return Ok(id);
        }
        // What is kept in memory may be a moment old.
        merge::kept(&self.transaction, id).await
    }

    /// A party, of which each record is the one that it was merged into.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub(crate) async fn party(&self, mut party: Party) -> Result<Party> {
        for named in [&mut party.person_id, &mut party.post_id, &mut party.organization_id].into_iter().flatten() {
            *named = self.stands_for(*named).await?;
        }
        Ok(party)
    }

    async fn merged(&self) -> Result<&Merged> {
        let read = async || match self.reference.kept() {
            Some(tables) => Ok(tables.merged.clone()),
            None => merge::merged(&self.transaction).await.map(Arc::new),
        };
        self.merged.get_or_try_init(read).await.map(|merged| &**merged)
    }

    /// The row with the records that it names as they are by now. A merge alone names records that are gone.
    pub(super) async fn led<M: Recorded>(&self, mut row: M) -> Result<M> {
        if M::CONCEPT == Concept::Merge {
            return Ok(row);
        }
        let mut led = Vec::new();
        let named: Vec<Uuid> = ColumnOf::<M>::iter().filter_map(|column| named_in(&row, column)).collect();
        for named in named {
            let kept = self.stands_for(named).await?;
            led.extend((kept != named).then_some((named, kept)));
        }
        for (named, kept) in led {
            for column in ColumnOf::<M>::iter() {
                if named_in(&row, column) == Some(named) {
                    row.try_set(column, kept.into())?;
                }
            }
        }
        Ok(row)
    }

    /// Rows that a condition picks, which nobody else changes until this unit ends.
    pub(crate) async fn hold<M: Recorded>(&self, which: impl IntoCondition) -> Result<Vec<M>>
    where
        M::Entity: EntityTrait<Model = M>,
    {
        let mut rows = M::Entity::find().filter(which.into_condition());
        for key in <M::Entity as EntityTrait>::PrimaryKey::iter() {
            rows = rows.order_by_asc(key.into_column());
        }
        Ok(rows.lock(LockType::Update).all(&self.transaction).await?)
    }

    /// Makes rows that are held name another record.
    pub(crate) async fn lead<M: Recorded>(&mut self, rows: Vec<M>, column: ColumnOf<M>, to: Uuid) -> Result<()> {
        let version = version_of::<M>();
        for rows in rows.chunks(KEYS_AT_ONCE) {
            let mut update = M::Entity::update_many().col_expr(column, Expr::val(to));
            if let Some(version) = version {
                update = update.col_expr(version, Expr::col(version).add(1));
            }
            for key in <M::Entity as EntityTrait>::PrimaryKey::iter() {
                update = update.filter(key.into_column().is_in(rows.iter().map(Recorded::id)));
            }
            update.exec(&self.transaction).await?;
            for before in rows {
                let mut after = before.clone();
                after.try_set(column, to.into())?;
                after.next_version();
                self.remember(after.id(), after.version(), Some(before), Some(&after));
            }
        }
        Ok(())
    }

    /// Keeps a row again that was removed, as it was then, but for what was merged since; its version goes on behind that of
    /// its removal.
    pub(crate) async fn put_back<M: Recorded>(&mut self, row: M) -> Result<()>
    where
        <M::Entity as EntityTrait>::ActiveModel: Send,
    {
        let mut row = self.led(row).await?;
        row.next_version();
        row.next_version();
        M::Entity::insert(row.to_active()).exec_without_returning(&self.transaction).await?;
        self.remember::<M>(row.id(), row.version(), None, Some(&row));
        Ok(())
    }

    /// Has all that was written since there were so many lines judged by the merge that is written behind them.
    pub(crate) fn judge_by_merge(&mut self, since: usize) {
        self.of_merge.extend(self.lines.iter().skip(since).map(|line| line.id));
    }

    /// Of two who work at the same moment, one may have merged a record that the other has just named. Where the database
    /// sees such a name it refuses it; where it does not, this does, once nobody else can end before.
    pub(super) async fn refuse_names_of_merged(&self, lines: &[change::Model]) -> Result<()> {
        // SQLite has one who writes at a time.
        if self.transaction.get_database_backend() == DbBackend::Sqlite {
            return Ok(());
        }
        let mut named: BTreeSet<Uuid> = BTreeSet::new();
        for line in lines.iter().filter(|line| !self.of_merge.contains(&line.id)) {
            let columns = merge::LOOSE.iter().filter(|(concept, _)| *concept == line.concept.0);
            named.extend(columns.filter_map(|(_, column)| line.after[*column].as_str()?.parse::<Uuid>().ok()));
        }
        if let Some(gone) = merge::of_others(&self.transaction, named).await?.first() {
            let message = format!("\"{}\" was merged into another record at this moment: do it again", gone.label);
            return Err(Error::invalid("id", message));
        }
        Ok(())
    }
}

/// The record that a row names in a column.
fn named_in<M: Recorded>(row: &M, column: ColumnOf<M>) -> Option<Uuid> {
    if M::get_value_type(column) != ArrayType::Uuid {
        return None;
    }
    match row.get(column) {
        Value::Uuid(named) => named.filter(|named| *named != row.id()),
        _ => None,
    }
}
