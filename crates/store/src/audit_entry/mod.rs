//! The audit trail: what was done, asked and refused, by whom and by which way.
//!
//! Written by the unit of work alone, in the transaction of what it tells of. Each entry holds the hash of the one before
//! it and of the lines of the history that it made: whoever knows the hash of one knows everything up to it.

mod seal;
mod walk;

use chrono::{DateTime, Utc};
use sea_orm::{
    Condition, QueryOrder, QuerySelect, QueryTrait,
    entity::prelude::*,
    sea_query::{Alias, ExprTrait, Func, Order, Query, QueryStatementBuilder, SimpleExpr},
};
use vocab::{Outcome, Role, Way};

use crate::{Code, Result, Store, Together, Who, change, page::Key};

pub(crate) use seal::{of_lines, of_range, sealed};
pub use walk::{Head, Walk, walk};

/// An entry.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_entry")]
pub struct Model {
    /// Identifier; later entries have larger ones.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Its number: 1, 2, 3 and so on.
    pub seq: i32,
    /// When.
    pub at: DateTimeUtc,
    /// By which way.
    pub way: Code<Way>,
    /// What: the mutation, the command, the work.
    pub act: String,
    /// Who; none for the system itself, and where nobody was signed in.
    pub account_id: Option<Uuid>,
    /// By which token they were signed in.
    pub token_id: Option<Uuid>,
    /// What they might do, where they were signed in.
    pub role: Option<Code<Role>>,
    /// In which request.
    pub request_id: Option<String>,
    /// What came of it.
    pub outcome: Code<Outcome>,
    /// Why it was not done.
    pub code: Option<String>,
    /// How often: refusals may be counted instead of written one by one.
    pub times: i32,
    /// The number of the first line of the history that it made.
    pub first_change: Option<i32>,
    /// The number of the last one.
    pub last_change: Option<i32>,
    /// The hash over these lines.
    pub changes_hash: Option<String>,
    /// The hash of the entry before; empty for the first one.
    pub previous_hash: String,
    /// The hash over all of the above.
    pub hash: String,
}

/// An entry stands alone: what it tells of may be gone.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Something that was asked for and not done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// Who asked for what, in which request.
    pub who: Who,
    /// Why it was not done.
    pub code: String,
    /// How often.
    pub times: i32,
}

/// The last entry.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn last(db: &impl ConnectionTrait) -> Result<Option<Model>> {
    Ok(Entity::find().order_by_desc(Column::Seq).limit(1).one(db).await?)
}

/// Begins the trail, where there is none: takes what stands in the history already under its first entry.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn begin(store: &Store) -> Result<()> {
    // Looked at first without a lock: where it is there, nobody who writes is waited for.
    if last(store.reader()).await?.is_some() {
        return Ok(());
    }
    let mut work = store.begin(&Who::system()).await?;
    work.begin_trail().await?;
    work.commit().await
}

/// Writes down what was not done.
///
/// # Errors
/// [`crate::Error::Database`]; then none of it was written.
pub async fn refused(store: &Store, refused: Vec<Refused>) -> Result<()> {
    let mut work = store.begin(&Who::system()).await?;
    refused.into_iter().for_each(|refused| work.tell(refused));
    work.commit().await
}

/// Which entries.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Filter {
    /// Of this account.
    pub account_id: Option<Uuid>,
    /// In which this record was written.
    pub record_id: Option<Uuid>,
    /// This was asked for.
    pub act: Option<String>,
    /// By one of these ways.
    pub ways: Option<Vec<Way>>,
    /// Of which one of these came.
    pub outcomes: Option<Vec<Outcome>>,
    /// At this moment or later.
    pub since: Option<DateTime<Utc>>,
    /// Before this moment.
    pub until: Option<DateTime<Utc>>,
    /// What has to hold beside it.
    pub together: Together<Filter>,
}

/// The entries that pass the filter.
pub fn select(filter: &Filter) -> Select<Entity> {
    Entity::find().filter(passes(filter))
}

fn passes(filter: &Filter) -> Condition {
    let Filter { account_id, record_id, act, ways, outcomes, since, until, together } = filter;
    let own = Condition::all()
        .add_option(account_id.map(|id| Column::AccountId.eq(id)))
        .add_option(record_id.map(that_wrote))
        .add_option(act.as_ref().map(|act| Column::Act.eq(act)))
        .add_option(ways.as_ref().map(|ways| Column::Way.is_in(ways.iter().copied().map(Code))))
        .add_option(outcomes.as_ref().map(|outcomes| Column::Outcome.is_in(outcomes.iter().copied().map(Code))))
        .add_option(since.map(|moment| Column::At.gte(moment)))
        .add_option(until.map(|moment| Column::At.lt(moment)));
    together.beside(own, passes)
}

/// The entries that wrote a record: of each of its lines the first entry that ends behind it. So each is found by one look
/// into an index, where a comparison with both ends would read half of the trail.
fn that_wrote(record_id: Uuid) -> SimpleExpr {
    let ends = Alias::new("ends");
    let end = |column| Expr::col((ends.clone(), column));
    let mut first = Query::select();
    first
        .expr(Func::min(end(Column::LastChange)))
        .from_as(Entity, ends.clone())
        .and_where(end(Column::LastChange).gte(Expr::col((change::Entity, change::Column::Seq))));
    let lines = change::Entity::find().select_only().filter(change::Column::RecordId.eq(record_id));
    let mut lines = lines.into_query();
    lines.expr(SimpleExpr::SubQuery(None, Box::new(first.into_sub_query_statement())));
    Column::LastChange.in_subquery(lines)
}

/// Latest first.
pub fn latest_first() -> Vec<Key> {
    vec![Key::number(Column::Seq, Order::Desc)]
}

/// The lines of the history that each of these entries made, from the number of its first line on; at most so many of each.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn changes(db: &impl ConnectionTrait, ranges: &[(i32, i32)], most: i32) -> Result<Vec<change::Model>> {
    if ranges.is_empty() {
        return Ok(Vec::new());
    }
    let any = ranges.iter().fold(Condition::any(), |any, (first, last)| {
        any.add(change::Column::Seq.between(*first, Ord::min(*last, first.saturating_add(most - 1))))
    });
    Ok(change::Entity::find().filter(any).order_by_asc(change::Column::Seq).all(db).await?)
}
