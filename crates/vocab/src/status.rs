//! How an action stands: derived from its updates and from time, never typed.

use chrono::NaiveDate;

use crate::Track;

crate::word::words! {
    /// How an action stands.
    "action status" ActionStatus {
        /// Taken down; nobody has reported on it.
        Recorded = "recorded",
        /// Reported as not begun.
        NotStarted = "not-started",
        /// Under way.
        InProgress = "in-progress",
        /// Begun and stuck.
        Stalled = "stalled",
        /// Delivered in part.
        PartlyDelivered = "partly-delivered",
        /// Delivered.
        Delivered = "delivered",
        /// Given up, with a reason.
        Dropped = "dropped",
        /// Nothing was heard of it for longer than its kind allows.
        NoEvidence = "no-evidence",
    }
}

impl ActionStatus {
    /// Whether nothing more is to be expected: delivered or dropped.
    pub fn is_closed(self) -> bool {
        matches!(self, Self::Delivered | Self::Dropped)
    }
}

/// The version of the rule in this file; it is told beside every status.
pub const RULE: &str = "status/1";

/// One dated statement on an action's progress.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Statement {
    /// Who says it.
    pub track: Track,
    /// What they say.
    pub says: ActionStatus,
    /// The day it was true on.
    pub on: NaiveDate,
}

/// How an action stands, by [`RULE`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verdict {
    /// The status.
    pub status: ActionStatus,
    /// Whether the latest statements of two tracks differ.
    pub disputed: bool,
}

/// Derives the status from the statements, in the order in which they were recorded.
///
/// The latest day wins; on one day, the statement recorded last. Without a statement the action is recorded.
pub fn derive(statements: &[Statement]) -> Verdict {
    let latest = |among: &dyn Fn(&Statement) -> bool| {
        statements.iter().enumerate().filter(|(_, s)| among(s)).max_by_key(|(i, s)| (s.on, *i)).map(|(_, s)| s.says)
    };
    let status = latest(&|_| true).unwrap_or(ActionStatus::Recorded);
    let tracks = [Track::Ours, Track::Counterpart, Track::Evidence].map(|track| latest(&|s| s.track == track));
    let disputed = tracks.iter().flatten().any(|says| *says != status);
    Verdict { status, disputed }
}

/// Whether an action is late on `today`: its due day has passed and it is neither delivered nor dropped.
pub fn overdue(status: ActionStatus, due_on: Option<NaiveDate>, today: NaiveDate) -> bool {
    !status.is_closed() && due_on.is_some_and(|due| due < today)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 3, d).expect("a day in March")
    }

    #[test]
    fn the_latest_day_wins_and_tracks_that_differ_dispute() {
        use ActionStatus::*;
        use Track::*;
        let table: &[(&[_], ActionStatus, bool)] = &[
            (&[], Recorded, false),
            (&[(Ours, InProgress, 1)], InProgress, false),
            (&[(Ours, Delivered, 5), (Ours, InProgress, 2)], Delivered, false),
            (&[(Ours, InProgress, 2), (Ours, Stalled, 2)], Stalled, false),
            (&[(Ours, InProgress, 1), (Counterpart, Delivered, 4)], Delivered, true),
            (&[(Ours, Delivered, 1), (Counterpart, Delivered, 4)], Delivered, false),
        ];
        for (statements, status, disputed) in table {
            let statements: Vec<_> =
                statements.iter().map(|&(track, says, d)| Statement { track, says, on: day(d) }).collect();
            assert_eq!(derive(&statements), Verdict { status: *status, disputed: *disputed }, "{statements:?}");
        }
    }

    #[test]
    fn what_is_due_today_is_not_late() {
        assert!(!overdue(ActionStatus::Recorded, Some(day(2)), day(2)));
        assert!(overdue(ActionStatus::Recorded, Some(day(2)), day(3)));
        assert!(!overdue(ActionStatus::Delivered, Some(day(2)), day(3)));
        assert!(!overdue(ActionStatus::Stalled, None, day(3)));
    }
}
