//! At work in the background, beside the program that serves.

use std::{sync::Arc, time::Duration};

use entente::second_reader::watch;
use serde_json::Value;
use tokio::{sync::Notify, time::sleep};

use super::{
    TEXT, engines, finding,
    model::{Manner, Model},
    said, seen,
};
use crate::world::{World, stories};

/// Waits until a report was read by both.
async fn read_by_both(world: &World, report: &Value) {
    for _ in 0..400 {
        let seen = seen(world, report).await;
        if seen["readings"].as_array().is_some_and(|all| all.len() == 2) {
            assert_eq!(engines(finding(&seen, "Oman")), ["entente-rules", "second-reader"]);
            return;
        }
        sleep(Duration::from_millis(25)).await;
    }
    panic!("it was not read");
}

stories! {
    /// What was taken in before it began is read, and what is taken in later; a report that fails is tried again, thrice.
    async fn it_reads_what_is_taken_in(world: &World) {
        let (earlier, _) = world.ingest(TEXT, "2026-02-10").await;
        let model = Model::start(Manner::Says(said().to_string())).await;
        let written = Arc::new(Notify::new());
        let watch = watch::begin(world.store.clone(), model.endpoint(), written.clone());
        read_by_both(world, &earlier).await;
        model.behave(Manner::Status(503));
        let (later, _) = world.ingest(&format!("{TEXT}\n\nLater."), "2026-02-10").await;
        for tries in 2..=4 {
            written.notify_one();
            for _ in 0..400 {
                if model.asked().len() == tries {
                    break;
                }
                sleep(Duration::from_millis(25)).await;
            }
            assert_eq!(model.asked().len(), tries);
            sleep(Duration::from_millis(100)).await;
        }
        written.notify_one();
        sleep(Duration::from_millis(200)).await;
        assert_eq!(model.asked().len(), 4, "it has given up on this one");
        assert_eq!(seen(world, &later).await["reading"]["state"], "WAITING");
        model.behave(Manner::Says(said().to_string()));
        let (last, _) = world.ingest(&format!("{TEXT}\n\nLast."), "2026-02-10").await;
        written.notify_one();
        read_by_both(world, &last).await;
        watch.stop(Duration::from_secs(20)).await;
    }

    /// Handing in a report wakes it, and does not wait for it; told to stop, it gives up what it is asking.
    async fn nobody_waits_for_it(world: &World) {
        let model = Model::start(Manner::Silent).await;
        let written = Arc::new(Notify::new());
        let settings = entente::Settings::load(&entente::settings::Sources::default()).expect("the settings");
        let around = entente::http::Around { written: written.clone(), ..Default::default() };
        let app = entente::http::app_telling(&settings, world.store.clone(), world.who.clone(), around);
        let world = world.with_app(app);
        let patient = model.endpoint().with_patience(Duration::from_secs(600));
        let watch = watch::begin(world.store.clone(), patient, written);
        let (report, _) = world.ingest(TEXT, "2026-02-10").await;
        for _ in 0..400 {
            if !model.asked().is_empty() {
                break;
            }
            sleep(Duration::from_millis(25)).await;
        }
        assert_eq!(model.asked().len(), 1, "the mutation woke it");
        assert_eq!(seen(&world, &report).await["readings"].as_array().map(Vec::len), Some(1));
        tokio::time::timeout(Duration::from_secs(20), watch.stop(Duration::from_secs(20))).await.expect("it stops");
    }
}
