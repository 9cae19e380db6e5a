//! How resolvers read: single rows by their keys, short lists by whom they belong to, long lists a page at a time.
//!
//! Every question goes through the loader of the request, so that a level of a query is one statement, however many
//! parents it has.

use std::{
    collections::HashMap,
    hash::{Hash, Hasher},
    marker::PhantomData,
    ptr,
};

use async_graphql::{Context, async_trait::async_trait, dataloader};
use sea_orm::{EntityTrait, ModelTrait, Select};
use store::{Store, Who};
use uuid::Uuid;

use crate::{
    batch::{Database, Loader},
    coat::{Kept, RowOf},
    fault::{Fault, FaultCode},
    id::Id,
};

/// The store of the request.
pub fn store<'c>(ctx: &Context<'c>) -> &'c Store {
    &loader(ctx).loader().0
}

/// The loader of the request.
pub(crate) fn loader<'c>(ctx: &Context<'c>) -> &'c Loader {
    ctx.data_unchecked::<Loader>()
}

/// The day by which things are late.
pub fn today(ctx: &Context<'_>) -> chrono::NaiveDate {
    store(ctx).surroundings().today()
}

/// Who acts.
///
/// # Errors
/// [`FaultCode::Unauthenticated`] where the server did not say.
pub fn who<'c>(ctx: &Context<'c>) -> Result<&'c Who, Fault> {
    ctx.data_opt::<Who>().ok_or_else(|| Fault::new(FaultCode::Unauthenticated, "nobody is signed in: sign in first"))
}

/// The account that is named, or the one that asks.
///
/// # Errors
/// [`FaultCode::Unauthenticated`] where neither is there.
pub fn own_or(ctx: &Context<'_>, named: Option<Uuid>) -> Result<Uuid, Fault> {
    let own = || who(ctx).map(|who| who.account_id);
    let nobody = || Fault::new(FaultCode::Unauthenticated, "you ask as no account: name one in accountId");
    named.map_or_else(own, |named| Ok(Some(named)))?.ok_or_else(nobody)
}

/// The keys that an argument names; of what was merged, that of the record that it was merged into.
///
/// # Errors
/// Where the database fails.
pub async fn kept<C>(ctx: &Context<'_>, ids: Option<Vec<Id<C>>>) -> Result<Option<Vec<Uuid>>, Fault> {
    let Some(ids) = ids else { return Ok(None) };
    let merged = store(ctx).reference().await?.merged.clone();
    Ok(Some(ids.into_iter().map(|id| merged.kept(id.0)).collect()))
}

/// The record with this key, where there is one.
///
/// # Errors
/// Where the database fails.
pub async fn find<C: Kept>(ctx: &Context<'_>, id: Uuid) -> Result<Option<C>, Fault> {
    if let Some(table) = C::IN_MEMORY {
        return Ok(table(&*store(ctx).reference().await?).get(&id).cloned().map(C::from));
    }
    Ok(loader(ctx).load_one(Row::<C>::new(id)).await?.map(C::from))
}

/// The record with this key.
///
/// # Errors
/// [`FaultCode::NotFound`] where there is none.
pub async fn row<C: Kept>(ctx: &Context<'_>, id: Uuid) -> Result<C, Fault> {
    let found = find(ctx, id).await?;
    found.ok_or_else(|| store::Error::NotFound { concept: C::CONCEPT, id }.into())
}

/// The record that a row refers to, where it refers to one.
///
/// # Errors
/// As [`row`].
pub async fn referred<C: Kept>(ctx: &Context<'_>, id: Option<Uuid>) -> Result<Option<C>, Fault> {
    match id {
        Some(id) => row(ctx, id).await.map(Some),
        None => Ok(None),
    }
}

/// The records with these keys, in this order, each as often as it is named, as far as there are any.
///
/// # Errors
/// Where the database fails.
pub async fn rows<C: Kept>(ctx: &Context<'_>, ids: impl IntoIterator<Item = Uuid>) -> Result<Vec<C>, Fault> {
    if let Some(table) = C::IN_MEMORY {
        let tables = store(ctx).reference().await?;
        return Ok(ids.into_iter().filter_map(|id| table(&tables).get(&id).cloned()).map(C::from).collect());
    }
    let keys: Vec<_> = ids.into_iter().map(Row::<C>::new).collect();
    let found = loader(ctx).load_many(keys.clone()).await?;
    Ok(keys.iter().filter_map(|key| found.get(key).cloned()).map(C::from).collect())
}

/// A row by its key.
struct Row<C>(Uuid, PhantomData<fn() -> C>);

impl<C> Row<C> {
    fn new(id: Uuid) -> Self {
        Self(id, PhantomData)
    }
}

