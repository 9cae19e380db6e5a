//! Years of follow-up, made up: through the product's own verbs, so that every record has its history.

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
    },
    time::{Instant, SystemTime},
};

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use migrations::{Migrate, Migrator};
use sea_orm::{EntityTrait, PaginatorTrait, QueryOrder, QuerySelect};
use store::{
    Error, Result, Store, StoreSettings, Surroundings, UnitOfWork, Who, account, appointment, follow_up_action,
    meeting, member_state, organization, participation, party::Party, person, post, update,
};
use uuid::{Builder, Uuid};
use vocab::{
    ActionKind, ActionStatus, DatePrecision, MeetingKind, OrganizationKind, PartialDate, ParticipationRole, Role, Side,
    Strength, Track, Word,
};

/// Records written in one unit of work.
const AT_ONCE: usize = 1_000;

/// How far back the first of them lies.
const YEARS: i64 = 5;

/// States with which there is anything; the others are known and have no record.
const STATES: u64 = 200;

/// Accounts that look after actions.
const OFFICERS: usize = 20;

/// A clock that goes from five years ago to today while records are made.
pub(crate) struct Calendar {
    now: Mutex<DateTime<Utc>>,
    given: AtomicU64,
}

impl Calendar {
    fn put(&self, moment: DateTime<Utc>) {
        *self.now.lock().expect("the clock") = moment;
    }
}

impl Surroundings for Calendar {
    fn now(&self) -> DateTime<Utc> {
        *self.now.lock().expect("the clock")
    }

    fn fresh_id(&self) -> Uuid {
        let number = self.given.fetch_add(1, Ordering::Relaxed);
        let mut tail = [0; 10];
        tail[2..].copy_from_slice(&number.to_be_bytes());
        let millis = u64::try_from(self.now().timestamp_millis()).unwrap_or_default();
        Builder::from_unix_timestamp_millis(millis, &tail).into_uuid()
    }

    fn fresh_secret(&self) -> [u8; 32] {
        [0; 32]
    }
}

/// Throws that follow from a seed, so that two runs make the same records.
pub(crate) struct Die(pub(crate) u64);

impl Die {
    pub(crate) fn throw(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % sides as u64).expect("a small number")
    }

    fn pick<W: Word>(&mut self) -> W {
        W::ALL[self.throw(W::ALL.len())]
    }
}

/// What was made.
pub(crate) struct Generated {
    pub(crate) store: Store,
    /// The last day.
    pub(crate) today: NaiveDate,
}

/// Who there is.
struct Cast {
    states: Vec<Uuid>,
    /// People in their posts.
    people: Vec<Party>,
    officers: Vec<Uuid>,
}

/// Where a SQLite database of so many actions is kept in a folder. The number in it counts on when other records are made.
pub(crate) fn file(folder: &Path, actions: usize) -> PathBuf {
    folder.join(format!("entente-made-2-{actions}.db"))
}

/// The last moment: noon of the last day.
pub(crate) fn end() -> DateTime<Utc> {
    let today = NaiveDate::from_ymd_opt(2026, 11, 26).expect("a day");
    today.and_hms_opt(12, 0, 0).expect("noon").and_utc()
}

/// Opens a database, and fills it where it is empty: `actions` of them, and a fifth as many meetings, a tenth as many
/// people, a hundredth as many ministries.
pub(crate) async fn world(url: &str, actions: usize) -> Result<Generated> {
    let calendar =
        Arc::new(Calendar { now: Mutex::new(end() - TimeDelta::days(365 * YEARS)), given: AtomicU64::new(0) });
    let settings = StoreSettings { durable: false, ..StoreSettings::new(url) };
    let store = Store::open(&settings, calendar.clone()).await?;
    Migrator::up(store.writer(), None).await?;
    let there = follow_up_action::Entity::find().count(store.reader()).await?;
    if there == 0 {
        let began = Instant::now();
        store::seed::load(&store, None).await?;
        fill(&store, &calendar, actions).await?;
        eprintln!("{actions} actions with all around them made in {:.0} s", began.elapsed().as_secs_f64());
    } else if there != actions as u64 {
        let message = format!("it holds {there} actions and not {actions}: remove it, so that it is made again");
        return Err(Error::invalid("database", message));
    }
    calendar.put(end());
    // Identifiers made from here on must not be those of before, nor those of another run on the same database.
    let since = SystemTime::UNIX_EPOCH.elapsed().expect("a time after 1970").as_nanos();
    calendar.given.store(u64::try_from(since).expect("a time before 2554"), Ordering::Relaxed);
    Ok(Generated { store, today: end().date_naive() })
}

async fn fill(store: &Store, calendar: &Calendar, actions: usize) -> Result<()> {
    let states = member_state::Entity::find().select_only().column(member_state::Column::Id);
    let states: Vec<Uuid> =
        states.order_by_asc(member_state::Column::Code).limit(STATES).into_tuple().all(store.reader()).await?;
    let mut die = Die(20_261_126);
    let people = parties(store, &states, actions).await?;
    let cast = Cast { states, people, officers: officers(store).await? };
    let (units, began) = (actions.div_ceil(AT_ONCE), end() - TimeDelta::days(365 * YEARS));
    for unit in 0..units {
        let part = TimeDelta::days(365 * YEARS) * i32::try_from(unit).expect("few units")
            / i32::try_from(units).expect("few units");
        calendar.put(began + part);
        let mut work = store.begin(&Who::system()).await?;
        for _ in 0..AT_ONCE.min(actions - unit * AT_ONCE) {
            follow_up(&mut work, &mut die, &cast).await?;
        }
        work.commit().await?;
    }
    Ok(())
}

