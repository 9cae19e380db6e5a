//! A person decides: the accepted findings become records, each once, with the words behind them.

use std::collections::{BTreeMap, HashSet};

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::json;
use store::{
    Concept, Error, RecordRef, by_id, change, evidence, finding, follow_up_action, meeting, organization,
    participation, person, post, task,
};
use vocab::{ActionKind, FindingKind, FindingState, ReadingState, Side, TaskState, evidence::Span};

use super::sample::{all, appointments, findings, one, people, posts, taken_in, who};
use crate::world::{World, stories};

/// Everything that an acceptance makes, by what it is called, so that two ways to the same end can be compared.
async fn records(world: &World) -> BTreeMap<&'static str, Vec<String>> {
    let people = people(world).await;
    let named = |id: Option<uuid::Uuid>| people.iter().find(|p| Some(p.id) == id).map_or("-", |p| &*p.label).to_owned();
    let bodies = all(world, organization::Entity).await;
    let body = |id: Option<uuid::Uuid>| bodies.iter().find(|b| Some(b.id) == id).map_or("-", |b| &*b.label).to_owned();
    let posts = all(world, post::Entity).await;
    let titled = |id: Option<uuid::Uuid>| {
        let post = posts.iter().find(|p| Some(p.id) == id);
        post.map_or("-".to_owned(), |post| format!("{} @ {}", post.label, body(Some(post.organization_id))))
    };
    let mut records = BTreeMap::from([
        ("people", people.iter().map(|person| person.label.clone()).collect::<Vec<_>>()),
        (
            "appointments",
            appointments(world)
                .await
                .into_iter()
                .map(|a| format!("{}: {}, {:?}", named(Some(a.person_id)), titled(Some(a.post_id)), a.seen_on))
                .collect(),
        ),
        ("meetings", all(world, meeting::Entity).await.into_iter().map(|meeting| meeting.title).collect()),
        (
            "parts",
            all(world, participation::Entity)
                .await
                .into_iter()
                .map(|part| {
                    format!("{} {} {}", named(part.person_id), titled(part.post_id), body(part.organization_id))
                })
                .collect(),
        ),
        ("states", all(world, meeting::state::Entity).await.into_iter().map(|s| s.state_id.to_string()).collect()),
        (
            "actions",
            all(world, follow_up_action::Entity)
                .await
                .into_iter()
                .map(|a| {
                    let (actor, to) = (a.actor(), a.counterpart());
                    format!(
                        "{} | {} by {} as {} of {} to {} | {:?} | meeting {}",
                        a.kind.0,
                        a.title,
                        named(actor.person_id),
                        titled(actor.post_id),
                        body(actor.organization_id),
                        body(to.organization_id),
                        a.awaits,
                        a.meeting_id.is_some(),
                    )
                })
                .collect(),
        ),
    ]);
    records.values_mut().for_each(|list| list.sort());
    records
}

