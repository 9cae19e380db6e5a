//! Jobs: work in the background, each piece once, whichever server does it.
//!
//! A job is leased, not locked: whoever takes it has it until a moment, and is expected to end it before. Where the lease
//! has run out (the server was stopped hard, or hangs), another takes the job over, and what the first one still brings to
//! its end is refused. The clocks of servers that work side by side should agree within a lease.

use chrono::{DateTime, SubsecRound, Utc};
use sea_orm::{
    Condition, ExprTrait, QueryOrder, QuerySelect, QueryTrait,
    entity::prelude::*,
    sea_query::{LockBehavior, LockType, SimpleExpr},
};
use vocab::JobState;

use crate::{Code, Result, UnitOfWork, unit_of_work::Bookkeeping};

/// A piece of work.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "job")]
pub struct Model {
    /// Identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// What kind of work.
    pub kind: String,
    /// Which piece of it; unique within its kind.
    pub key: String,
    /// What it needs to know.
    pub payload: Json,
    /// Where it stands.
    pub state: Code<JobState>,
    /// Not before.
    pub run_at: DateTimeUtc,
    /// How often it was taken.
    pub attempts: i32,
    /// Who has it.
    pub leased_by: Option<Uuid>,
    /// Until when.
    pub leased_until: Option<DateTimeUtc>,
    /// What went wrong last.
    pub reason: Option<String>,
    /// When it was queued.
    pub created_at: DateTimeUtc,
    /// When it was done or given up.
    pub closed_at: Option<DateTimeUtc>,
}

/// Alone.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Bookkeeping for Model {}

/// A new piece of work.
#[derive(Debug, Clone)]
pub struct Draft {
    /// What kind of work.
    pub kind: &'static str,
    /// Which piece of it.
    pub key: String,
    /// What it needs to know.
    pub payload: Json,
    /// Not before; at once, where none is given.
    pub run_at: Option<DateTime<Utc>>,
}

/// How a piece of work ends, for now or for good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum End {
    /// It is done.
    Done,
    /// It went wrong, and is tried again.
    Again {
        /// Not before.
        at: DateTime<Utc>,
        /// What went wrong.
        reason: String,
    },
    /// It went wrong for good.
    Failed {
        /// What went wrong.
        reason: String,
    },
}

/// Queues a piece of work: whether it is new. What was queued once is not queued again, also when it has long been done.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn queue(work: &mut UnitOfWork, draft: Draft) -> Result<bool> {
    let Draft { kind, key, payload, run_at } = draft;
    let row = Model {
        id: work.fresh_id(),
        kind: kind.to_owned(),
        key,
        payload,
        state: JobState::Waiting.into(),
        run_at: run_at.map_or(work.now(), |at| at.trunc_subsecs(6)),
        attempts: 0,
        leased_by: None,
        leased_until: None,
        reason: None,
        created_at: work.now(),
        closed_at: None,
    };
    work.note(row).await
}

/// Which of these pieces of a kind were queued before.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn queued(db: &impl ConnectionTrait, kind: &str, keys: &[String]) -> Result<Vec<String>> {
    let queued = Entity::find().select_only().column(Column::Key).filter(Column::Kind.eq(kind));
    Ok(queued.filter(Column::Key.is_in(keys)).into_tuple().all(db).await?)
}

/// Takes one piece of work of these kinds that is due, on a lease: the one due first. Of several who ask at once, each gets
/// another, also over several servers.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn take(work: &mut UnitOfWork, kinds: &[&str], who: Uuid, until: DateTime<Utc>) -> Result<Option<Model>> {
    let is_free = Condition::any().add(Column::LeasedUntil.is_null()).add(Column::LeasedUntil.lte(work.now()));
    let due = Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::State.eq(Code(JobState::Waiting)))
        .filter(Column::Kind.is_in(kinds.iter().copied()))
        .filter(Column::RunAt.lte(work.now()))
        .filter(is_free)
        .order_by_asc(Column::RunAt)
        .order_by_asc(Column::Id)
        .limit(1)
        // On SQLite, where one writes at a time, there is nothing to be locked and the words are left out.
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked);
    // As a value, not as a list: a list may be looked up again for every row, and would lock more than is taken.
    let due = SimpleExpr::SubQuery(None, Box::new(due.into_query().into()));
    let set = vec![
        (Column::LeasedBy, value(who)),
        (Column::LeasedUntil, value(until.trunc_subsecs(6))),
        (Column::Attempts, Expr::col(Column::Attempts).add(1)),
    ];
    Ok(work.book::<Model>(Condition::all().add(Expr::col(Column::Id).eq(due)), set).await?.pop())
}

/// Ends a piece of work that was taken: whether it was still theirs who took it. Where it was not, nothing is changed, and
/// what belongs to its end is to be left undone.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn end(work: &mut UnitOfWork, taken: &Model, end: &End) -> Result<bool> {
    let (state, run_at, reason) = match end {
        End::Done => (JobState::Done, taken.run_at, None),
        End::Again { at, reason } => (JobState::Waiting, at.trunc_subsecs(6), Some(reason.clone())),
        End::Failed { reason } => (JobState::Failed, taken.run_at, Some(reason.clone())),
    };
    let closed_at = (state != JobState::Waiting).then(|| work.now());
    let set = vec![
        (Column::State, value(Code(state))),
        (Column::RunAt, value(run_at)),
        (Column::Reason, value(reason)),
        (Column::ClosedAt, value(closed_at)),
        (Column::LeasedBy, value(None::<Uuid>)),
        (Column::LeasedUntil, value(None::<DateTimeUtc>)),
    ];
    // A lease that has run out is still theirs as long as nobody else has taken the job.
    let still_theirs = Condition::all()
        .add(Column::Id.eq(taken.id))
        .add(Column::LeasedBy.eq(taken.leased_by))
        .add(Column::Attempts.eq(taken.attempts));
    Ok(!work.book::<Model>(still_theirs, set).await?.is_empty())
}

/// Opens a piece of work again that was done or given up, because a person says so: whether it was closed.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn open_again(work: &mut UnitOfWork, kind: &str, key: &str) -> Result<bool> {
    let which = Condition::all()
        .add(Column::Kind.eq(kind))
        .add(Column::Key.eq(key))
        .add(Column::State.ne(Code(JobState::Waiting)));
    let set = vec![
        (Column::State, value(Code(JobState::Waiting))),
        (Column::RunAt, value(work.now())),
        (Column::Attempts, value(0)),
        (Column::ClosedAt, value(None::<DateTimeUtc>)),
    ];
    Ok(!work.book::<Model>(which, set).await?.is_empty())
}

/// How many pieces of work stand how.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn counts(db: &impl ConnectionTrait) -> Result<Vec<(JobState, i64)>> {
    let counted = Entity::find().select_only().column(Column::State).column_as(Column::Id.count(), "count");
    let counted: Vec<(Code<JobState>, i64)> = counted.group_by(Column::State).into_tuple().all(db).await?;
    Ok(counted.into_iter().map(|(state, count)| (state.0, count)).collect())
}

fn value(value: impl Into<Value>) -> SimpleExpr {
    Expr::val(value)
}
