//! The talking points: what an open action asks a director to say, by one table of rules.

use std::cmp::Reverse;

use store::follow_up_action;
use vocab::{ActionStatus, CheckableElement, Language, PartialDate, Side, Strength};

use super::words;
use crate::{answer::Standing, partnership::is_asked};

/// The most points of a brief: more is no preparation.
pub(super) const MOST: usize = 8;

/// What is to be said of an action. The list is the order in which points are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Point {
    /// Ours is late: we have to explain.
    Explain,
    /// Theirs is late or silent: ask for news.
    AskForNews,
    /// They wait for our answer: give it.
    Answer,
    /// The strongest plan of both: the next step.
    NextStep,
    /// Nobody can check it: agree who and by when.
    Agree,
}

impl Point {
    pub(crate) const ALL: [Self; 5] = [Self::Explain, Self::AskForNews, Self::Answer, Self::NextStep, Self::Agree];
}

/// When a point is made, and of how many actions.
struct Rule {
    point: Point,
    most: usize,
    applies: fn(&Standing<'_>) -> bool,
}

const RULES: [Rule; Point::ALL.len()] = [
    Rule { point: Point::Explain, most: MOST, applies: |it| it.stand.overdue && waits_for(it, Side::Ours) },
    Rule {
        point: Point::AskForNews,
        most: MOST,
        applies: |it| waits_for(it, Side::Theirs) && (it.stand.overdue || it.stand.status == ActionStatus::NoEvidence),
    },
    Rule { point: Point::Answer, most: MOST, applies: |it| waits_for(it, Side::Ours) && is_asked(it.action.kind) },
    Rule {
        point: Point::NextStep,
        most: 1,
        applies: |it| waits_for(it, Side::Both) || it.action.actor_side == Side::Both,
    },
    Rule { point: Point::Agree, most: MOST, applies: |it| lacks_owner_or_date(it) },
];

fn waits_for(it: &Standing<'_>, side: Side) -> bool {
    it.action.awaits == Some(side)
}

fn lacks_owner_or_date(it: &Standing<'_>) -> bool {
    let lacks = |element| it.action.missing.contains(&element);
    lacks(CheckableElement::Owner) || lacks(CheckableElement::Date) && it.action.due_on.is_none()
}

/// The points of a state's open actions, the first rule first; of each action the first that applies.
pub(crate) fn points<'a>(open: &[Standing<'a>]) -> Vec<(Point, Standing<'a>)> {
    let mut left = open.to_vec();
    let mut points = Vec::new();
    for Rule { point, most, applies } in &RULES {
        let (mut fitting, others): (Vec<_>, Vec<_>) = left.into_iter().partition(applies);
        fitting.sort_by_key(|it| (strongest_first(*point, it), super::urgency(it)));
        left = fitting.split_off(fitting.len().min(*most));
        left.extend(others);
        points.extend(fitting.into_iter().map(|it| (*point, it)));
    }
    points
}

/// Plans of both are told by their strength, everything else by its day alone.
fn strongest_first(point: Point, it: &Standing<'_>) -> Option<Reverse<Strength>> {
    (point == Point::NextStep).then_some(Reverse(it.action.strength))
}

/// What a sentence needs to know of its action.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub(crate) struct Told {
    /// What is to be said.
    pub(crate) point: Point,
    /// The action, as people call it.
    pub(crate) reference: String,
    /// What it is about.
    pub(crate) title: String,
    /// When it was due, as precisely as it was said.
    pub(crate) due: Option<PartialDate>,
    /// How many days it is late.
    pub(crate) days: i64,
    /// When it was last heard of.
    pub(crate) heard: chrono::NaiveDate,
    /// When it was said.
    pub(crate) since: chrono::NaiveDate,
}

impl Told {
    pub(crate) fn new(point: Point, it: &Standing<'_>, row: &follow_up_action::Model, day: chrono::NaiveDate) -> Self {
        Self {
            point,
            reference: row.reference.clone(),
            title: super::shortened(&row.title),
            due: super::due(row),
            days: super::days_late(it, day).unwrap_or_default(),
            heard: it.stand.heard_on,
            since: it.action.since,
        }
    }

    /// The sentence.
    pub(crate) fn sentence(&self, language: Language) -> String {
        let Self { point, reference, title, due, days, heard, since } = self;
        let values = [
            ("reference", reference.as_str()),
            ("title", title),
            ("due", &due.map(|due| words::date(due, language)).unwrap_or_default()),
            ("days", &days.to_string()),
            ("heard", &words::day(*heard, language)),
            ("since", &words::day(*since, language)),
        ];
        words::fill(words::point(*point), language, &values)
    }
}
