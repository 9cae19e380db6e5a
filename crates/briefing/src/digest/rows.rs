//! What somebody is reminded of: the part of a digest that needs no database.

use chrono::{Days, NaiveDate};
use store::{Concept, RecordRef};
use uuid::Uuid;
use vocab::{ActionKind, ActionStatus, ReminderReason, Side};

use crate::answer::{Asked, Standing};

/// So many days after its holder has left, a post without one is no news any more.
const NEWLY_VACANT_DAYS: u64 = 14;

/// Something to be reminded of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Row {
    /// Why.
    pub(super) reason: ReminderReason,
    /// Since when; of what is due soon, the day on which it is.
    pub(super) since: NaiveDate,
    /// The action or the task.
    pub(super) record: RecordRef,
    /// The action, or that of the task.
    pub(super) action: Uuid,
    /// The state it belongs to.
    pub(super) state: Option<Uuid>,
}

/// What an account is reminded of, most pressing first; what is due within `soon` days is due soon.
pub(super) fn rows(asked: Asked<'_>, account: Uuid, soon: u16) -> Vec<Row> {
    let until = asked.day().checked_add_days(Days::new(soon.into())).unwrap_or(NaiveDate::MAX);
    let owned = asked.actions().filter(|it| it.action.owner == Some(account) && it.stand.is_open());
    let actions = owned.filter_map(|it| {
        let (reason, since) = reason(asked, &it, until)?;
        let record = RecordRef::new(Concept::FollowUpAction, it.id);
        Some(Row { reason, since, record, action: it.id, state: it.action.state })
    });
    let mine = asked.book.tasks.iter().filter(|(_, task)| task.assignee == Some(account) && task.is_open);
    let tasks = mine.filter_map(|(id, task)| {
        let (reason, since) = due(task.due_on?, asked.day(), until)?;
        let state = asked.book.actions.get(&task.action).and_then(|action| action.state);
        Some(Row { reason, since, record: RecordRef::new(Concept::Task, *id), action: task.action, state })
    });
    let mut rows: Vec<_> = actions.chain(tasks).collect();
    rows.sort_unstable_by_key(|row| (row.reason, row.since, row.record.id));
    rows
}

/// Why its owner is reminded of an open action, and since when it is so; the first reason that holds.
fn reason(asked: Asked<'_>, it: &Standing<'_>, until: NaiveDate) -> Option<(ReminderReason, NaiveDate)> {
    let Standing { action, stand, .. } = it;
    let silent = stand.status == ActionStatus::NoEvidence;
    let is_asked = matches!(action.kind, ActionKind::Request | ActionKind::Invitation);
    let is_unanswered = is_asked && stand.said == ActionStatus::Recorded;
    // What waits for us waits from the first day; others are given the time that is usual for the kind.
    let is_late = silent || matches!(action.awaits, Some(Side::Ours | Side::Both));
    if let Some(due) = action.due_on.and_then(|due| self::due(due, asked.day(), until)) {
        return Some(due);
    }
    if is_unanswered && is_late && action.awaits.is_some_and(|side| side != Side::Other) {
        return Some((ReminderReason::Unanswered, action.since));
    }
    if silent {
        return Some((ReminderReason::Silent, stand.heard_on));
    }
    let vacant = action.posts_once().filter(|post| asked.book.holder(*post, asked.day()).is_none());
    let left = vacant.filter_map(|post| asked.book.last_held_on(post, asked.day())).max()?;
    let is_news = left.checked_add_days(Days::new(NEWLY_VACANT_DAYS)).is_some_and(|old| asked.day() <= old);
    is_news.then_some((ReminderReason::WithoutHolder, left))
}

/// Whether a due day has passed or is near.
fn due(due: NaiveDate, day: NaiveDate, until: NaiveDate) -> Option<(ReminderReason, NaiveDate)> {
    let reason = if due < day { ReminderReason::Overdue } else { ReminderReason::DueSoon };
    (due <= until).then_some((reason, due))
}
