//! Going on after having been cut off: nothing is missed, and nothing comes twice.

use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use serde_json::{Value, json};
use store::{Store, Who, follow_up_action, update};
use vocab::{ActionKind, ActionStatus, Side, Strength, Track};

use super::{CHANGES, Server, action, cursor, rename};
use crate::world::stories;

const TEXT: &str = "Oman asks for training\n\nThe Minister of Heritage of Oman, Mr. Salim Al-Harthy, met the \
    Director-General of ICESCO, Dr. Nadia Benhaddou, in Muscat on Monday, 9 February 2026. Mr. Al-Harthy asked ICESCO to \
    train ten museum curators by 30 June 2026. He invited the Director-General to visit Nizwa.";

/// Writers at once, and what each of them does.
const WRITERS: usize = 6;
const EACH: usize = 12;

fn draft(title: String) -> follow_up_action::Draft {
    follow_up_action::Draft {
        kind: ActionKind::Plan,
        title,
        strength: Strength::Proposed,
        missing: Vec::new(),
        state_id: None,
        meeting_id: None,
        actor_side: Side::Ours,
        actor: Default::default(),
        counterpart: Default::default(),
        awaits: None,
        due: None,
        said_on: None,
        owner_id: None,
        areas: vec!["water-management".to_owned()],
    }
}

/// Makes an action or two in one unit of work, with a word on their progress; now and then it is undone.
async fn write(store: &Store, who: &Who, writer: usize, round: usize) -> usize {
    let mut work = store.begin(who).await.expect("a unit of work");
    let count = 1 + (writer + round) % 2;
    for part in 0..count {
        let draft = draft(format!("{writer}.{round}.{part}"));
        let action = follow_up_action::create(&mut work, draft).await.expect("an action");
        let said = update::Draft {
            action_id: action.id,
            track: Track::Ours,
            says: ActionStatus::InProgress,
            on: work.today(),
            note: None,
            report_id: None,
        };
        update::record(&mut work, said, None).await.expect("an update");
    }
    if round % 5 == 4 {
        return 0;
    }
    work.commit().await.expect("it is written");
    count
}

/// A number that looks like chance and is the same in each run.
fn chance(seed: &mut u64) -> u64 {
    *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    *seed >> 33
}

stories! {
    /// Behind each event, exactly those that follow are told, and each is the same as before, also where one request did
    /// something to several records.
    async fn whoever_goes_on_is_told_exactly_the_rest(world: &World) {
        let server = Server::open(world).await;
        let start = cursor(world).await;
        let first = action(world, "Map the rivers", None).await;
        let (_, reading) = world.ingest(TEXT, "2026-02-10").await;
        world.accept(&reading).await;
        rename(world, &first, "Map all rivers").await;
        let mut client = server.client().await;
        client.subscribe("all", CHANGES, json!({ "after": start })).await;
        let mut all = Vec::new();
        while all.last().is_none_or(|event: &Value| all.len() == 1 || event["followUpAction"]["id"] != first) {
            all.push(client.event().await);
        }
        assert!(all.len() > 3, "{all:#?}");
        client.say(&json!({ "id": "all", "type": "complete" })).await;
        for (index, event) in all.iter().enumerate() {
            client.subscribe("rest", CHANGES, json!({ "after": event["cursor"] })).await;
            let rest = client.events(all.len() - index - 1).await;
            assert_eq!(rest, all[index + 1..]);
            client.silence().await;
            client.say(&json!({ "id": "rest", "type": "complete" })).await;
        }
        server.close().await;
    }

    /// Whoever is further behind than memory reaches is told the same, from the database, a part at a time.
    async fn who_is_far_behind_is_told_the_same(world: &World) {
        let server = Server::open(world).await;
        let after = cursor(world).await;
        let mut written = 0;
        for unit in 0..150 {
            let who = Who { request_id: Some(unit.to_string()), ..world.who.clone() };
            written += write(&world.store, &who, 0, 1 + 2 * (unit * 5)).await;
        }
        let numbers = store::history::last_number(world.store.reader()).await.expect("a number");
        let mut client = server.client().await;
        client.subscribe("all", CHANGES, json!({ "after": after })).await;
        let all = client.events(written).await;
        client.silence().await;
        client.say(&json!({ "id": "all", "type": "complete" })).await;
        let titles: BTreeMap<_, _> = all.iter().map(|event| (event["followUpAction"]["title"].to_string(), ())).collect();
        assert_eq!((titles.len(), written), (written, 300));
        assert!(numbers > 1_500, "it takes several parts, and more than memory holds: {numbers}");
        // Behind the first of two in one unit, at the end of it, and where memory begins.
        for index in [0, 1, 120, 123, 124, 125, 126, 200, 298] {
            client.subscribe("rest", CHANGES, json!({ "after": all[index]["cursor"] })).await;
            assert_eq!(client.events(written - index - 1).await, all[index + 1..]);
            client.silence().await;
            client.say(&json!({ "id": "rest", "type": "complete" })).await;
        }
        server.close().await;
    }

    /// While several write by two servers at once, and some of it is undone, a client that is cut off again and again hears
    /// of everything that was written once, and of nothing else.
    async fn nothing_is_missed_and_nothing_comes_twice(world: &World) {
        let beside = world.beside().await;
        let short = [("ENTENTE_LIVE_WAKE_SECONDS", "1")];
        let servers =
            [Server::set(world, world.store.clone(), &short).await, Server::set(world, beside.clone(), &short).await];
        let mut after = cursor(world).await;
        let written = Arc::new(AtomicUsize::new(0));
        let writers: Vec<_> = (0..WRITERS)
            .map(|writer| {
                let (store, written) = ([&world.store, &beside][writer % 2].clone(), written.clone());
                let account_id = world.who.account_id;
                tokio::spawn(async move {
                    for round in 0..EACH {
                        let who = Who { account_id, request_id: Some(format!("{writer}.{round}")), ..Who::system() };
                        written.fetch_add(write(&store, &who, writer, round).await, Ordering::SeqCst);
                    }
                })
            })
            .collect();
        let finished = tokio::spawn(async move {
            for writer in writers {
                writer.await.expect("it writes to its end");
            }
        });
        let mut told: BTreeMap<String, u32> = BTreeMap::new();
        let (mut seed, mut cuts) = (7, 0);
        let count = |told: &BTreeMap<String, u32>| told.values().sum::<u32>() as usize;
        while !finished.is_finished() || count(&told) < written.load(Ordering::SeqCst) {
            // Any server will do.
            let mut client = servers[chance(&mut seed) as usize % 2].client().await;
            client.subscribe("1", CHANGES, json!({ "after": after })).await;
            cuts += 1;
            for _ in 0..chance(&mut seed) % 9 {
                if finished.is_finished() && count(&told) >= written.load(Ordering::SeqCst) {
                    break;
                }
                let event = client.event().await;
                assert_eq!(event["parts"], json!(["ACTION", "AREAS", "UPDATES"]));
                *told.entry(event["followUpAction"]["title"].to_string()).or_default() += 1;
                after = event["cursor"].clone();
            }
        }
        finished.await.expect("they wrote");
        assert_eq!(told.values().copied().max(), Some(1), "{told:#?}");
        assert_eq!(told.len(), written.load(Ordering::SeqCst));
        assert!(told.keys().all(|title| title.split('.').nth(1) != Some("4")), "what was undone is not told");
        assert!(cuts > 5, "{cuts}");
        // Nothing is left.
        let mut client = servers[0].client().await;
        client.subscribe("1", CHANGES, json!({ "after": after })).await;
        client.silence().await;
        for server in servers {
            server.close().await;
        }
    }
}
