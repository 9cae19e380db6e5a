//! Writing the index of the search. It follows from the records alone and has no history; it is written in the transaction
//! of the records, once the numbers of the history are taken: of two who write to the same record, the second indexes what
//! the first has left.

use std::collections::{BTreeSet, HashMap};

use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend,
    sea_query::{Alias, Expr, ExprTrait, OnConflict, Query},
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
                let sources = search::read(&self.transaction, *concept, ids).await?;
                let is_gone = |id: &&Uuid| !sources.iter().any(|source| source.record.id == **id);
                self.forget_entries(ids.iter().filter(is_gone).copied().collect()).await?;
                waiting.extend(sources);
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

    /// Forgets the entries of records that are not there any more.
    async fn forget_entries(&self, gone: Vec<Uuid>) -> Result<()> {
        if gone.is_empty() {
            return Ok(());
        }
        let number = if self.transaction.get_database_backend() == DbBackend::Sqlite { "rowid" } else { "no" };
        let numbers = Query::select().column(Column::No).from(Entity).and_where(Column::Id.is_in(gone.clone())).take();
        let mut words = Query::delete();
        words.from_table(search::WORDS).and_where(Expr::col(Alias::new(number)).in_subquery(numbers));
        self.transaction.execute(&words).await?;
        let mut entries = Query::delete();
        entries.from_table(Entity).and_where(Column::Id.is_in(gone));
        self.transaction.execute(&entries).await?;
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