async fn officers(store: &Store) -> Result<Vec<Uuid>> {
    let (mut work, mut made) = (store.begin(&Who::system()).await?, Vec::with_capacity(OFFICERS));
    for number in 0..OFFICERS {
        let draft = account::Draft { name: format!("Officer {number}"), email: None, role: Role::DeskOfficer };
        made.push(account::create(&mut work, draft).await?.id);
    }
    work.commit().await?;
    Ok(made)
}

/// Ministries with ten people in ten posts each; the people.
async fn parties(store: &Store, states: &[Uuid], actions: usize) -> Result<Vec<Party>> {
    let mut people = Vec::with_capacity(actions / 10);
    for ministry in 0..actions / 100 {
        let mut work = store.begin(&Who::system()).await?;
        let state_id = Some(states[ministry % states.len()]);
        let draft = organization::Draft::new(OrganizationKind::Ministry, format!("Ministry {ministry}"));
        let made = organization::create(&mut work, organization::Draft { state_id, ..draft }).await?;
        for number in 0..10 {
            let label = format!("Person {ministry} {number}");
            let person = person::create(&mut work, person::Draft { label, ..Default::default() }).await?;
            let label = format!("Director {number}");
            let post = post::create(&mut work, post::Draft { organization_id: made.id, label }).await?;
            let draft = appointment::Draft {
                person_id: person.id,
                post_id: post.id,
                start: None,
                end: None,
                seen_on: None,
                source: None,
            };
            appointment::create(&mut work, draft).await?;
            let (person_id, post_id, organization_id) = (Some(person.id), Some(post.id), Some(made.id));
            people.push(Party { person_id, post_id, organization_id, state_id });
        }
        work.commit().await?;
    }
    Ok(people)
}

/// A meeting with a state, and the two people who took part.
async fn meet(work: &mut UnitOfWork, die: &mut Die, cast: &Cast, state: Uuid) -> Result<Uuid> {
    let date = PartialDate::new(work.today() - Days::new(die.throw(30) as u64), DatePrecision::Day);
    let draft = meeting::Draft::new(die.pick::<MeetingKind>(), "Talks in the capital");
    let held = meeting::create(work, meeting::Draft { date: Some(date), ..draft }).await?;
    meeting::state::put(work, held.id, &[state]).await?;
    // Each from a half of their own, so that nobody comes twice.
    let half = cast.people.len() / 2;
    for (role, half_of) in [(ParticipationRole::Principal, 0), (ParticipationRole::Attendee, half)] {
        if half > 0 {
            let party = cast.people[half_of + die.throw(half)];
            participation::create(work, participation::Draft { meeting_id: held.id, role, party }).await?;
        }
    }
    Ok(held.id)
}

/// An action, for every fifth one a meeting, for every third one somebody who looks after it, and for two of three what
/// became of it.
async fn follow_up(work: &mut UnitOfWork, die: &mut Die, cast: &Cast) -> Result<()> {
    let (state, today) = (cast.states[die.throw(cast.states.len())], work.today());
    let meeting_id = match die.throw(5) {
        0 => Some(meet(work, die, cast, state).await?),
        _ => None,
    };
    let (kind, actor_side) = (die.pick::<ActionKind>(), die.pick::<Side>());
    let areas = vocab::cooperation_area::all();
    let draft = follow_up_action::Draft {
        kind,
        title: format!("Train experts of the ministry in field {} and tell what came of it", die.throw(1_000)),
        strength: die.pick::<Strength>(),
        missing: Vec::new(),
        state_id: Some(state),
        meeting_id,
        actor_side,
        actor: Party { state_id: Some(state), ..Party::default() },
        counterpart: Party::default(),
        awaits: vocab::follow_up_action::awaits(kind, actor_side),
        due: (die.throw(2) == 0)
            .then(|| PartialDate::new(today + Days::new(die.throw(400) as u64), DatePrecision::Day)),
        said_on: Some(today - Days::new(die.throw(20) as u64)),
        owner_id: (die.throw(3) == 0).then(|| cast.officers[die.throw(OFFICERS)]),
        areas: vec![areas[die.throw(areas.len())].slug.to_owned()],
    };
    let made = follow_up_action::create(work, draft).await?;
    if die.throw(3) > 0 {
        let says = [ActionStatus::InProgress, ActionStatus::Stalled, ActionStatus::Delivered, ActionStatus::Delivered];
        let says = says[die.throw(says.len())];
        let track = if die.throw(2) == 0 { Track::Ours } else { Track::Counterpart };
        let draft = update::Draft { action_id: made.id, track, says, on: today, note: None, report_id: None };
        update::record(work, draft, None).await?;
    }
    Ok(())
}
