//! Whatever is merged: undone in the reverse order, everything is as it was.

use std::collections::BTreeMap;

use entente::tables::last_migration;
use serde_json::Value;
use store::{
    Concept, RecordRef, UnitOfWork, appointment, dump, evidence, follow_up_action, meeting, member_state, merge,
    organization, participation, party::Party, person, post, record_name, rejected_merge, standing,
};
use uuid::Uuid;
use vocab::{
    ActionKind, MeetingKind, NameRole, OrganizationKind, ParticipationRole, Side, Standing, Strength, evidence::Span,
};

use super::holds;
use crate::world::{World, stories};

/// What is merged is few, so that much of it says the same.
const NAMES: [&str; 4] = ["Khalid Yusuf", "Khaled Youssef", "K. Yusuf", "خالد يوسف"];
const TITLES: [&str; 3] = ["Minister", "MINISTER", "Adviser"];

/// A die that follows from a seed.
struct Die(u64);

impl Die {
    fn new(seed: u64) -> Self {
        Self(seed.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    fn throw(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % sides as u64).expect("a small number")
    }

    fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.throw(of.len())]
    }
}

struct Records {
    people: Vec<Uuid>,
    bodies: Vec<Uuid>,
    posts: Vec<Uuid>,
    meetings: Vec<Uuid>,
    states: [Uuid; 2],
    report: Uuid,
}

/// People, ministries of one state, and what names them, at random.
async fn records(world: &World, die: &mut Die) -> Records {
    let (report, _) = world.ingest("They met in Fez.", "2026-02-01").await;
    let report = api::id::decode(report.as_str().expect("an id")).expect("a record").id;
    let state = async |code| member_state::by_code(world.store.reader(), code).await.expect("asked").expect("there").id;
    let states = [state("PAK").await, state("OMN").await];
    let mut records = Records { people: vec![], bodies: vec![], posts: vec![], meetings: vec![], states, report };
    let made = world.write(async |work| {
        for _ in 0..5 {
            let honorific = (die.throw(2) == 0).then(|| "Dr.".to_owned());
            let also = vec![die.one(&NAMES).to_owned()];
            let draft = person::Draft { label: die.one(&NAMES).to_owned(), honorific, also };
            records.people.push(person::create(work, draft).await?.id);
        }
        for number in 0..4 {
            let state_id = (die.throw(3) > 0).then_some(states[0]);
            let acronym = (die.throw(2) == 0).then(|| format!("MR{}", die.throw(2)));
            let label = format!("Ministry of Rivers {}", number % 2);
            let draft = organization::Draft {
                acronym,
                state_id,
                ..organization::Draft::new(OrganizationKind::Ministry, label)
            };
            records.bodies.push(organization::create(work, draft).await?.id);
        }
        for _ in 0..8 {
            let (organization_id, label) = (die.one(&records.bodies), die.one(&TITLES));
            if post::titled(work.connection(), organization_id, label).await?.is_none() {
                records
                    .posts
                    .push(post::create(work, post::Draft { organization_id, label: label.to_owned() }).await?.id);
            }
        }
        for _ in 0..4 {
            records.meetings.push(meeting::create(work, meeting::Draft::new(MeetingKind::Meeting, "Talks")).await?.id);
        }
        for _ in 0..30 {
            more(work, die, &records).await?;
        }
        Ok(())
    });
    made.await.expect("the records are kept");
    records
}

/// One more row that names some of them.
async fn more(work: &mut UnitOfWork, die: &mut Die, records: &Records) -> store::Result<()> {
    let (person, body, post) = (die.one(&records.people), die.one(&records.bodies), die.one(&records.posts));
    match die.throw(6) {
        0 => {
            let seen_on = (die.throw(2) == 0).then(|| work.today());
            let draft =
                appointment::Draft { person_id: person, post_id: post, start: None, end: None, seen_on, source: None };
            let held = appointment::create(work, draft).await?;
            lay(work, records, RecordRef::new(Concept::Appointment, held.id)).await?;
        }
        1 => {
            let party = match die.throw(2) {
                0 => Party { person_id: Some(person), post_id: Some(post), ..Party::default() },
                _ => Party { organization_id: Some(body), ..Party::default() },
            };
            let role = die.one(&[ParticipationRole::Principal, ParticipationRole::Attendee]);
            participation::create(work, participation::Draft { meeting_id: die.one(&records.meetings), role, party })
                .await?;
        }
        2 => {
            let of = die.one(&[RecordRef::new(Concept::Person, person), RecordRef::new(Concept::Organization, body)]);
            let name =
                record_name::create(work, record_name::Draft::new(of, None, NameRole::Alias, die.one(&NAMES))).await?;
            lay(work, records, RecordRef::new(Concept::RecordName, name.id)).await?;
        }
        3 => {
            let draft = standing::Draft {
                state_id: die.one(&records.states),
                organization_id: body,
                standing: Standing::Member,
                on: None,
                source: "a list".to_owned(),
                verified: true,
                note: (die.throw(2) == 0).then(|| "as told".to_owned()),
            };
            standing::create(work, draft).await?;
        }
        4 => lay(work, records, RecordRef::new(Concept::Person, person)).await?,
        _ => {
            let draft = follow_up_action::Draft {
                kind: ActionKind::Proposal,
                title: "Map the rivers".to_owned(),
                strength: Strength::Proposed,
                missing: Vec::new(),
                state_id: None,
                meeting_id: None,
                actor_side: Side::Theirs,
                actor: Party { person_id: Some(person), organization_id: Some(body), ..Party::default() },
                counterpart: Party {
                    post_id: Some(post),
                    person_id: Some(die.one(&records.people)),
                    ..Party::default()
                },
                awaits: None,
                due: None,
                said_on: None,
                owner_id: None,
                areas: Vec::new(),
            };
            follow_up_action::create(work, draft).await?;
        }
    }
    Ok(())
}

