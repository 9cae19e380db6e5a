//! Events: what was written, told to clients as it happens, and told again from where one of them was cut off.
//!
//! They are read from the history, whose lines are numbered in the order of their commits: whoever sees one has all
//! before it. What one unit of work did to one record is one event, and its place in the history is its cursor.

mod cursor;
mod deed;
mod feed;
mod follow_up_action;
mod place;
mod reading;
mod stream;

use async_graphql::{ComplexObject, Context, Enum, Object, SimpleObject};
use chrono::{DateTime, Utc};
use store::{Concept, change, history};
use uuid::Uuid;

use crate::{account::Account, ask, fault::Fault};
use cursor::Cursor;

pub use feed::Feed;
pub use follow_up_action::FollowUpActionSubscription;
pub(crate) use place::Place;
pub use place::Resume;
pub use reading::ReadingSubscription;

/// A line of the history.
type Line = change::Model;

/// What events are made of. Also what no event is told of yet belongs to a unit of work: with all its lines at hand, an
/// event is the same each time it is told.
const CONCEPTS: [Concept; 7] = [
    Concept::Reading,
    Concept::Finding,
    Concept::FollowUpAction,
    Concept::FollowUpActionArea,
    Concept::Task,
    Concept::Update,
    Concept::Evidence,
];

/// What becomes of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub enum EventKind {
    /// It is new.
    Created,
    /// It, or something that belongs to it, is otherwise than before.
    Revised,
    /// It is gone.
    Removed,
}

impl EventKind {
    /// By the lines of the record itself: what came to be in a unit of work is new, whatever else was done to it there.
    fn of<'l>(lines: impl Iterator<Item = &'l Line> + Clone) -> Self {
        match (lines.clone().next(), lines.last()) {
            (_, Some(last)) if last.after.is_null() => Self::Removed,
            (Some(first), _) if first.before.is_null() => Self::Created,
            _ => Self::Revised,
        }
    }
}

/// When an event was, by whom, and its place among all.
#[derive(Debug, Clone, SimpleObject)]
#[graphql(complex)]
pub struct Occasion {
    /// Its place: hand it back as `after`, and what follows is told, nothing twice and nothing left out.
    cursor: String,
    /// When it was written.
    at: DateTime<Utc>,
    #[graphql(skip)]
    account_id: Option<Uuid>,
}

#[ComplexObject]
impl Occasion {
    /// Who wrote it; null for the system itself.
    async fn account(&self, ctx: &Context<'_>) -> Result<Option<Account>, Fault> {
        match self.account_id {
            Some(id) => ask::find(ctx, id).await,
            None => Ok(None),
        }
    }
}

/// Asking where the events stand.
#[derive(Default)]
pub struct EventQuery;

#[Object]
impl EventQuery {
    /// Where the events stand now. Ask for it before you ask for what you want to keep up to date, and hand it to a
    /// subscription as `after`: nothing is missed in between.
    async fn event_cursor(&self, ctx: &Context<'_>) -> Result<String, Fault> {
        let last = history::last_number(ask::store(ctx).reader()).await?;
        Ok(Cursor::at(last).encode())
    }
}
