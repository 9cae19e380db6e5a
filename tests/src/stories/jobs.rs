//! Work in the background: each piece once, by whichever server, also where one of them dies over it.

use std::{
    collections::BTreeMap,
    pin::pin,
    sync::{Arc, Mutex},
    time::Duration,
};

use chrono::TimeDelta;
use entente::jobs::{Job, LEASE, Worker};
use futures_core::future::BoxFuture;
use futures_util::FutureExt;
use sea_orm::{EntityTrait, QueryOrder};
use serde_json::json;
use store::{
    Store,
    job::{self, End},
};
use tokio::sync::Semaphore;
use vocab::JobState;

use crate::world::{World, stories};

/// Work of the tests' own.
struct Chore {
    /// How often each piece was done.
    done: Mutex<BTreeMap<String, u32>>,
    /// What goes wrong, where something does.
    wrong: Mutex<Option<&'static str>>,
    /// One place for each piece that may come to its end.
    gate: Semaphore,
}

impl Chore {
    fn new() -> Arc<Self> {
        let gate = Semaphore::new(1_000);
        Arc::new(Self { done: Mutex::default(), wrong: Mutex::default(), gate })
    }

    fn goes_wrong(&self, why: Option<&'static str>) {
        *self.wrong.lock().expect("why") = why;
    }

    fn done(&self) -> BTreeMap<String, u32> {
        self.done.lock().expect("what was done").clone()
    }
}

impl Job for Chore {
    fn kind(&self) -> &'static str {
        "chore"
    }

    fn plan<'a>(&'a self, _: &'a Worker) -> BoxFuture<'a, store::Result<()>> {
        Box::pin(async { Ok(()) })
    }

    fn run(self: Arc<Self>, worker: Worker, taken: job::Model) -> BoxFuture<'static, store::Result<()>> {
        Box::pin(async move {
            *self.done.lock().expect("what was done").entry(taken.key.clone()).or_default() += 1;
            let _place = self.gate.acquire().await.expect("the gate stands");
            let wrong = *self.wrong.lock().expect("why");
            let end = match wrong {
                Some("panic") => panic!("as it was told to"),
                Some(why) => worker.again(&taken, why.to_owned()),
                None => End::Done,
            };
            worker.end(&taken, end, async |_| Ok(())).await.map(drop)
        })
    }
}

/// A server that can do the chore, a piece at a time.
fn server(store: &Store, chore: &Arc<Chore>) -> Worker {
    Worker::new(store.clone(), vec![chore.clone() as Arc<dyn Job>], 1)
}

/// Queues a piece: whether it is new.
async fn queue(world: &World, key: &str) -> bool {
    let draft = job::Draft { kind: "chore", key: key.to_owned(), payload: json!({}), run_at: None };
    world.write(async |work| job::queue(work, draft).await).await.expect("it is queued")
}

/// The only piece there is.
async fn piece(world: &World) -> job::Model {
    job::Entity::find().one(world.store.reader()).await.expect("the queue").expect("a piece")
}

