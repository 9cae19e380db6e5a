//! What is known already is recognized; what is not sure is asked.

use extract::Reading;
use intake::Candidate;
use serde_json::json;
use store::{Concept, Error, RecordRef, doubt, finding, follow_up_action, meeting, organization, person};
use vocab::{DoubtCode, FindingKind, FindingState, ReadingState};

use super::sample::{all, appointments, findings, incoming, ingest, one, posts, reading as read, taken_in, text, who};
use crate::world::stories;

fn candidates(finding: &finding::Model) -> Vec<Candidate> {
    serde_json::from_value(finding.candidates.clone()).expect("candidates")
}

/// What an engine reads in another report of the same meeting.
fn second(host: &organization::Model) -> Reading {
    let mut read = read(host);
    read.text.push_str("\n\nThis was reported again.");
    read
}

stories! {
    /// A second report of the same people and bodies makes none of them again, also where it was read before the first
    /// was accepted.
    async fn known_parties_are_linked(world: &World) {
        let (host, first) = taken_in(world).await;
        let again = ingest(world, "1", incoming(second(&host).text), &second(&host)).await.expect("taken in");
        assert!(!again.duplicate);
        intake::accept_reading(&world.store, &who(), first.reading.id, &[]).await.expect("accepted");
        let (people, bodies) = (all(world, person::Entity).await.len(), all(world, organization::Entity).await.len());
        intake::accept_reading(&world.store, &who(), again.reading.id, &[]).await.expect("accepted");
        assert_eq!((all(world, person::Entity).await.len(), all(world, organization::Entity).await.len()), (people, bodies));
        // The director-general's post was known before.
        assert_eq!(posts(world).await.len(), 3);
        assert_eq!(appointments(world).await.len(), 4);
    }

    /// Another report of a meeting names it as a candidate; linking it adds to the meeting and makes no second one.
    async fn another_report_of_a_meeting_is_put_beside_it(world: &World) {
        let (host, first) = taken_in(world).await;
        let accepted = intake::accept_reading(&world.store, &who(), first.reading.id, &[]).await.expect("accepted");
        let other = intake::Incoming { publisher: Some("Another paper".to_owned()), ..incoming(second(&host).text) };
        let again = ingest(world, "1", other, &second(&host)).await.expect("taken in");
        let before = findings(world, again.reading.id).await;
        let meeting = one(&before, FindingKind::Meeting, "Meeting");
        let likely = candidates(meeting);
        assert_eq!((likely[0].id, likely[0].is_sure()), (accepted.meetings[0].id, false));
        let act = candidates(one(&before, FindingKind::Action, "Proposal"));
        assert_eq!(act.first().map(|candidate| &*candidate.rule), Some("same-act-of-the-meeting"));
        intake::accept_finding(&world.store, &who(), meeting.id, Some(likely[0].record())).await.expect("linked");
        let proposal = one(&before, FindingKind::Action, "Proposal").id;
        let linked = intake::accept_finding(&world.store, &who(), proposal, Some(act[0].record())).await;
        let linked = linked.expect("linked");
        assert!(linked.accepted.actions.is_empty() && linked.accepted.tasks.is_empty());
        assert_eq!((all(world, meeting::Entity).await.len(), all(world, follow_up_action::Entity).await.len()), (1, 3));
        let told = "{ meetings { nodes { corroboration followUpActions { nodes { corroboration } } } } }";
        let told = world.ask(told, json!({})).await["meetings"]["nodes"][0].clone();
        assert_eq!(told["corroboration"], 2);
        let acts = told["followUpActions"]["nodes"].as_array().expect("actions");
        let mut acts: Vec<_> = acts.iter().map(|act| act["corroboration"].as_i64().expect("a number")).collect();
        acts.sort_unstable();
        assert_eq!(acts, [1, 1, 2], "the proposal is told twice, the others once");
    }

    /// Two known people of one name are a question: it is told as a doubt, waits, and is answered by a link.
    async fn a_name_that_two_bear_is_a_question(world: &World) {
        let host = super::super::sample::host(world).await;
        let namesake = async || {
            let draft = person::Draft { label: "Tariq Lodhi".to_owned(), ..person::Draft::default() };
            world.write(async |work| person::create(work, draft).await).await.expect("a namesake")
        };
        let (one_of_them, _) = (namesake().await, namesake().await);
        let kept = ingest(world, "1", incoming(text(&host)), &read(&host)).await.expect("taken in");
        let before = findings(world, kept.reading.id).await;
        let minister = one(&before, FindingKind::Person, "Tariq");
        assert_eq!(candidates(minister).iter().filter(|candidate| candidate.is_sure()).count(), 2);
        let doubts = all(world, doubt::Entity).await;
        assert!(doubts.iter().any(|doubt| doubt.code.0 == DoubtCode::AmbiguousName && doubt.message.contains("Tariq")));
        let accepted = intake::accept_reading(&world.store, &who(), kept.reading.id, &[]).await.expect("the others");
        assert_eq!(accepted.reading.state.0, ReadingState::InReview);
        let waiting: Vec<_> = findings(world, kept.reading.id).await;
        let waiting: Vec<_> = waiting.iter().filter(|finding| finding.state.0 == FindingState::Waiting).collect();
        assert_eq!(waiting.iter().map(|finding| finding.id).collect::<Vec<_>>(), [minister.id]);
        for refused in [
            intake::accept_finding(&world.store, &who(), minister.id, None).await.err(),
            intake::accept_reading(&world.store, &who(), kept.reading.id, &[]).await.err(),
        ] {
            let named = |message: &str| message.contains(&one_of_them.id.to_string());
            assert!(matches!(&refused, Some(Error::Invalid { field: "linkTo", message }) if named(message)), "{refused:?}");
        }
        let link = RecordRef::new(Concept::Person, one_of_them.id);
        let decided = intake::accept_finding(&world.store, &who(), minister.id, Some(link)).await.expect("linked");
        assert_eq!(decided.accepted.reading.state.0, ReadingState::Done);
        // Accepted last, the minister still stands behind the invitation that was accepted before.
        let invitations = all(world, follow_up_action::Entity).await;
        assert!(invitations.iter().any(|action| action.actor().person_id == Some(one_of_them.id)));
    }

    /// A likely match that is not sure is told, and a plain yes makes a new record.
    async fn a_likely_match_is_told_and_not_taken(world: &World) {
        let host = super::super::sample::host(world).await;
        let draft = person::Draft { label: "T. Lodhi".to_owned(), ..person::Draft::default() };
        let likely = world.write(async |work| person::create(work, draft).await).await.expect("somebody");
        let kept = ingest(world, "1", incoming(text(&host)), &read(&host)).await.expect("taken in");
        let before = findings(world, kept.reading.id).await;
        let minister = one(&before, FindingKind::Person, "Tariq");
        assert_eq!(candidates(minister).iter().map(|c| (c.id, &*c.rule)).collect::<Vec<_>>(), [(likely.id, "family-name")]);
        let decided = intake::accept_finding(&world.store, &who(), minister.id, None).await.expect("accepted");
        assert_ne!(decided.finding.result().map(|record| record.id), Some(likely.id));
    }
}
