//! A history that follows from a seed: everything that can change an answer happens in it, in any order.

use store::{
    appointment,
    follow_up_action::{self, Revision},
    meeting, member_state, organization,
    party::Party,
    person, post, update,
};
use uuid::Uuid;
use vocab::{ActionKind, ActionStatus, DatePrecision, MeetingKind, OrganizationKind, PartialDate, Side, Track, Word};

use crate::world::World;

/// The states whose history it is.
const STATES: [&str; 3] = ["PAK", "MAR", "OMN"];

/// What somebody can say of an action.
const SAID: [ActionStatus; 5] = [
    ActionStatus::NotStarted,
    ActionStatus::InProgress,
    ActionStatus::Stalled,
    ActionStatus::Delivered,
    ActionStatus::Dropped,
];

/// What has happened so far, and the die that says what happens next.
pub(super) struct History<'w> {
    world: &'w World,
    die: u64,
    actions: Vec<Uuid>,
    meetings: Vec<Uuid>,
    posts: Vec<(Uuid, Party)>,
    people: Vec<Uuid>,
    appointments: Vec<Uuid>,
}

impl<'w> History<'w> {
    /// One in which nothing has happened yet.
    pub(super) fn new(world: &'w World, seed: u64) -> Self {
        // Seeds that are near to each other are not to begin alike; zero would throw zero for ever.
        let die = seed.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
        let (actions, meetings, posts) = (Vec::new(), Vec::new(), Vec::new());
        Self { world, die, actions, meetings, posts, people: Vec::new(), appointments: Vec::new() }
    }

    /// A number below `sides`.
    pub(super) fn throw(&mut self, sides: usize) -> usize {
        self.die ^= self.die << 13;
        self.die ^= self.die >> 7;
        self.die ^= self.die << 17;
        usize::try_from(self.die % sides as u64).expect("a small number")
    }

    /// Once in so many times.
    fn once_in(&mut self, times: usize) -> bool {
        self.throw(times) == 0
    }

    fn word<W: Word>(&mut self) -> W {
        W::ALL[self.throw(W::ALL.len())]
    }

    fn one_of<T: Copy>(&mut self, among: &[T]) -> T {
        among[self.throw(among.len())]
    }

    fn maybe<T: Copy>(&mut self, among: &[T]) -> Option<T> {
        if among.is_empty() || self.once_in(2) { None } else { Some(self.one_of(among)) }
    }

    /// One of the last 500 days.
    fn day(&mut self) -> chrono::NaiveDate {
        store::Surroundings::today(self.world.clock.as_ref()) - chrono::Days::new(self.throw(500) as u64)
    }

    /// A day that may lie ahead, fully known.
    fn due(&mut self) -> PartialDate {
        PartialDate::new(self.day() + chrono::Days::new(200), DatePrecision::Day)
    }

    async fn state(&mut self) -> Uuid {
        let code = self.one_of(&STATES);
        member_state::by_code(self.world.store.reader(), code).await.expect("asked").expect("a state").id
    }

    /// One thing more happens.
    pub(super) async fn goes_on(&mut self) {
        match self.throw(13) {
            0 | 1 => self.promise().await,
            2 => self.meet().await,
            3 if !self.meetings.is_empty() => self.move_meeting().await,
            4 => self.make_post().await,
            5 if !self.posts.is_empty() => self.appoint().await,
            6 if !self.appointments.is_empty() => self.end_appointment().await,
            7 if !self.people.is_empty() => self.rename_person().await,
            8 | 9 if !self.actions.is_empty() => self.revise().await,
            _ if self.actions.is_empty() => self.promise().await,
            _ => self.say().await,
        }
    }

    async fn promise(&mut self) {
        let (kind, actor_side): (ActionKind, Side) = (self.word(), self.word());
        let posts = self.posts.clone();
        let hangs_on = self.maybe(&posts).map(|(_, party)| party);
        let state_id = match hangs_on.and_then(|party| party.state_id) {
            Some(of_post) => of_post,
            None => self.state().await,
        };
        let draft = follow_up_action::Draft {
            kind,
            title: format!("Action {}", self.actions.len()),
            strength: self.word(),
            missing: Vec::new(),
            state_id: (!self.once_in(6)).then_some(state_id),
            meeting_id: None,
            actor_side,
            actor: hangs_on.unwrap_or(Party { state_id: Some(state_id), ..Party::default() }),
            counterpart: Party::default(),
            awaits: vocab::follow_up_action::awaits(kind, actor_side),
            due: self.once_in(2).then(|| self.due()),
            said_on: (!self.once_in(3)).then(|| self.day()),
            owner_id: self.once_in(2).then_some(self.world.who.account_id).flatten(),
            areas: vec!["heritage".to_owned(), "youth".to_owned()].split_off(self.throw(2)),
        };
        let made = self.world.write(async |work| follow_up_action::create(work, draft).await).await.expect("made");
        self.actions.push(made.id);
    }