stories! {
    /// What was queued once is not queued again, also when it has been done.
    async fn the_same_work_is_never_queued_twice(world: &World) {
        let chore = Chore::new();
        assert!(queue(world, "a").await);
        assert!(!queue(world, "a").await);
        assert_eq!(server(&world.store, &chore).step(None).await, 1);
        assert!(!queue(world, "a").await);
        assert_eq!(server(&world.store, &chore).step(None).await, 0);
        assert_eq!(chore.done(), BTreeMap::from([("a".to_owned(), 1)]));
        assert_eq!(piece(world).await.state.0, JobState::Done);
    }

    /// Two servers side by side do every piece, and none of them twice.
    async fn two_servers_share_the_work(world: &World) {
        let chore = Chore::new();
        let keys: Vec<String> = (0..40).map(|number| format!("{number:02}")).collect();
        for key in &keys {
            queue(world, key).await;
        }
        chore.gate.forget_permits(1_000);
        let steps = [world.store.clone(), world.beside().await].map(|store| {
            let server = server(&store, &chore);
            tokio::spawn(async move { server.step(None).await })
        });
        // Each has one in its hands before either goes on.
        while chore.done().len() < steps.len() {
            tokio::task::yield_now().await;
        }
        chore.gate.add_permits(1_000);
        let mut done = 0;
        for step in steps {
            done += step.await.expect("it comes to an end");
        }
        assert_eq!(done, keys.len());
        assert!(chore.done().into_iter().eq(keys.into_iter().map(|key| (key, 1))));
    }

    /// Who dies over a piece of work has it until the lease runs out; then another does it, and what the first one still
    /// brings to an end does not count.
    async fn work_of_the_dead_is_taken_over(world: &World) {
        let (dead, alive) = (Chore::new(), Chore::new());
        dead.gate.forget_permits(1_000);
        queue(world, "a").await;
        let step = {
            let server = server(&world.store, &dead);
            tokio::spawn(async move { server.step(None).await })
        };
        while dead.done().is_empty() {
            tokio::task::yield_now().await;
        }
        let beside = world.beside().await;
        assert_eq!(server(&beside, &alive).step(None).await, 0, "it is leased");
        world.clock.pass(LEASE);
        assert_eq!(server(&beside, &alive).step(None).await, 1, "the lease has run out");
        let ended = piece(world).await;
        assert_eq!((ended.state.0, ended.attempts), (JobState::Done, 2));
        // It was not dead after all.
        dead.goes_wrong(Some("too late"));
        dead.gate.add_permits(1);
        step.await.expect("it comes to an end");
        assert_eq!(piece(world).await, ended);
    }

    /// What goes wrong is tried again after ever longer pauses, and given up at last, with what went wrong.
    async fn what_goes_wrong_is_tried_again_and_given_up_at_last(world: &World) {
        let chore = Chore::new();
        chore.goes_wrong(Some("the ink is dry"));
        queue(world, "a").await;
        let server = server(&world.store, &chore);
        let mut pauses = Vec::new();
        loop {
            assert_eq!(server.step(None).await, 1);
            let piece = piece(world).await;
            assert_eq!(piece.reason.as_deref(), Some("the ink is dry"));
            if piece.state.0 == JobState::Failed {
                assert!(piece.closed_at.is_some());
                break;
            }
            let pause = piece.run_at - store::Surroundings::now(world.clock.as_ref());
            pauses.push(pause.num_minutes());
            world.clock.pass(pause - TimeDelta::seconds(1));
            assert_eq!(server.step(None).await, 0, "not yet");
            world.clock.pass(TimeDelta::seconds(1));
        }
        assert_eq!(pauses, [1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360]);
        world.clock.pass_days(30);
        assert_eq!(server.step(None).await, 0, "it stays given up");
        chore.goes_wrong(None);
        assert!(world.write(async |work| job::open_again(work, "chore", "a").await).await.expect("it is opened"));
        assert_eq!(server.step(None).await, 1, "unless a person says so");
        assert_eq!(piece(world).await.state.0, JobState::Done);
    }

    /// Told to stop, a server ends what it has begun, and takes nothing more.
    async fn told_to_stop_it_ends_what_it_has_begun(world: &World) {
        let chore = Chore::new();
        chore.gate.forget_permits(1_000);
        for key in ["a", "b"] {
            queue(world, key).await;
        }
        let at_work = server(&world.store, &chore).begin(Duration::from_secs(600));
        while chore.done().is_empty() {
            tokio::task::yield_now().await;
        }
        let mut stop = pin!(at_work.stop(Duration::from_secs(60)));
        assert!(stop.as_mut().now_or_never().is_none(), "it is told, and has not ended");
        chore.gate.add_permits(1_000);
        stop.await;
        assert_eq!(chore.done(), BTreeMap::from([("a".to_owned(), 1)]));
        let all = job::Entity::find().order_by_asc(job::Column::Key).all(world.store.reader()).await.expect("the queue");
        assert_eq!(all.iter().map(|piece| piece.state.0).collect::<Vec<_>>(), [JobState::Done, JobState::Waiting]);
    }

    /// A piece that panics harms no other, and is tried again once its lease has run out.
    async fn a_panic_is_no_end(world: &World) {
        let chore = Chore::new();
        chore.goes_wrong(Some("panic"));
        queue(world, "a").await;
        let server = server(&world.store, &chore);
        assert_eq!(server.step(None).await, 0);
        chore.goes_wrong(None);
        assert_eq!(server.step(None).await, 0, "it is leased");
        world.clock.pass(LEASE);
        assert_eq!(server.step(None).await, 1);
        assert_eq!(piece(world).await.state.0, JobState::Done);
    }
}
