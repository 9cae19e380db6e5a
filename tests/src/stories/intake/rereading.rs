//! A newer engine reads a kept report again; what a person decided stays.

use intake::Engine;
use serde_json::json;
use store::{finding, follow_up_action, person, reading};
use uuid::Uuid;
use vocab::{ActionKind, FindingKind, FindingState, ReadingState};

use super::sample::{action, all, findings, one, reading as read, taken_in, who};
use crate::world::{World, stories};

async fn read_again(world: &World, version: &str, read: &extract::Reading, report_id: Uuid) -> reading::Model {
    let read = |_: &extract::Report<'_>, _| read.clone();
    let engine = Engine { name: "sample", version, read: &read };
    intake::read_again_with(&world.store, &who(), &engine, report_id).await.expect("read again")
}

stories! {
    /// The same version does not read twice; a newer one puts a reading in the place of one on which nobody decided.
    async fn a_newer_engine_takes_the_place_of_an_older(world: &World) {
        let (host, kept) = taken_in(world).await;
        let read = read(&host);
        assert_eq!(read_again(world, "1", &read, kept.report.id).await.id, kept.reading.id);
        let newer = read_again(world, "2", &read, kept.report.id).await;
        assert_eq!((newer.engine_version.as_str(), newer.state.0), ("2", ReadingState::Waiting));
        let states: Vec<_> = all(world, reading::Entity).await.into_iter().map(|r| (r.id, r.state.0)).collect();
        assert!(states.contains(&(kept.reading.id, ReadingState::Superseded)), "{states:?}");
        let refused = intake::accept_reading(&world.store, &who(), kept.reading.id, &[]).await;
        assert!(matches!(refused, Err(store::Error::Invalid { .. })), "{refused:?}");
        assert_eq!(read_again(world, "2", &read, kept.report.id).await.id, newer.id);
    }

    /// What was accepted, corrected or rejected is not asked again, and no record changes; what is new is asked.
    async fn decisions_outlive_a_new_reading(world: &World) {
        let (host, kept) = taken_in(world).await;
        let before = findings(world, kept.reading.id).await;
        let minister = one(&before, FindingKind::Person, "Tariq").id;
        let corrected = intake::correct_finding(&world.store, &who(), minister, json!({"name": "Tarik Lodhi"}), None).await;
        let corrected = corrected.expect("corrected").finding;
        intake::reject_finding(&world.store, &who(), one(&before, FindingKind::Action, "Commitment").id, None).await.expect("rejected");
        intake::accept_reading(&world.store, &who(), kept.reading.id, &[]).await.expect("accepted");
        let people = all(world, person::Entity).await;
        let actions = all(world, follow_up_action::Entity).await;

        let mut again = read(&host);
        let text = again.text.clone();
        again.people[0].honorific = Some("Dr.".to_owned());
        again.actions.push(action(&text, ActionKind::Request, "Tariq Lodhi", ("PAK", "MAR"), "attended the meeting"));
        let newer = read_again(world, "2", &again, kept.report.id).await;
        assert_eq!(newer.state.0, ReadingState::InReview);
        let after = findings(world, newer.id).await;
        let waiting: Vec<_> = after.iter().filter(|finding| finding.state.0 == FindingState::Waiting).collect();
        assert_eq!(waiting.len(), 1, "{waiting:?}");
        assert!(waiting[0].summary.starts_with("Request"));
        let carried = one(&after, FindingKind::Person, "Tariq");
        assert_eq!((carried.state.0, carried.result()), (FindingState::Corrected, corrected.result()));
        assert_eq!((carried.correction["name"].as_str(), carried.decided_at), (Some("Tarik Lodhi"), corrected.decided_at));
        assert_eq!(one(&after, FindingKind::Action, "Commitment").state.0, FindingState::Rejected);
        assert_eq!(one(&after, FindingKind::Person, "Amina").state.0, FindingState::Corrected);
        assert_eq!((all(world, person::Entity).await, all(world, follow_up_action::Entity).await), (people, actions));

        let decided = intake::accept_finding(&world.store, &who(), waiting[0].id, None).await.expect("accepted");
        let action = &decided.accepted.actions[0];
        assert!(action.meeting_id.is_some());
        assert_eq!(action.actor().person_id, corrected.result().map(|record| record.id));
    }

    /// What waits in an older reading and was accepted in a newer one becomes the same record.
    async fn the_same_finding_in_two_readings_becomes_one_record(world: &World) {
        let (host, kept) = taken_in(world).await;
        let before = findings(world, kept.reading.id).await;
        intake::accept_finding(&world.store, &who(), one(&before, FindingKind::State, "Pakistan").id, None).await.expect("accepted");
        let newer = read_again(world, "2", &read(&host), kept.report.id).await;
        intake::accept_reading(&world.store, &who(), newer.id, &[]).await.expect("accepted");
        intake::accept_reading(&world.store, &who(), kept.reading.id, &[]).await.expect("accepted");
        assert_eq!(all(world, follow_up_action::Entity).await.len(), 3);
        assert_eq!(all(world, store::meeting::Entity).await.len(), 1);
        assert!(all(world, finding::Entity).await.iter().all(|finding| finding.state.0 == FindingState::Accepted));
    }
}