    async fn revise(&mut self) {
        let (actions, posts) = (self.actions.clone(), self.posts.clone());
        let id = self.one_of(&actions);
        let areas = &["heritage", "water-management", "youth"][self.throw(3)..];
        let revision = Revision {
            title: Some(format!("Action, worded anew {}", self.throw(9))),
            strength: Some(self.word()),
            actor: self.maybe(&posts).map(|(_, party)| party),
            due: Some(self.once_in(2).then(|| self.due())),
            said_on: self.once_in(2).then(|| self.day()),
            areas: Some(areas.iter().map(|&area| area.to_owned()).collect()),
            ..Revision::default()
        };
        let revised = self.world.write(async |work| follow_up_action::revise(work, id, None, revision).await);
        revised.await.expect("revised");
    }

    async fn say(&mut self) {
        let actions = self.actions.clone();
        let draft = update::Draft {
            action_id: self.one_of(&actions),
            track: self.one_of(&[Track::Ours, Track::Counterpart]),
            says: self.one_of(&SAID),
            on: self.day(),
            note: Some("as they said".to_owned()),
            report_id: None,
        };
        self.world.write(async |work| update::record(work, draft, None).await).await.expect("recorded");
    }

    async fn meet(&mut self) {
        let (kind, state) = (self.word::<MeetingKind>(), self.state().await);
        let date = Some(PartialDate::new(self.day(), DatePrecision::Day));
        let draft = meeting::Draft { date, ..meeting::Draft::new(kind, "Talks") };
        let held = self.world.write(async |work| {
            let held = meeting::create(work, draft).await?;
            meeting::state::put(work, held.id, &[state]).await?;
            Ok(held.id)
        });
        let held = held.await.expect("held");
        self.meetings.push(held);
    }

    async fn move_meeting(&mut self) {
        let (meetings, state) = (self.meetings.clone(), self.state().await);
        let id = self.one_of(&meetings);
        let moved = self.world.write(async |work| meeting::state::put(work, id, &[state]).await);
        moved.await.expect("the states are put");
    }

    async fn make_post(&mut self) {
        let (state_id, number) = (Some(self.state().await), self.posts.len());
        let draft = organization::Draft::new(OrganizationKind::Ministry, format!("Ministry {number}"));
        let made = self.world.write(async |work| {
            let ministry = organization::create(work, organization::Draft { state_id, ..draft }).await?;
            let draft = post::Draft { organization_id: ministry.id, label: format!("Minister {number}") };
            let post = post::create(work, draft).await?;
            let party = Party { post_id: Some(post.id), organization_id: Some(ministry.id), state_id, person_id: None };
            Ok((post.id, party))
        });
        let made = made.await.expect("made");
        self.posts.push(made);
    }

    async fn appoint(&mut self) {
        let (posts, people) = (self.posts.clone(), self.people.clone());
        let ((post_id, _), known) = (self.one_of(&posts), self.maybe(&people));
        let label = format!("Person {}", people.len());
        let start = (!self.once_in(3)).then(|| PartialDate::new(self.day(), DatePrecision::Day));
        let appointed = self.world.write(async |work| {
            let person_id = match known {
                Some(id) => id,
                None => person::create(work, person::Draft { label, ..Default::default() }).await?.id,
            };
            let draft = appointment::Draft { person_id, post_id, start, end: None, seen_on: None, source: None };
            Ok((person_id, appointment::create(work, draft).await?.id))
        });
        let (person, appointment) = appointed.await.expect("appointed");
        if known.is_none() {
            self.people.push(person);
        }
        self.appointments.push(appointment);
    }

    async fn end_appointment(&mut self) {
        let appointments = self.appointments.clone();
        let id = self.one_of(&appointments);
        let end = PartialDate::new(self.day(), DatePrecision::Day);
        let revision = appointment::Revision { end: Some(Some(end)), ..Default::default() };
        match self.world.write(async |work| appointment::revise(work, id, None, revision).await).await {
            // The die may want one to end before it began.
            Ok(_) | Err(store::Error::Invalid { .. }) => {}
            Err(fault) => panic!("{fault:?}"),
        }
    }

    async fn rename_person(&mut self) {
        let people = self.people.clone();
        let id = self.one_of(&people);
        let revision =
            person::Revision { label: Some(format!("Person, spelt anew {}", self.throw(99))), honorific: None };
        self.world.write(async |work| person::revise(work, id, None, revision).await).await.expect("renamed");
    }
}
