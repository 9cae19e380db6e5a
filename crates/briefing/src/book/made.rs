//! Books made by hand, for tests of what is counted in them.

use chrono::{NaiveDate, NaiveTime};
use store::appointment;
use uuid::Uuid;
use vocab::{ActionKind, ActionStatus, CheckableElement, CooperationArea, Side, Strength, Track, status::Statement};

use super::{Action, Areas, Book, Meeting, Task};

/// A day, as it is written.
pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day such as 2026-03-01")
}

/// The identifier of so manieth.
pub(crate) fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

/// An action of a state, said on a day; a proposal of ours of which nothing more is known.
pub(crate) fn said(state: Option<u128>, on: &str) -> Action {
    Action {
        reference: "AAA-1".into(),
        state: state.map(id),
        meeting: None,
        owner: None,
        kind: ActionKind::Proposal,
        strength: Strength::Proposed,
        actor_side: Side::Ours,
        awaits: None,
        missing: Vec::new(),
        since: day(on),
        due_on: None,
        posts: [None, None],
        areas: Areas::default(),
        statements: Vec::new(),
    }
}

impl Action {
    pub(crate) fn is(self, kind: ActionKind, strength: Strength, actor_side: Side) -> Self {
        Self { awaits: vocab::follow_up_action::awaits(kind, actor_side), kind, strength, actor_side, ..self }
    }

    pub(crate) fn owned_by(self, owner: u128) -> Self {
        Self { owner: Some(id(owner)), ..self }
    }

    pub(crate) fn due(self, on: &str) -> Self {
        Self { due_on: Some(day(on)), ..self }
    }

    pub(crate) fn hangs_on(self, actor: Option<u128>, counterpart: Option<u128>) -> Self {
        Self { posts: [actor.map(id), counterpart.map(id)], ..self }
    }

    pub(crate) fn lacks(self, missing: &[CheckableElement]) -> Self {
        Self { missing: missing.to_vec(), ..self }
    }

    pub(crate) fn within(mut self, areas: &[&str]) -> Self {
        for slug in areas {
            let CooperationArea { position, .. } = vocab::cooperation_area::by_slug(slug).expect("an area");
            self.areas.put(*position, true);
        }
        self
    }

    pub(crate) fn told(mut self, track: Track, says: ActionStatus, on: &str) -> Self {
        self.statements.push(Statement { track, says, on: day(on) });
        self
    }
}

impl Book {
    /// A book of these states, numbered from 1, and of these actions, numbered from 101.
    pub(crate) fn made(states: &[&str], actions: Vec<Action>) -> Self {
        let states = (1..).zip(states).map(|(number, code)| (id(number), (*code).to_owned())).collect();
        let actions = (101..).zip(actions).map(|(number, action)| (id(number), action)).collect();
        Self { states, actions, ..Self::default() }
    }

    /// With appointments, numbered from 401: the number of the post, that of the person, the first and the last day.
    pub(crate) fn held(mut self, appointments: &[(u128, u128, &str, Option<&str>)]) -> Self {
        for (number, (post, person, start, end)) in (401..).zip(appointments) {
            self.appointments.entry(id(*post)).or_default().push(appointment::Model {
                id: id(number),
                person_id: id(*person),
                post_id: id(*post),
                started_on: Some(day(start)),
                started_on_precision: None,
                ended_on: end.map(day),
                ended_on_precision: None,
                seen_on: None,
                source: None,
                created_at: day(start).and_time(NaiveTime::MIN).and_utc(),
                version: 1,
            });
        }
        self
    }

    /// With open tasks, numbered from 501: the number of the action, that of the assignee, the due day.
    pub(crate) fn tasked(mut self, tasks: &[(u128, u128, &str)]) -> Self {
        let made = |(action, assignee, due): &(u128, u128, &str)| Task {
            action: id(*action),
            assignee: Some(id(*assignee)),
            due_on: Some(day(due)),
            is_open: true,
        };
        self.tasks = (501..).zip(tasks).map(|(number, task)| (id(number), made(task))).collect();
        self
    }

    /// With meetings, numbered from 201: the day of each, and the numbers of its states.
    pub(crate) fn met(mut self, meetings: &[(Option<&str>, &[u128])]) -> Self {
        let made = |(held_on, states): &(Option<&str>, &[u128])| Meeting {
            kind: None,
            held_on: held_on.map(day),
            states: states.iter().copied().map(id).collect(),
        };
        self.meetings = (201..).zip(meetings).map(|(number, meeting)| (id(number), made(meeting))).collect();
        self
    }
}
