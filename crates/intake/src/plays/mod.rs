//! Follow-up plays: the next task for staff that an accepted action calls for. Each play is a file and a line in [`ALL`].
//!
//! A play only proposes; a person confirms the task.

mod answer_invitation;
mod answer_offer;
mod answer_request;
mod check_delivery;
mod draft_implementation_plan;
mod follow_up_offer;
mod prepare_concept_note;
mod prepare_plan;
mod remind_of_request;
mod report_delivery;
mod send_invitation;

use std::{collections::BTreeMap, sync::LazyLock};

use chrono::{Days, NaiveDate};
use serde::Deserialize;
use store::{Result, UnitOfWork, follow_up_action, task};
use vocab::{ActionKind, Side};

use crate::wording::clip;

/// A play.
pub struct Play {
    /// Its name, under which its tasks are kept and its days stand in `data/plays.toml`.
    pub name: &'static str,
    /// What the task says; the action's title follows.
    pub step: &'static str,
    /// Whether an action calls for it.
    pub applies: fn(&Deed) -> bool,
    /// An act that calls for it and one that does not, by kind and side; a test shows both to it.
    pub examples: [(ActionKind, Side); 2],
}

/// What a play looks at in an action.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deed {
    /// What the words do.
    pub kind: ActionKind,
    /// The side that acts.
    pub actor: Side,
    /// The side that owes the next move.
    pub awaits: Option<Side>,
}

impl Deed {
    /// What a play looks at in this action.
    pub fn of(action: &follow_up_action::Model) -> Self {
        Self { kind: action.kind.0, actor: action.actor_side.0, awaits: action.awaits.map(|side| side.0) }
    }

    /// Whether it is our move, or both sides'.
    fn is_ours_to_answer(&self) -> bool {
        matches!(self.awaits, Some(Side::Ours | Side::Both))
    }

    /// Whether we act, alone or with the partner.
    fn is_ours(&self) -> bool {
        matches!(self.actor, Side::Ours | Side::Both)
    }
}

/// Every play.
pub const ALL: [&Play; 11] = [
    &answer_invitation::PLAY,
    &send_invitation::PLAY,
    &answer_request::PLAY,
    &remind_of_request::PLAY,
    &answer_offer::PLAY,
    &follow_up_offer::PLAY,
    &prepare_concept_note::PLAY,
    &draft_implementation_plan::PLAY,
    &report_delivery::PLAY,
    &check_delivery::PLAY,
    &prepare_plan::PLAY,
];

/// How soon the step of a play is due.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
struct Timing {
    days: u64,
    before_due: u64,
    at_due: bool,
}

static TIMINGS: LazyLock<BTreeMap<String, Timing>> =
    LazyLock::new(|| timings(include_str!("../../data/plays.toml")).expect("data/plays.toml is well-formed"));

/// The days of every play.
///
/// # Errors
/// A sentence, where the table cannot be understood, or its entries are not the plays.
fn timings(table: &str) -> Result<BTreeMap<String, Timing>, String> {
    let timings: BTreeMap<String, Timing> = toml::from_str(table).map_err(|fault| fault.to_string())?;
    if let Some(stranger) = timings.keys().find(|name| !ALL.iter().any(|play| play.name == **name)) {
        return Err(format!("there is no play \"{stranger}\""));
    }
    match ALL.iter().find(|play| !timings.contains_key(play.name)) {
        Some(play) => Err(format!("the play \"{}\" has no days", play.name)),
        None => Ok(timings),
    }
}

impl Timing {
    /// The day on which a step is due that is proposed `today`, under an action that is due on `due`.
    fn due(self, today: NaiveDate, due: Option<NaiveDate>) -> NaiveDate {
        let soon = today + Days::new(self.days);
        let by_action = due.map(|due| due - Days::new(self.before_due));
        let day = match by_action {
            Some(day) if self.at_due => day,
            Some(day) => day.min(soon),
            None => soon,
        };
        day.max(today)
    }
}

/// Proposes the tasks that a fresh action calls for.
pub(crate) async fn propose(work: &mut UnitOfWork, action: &follow_up_action::Model) -> Result<Vec<task::Model>> {
    let deed = Deed::of(action);
    let mut tasks = Vec::new();
    for play in ALL.into_iter().filter(|play| (play.applies)(&deed)) {
        let draft = task::Draft {
            action_id: action.id,
            title: clip(&format!("{}: {}", play.step, action.title), 500),
            play: Some(play.name),
            assignee_id: action.owner_id,
            due_on: TIMINGS.get(play.name).map(|timing| timing.due(work.today(), action.due_on)),
        };
        tasks.push(task::create(work, draft).await?);
    }
    Ok(tasks)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use vocab::Word;

    use super::*;

    fn deed(kind: ActionKind, actor: Side) -> Deed {
        Deed { kind, actor, awaits: vocab::follow_up_action::awaits(kind, actor) }
    }

    #[test]
    fn every_play_understands_its_own_examples() {
        for play in ALL {
            let [calls, does_not] = play.examples.map(|(kind, actor)| deed(kind, actor));
            assert!((play.applies)(&calls), "{}: {calls:?}", play.name);
            assert!(!(play.applies)(&does_not), "{}: {does_not:?}", play.name);
        }
        let names: BTreeSet<_> = ALL.iter().map(|play| play.name).collect();
        assert_eq!(names.len(), ALL.len(), "two plays of one name");
    }

    #[test]
    fn every_kind_of_action_calls_for_a_step_of_one_play_alone() {
        for kind in ActionKind::ALL {
            for actor in [Side::Ours, Side::Theirs] {
                let deed = deed(*kind, actor);
                let plays: Vec<_> = ALL.iter().filter(|play| (play.applies)(&deed)).map(|play| play.name).collect();
                assert_eq!(plays.len(), 1, "{deed:?}: {plays:?}");
            }
            let by_others = deed(*kind, Side::Other);
            assert!(!ALL.iter().any(|play| (play.applies)(&by_others)), "{by_others:?}");
        }
    }

    #[test]
    fn the_table_of_days_names_the_plays_and_nothing_else() {
        assert_eq!(TIMINGS.len(), ALL.len());
        let table = include_str!("../../data/plays.toml");
        for (broken, says) in [
            (format!("{table}\n[sing]\ndays = 1\nbefore_due = 1\nat_due = false"), "no play \"sing\""),
            (table.replace("[check-delivery]", "[report-delivery]"), "duplicate"),
            (table.replacen("days = 7", "weeks = 1", 1), "weeks"),
            (table[..table.find("[prepare-plan]").expect("the last entry")].to_owned(), "has no days"),
        ] {
            let fault = timings(&broken).expect_err(says);
            assert!(fault.contains(says), "{fault}");
        }
    }

    #[test]
    fn a_step_is_due_in_its_days_or_before_the_action_is() {
        let day = |day: u32| NaiveDate::from_ymd_opt(2026, 5, day).expect("a day in May");
        let soon = Timing { days: 7, before_due: 3, at_due: false };
        let late = Timing { at_due: true, ..soon };
        for (timing, due, expected) in [
            (soon, None, 8),
            (soon, Some(day(6)), 3),
            (soon, Some(day(31)), 8),
            (soon, Some(day(2)), 1),
            (late, None, 8),
            (late, Some(day(31)), 28),
            (late, Some(day(2)), 1),
        ] {
            assert_eq!(timing.due(day(1), due), day(expected), "{timing:?} {due:?}");
        }
    }
}