/// Lays the same words behind a record, as often as it comes.
async fn lay(work: &mut UnitOfWork, records: &Records, record: RecordRef) -> store::Result<()> {
    let span = Span { start: 0, end: 4, quote: "They".to_owned() };
    let draft =
        evidence::Draft { report_id: records.report, span, record, field: None, finding_id: None, engine: None };
    evidence::create(work, draft).await.map(drop)
}

/// Merges two at random, where they can be one.
async fn merged(world: &World, die: &mut Die, records: &Records) -> Option<Uuid> {
    let of_people = die.throw(2) == 0;
    let from = if of_people { &records.people } else { &records.bodies };
    let (kept, other) = ((die.one(from), None), (die.one(from), None));
    let draft = merge::Draft { kept, other, reason: "alike".to_owned() };
    let made = world
        .write(
            async |work| {
                if of_people { merge::people(work, draft).await } else { merge::organizations(work, draft).await }
            },
        )
        .await;
    match made {
        Ok(merge) => Some(merge.id),
        // They are one already.
        Err(store::Error::Invalid { .. }) => None,
        Err(fault) => panic!("{fault}"),
    }
}

/// Every row of every table but those that tell what was done, without its version.
async fn everything(world: &World) -> BTreeMap<String, Value> {
    let mut bytes = Vec::new();
    dump::export(&world.store, &last_migration(), &mut bytes).await.expect("everything is written");
    let lines = String::from_utf8(bytes).expect("UTF-8");
    let mut rows = BTreeMap::new();
    for line in lines.lines().skip(1) {
        let mut line: Value = serde_json::from_str(line).expect("JSON");
        let kind = line["kind"].as_str().unwrap_or_default().to_owned();
        if !["", "change", "audit-entry", "merge", "running-number", "receipt"].contains(&kind.as_str()) {
            line["row"].as_object_mut().expect("a row").remove("version");
            rows.insert(format!("{kind} {}", line["row"]["id"]), line["row"].clone());
        }
    }
    rows
}

/// How many histories are tried on each database: a few in a usual run.
#[expect(clippy::disallowed_methods, reason = "the one who runs the tests says how many")]
fn histories() -> u64 {
    std::env::var("REVERSED_MERGES").ok().and_then(|number| number.parse().ok()).unwrap_or(4)
}

stories! {
    /// Random records and merges: once all are undone, the last first, every table is as it was before.
    async fn all_merges_undone_leave_everything_as_it_was(world: &World) {
        for seed in 0..histories() {
            let mut die = Die::new(seed);
            let records = records(world, &mut die).await;
            let pair = [RecordRef::new(Concept::Person, records.people[0]), RecordRef::new(Concept::Person, records.people[1])];
            world.write(async |work| rejected_merge::create(work, pair[0], pair[1], "two").await).await.expect("said");
            let mut before = vec![everything(world).await];
            let mut merges = Vec::new();
            for _ in 0..6 {
                if let Some(id) = merged(world, &mut die, &records).await {
                    merges.push(id);
                    before.push(everything(world).await);
                }
            }
            assert!(!merges.is_empty(), "seed {seed}: nothing could be merged");
            holds(world).await;
            before.pop();
            for (id, before) in merges.into_iter().zip(before).rev() {
                let undone = world.write(async |work| merge::undo(work, id, None, "two after all").await).await;
                assert_eq!(undone.expect("undone").left, [], "seed {seed}");
                let after = everything(world).await;
                for (row, was) in &before {
                    assert_eq!(after.get(row), Some(was), "seed {seed}: {row}");
                }
                assert_eq!(after.keys().collect::<Vec<_>>(), before.keys().collect::<Vec<_>>(), "seed {seed}");
            }
            holds(world).await;
        }
    }

    /// With further work between: no row that was there is lost, and nothing names what is not there.
    async fn work_between_merging_and_undoing_loses_nothing(world: &World) {
        for seed in 100..100 + histories() {
            let mut die = Die::new(seed);
            let records = records(world, &mut die).await;
            let before = everything(world).await;
            let mut merges = Vec::new();
            for _ in 0..6 {
                merges.extend(merged(world, &mut die, &records).await);
                world.write(async |work| more(work, &mut die, &records).await).await.expect("goes on");
            }
            holds(world).await;
            for id in merges.into_iter().rev() {
                world.write(async |work| merge::undo(work, id, None, "two after all").await).await.expect("undone");
            }
            let after = everything(world).await;
            for row in before.keys() {
                assert!(after.contains_key(row), "seed {seed}: {row} is lost");
            }
            holds(world).await;
        }
    }
}
