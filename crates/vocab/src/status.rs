//! How an action stands: derived from its updates and from time, never typed.

use chrono::{Days, NaiveDate};

use crate::{ActionKind, Track, Word};

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
pub const RULE: &str = "status/2";

/// The most days a rhythm can have: ten years.
pub const LONGEST_RHYTHM: u16 = 3_650;

/// How many days an action of each kind may go without being heard of before silence counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Rhythms([u16; ActionKind::ALL.len()]);

impl Default for Rhythms {
    /// What waits for an answer is asked after within a quarter; what was agreed is reported on twice a year.
    fn default() -> Self {
        Self::new(|kind| match kind {
            ActionKind::Request | ActionKind::Invitation => 90,
            ActionKind::Offer | ActionKind::Commitment | ActionKind::Plan => 120,
            ActionKind::Proposal | ActionKind::Agreement => 180,
        })
    }
}

impl Rhythms {
    /// The rhythm of each kind, in days; at least 1 and at most [`LONGEST_RHYTHM`].
    pub fn new(days: impl Fn(ActionKind) -> u16) -> Self {
        let mut rhythms = [1; ActionKind::ALL.len()];
        for kind in ActionKind::ALL {
            rhythms[*kind as usize] = days(*kind).clamp(1, LONGEST_RHYTHM);
        }
        Self(rhythms)
    }

    /// How many days an action of this kind may go without being heard of.
    pub fn days(self, kind: ActionKind) -> u16 {
        self.0[kind as usize]
    }

    /// The first day on which the silence counts, where an action of this kind was last heard of on `heard_on`.
    pub fn silent_from(self, kind: ActionKind, heard_on: NaiveDate) -> NaiveDate {
        heard_on.checked_add_days(Days::new(u64::from(self.days(kind)) + 1)).unwrap_or(NaiveDate::MAX)
    }

    /// An action of this kind that was last heard of before this day is silent on `today`.
    pub fn heard_of_since(self, kind: ActionKind, today: NaiveDate) -> NaiveDate {
        today.checked_sub_days(Days::new(u64::from(self.days(kind)))).unwrap_or(NaiveDate::MIN)
    }
}

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

/// How an action stands by what was said of it, whatever the day is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verdict {
    /// The status, without the silence.
    pub said: ActionStatus,
    /// Whether the latest statements of two tracks differ.
    pub disputed: bool,
    /// The day of the latest statement.
    pub heard_on: Option<NaiveDate>,
    /// The place of each track's latest statement, in the order of [`Track::ALL`].
    pub tracks: [Option<usize>; Track::ALL.len()],
}

/// Derives how an action stands from the statements, in the order in which they were recorded.
///
/// The latest day wins; on one day, the statement recorded last. Without a statement the action is recorded.
pub fn derive(statements: &[Statement]) -> Verdict {
    derive_by(statements, NaiveDate::MAX)
}

/// As [`derive`], from the statements that were true by a day; the places are those among all statements.
///
/// Whole books are judged by it for every question: one pass, and nothing is set aside.
pub fn derive_by(statements: &[Statement], day: NaiveDate) -> Verdict {
    let mut tracks = [None; Track::ALL.len()];
    let mut last = None;
    for (at, statement) in statements.iter().enumerate().filter(|(_, statement)| statement.on <= day) {
        for latest in [&mut tracks[statement.track as usize], &mut last] {
            if latest.is_none_or(|latest: usize| statements[latest].on <= statement.on) {
                *latest = Some(at);
            }
        }
    }
    let last = last.map(|at| statements[at]);
    let said = last.map_or(ActionStatus::Recorded, |statement| statement.says);
    let disputed = tracks.iter().flatten().any(|at| statements[*at].says != said);
    Verdict { said, disputed, heard_on: last.map(|statement| statement.on), tracks }
}

/// How an action stands on a day: what was said of it, or no evidence from the day on which its silence counts.
pub fn on(said: ActionStatus, silent_from: NaiveDate, today: NaiveDate) -> ActionStatus {
    if !said.is_closed() && silent_from <= today { ActionStatus::NoEvidence } else { said }
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
            (&[(Ours, Delivered, 1), (Evidence, PartlyDelivered, 1)], PartlyDelivered, true),
        ];
        for (statements, said, disputed) in table {
            let statements: Vec<_> =
                statements.iter().map(|&(track, says, d)| Statement { track, says, on: day(d) }).collect();
            let verdict = derive(&statements);
            assert_eq!((verdict.said, verdict.disputed), (*said, *disputed), "{statements:?}");
            assert_eq!(verdict.heard_on, statements.iter().map(|statement| statement.on).max());
        }
    }

    #[test]
    fn what_is_true_after_the_day_does_not_count_and_places_stay() {
        use ActionStatus::*;
        use Track::*;
        let said = [(Ours, Delivered, 9), (Counterpart, InProgress, 2), (Ours, Stalled, 4), (Ours, InProgress, 3)];
        let said = said.map(|(track, says, d)| Statement { track, says, on: day(d) });
        let table = [
            (1, Recorded, false, [None, None, None]),
            (3, InProgress, false, [Some(3), Some(1), None]),
            (4, Stalled, true, [Some(2), Some(1), None]),
            (9, Delivered, true, [Some(0), Some(1), None]),
        ];
        for (by, says, disputed, tracks) in table {
            let verdict = derive_by(&said, day(by));
            assert_eq!((verdict.said, verdict.disputed, verdict.tracks), (says, disputed, tracks), "by March {by}");
        }
    }

    #[test]
    fn silence_counts_from_the_day_after_its_rhythm_and_never_for_what_is_closed() {
        use ActionStatus::*;
        let rhythms = Rhythms::new(|_| 10);
        let table = [
            (Recorded, day(11), Recorded),
            (Recorded, day(12), NoEvidence),
            (Stalled, day(12), NoEvidence),
            (PartlyDelivered, day(30), NoEvidence),
            (Delivered, day(30), Delivered),
            (Dropped, day(30), Dropped),
        ];
        for (said, today, expected) in table {
            for kind in ActionKind::ALL {
                let silent_from = rhythms.silent_from(*kind, day(1));
                assert_eq!(on(said, silent_from, today), expected, "{said} on {today}");
                assert_eq!(silent_from <= today, day(1) < rhythms.heard_of_since(*kind, today), "{today}");
            }
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
