//! Undoing a merge after further work.

use serde_json::{Value, json};

use super::{appoint, done, found, holds, meet, merged, ministry, of, person, post, tried, undone};
use crate::world::stories;

stories! {
    /// What was added since stays, what nobody has touched goes back, and what was changed since is told.
    async fn a_merge_is_undone_after_further_edits_and_what_stays_is_told(world: &World) {
        let (khalid, khaled) = (person(world, "Khalid Yusuf").await, person(world, "Khaled Youssef").await);
        done(world, "revisePerson", json!({ "personId": khaled, "honorific": "Dr." }), "person { id }").await;
        let body = ministry(world, "Ministry of Rivers", "PAK").await;
        let [minister, adviser, envoy] =
            [post(world, &body, "Minister").await, post(world, &body, "Adviser").await, post(world, &body, "Envoy").await];
        let held = appoint(world, &khaled, &minister).await;
        let talks = meet(world, &[&khaled]).await;
        let own = meet(world, &[&khaled]).await;
        let merge = merged(world, "mergePeople", &khalid, &khaled).await;

        // Added since; changed since; edited since beside what the merge changed.
        appoint(world, &khalid, &envoy).await;
        done(world, "revisePerson", json!({ "personId": khalid, "honorific": "Prof." }), "person { id }").await;
        done(world, "reviseAppointment", json!({ "appointmentId": held, "end": "2026-02" }), "appointment { id }").await;
        done(world, "reviseMeeting", json!({ "meetingId": talks, "participations": [] }), "meeting { id }").await;
        let left = undone(world, &merge).await;
        let mut told: Vec<(&str, Option<&str>, &str)> = left.as_array().expect("a list").iter()
            .map(|one| (one["kind"].as_str().unwrap_or_default(), one["field"].as_str(), one["message"].as_str().unwrap_or_default()))
            .collect();
        told.sort();
        assert_eq!(told, [("participation", None, "it was taken away since"), ("person", Some("honorific"), "it was changed since")]);

        let asked = "... on Person { name honorific names { name } appointments { end post { title } } merges { id } }";
        let kept = of(world, &khalid, asked).await;
        assert_eq!((&kept["honorific"], &kept["names"], &kept["merges"]), (&json!("Prof."), &json!([]), &json!([])));
        assert_eq!(kept["appointments"], json!([{ "end": null, "post": { "title": "Envoy" } }]));
        let back = of(world, &khaled, asked).await;
        assert_eq!((&back["id"], &back["name"], &back["honorific"]), (&khaled, &json!("Khaled Youssef"), &json!("Dr.")));
        assert_eq!(back["appointments"], json!([{ "end": "2026-02", "post": { "title": "Minister" } }]), "with what was said of it since");
        assert_eq!(of(world, &own, "... on Meeting { participations { party { id } } }").await["participations"], json!([{ "party": { "id": khaled } }]));
        assert_eq!(found(world, "youssef").await, ["Khaled Youssef"]);
        let merges = world.ask("{ merges { nodes { id undoneAt undoneBecause undoneBy { name } } } }", json!({})).await;
        assert_eq!(merges["merges"]["nodes"][0]["undoneBecause"], "two faces");
        holds(world).await;

        // Written to by itself again, and merged again.
        appoint(world, &khaled, &adviser).await;
        assert_eq!(of(world, &khaled, "... on Person { appointments { id } }").await["appointments"].as_array().map(Vec::len), Some(2));
        let again = tried(world, "undoMerge", json!({ "mergeId": merge, "reason": "once more" }), "merge { id }").await;
        assert!(again["refusal"]["message"].as_str().is_some_and(|message| message.contains("already")), "{again}");
        merged(world, "mergePeople", &khaled, &khalid).await;
        assert_eq!(of(world, &khalid, "").await["id"], khaled);
        holds(world).await;
    }

    /// A day and how much of it is known go back together or not at all, and what somebody has put back by hand is told to
    /// nobody.
    async fn what_is_told_together_goes_back_together(world: &World) {
        let (khalid, khaled) = (person(world, "Khalid Yusuf").await, person(world, "Khaled Youssef").await);
        done(world, "revisePerson", json!({ "personId": khaled, "honorific": "Dr." }), "person { id }").await;
        let body = ministry(world, "Ministry of Rivers", "PAK").await;
        let minister = post(world, &body, "Minister").await;
        let (held, twin) = (appoint(world, &khalid, &minister).await, appoint(world, &khaled, &minister).await);
        done(world, "reviseAppointment", json!({ "appointmentId": twin, "start": "2025-03" }), "appointment { id }").await;
        let merge = merged(world, "mergePeople", &khalid, &khaled).await;
        assert_eq!(of(world, &held, "... on Appointment { start }").await["start"], "2025-03");
        done(world, "reviseAppointment", json!({ "appointmentId": held, "start": "2025-04" }), "appointment { id }").await;
        done(world, "revisePerson", json!({ "personId": khalid, "honorific": null }), "person { id }").await;
        let left = undone(world, &merge).await;
        assert_eq!(left, json!([{ "kind": "appointment", "field": "started on", "message": "it was changed since" }]));
        assert_eq!(of(world, &held, "... on Appointment { start }").await["start"], "2025-04");
        assert_eq!(of(world, &khalid, "... on Person { honorific }").await["honorific"], Value::Null);
        assert_eq!(of(world, &khaled, "... on Person { honorific }").await["honorific"], "Dr.");
        holds(world).await;
    }

    /// What became one with another in a merge may be taken away afterwards.
    async fn what_became_one_may_be_taken_away(world: &World) {
        let (khalid, khaled) = (person(world, "Khalid Yusuf").await, person(world, "Khaled Youssef").await);
        let talks = meet(world, &[&khalid, &khaled]).await;
        merged(world, "mergePeople", &khalid, &khaled).await;
        done(world, "reviseMeeting", json!({ "meetingId": talks, "participations": [] }), "meeting { id }").await;
        holds(world).await;
    }

    /// A later merge of the same records is undone first, and the refusal says which.
    async fn merges_of_the_same_records_are_undone_the_last_first(world: &World) {
        let [a, b, c, d] = [person(world, "Ana One").await, person(world, "Ben Two").await, person(world, "Cem Three").await, person(world, "Dia Four").await];
        meet(world, &[&b]).await;
        let first = merged(world, "mergePeople", &a, &b).await;
        let second = merged(world, "mergePeople", &a, &c).await;
        let third = merged(world, "mergePeople", &d, &a).await;
        let reason = |merge| json!({ "mergeId": merge, "reason": "two faces" });
        for (merge, later) in [(&first, "Ana One"), (&second, "Ana One")] {
            let refused = tried(world, "undoMerge", reason(merge), "merge { id }").await;
            let message = refused["refusal"]["message"].as_str().unwrap_or_default();
            assert!(message.contains(later), "{refused}");
        }
        assert_eq!(of(world, &b, "").await["id"], d);
        undone(world, &third).await;
        let refused = tried(world, "undoMerge", reason(&first), "merge { id }").await;
        assert!(refused["refusal"]["message"].as_str().is_some_and(|message| message.contains("Cem Three")), "{refused}");
        undone(world, &second).await;
        undone(world, &first).await;
        for id in [&a, &b, &c, &d] {
            assert_eq!(of(world, id, "").await["id"], *id);
        }
        holds(world).await;
    }
    /// What an identifier stood for at a moment follows from the merges that stood then, and not from those of today.
    async fn an_identifier_stands_at_a_moment_for_what_it_stood_for_then(world: &World) {
        let (kept, other) = (person(world, "Khalid Yusuf").await, person(world, "Khaled Youssef").await);
        let now = || store::Surroundings::now(world.clock.as_ref()).to_rfc3339();
        let then = async |at: &str| {
            let query = "query($id: ID!, $at: DateTime!) { nodeAsKnown(id: $id, knownAt: $at) { id } }";
            world.ask(query, json!({ "id": other, "at": at })).await["nodeAsKnown"]["id"].clone()
        };
        let before = now();
        world.clock.pass_days(1);
        let merge = merged(world, "mergePeople", &kept, &other).await;
        let merged = now();
        world.clock.pass_days(1);
        undone(world, &merge).await;
        for (at, id) in [(before, &other), (merged, &kept), (now(), &other)] {
            assert_eq!(then(&at).await, *id, "at {at}");
        }
    }
}
