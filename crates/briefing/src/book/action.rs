//! An action as the book holds it.

use chrono::NaiveDate;
use store::follow_up_action;
use uuid::Uuid;
use vocab::{
    ActionKind, ActionStatus, CheckableElement, Side, Strength,
    cooperation_area::CooperationArea,
    status::{self, Rhythms, Statement, Verdict},
};

/// A set of areas of the taxonomy, by their places in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Areas(u128);

impl Areas {
    pub(super) fn put(&mut self, position: usize, is_in: bool) {
        let bit = 1_u128.checked_shl(u32::try_from(position).unwrap_or(u32::MAX)).unwrap_or(0);
        self.0 = if is_in { self.0 | bit } else { self.0 & !bit };
    }

    /// The areas, in the order of the taxonomy.
    pub fn iter(self) -> impl Iterator<Item = &'static CooperationArea> {
        let mut left = self.0;
        std::iter::from_fn(move || {
            let first = vocab::cooperation_area::all().get(usize::try_from(left.trailing_zeros()).ok()?)?;
            left &= left - 1;
            Some(first)
        })
    }

    /// The areas of either.
    #[must_use]
    pub fn with(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }

    /// Whether there is none.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }
}

/// An action, of its words the reference alone.
#[derive(Debug, Clone, PartialEq)]
pub struct Action {
    /// What people call it by; every table of actions shows it.
    pub reference: Box<str>,
    /// The state it belongs to.
    pub state: Option<Uuid>,
    /// The meeting it came out of.
    pub meeting: Option<Uuid>,
    /// Who on our side looks after it.
    pub owner: Option<Uuid>,
    /// What the words do.
    pub kind: ActionKind,
    /// How binding it is.
    pub strength: Strength,
    /// The side that acts.
    pub actor_side: Side,
    /// Who owes the next move.
    pub awaits: Option<Side>,
    /// What it lacks to be checkable.
    pub missing: Vec<CheckableElement>,
    /// The day from which there is the action.
    pub since: NaiveDate,
    /// The last day on which it is in time.
    pub due_on: Option<NaiveDate>,
    /// The posts on which it hangs: the acting one, and the one it is done to.
    pub posts: [Option<Uuid>; 2],
    /// Its areas.
    pub areas: Areas,
    /// What was said of its progress, in the order in which it was recorded.
    pub statements: Vec<Statement>,
}

/// How an action stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stand {
    /// The status, silence included.
    pub status: ActionStatus,
    /// The status by what was said alone.
    pub said: ActionStatus,
    /// Whether the latest statements of two tracks differ.
    pub disputed: bool,
    /// Whether its due day has passed and it is neither delivered nor dropped.
    pub overdue: bool,
    /// The day on which it was last heard of: of the latest statement, else on which it was said.
    pub heard_on: NaiveDate,
    /// The first day on which its silence counts.
    pub silent_from: NaiveDate,
}

impl Stand {
    /// Whether something more is to be expected.
    pub fn is_open(&self) -> bool {
        !self.status.is_closed()
    }
}

impl Action {
    pub(super) fn new(row: &follow_up_action::Model, areas: Areas, statements: Vec<Statement>) -> Self {
        Self {
            reference: row.reference.as_str().into(),
            state: row.state_id,
            meeting: row.meeting_id,
            owner: row.owner_id,
            kind: row.kind.0,
            strength: row.strength.0,
            actor_side: row.actor_side.0,
            awaits: row.awaits.map(|side| side.0),
            missing: row.missing.0.clone(),
            since: row.since(),
            due_on: row.due_on,
            posts: [row.actor_post_id, row.counterpart_post_id],
            areas,
            statements,
        }
    }

    /// How it stands by what was said of it by a day.
    pub fn verdict(&self, day: NaiveDate) -> Verdict {
        status::derive_by(&self.statements, day)
    }

    /// The day since which it was said to stand as it does on a day: a delivery that is told again is no later one.
    pub fn said_since(&self, day: NaiveDate) -> NaiveDate {
        let said = self.verdict(day).said;
        let mut days: Vec<_> = self.statements.iter().map(|told| told.on).filter(|on| *on <= day).collect();
        days.sort_unstable();
        let since = days.into_iter().rev().take_while(|on| self.verdict(*on).said == said).last();
        since.map_or(self.since, |on| on.max(self.since))
    }

    /// The posts on which it hangs; once, where both sides are the same.
    pub fn posts_once(&self) -> impl Iterator<Item = Uuid> {
        let [actor, counterpart] = self.posts;
        actor.into_iter().chain(counterpart.filter(move |post| Some(*post) != actor))
    }

    /// How it stands on a day; none where it was not said by then.
    pub fn stands(&self, rhythms: Rhythms, day: NaiveDate) -> Option<Stand> {
        if self.since > day {
            return None;
        }
        let verdict = self.verdict(day);
        let heard_on = verdict.heard_on.map_or(self.since, |on| on.max(self.since));
        let silent_from = rhythms.silent_from(self.kind, heard_on);
        Some(Stand {
            status: status::on(verdict.said, silent_from, day),
            said: verdict.said,
            disputed: verdict.disputed,
            overdue: status::overdue(verdict.said, self.due_on, day),
            heard_on,
            silent_from,
        })
    }
}
