//! What becomes of people that are merged.

use serde_json::{Value, json};

use super::{action, appoint, done, found, holds, meet, merged, ministry, of, person, post, tried};
use crate::world::stories;

stories! {
    /// All that named the other names the kept one, once; and every name is a name of it.
    async fn two_people_become_one_with_all_that_they_had(world: &World) {
        let (khalid, khaled) = (person(world, "Khalid Yusuf").await, person(world, "Khaled Youssef").await);
        done(world, "revisePerson", json!({ "personId": khaled, "honorific": "Dr." }), "person { id }").await;
        let body = ministry(world, "Ministry of Rivers", "PAK").await;
        let (minister, adviser) = (post(world, &body, "Minister").await, post(world, &body, "Adviser").await);
        appoint(world, &khalid, &minister).await;
        let same = appoint(world, &khaled, &minister).await;
        appoint(world, &khaled, &adviser).await;
        let (talks, own) = (meet(world, &[&khalid, &khaled]).await, meet(world, &[&khaled]).await);
        let owed = action(world, "Train curators", json!({ "personId": khaled })).await;
        let before = store::Surroundings::now(world.clock.as_ref()).to_rfc3339();
        world.clock.pass_days(1);
        merged(world, "mergePeople", &khalid, &khaled).await;

        let kept = of(world, &khaled, "... on Person { name honorific names { name } appointments { id post { title } }
            merges { otherId otherName reason mergedBy { name } kept { id } } }").await;
        assert_eq!((&kept["id"], &kept["name"], &kept["honorific"]), (&khalid, &json!("Khalid Yusuf"), &json!("Dr.")));
        assert_eq!(kept["names"], json!([{ "name": "Khaled Youssef" }]));
        let titles: Vec<&Value> = kept["appointments"].as_array().expect("posts").iter().map(|one| &one["post"]["title"]).collect();
        assert_eq!(titles, ["Minister", "Adviser"]);
        let merge = &kept["merges"][0];
        assert_eq!((&merge["otherId"], &merge["otherName"], &merge["kept"]["id"]), (&khaled, &json!("Khaled Youssef"), &khalid));
        assert_eq!((&merge["reason"], &merge["mergedBy"]["name"]), (&json!("the same face"), &json!("Amina, desk officer")));

        let parts = "... on Meeting { participations { party { id } } }";
        let once = json!([{ "party": { "id": khalid } }]);
        assert_eq!((&of(world, &talks, parts).await["participations"], &of(world, &own, parts).await["participations"]), (&once, &once));
        assert_eq!(of(world, &owed, "... on FollowUpAction { counterpart { id } }").await["counterpart"]["id"], khalid);
        assert_eq!(of(world, &same, "... on Appointment { person { id } }").await["person"]["id"], khalid, "an old id of what became one with it");

        // No ghost: in no list, no search, no document; the identifiers answer in a list too.
        assert_eq!(found(world, "youssef").await, ["Khalid Yusuf"]);
        let people = world.ask("{ people(filter: { text: \"you\" }) { totalCount nodes { id } } }", json!({})).await;
        assert_eq!(people["people"], json!({ "totalCount": 1, "nodes": [{ "id": khalid }] }));
        let both = world.ask("query($ids: [ID!]!) { nodes(ids: $ids) { id } }", json!({ "ids": [khaled, khalid] })).await;
        assert_eq!(both["nodes"], json!([{ "id": khalid }, { "id": khalid }]));
        let (_, document) = world.get("/popolo.json").await;
        let document: Value = serde_json::from_str(&document).expect("JSON");
        let named = |name: &str| document["persons"].as_array().expect("people").iter().filter(|one| one["name"] == name).count();
        assert_eq!((named("Khalid Yusuf"), named("Khaled Youssef")), (1, 0));

        // What was known then is answered as it was.
        let then = "query($id: ID!, $at: DateTime!) { nodeAsKnown(id: $id, knownAt: $at) { id ... on Person { honorific } } }";
        let known = world.ask(then, json!({ "id": khaled, "at": before })).await;
        assert_eq!(known["nodeAsKnown"], json!({ "id": khaled, "honorific": "Dr." }));
        let now = store::Surroundings::now(world.clock.as_ref()).to_rfc3339();
        assert_eq!(world.ask(then, json!({ "id": khaled, "at": now })).await["nodeAsKnown"]["id"], khalid);
        holds(world).await;
    }

    /// Whoever still has the old identifier writes to the kept record; a version of the other is none of it.
    async fn an_old_identifier_means_the_kept_record_wherever_it_is_given(world: &World) {
        let (one, other) = (person(world, "Idris Bello").await, person(world, "Idriss Belo").await);
        let body = ministry(world, "Ministry of Rivers", "PAK").await;
        let twin = ministry(world, "Ministry of the Rivers", "PAK").await;
        merged(world, "mergePeople", &one, &other).await;
        merged(world, "mergeOrganizations", &body, &twin).await;
        let minister = post(world, &twin, "Minister").await;
        appoint(world, &other, &minister).await;
        let held = of(world, &one, "... on Person { appointments { post { organization { id } } } }").await;
        assert_eq!(held["appointments"], json!([{ "post": { "organization": { "id": body } } }]));
        action(world, "Map the rivers", json!({ "personId": other, "organizationId": twin })).await;
        let asked = "query($ids: [ID!]!) { followUpActions(filter: { organizationIds: $ids }) { nodes { counterpart { id } } }
            people(filter: { organizationIds: $ids }) { nodes { id } } }";
        let listed = world.ask(asked, json!({ "ids": [twin] })).await;
        assert_eq!(listed["followUpActions"]["nodes"], json!([{ "counterpart": { "id": one } }]));
        assert_eq!(listed["people"]["nodes"], json!([{ "id": one }]));
        let (_, sheet) = world.get(&format!("/lists/people.csv?organizationIds={}", twin.as_str().expect("an id"))).await;
        assert!(sheet.contains("Idris Bello"), "{sheet}");

        let talks = meet(world, &[&one, &other]).await;
        let parts = of(world, &talks, "... on Meeting { participations { party { id } } }").await;
        assert_eq!(parts["participations"], json!([{ "party": { "id": one } }]), "named by both, and there once");

        let revised = done(world, "revisePerson", json!({ "personId": other, "honorific": "Mr." }), "person { id }").await;
        assert_eq!(revised["person"]["id"], one);
        let stale = tried(world, "revisePerson", json!({ "personId": other, "honorific": "Dr.", "expectedVersion": 1 }), "person { id }").await;
        assert_eq!(stale["refusal"]["code"], "CONFLICT", "{stale}");
        let third = person(world, "I. Bello").await;
        merged(world, "mergePeople", &other, &third).await;
        assert_eq!(of(world, &third, "").await["id"], one, "over two merges");
        assert_eq!(of(world, &one, "... on Person { merges { otherName } }").await["merges"].as_array().map(Vec::len), Some(2));
        holds(world).await;
    }
}
