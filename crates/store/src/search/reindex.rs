//! Indexing what was there before the index, or before the folding was what it is now.

use sea_orm::{
    ColumnTrait, EntityTrait, ExprTrait, Iterable, PrimaryKeyToColumn, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, Query},
};
use uuid::Uuid;
use vocab::search::FOLDING;

use super::{CONCEPTS, entry, source::at_once};
use crate::{
    Concept, Recorded, Result, Store, Who, follow_up_action, meeting, member_state, news_report, organization, person,
    post, task,
};

/// A walk through all records, some at a time, each time in a transaction of its own. What is written meanwhile is indexed
/// with it, so that nothing is missed.
#[derive(Debug, Clone)]
pub struct Pass {
    /// Whether what is indexed already is indexed again.
    anew: bool,
    /// The place among the concepts.
    at: usize,
    /// The last record of that concept.
    behind: Uuid,
}

impl Pass {
    /// Over the records that are not indexed, or by another folding than that of this program.
    pub fn over_missing() -> Self {
        Self { anew: false, at: 0, behind: Uuid::nil() }
    }

    /// Over all records.
    pub fn over_all() -> Self {
        Self { anew: true, ..Self::over_missing() }
    }

    /// Indexes some more: how many, or none where all are indexed.
    ///
    /// # Errors
    /// [`crate::Error::Database`]; then the pass can go on where it stood.
    pub async fn step(&mut self, store: &Store) -> Result<Option<usize>> {
        while let Some(concept) = CONCEPTS.get(self.at).copied() {
            let ids = self.next(store, concept).await?;
            let Some(last) = ids.last().copied() else {
                (self.at, self.behind) = (self.at + 1, Uuid::nil());
                continue;
            };
            let mut work = store.begin(&Who::system()).await?;
            work.index_again(concept, &ids).await?;
            work.commit().await?;
            self.behind = last;
            return Ok(Some(ids.len()));
        }
        Ok(None)
    }

    /// Goes to its end: how many records were indexed.
    ///
    /// # Errors
    /// As [`Pass::step`].
    pub async fn run(mut self, store: &Store) -> Result<usize> {
        let mut indexed = 0;
        while let Some(more) = self.step(store).await? {
            indexed += more;
        }
        Ok(indexed)
    }

    async fn next(&self, store: &Store, concept: Concept) -> Result<Vec<Uuid>> {
        match concept {
            Concept::MemberState => self.of::<member_state::Entity>(store).await,
            Concept::Organization => self.of::<organization::Entity>(store).await,
            Concept::Person => self.of::<person::Entity>(store).await,
            Concept::Post => self.of::<post::Entity>(store).await,
            Concept::NewsReport => self.of::<news_report::Entity>(store).await,
            Concept::Meeting => self.of::<meeting::Entity>(store).await,
            Concept::FollowUpAction => self.of::<follow_up_action::Entity>(store).await,
            Concept::Task => self.of::<task::Entity>(store).await,
            _ => Ok(Vec::new()),
        }
    }

    /// The next records of a concept.
    async fn of<E>(&self, store: &Store) -> Result<Vec<Uuid>>
    where
        E: EntityTrait<Model: Recorded<Entity = E>>,
    {
        let Some(key) = E::PrimaryKey::iter().next().map(PrimaryKeyToColumn::into_column) else {
            return Ok(Vec::new());
        };
        let mut records = E::find().select_only().column(key).filter(key.gt(self.behind)).order_by_asc(key);
        if !self.anew {
            let same = Expr::col((entry::Entity, entry::Column::Id)).equals((E::default(), key));
            let current = Expr::col((entry::Entity, entry::Column::Folding)).eq(FOLDING);
            let mut indexed = Query::select();
            indexed.expr(Expr::val(1)).from(entry::Entity).and_where(same).and_where(current);
            records = records.filter(Expr::exists(indexed).not());
        }
        let limit = at_once(<E::Model as Recorded>::CONCEPT) as u64;
        Ok(records.limit(limit).into_tuple().all(store.reader()).await?)
    }
}
