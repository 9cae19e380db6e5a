//! How each partnership stands: one pass over the book, and a plain word with its reasons.

use std::collections::BTreeMap;

use chrono::{Months, NaiveDate};
use rustc_hash::FxHashMap;
use uuid::Uuid;
use vocab::{
    ActionKind, ActionStatus, Side, Standing as StateStanding, Strength, Word,
    partnership::{PartnershipLabel, PartnershipReason},
};

use crate::{
    answer::{Asked, Standing},
    book::Areas,
};

/// The version of the rule in this file.
pub const RULE: &str = "partnership/1";

/// A contact within so many days of the first one is a beginning.
const NEW_DAYS: i64 = 180;

/// A partner of whom nothing was heard for so many days is quiet.
const QUIET_DAYS: i64 = 365;

/// How many actions there are of each kind, strength and status.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ActionCounts(Vec<usize>);

impl ActionCounts {
    const SIZE: usize = ActionKind::ALL.len() * Strength::ALL.len() * ActionStatus::ALL.len();

    fn count(&mut self, kind: ActionKind, strength: Strength, status: ActionStatus) {
        // One of a few hundred places, and none where there is no action: half a million are counted in one go.
        self.0.resize(Self::SIZE, 0);
        let place = (kind as usize * Strength::ALL.len() + strength as usize) * ActionStatus::ALL.len();
        self.0[place + status as usize] += 1;
    }

    /// Those there are, in the order of the lists.
    pub fn iter(&self) -> impl Iterator<Item = (ActionKind, Strength, ActionStatus, usize)> {
        let all = ActionKind::ALL.iter().flat_map(|kind| {
            Strength::ALL.iter().flat_map(|strength| ActionStatus::ALL.iter().map(|status| (*kind, *strength, *status)))
        });
        let counted = all.zip(&self.0).filter(|(_, count)| **count > 0);
        counted.map(|((kind, strength, status), count)| (kind, strength, status, *count))
    }
}

/// How a partnership stands on a day.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Partnership {
    /// How the state stood in the host organization.
    pub standing: Option<StateStanding>,
    /// The first day on which it was met, or on which something was said between the sides.
    pub first_contact: Option<NaiveDate>,
    /// The last such day.
    pub last_contact: Option<NaiveDate>,
    /// Meetings in the twelve months up to the day.
    pub meetings_in_year: usize,
    /// Actions neither delivered nor dropped.
    pub open: usize,
    /// Of the open ones, those whose due day has passed.
    pub overdue: usize,
    /// Of the open ones, those that have gone silent.
    pub silent: usize,
    /// Actions on which the tracks differ.
    pub disputed: usize,
    /// Open requests, invitations, offers and proposals that wait for us longer than their rhythm.
    pub unanswered: usize,
    /// Actions by kind, strength and status.
    pub actions: ActionCounts,
    /// The next due day of an open action.
    pub next_due: Option<NaiveDate>,
    /// The areas of the open actions.
    pub areas: Areas,
    /// The account that looks after most of the open actions.
    pub owner: Option<Uuid>,
}

/// How the states that are asked for stand; one without a record stands empty.
pub fn survey(asked: Asked<'_>) -> BTreeMap<Uuid, Partnership> {
    match asked.state_id {
        Some(_) => look(asked),
        None => asked.book.surveys.on(asked.day(), asked.rhythms, |state_id| look(Asked { state_id, ..asked })),
    }
}

/// Goes through the actions and meetings of the states that are asked for.
fn look(asked: Asked<'_>) -> BTreeMap<Uuid, Partnership> {
    let states: Vec<Uuid> = asked.states().map(|(state, _)| state).collect();
    let places: FxHashMap<Uuid, usize> = states.iter().zip(0..).map(|(state, place)| (*state, place)).collect();
    let mut surveyed: Vec<(Partnership, BTreeMap<Uuid, usize>)> = vec![Default::default(); states.len()];
    for standing in asked.actions() {
        let Some(place) = standing.action.state.and_then(|state| places.get(&state)) else { continue };
        let (partnership, owners) = &mut surveyed[*place];
        partnership.count(&standing, asked.day());
        if let Some(owner) = standing.action.owner.filter(|_| standing.stand.is_open()) {
            *owners.entry(owner).or_default() += 1;
        }
    }
    let day = asked.day();
    let year = day.checked_sub_months(Months::new(12)).unwrap_or(NaiveDate::MIN);
    for meeting in asked.book.meetings.values().filter(|meeting| meeting.was_held_by(day)) {
        for place in meeting.states.iter().filter_map(|state| places.get(state)) {
            let (partnership, _) = &mut surveyed[*place];
            partnership.meetings_in_year += usize::from(meeting.held_on.is_some_and(|held| held > year));
            meeting.held_on.into_iter().for_each(|held| partnership.touch(held));
        }
    }
    let finished = |(state, (mut partnership, owners)): (Uuid, (Partnership, BTreeMap<Uuid, usize>))| {
        // Of equals the first by identifier, so that the answer is the same every time.
        partnership.owner = owners.iter().rev().max_by_key(|(_, count)| **count).map(|(owner, _)| *owner);
        partnership.standing = Some(asked.book.standing(state, day));
        (state, partnership)
    };
    states.into_iter().zip(surveyed).map(finished).collect()
}