impl<C> Clone for Row<C> {
    fn clone(&self) -> Self {
        Self::new(self.0)
    }
}

impl<C> PartialEq for Row<C> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl<C> Eq for Row<C> {}

impl<C> Hash for Row<C> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}

#[async_trait]
impl<C: Kept> dataloader::Loader<Row<C>> for Database {
    type Value = RowOf<C>;
    type Error = Fault;

    async fn load(&self, keys: &[Row<C>]) -> Result<HashMap<Row<C>, RowOf<C>>, Fault> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        let found = store::by_ids::<C::Entity>(self.0.reader(), &ids).await?;
        Ok(found.into_iter().map(|(id, row)| (Row::new(id), row)).collect())
    }
}

/// A list that is short by nature, such as the tasks of an action: its rows, and the column that tells whose each is.
pub struct Short<E: EntityTrait> {
    /// The rows, in their order.
    pub rows: fn() -> Select<E>,
    /// The column that tells whose a row is.
    pub whose: E::Column,
}

/// The short list of one record.
///
/// # Errors
/// Where the database fails.
pub async fn short<E, R>(ctx: &Context<'_>, list: &'static Short<E>, of: Uuid) -> Result<Vec<R>, Fault>
where
    E: EntityTrait<Model: ModelTrait<Entity = E> + Clone + Send + Sync>,
    R: From<E::Model>,
{
    let rows = loader(ctx).load_one(ShortOf { list, of }).await?.unwrap_or_default();
    Ok(rows.into_iter().map(R::from).collect())
}

/// The same, no longer than clients may ask for.
///
/// # Errors
/// As [`short`] and [`first_of`].
pub async fn few<E, R>(
    ctx: &Context<'_>,
    list: &'static Short<E>,
    of: Uuid,
    first: Option<i32>,
) -> Result<Vec<R>, Fault>
where
    E: EntityTrait<Model: ModelTrait<Entity = E> + Clone + Send + Sync>,
    R: From<E::Model>,
{
    first_of(short(ctx, list, of).await?, first)
}

/// The most items of a list that has no pages.
const MOST: usize = 250;

/// As much of a list that has no pages as a client wants.
///
/// # Errors
/// [`FaultCode::BadUserInput`] where it is not from 1 to 250.
pub fn first_of<T>(mut list: Vec<T>, first: Option<i32>) -> Result<Vec<T>, Fault> {
    let most = match first {
        None => MOST,
        Some(first) => usize::try_from(first)
            .ok()
            .filter(|first| (1..=MOST).contains(first))
            .ok_or_else(|| Fault::input("first", format!("first is {first}: ask for 1 to {MOST} at a time")))?,
    };
    list.truncate(most);
    Ok(list)
}

/// A short list and whose it is. A list is the same where it stands at the same place in the program.
struct ShortOf<E: EntityTrait> {
    list: &'static Short<E>,
    of: Uuid,
}

impl<E: EntityTrait> ShortOf<E> {
    fn place(&self) -> usize {
        ptr::from_ref(self.list).addr()
    }
}

impl<E: EntityTrait> Clone for ShortOf<E> {
    fn clone(&self) -> Self {
        Self { list: self.list, of: self.of }
    }
}

impl<E: EntityTrait> PartialEq for ShortOf<E> {
    fn eq(&self, other: &Self) -> bool {
        self.place() == other.place() && self.of == other.of
    }
}

impl<E: EntityTrait> Eq for ShortOf<E> {}

impl<E: EntityTrait> Hash for ShortOf<E> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.place(), self.of).hash(state);
    }
}

#[async_trait]
impl<E> dataloader::Loader<ShortOf<E>> for Database
where
    E: EntityTrait<Model: ModelTrait<Entity = E> + Clone + Send + Sync>,
{
    type Value = Vec<E::Model>;
    type Error = Fault;

    async fn load(&self, keys: &[ShortOf<E>]) -> Result<HashMap<ShortOf<E>, Vec<E::Model>>, Fault> {
        let mut lists: HashMap<usize, (&'static Short<E>, Vec<Uuid>)> = HashMap::new();
        for key in keys {
            lists.entry(key.place()).or_insert((key.list, Vec::new())).1.push(key.of);
        }
        let mut found = HashMap::with_capacity(keys.len());
        for (list, parents) in lists.into_values() {
            let whose = |row: &E::Model| row.get(list.whose).unwrap::<Option<Uuid>>();
            let rows = store::by_parents(self.0.reader(), (list.rows)(), list.whose, &parents, whose).await?;
            found.extend(rows.into_iter().map(|(of, rows)| (ShortOf { list, of }, rows)));
        }
        Ok(found)
    }
}