stories! {
    /// Accepting a whole reading makes every record, links what is known, and proposes the next steps.
    async fn a_whole_reading_becomes_records(world: &World) {
        let (host, kept) = taken_in(world).await;
        let accepted = intake::accept_reading(&world.store, &who(), kept.reading.id, &[]).await.expect("accepted");
        assert_eq!(accepted.reading.state.0, ReadingState::Done);
        let us = host.acronym.as_deref().unwrap_or(&host.label);
        assert_eq!(accepted.meetings[0].title, format!("Meeting: {us} – Pakistan, 27 February 2026"));
        let records = records(world).await;
        assert_eq!(records["people"], ["Amina Sarr", "Lea Brandt", "Nadeem Qazi", "Tariq Lodhi"]);
        let posts = &records["appointments"];
        for (title, of) in [
            ("Director-General", &*host.label),
            ("Minister of Rivers of Pakistan", "Ministry of Rivers"),
            ("Ambassador of Pakistan to Morocco", "Embassy of Pakistan"),
            ("Director of the Centre for River Studies", "Center for River Studies"),
        ] {
            assert!(posts.iter().any(|post| post.contains(&format!(": {title} @ {of}"))), "{title}: {posts:?}");
        }
        assert!(appointments(world).await.iter().all(|a| {
            a.start().is_none() && a.seen_on.map(|day| day.to_string()).as_deref() == Some("2026-02-27")
        }));
        // Four people and the ministry; the host takes part by itself too.
        assert_eq!(records["parts"].len(), 6, "{records:?}");
        assert_eq!(records["states"].len(), 1);

        let by_kind = |kind| accepted.actions.iter().find(|action| action.kind.0 == kind).expect("an action of the kind");
        let invitation = by_kind(ActionKind::Invitation);
        assert_eq!(invitation.title, "Tariq Lodhi invited the Director-General to visit Pakistan");
        assert!(invitation.reference.starts_with("PAK-"));
        assert_eq!((invitation.actor_side.0, invitation.awaits.map(|side| side.0)), (Side::Theirs, Some(Side::Ours)));
        assert!(invitation.actor().person_id.is_some() && invitation.actor().post_id.is_some());
        assert_eq!(invitation.counterpart().organization_id, Some(host.id));
        assert_eq!(invitation.meeting_id, Some(accepted.meetings[0].id));
        let promise = by_kind(ActionKind::Commitment);
        assert_eq!((promise.actor_side.0, promise.awaits.map(|side| side.0)), (Side::Ours, Some(Side::Ours)));
        assert_eq!(promise.state_id, invitation.state_id);
        assert_eq!(promise.due_on.map(|day| day.to_string()).as_deref(), Some("2026-06-30"));

        let plays: HashSet<_> = accepted.tasks.iter().filter_map(|task| task.play.as_deref()).collect();
        assert_eq!(plays, HashSet::from(["answer-invitation", "prepare-concept-note", "report-delivery"]));
        assert!(accepted.tasks.iter().all(|task| task.state.0 == TaskState::Proposed && task.due_on.is_some()));
    }

    /// Behind every record stands its evidence, in the words of the stored text; and every write is in the history.
    async fn every_record_has_its_words_and_its_history(world: &World) {
        let (_, kept) = taken_in(world).await;
        let before: HashSet<_> = all(world, change::Entity).await.into_iter().map(|line| line.id).collect();
        intake::accept_reading(&world.store, &who(), kept.reading.id, &[]).await.expect("accepted");
        let evidence = all(world, evidence::Entity).await;
        for row in &evidence {
            let place = |at| usize::try_from(at).expect("a place");
            let span = Span { start: place(row.span_start), end: place(row.span_end), quote: row.quote.clone() };
            assert!(span.stands_in(&kept.report.text), "{row:?}");
            assert!(row.finding_id.is_some() && row.engine.as_deref() == Some("sample/1"));
        }
        let lines: Vec<_> = all(world, change::Entity).await.into_iter().filter(|l| !before.contains(&l.id)).collect();
        let mut made: Vec<RecordRef> = Vec::new();
        made.extend(people(world).await.iter().map(|row| RecordRef::new(Concept::Person, row.id)));
        made.extend(appointments(world).await.iter().map(|row| RecordRef::new(Concept::Appointment, row.id)));
        made.extend(posts(world).await.iter().map(|row| RecordRef::new(Concept::Post, row.id)));
        made.extend(all(world, meeting::Entity).await.iter().map(|row| RecordRef::new(Concept::Meeting, row.id)));
        made.extend(all(world, follow_up_action::Entity).await.iter().map(|row| RecordRef::new(Concept::FollowUpAction, row.id)));
        for record in made {
            assert!(evidence.iter().any(|row| row.concept.0 == record.concept && row.record_id == record.id), "{record:?}");
            assert!(lines.iter().any(|line| line.record_id == record.id), "{record:?}");
        }
        let written: HashSet<_> = lines.iter().map(|line| line.record_id).collect();
        assert!(all(world, task::Entity).await.iter().all(|row| written.contains(&row.id)));
        assert!(all(world, participation::Entity).await.iter().all(|row| written.contains(&row.id)));
        assert!(evidence.iter().all(|row| written.contains(&row.id)));
        assert!(findings(world, kept.reading.id).await.iter().all(|row| written.contains(&row.id)));
    }

    /// Of two who accept at one moment one wins, the other is told; nothing is made twice.
    async fn the_slower_reviewer_is_told(world: &World) {
        let (_, kept) = taken_in(world).await;
        let (who, id) = (who(), kept.reading.id);
        let accept = || intake::accept_reading(&world.store, &who, id, &[]);
        let (one, other) = tokio::join!(accept(), accept());
        let faults: Vec<_> = [one, other].into_iter().filter_map(Result::err).collect();
        assert!(matches!(faults[..], [Error::Conflict { concept: Concept::Reading, .. }]), "{faults:?}");
        assert_eq!(all(world, follow_up_action::Entity).await.len(), 3);
        assert_eq!(people(world).await.len(), 4);
        for late in [accept().await.err(), intake::reject_finding(&world.store, &who, findings(world, id).await[0].id, None).await.err()] {
            assert!(matches!(late, Some(Error::Conflict { .. })), "{late:?}");
        }
    }

    /// One finding after the other, in the most awkward order, comes to the same as all at once.
    async fn the_order_of_the_decisions_does_not_matter(world: &World) {
        let (_, kept) = taken_in(world).await;
        let mut backwards = findings(world, kept.reading.id).await;
        backwards.reverse();
        for finding in &backwards {
            intake::accept_finding(&world.store, &who(), finding.id, None).await.expect("accepted");
        }
        let records = records(world).await;
        assert_eq!(records["people"].len(), 4);
        assert_eq!(records["parts"].len(), 6, "{:?}", records["parts"]);
        assert_eq!(records["states"].len(), 1);
        assert_eq!(records["meetings"].len(), 1);
        assert!(records["actions"].iter().all(|action| action.ends_with("meeting true")), "{:?}", records["actions"]);
        let invitation = records["actions"].iter().find(|action| action.starts_with("invitation")).expect("it");
        assert!(invitation.contains("by Tariq Lodhi as Minister of Rivers of Pakistan @ Ministry of Rivers"), "{invitation}");
        let reading = by_id::<store::reading::Entity>(world.store.reader(), kept.reading.id).await.expect("the reading");
        assert_eq!(reading.state.0, ReadingState::Done);
    }

    /// What is left out keeps waiting; what belongs to another reading is refused.
    async fn what_is_left_out_keeps_waiting(world: &World) {
        let (_, kept) = taken_in(world).await;
        let findings_before = findings(world, kept.reading.id).await;
        let left = one(&findings_before, FindingKind::Action, "Commitment").id;
        let stranger = intake::accept_reading(&world.store, &who(), kept.reading.id, &[kept.report.id]).await;
        assert!(matches!(stranger, Err(Error::Invalid { field: "except", .. })), "{stranger:?}");
        let accepted = intake::accept_reading(&world.store, &who(), kept.reading.id, &[left]).await.expect("accepted");
        assert_eq!((accepted.reading.state.0, accepted.actions.len()), (ReadingState::InReview, 2));
        let rejected = intake::reject_finding(&world.store, &who(), left, Some("Not said.".into())).await.expect("rejected");
        assert_eq!(rejected.finding.state.0, FindingState::Rejected);
        assert_eq!(rejected.finding.reason.as_deref(), Some("Not said."));
        assert_eq!(rejected.accepted.reading.state.0, ReadingState::Done);
        assert_eq!(all(world, follow_up_action::Entity).await.len(), 2);
    }

    /// A corrected finding counts as the person says; what is no value is refused by its field.
    async fn a_correction_counts(world: &World) {
        let (_, kept) = taken_in(world).await;
        let before = findings(world, kept.reading.id).await;
        let minister = one(&before, FindingKind::Person, "Tariq").id;
        let correct = async |value| intake::correct_finding(&world.store, &who(), minister, value, None).await;
        for (value, says) in [
            (json!({"role": "singer"}), "role"),
            (json!({"nmae": "Tariq"}), "nmae"),
            (json!({"name": " "}), "name"),
            (json!({"name": 7}), "name"),
            (json!("Tariq"), "object"),
        ] {
            let refused = correct(value).await.expect_err(says);
            assert!(matches!(&refused, Error::Invalid { field: "value", message } if message.contains(says)), "{refused}");
        }
        let decided = correct(json!({"name": "Tarik Lodhi"})).await.expect("corrected");
        assert_eq!(decided.finding.state.0, FindingState::Corrected);
        assert_eq!(decided.finding.correction["post"], "Minister of Rivers of Pakistan");
        let made = decided.finding.result().expect("a person");
        assert_eq!(by_id::<person::Entity>(world.store.reader(), made.id).await.expect("kept").label, "Tarik Lodhi");
        assert!(matches!(correct(json!({})).await, Err(Error::Conflict { .. })));
    }

    /// A state that is rejected after the meeting was accepted is no party to it any more.
    async fn a_rejected_state_leaves_the_meeting(world: &World) {
        let (_, kept) = taken_in(world).await;
        let before = findings(world, kept.reading.id).await;
        intake::accept_finding(&world.store, &who(), one(&before, FindingKind::Meeting, "Meeting").id, None).await.expect("accepted");
        assert_eq!(all(world, meeting::state::Entity).await.len(), 1);
        intake::reject_finding(&world.store, &who(), one(&before, FindingKind::State, "Pakistan").id, None).await.expect("rejected");
        assert!(all(world, meeting::state::Entity).await.is_empty());
    }

    /// A finding that is linked by hand adds its words to the known record and makes no second one.
    async fn a_link_adds_to_the_known_record(world: &World) {
        let (_, kept) = taken_in(world).await;
        let known = world.write(async |work| {
            let draft = person::Draft { label: "T. K. Lodhi-Khan".to_owned(), ..person::Draft::default() };
            person::create(work, draft).await
        }).await.expect("a known person");
        let before = findings(world, kept.reading.id).await;
        let minister = one(&before, FindingKind::Person, "Tariq").id;
        let body = RecordRef::new(Concept::Organization, known.id);
        let wrong = intake::accept_finding(&world.store, &who(), minister, Some(body)).await;
        assert!(matches!(wrong, Err(Error::Invalid { field: "linkTo", .. })), "{wrong:?}");
        let nobody = RecordRef::new(Concept::Person, kept.report.id);
        let missing = intake::accept_finding(&world.store, &who(), minister, Some(nobody)).await;
        assert!(matches!(missing, Err(Error::NotFound { .. })), "{missing:?}");
        let link = RecordRef::new(Concept::Person, known.id);
        let decided = intake::accept_finding(&world.store, &who(), minister, Some(link)).await.expect("linked");
        assert_eq!(decided.finding.result(), Some(link));
        assert_eq!(people(world).await.len(), 1);
        let words = evidence::of(Concept::Person).filter(evidence::Column::RecordId.eq(known.id));
        let words = words.all(world.store.reader()).await.expect("the evidence");
        assert_eq!(words.iter().map(|row| &*row.quote).collect::<Vec<_>>(), ["Tariq Lodhi"]);
        assert_eq!(finding::Entity::find_by_id(minister).one(world.store.reader()).await.expect("asked").expect("it").version, 2);
    }
}