impl Partnership {
    fn touch(&mut self, day: NaiveDate) {
        self.first_contact = Some(self.first_contact.map_or(day, |first| first.min(day)));
        self.last_contact = self.last_contact.max(Some(day));
    }

    fn count(&mut self, standing: &Standing<'_>, day: NaiveDate) {
        let Standing { action, stand, .. } = standing;
        self.touch(action.since);
        self.actions.count(action.kind, action.strength, stand.status);
        self.disputed += usize::from(stand.disputed);
        if !stand.is_open() {
            return;
        }
        let silent = stand.status == ActionStatus::NoEvidence;
        self.open += 1;
        self.overdue += usize::from(stand.overdue);
        self.silent += usize::from(silent);
        self.unanswered += usize::from(silent && is_asked(action.kind) && action.awaits == Some(Side::Ours));
        self.areas = self.areas.with(action.areas);
        if let Some(due) = action.due_on.filter(|due| *due >= day) {
            self.next_due = Some(self.next_due.map_or(due, |next| next.min(due)));
        }
    }

    /// How many actions have one of these statuses.
    pub fn with_status(&self, status: ActionStatus) -> usize {
        self.actions.iter().filter(|(_, _, is, _)| *is == status).map(|(.., count)| count).sum()
    }

    /// The plain word, and why: the reasons that decide it, each with its number.
    pub fn label(&self, day: NaiveDate) -> (PartnershipLabel, Vec<(PartnershipReason, i64)>) {
        use PartnershipReason as Why;
        let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
        let days_since = |contact: Option<NaiveDate>| contact.map(|contact| (day - contact).num_days());
        let pressing =
            [(Why::Overdue, self.overdue), (Why::Unanswered, self.unanswered), (Why::Disputed, self.disputed)];
        let pressing: Vec<_> =
            pressing.into_iter().filter(|(_, number)| *number > 0).map(|(why, number)| (why, count(number))).collect();
        if !pressing.is_empty() {
            return (PartnershipLabel::NeedsAttention, pressing);
        }
        let (Some(first), Some(last)) = (days_since(self.first_contact), days_since(self.last_contact)) else {
            return (PartnershipLabel::Quiet, vec![(Why::NoRecord, 0)]);
        };
        if first <= NEW_DAYS {
            return (PartnershipLabel::New, vec![(Why::FirstContact, first)]);
        }
        if last > QUIET_DAYS {
            let silent = (self.silent > 0).then(|| (Why::Silent, count(self.silent)));
            return (PartnershipLabel::Quiet, [(Why::LastContact, last)].into_iter().chain(silent).collect());
        }
        let in_time = (Why::InTime, count(self.open - self.silent));
        (PartnershipLabel::Active, vec![(Why::LastContact, last), in_time])
    }
}

/// Whether an action of this kind waits for an answer, not for a deed.
pub(crate) fn is_asked(kind: ActionKind) -> bool {
    !matches!(kind, ActionKind::Commitment | ActionKind::Agreement | ActionKind::Plan)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(month: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, month, 1).expect("a first of the month")
    }

    #[test]
    fn one_word_says_how_a_partnership_stands() {
        let today = NaiveDate::from_ymd_opt(2027, 6, 1).expect("a day");
        let met =
            |first, last| Partnership { first_contact: Some(first), last_contact: Some(last), ..Default::default() };
        let table = [
            (Partnership::default(), PartnershipLabel::Quiet, PartnershipReason::NoRecord),
            (met(today, today), PartnershipLabel::New, PartnershipReason::FirstContact),
            (met(day(1), day(2)), PartnershipLabel::Quiet, PartnershipReason::LastContact),
            (met(day(1), today), PartnershipLabel::Active, PartnershipReason::LastContact),
            (
                Partnership { open: 1, overdue: 1, ..met(day(1), today) },
                PartnershipLabel::NeedsAttention,
                PartnershipReason::Overdue,
            ),
            (
                Partnership { disputed: 1, ..met(today, today) },
                PartnershipLabel::NeedsAttention,
                PartnershipReason::Disputed,
            ),
        ];
        for (partnership, label, reason) in table {
            let (is, why) = partnership.label(today);
            assert_eq!((is, why.first().map(|(why, _)| *why)), (label, Some(reason)), "{partnership:?}");
        }
    }
}
