//! Writing the index of the search. It follows from the records alone and has no history; it is written in the transaction
//! of the records, once the numbers of the history are taken: of two who write to the same record, the second indexes what
//! the first has left.

use std::collections::{BTreeSet, HashMap};

use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, QueryFilter, QuerySelect,
    sea_query::{Expr, ExprTrait, OnConflict, Query},
};
use uuid::Uuid;
use vocab::{Word, search::FOLDING};

use super::{HISTORY, UnitOfWork};
use crate::{
    Concept, Result,
    search::{self, Column, Entity, Source, Touched},
};

/// So many records are written down in one statement.
const RECORDS_AT_ONCE: usize = 500;
/// Bytes of their texts that are enough.
const BYTES_AT_ONCE: usize = 2 << 20;

impl UnitOfWork {
    /// Indexes records as they stand at the end of this unit.
    pub(super) async fn index(&mut self, touched: &Touched) -> Result<()> {
        let mut waiting: Vec<Source> = Vec::new();
        for (concept, ids) in touched {
            let ids: Vec<Uuid> = ids.iter().copied().collect();
            for ids in ids.chunks(search::at_once(*concept)) {
                let there = search::read(&self.transaction, *concept, ids).await?;
                if there.len() < ids.len() {
                    let known: BTreeSet<Uuid> = there.iter().map(|source| source.record.id).collect();
                    self.forget_entries(ids.iter().copied().filter(|id| !known.contains(id)).collect()).await?;
                }
                waiting.extend(there);
                let bytes: usize = waiting.iter().map(Source::size).sum();
                if waiting.len() >= RECORDS_AT_ONCE || bytes >= BYTES_AT_ONCE {
                    self.write_entries(&std::mem::take(&mut waiting)).await?;
                }
            }
        }
        self.write_entries(&waiting).await
    }

    /// Indexes records that nobody has changed. Whoever writes meanwhile waits.
    pub(crate) async fn index_again(&mut self, concept: Concept, ids: &[Uuid]) -> Result<()> {
        self.next_numbers(HISTORY, 0).await?;
        let ids: BTreeSet<Uuid> = ids.iter().copied().collect();
        self.index(&Touched::from([(concept, ids)])).await
    }

    /// Forgets the whole index.
    pub(crate) async fn forget_index(&self) -> Result<()> {
        let words = match self.transaction.get_database_backend() {
            DbBackend::Sqlite => "INSERT INTO search_words (search_words) VALUES ('delete-all')",
            _ => "DELETE FROM search_words",
        };
        for statement in [words, "DELETE FROM search_entry"] {
            self.transaction.execute_unprepared(statement).await?;
        }
        Ok(())
    }

    /// Forgets records that are gone.
    async fn forget_entries(&self, ids: Vec<Uuid>) -> Result<()> {
        let numbers = Entity::find().select_only().column(Column::No).filter(Column::Id.is_in(ids.iter().copied()));
        let numbers: Vec<i32> = numbers.into_tuple().all(&self.transaction).await?;
        if !numbers.is_empty() {
            self.transaction.execute(&search::forget(self.transaction.get_database_backend(), &numbers)).await?;
            Entity::delete_many().filter(Column::Id.is_in(ids)).exec(&self.transaction).await?;
        }
        Ok(())
    }

    async fn write_entries(&self, sources: &[Source]) -> Result<()> {
        if sources.is_empty() {
            return Ok(());
        }
        let mut insert = Query::insert();
        insert.into_table(Entity).columns([Column::Id, Column::No, Column::Concept, Column::Day, Column::Folding]);
        for (source, more) in sources.iter().zip(1..) {
            let no = Expr::cust("(SELECT COALESCE(MAX(no), 0) FROM search_entry)").add(more);
            let (id, concept) = (Expr::val(source.record.id), Expr::val(source.record.concept.code()));
            let row = [id, no, concept, Expr::val(source.day), Expr::val(FOLDING)];
            insert.values(row).map_err(|fault| sea_orm::DbErr::Type(fault.to_string()))?;
        }
        let known = OnConflict::column(Column::Id).update_columns([Column::Day, Column::Folding]).to_owned();
        insert.on_conflict(known).returning(Query::returning().columns([Column::Id, Column::No]));
        let mut numbers = HashMap::with_capacity(sources.len());
        for row in self.transaction.query_all(&insert).await? {
            numbers.insert(row.try_get::<Uuid>("", "id")?, row.try_get::<i32>("", "no")?);
        }
        let words = sources.iter().filter_map(|source| Some((*numbers.get(&source.record.id)?, source.indexed())));
        let words: Vec<_> = words.collect();
        self.transaction.execute(&search::write(self.transaction.get_database_backend(), &words)?).await?;
        Ok(())
    }
}
