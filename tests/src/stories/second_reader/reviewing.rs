//! Two readers of one report, and the person who decides.

use serde_json::{Value, json};
use store::{evidence, follow_up_action, meeting, reading};

use super::{
    super::intake::sample::all,
    TEXT, engines, finding,
    model::{Manner, Model, key},
    rules, said, seen, taken_in,
};
use crate::world::{World, stories};

const DECIDED: &str = "reading { state } followUpActions { id } refusal { code field message }";

async fn accept(world: &World, finding: &Value) -> Value {
    let query = format!("mutation($id: ID!) {{ acceptFinding(input: {{ findingId: $id }}) {{ {DECIDED} }} }}");
    world.ask(&query, json!({ "id": finding["id"] })).await["acceptFinding"].clone()
}

async fn reject(world: &World, finding: &Value) -> Value {
    let query = format!("mutation($id: ID!) {{ rejectFinding(input: {{ findingId: $id }}) {{ {DECIDED} }} }}");
    world.ask(&query, json!({ "id": finding["id"] })).await["rejectFinding"].clone()
}

stories! {
    /// What both read is one finding with two witnesses; where they differ both are shown; the task holds the text.
    async fn what_both_read_is_one_finding_with_two_witnesses(world: &World) {
        let (report, reading) = taken_in(world, "").await;
        let read = seen(world, &report).await["reading"]["findings"].as_array().map(Vec::len).expect("findings");
        let model = Model::start(Manner::Says(said().to_string())).await;
        let heard = model.read(world, &report).await.expect("it reads");
        assert_eq!((heard.agreed, heard.alone, heard.rivals), (4, 2, 1));
        let seen = seen(world, &report).await;
        assert_eq!((&seen["reading"]["id"], &seen["reading"]["state"]), (&reading, &json!("WAITING")));
        assert_eq!(seen["reading"]["findings"].as_array().map(Vec::len), Some(read + 2));
        for both in ["Oman", "Salim Al-Harthy", "Invitation", "Meeting"] {
            assert_eq!(engines(finding(&seen, both)), ["entente-rules", "second-reader"], "{both}");
        }
        let proposal = finding(&seen, "Proposal");
        let offer = finding(&seen, "Offer");
        assert_eq!((engines(proposal), engines(offer)), (vec!["entente-rules"], vec!["second-reader"]));
        assert_eq!(proposal["rivals"], json!([{ "id": offer["id"], "summary": offer["summary"] }]));
        assert_eq!(offer["rivals"], json!([{ "id": proposal["id"], "summary": proposal["summary"] }]));
        let witness = &finding(&seen, "Salim Al-Harthy")["witnesses"][1];
        assert_eq!((&witness["engineVersion"], &witness["value"]["post"]), (&json!("tiny/1"), &json!("Minister of Heritage")));
        assert_eq!(witness["evidence"][0]["quote"], "Mr. Salim Al-Harthy");
        let queue = world.ask("{ reviewQueue { nodes { id } } }", json!({})).await;
        assert_eq!(queue["reviewQueue"]["nodes"], json!([{ "id": reading }]), "one reading to review, not two");
        let again = model.read(world, &report).await.expect("it is known");
        assert_eq!((again.agreed, again.alone, again.rivals), (4, 2, 1));
        assert_eq!(all(world, reading::Entity).await.len(), 2);
        let (_, asked) = &model.asked()[0];
        assert_eq!((&asked["model"], &asked["response_format"]["type"]), (&json!("tiny"), &json!("json_object")));
        assert!(asked["messages"][1]["content"].as_str().is_some_and(|text| text.contains(TEXT)), "{asked:#}");
    }

    /// Accepting the reading takes what nobody contests; of two rivals one becomes a record, and never both.
    async fn rivals_never_become_two_records(world: &World) {
        let (report, reading) = taken_in(world, "").await;
        let model = Model::start(Manner::Says(said().to_string())).await;
        model.read(world, &report).await.expect("it reads");
        let accepted = world.accept(&reading).await;
        assert_eq!((&accepted["refusal"], &accepted["reading"]["state"]), (&Value::Null, &json!("IN_REVIEW")));
        assert_eq!(accepted["followUpActions"].as_array().map(Vec::len), Some(1), "the invitation alone");
        let after = seen(world, &report).await;
        for waiting in ["Proposal", "Offer", "Training and capacity-building"] {
            assert_eq!(finding(&after, waiting)["state"], "WAITING", "{waiting}");
        }
        let nothing = world.accept(&reading).await;
        assert!(nothing["refusal"]["message"].as_str().is_some_and(|m| m.contains("the readers differ")), "{nothing}");

        let offer = accept(world, finding(&after, "Offer")).await;
        assert_eq!(offer["followUpActions"].as_array().map(Vec::len), Some(1), "{offer}");
        let proposal = accept(world, finding(&after, "Proposal")).await;
        assert!(proposal["refusal"]["message"].as_str().is_some_and(|m| m.contains("something else of the same")), "{proposal}");
        assert_eq!(reject(world, finding(&after, "Proposal")).await["refusal"], Value::Null);
        let last = accept(world, finding(&after, "Training and capacity-building")).await;
        assert_eq!(last["reading"]["state"], "DONE", "{last}");
        assert_eq!(all(world, follow_up_action::Entity).await.len(), 2);
        // What the second reader alone has read says nothing of how well the rules read.
        let asked = "{ extractionQuality { reviews { kind accepted rejected } } }";
        let quality = world.ask(asked, json!({})).await["extractionQuality"]["reviews"].clone();
        let quality = quality.as_array().expect("reviews");
        assert!(quality.contains(&json!({ "kind": "ACTION", "accepted": 1, "rejected": 1 })), "{quality:?}");
        assert!(!quality.iter().any(|of| of["kind"] == "AREA"), "{quality:?}");
        assert_eq!(all(world, meeting::Entity).await.len(), 1);
        let engines: std::collections::BTreeSet<_> =
            all(world, evidence::Entity).await.into_iter().filter_map(|row| row.engine).collect();
        let first = format!("{}/{}", extract::ENGINE, extract::VERSION);
        assert_eq!(engines, std::collections::BTreeSet::from([first, "second-reader/tiny/1".to_owned()]));
    }

    /// A rival that a person has rejected contests nothing any more.
    async fn a_rejected_rival_is_in_nobodys_way(world: &World) {
        let (report, reading) = taken_in(world, "").await;
        let model = Model::start(Manner::Says(said().to_string())).await;
        model.read(world, &report).await.expect("it reads");
        reject(world, finding(&seen(world, &report).await, "Offer")).await;
        let accepted = world.accept(&reading).await;
        assert_eq!(accepted["followUpActions"].as_array().map(Vec::len), Some(2), "{accepted}");
    }

    /// What a person has decided is not asked again, whoever reads it otherwise; only what is new waits.
    async fn decisions_stay_as_they_are(world: &World) {
        let (report, reading) = taken_in(world, "").await;
        reject(world, finding(&seen(world, &report).await, "Invitation")).await;
        world.accept(&reading).await;
        let actions = all(world, follow_up_action::Entity).await;
        let model = Model::start(Manner::Says(said().to_string())).await;
        let heard = model.read(world, &report).await.expect("it reads");
        assert_eq!((heard.agreed, heard.alone, heard.rivals), (5, 1, 0));
        let seen = seen(world, &report).await;
        let waiting: Vec<_> = seen["reading"]["findings"].as_array().expect("findings").iter()
            .filter(|one| one["state"] == "WAITING").map(|one| one["summary"].as_str().unwrap_or_default()).collect();
        assert_eq!(waiting, ["Training and capacity-building"]);
        assert_eq!(finding(&seen, "Invitation")["state"], "REJECTED");
        let witness = &finding(&seen, "Proposal")["witnesses"][1];
        assert_eq!(witness["value"]["kind"], "offer", "where it differs is still to be seen");
        assert_eq!(all(world, follow_up_action::Entity).await, actions);
    }

    /// A newer version of the rules reads the report again: what the model said stands beside it, and nobody asks again.
    async fn what_it_said_outlives_a_new_reading(world: &World) {
        let (report, _) = taken_in(world, "").await;
        let model = Model::start(Manner::Says(said().to_string())).await;
        model.read(world, &report).await.expect("it reads");
        reject(world, finding(&seen(world, &report).await, "Offer")).await;
        for version in ["newer", "newest"] {
            let newer = intake::Engine { name: extract::ENGINE, version, read: &rules };
            intake::read_again_with(&world.store, &world.who, &newer, key(&report)).await.expect("read again");
            let seen = seen(world, &report).await;
            assert_eq!(engines(finding(&seen, "Oman")), ["entente-rules", "second-reader"]);
            assert_eq!(engines(finding(&seen, "Training and capacity-building")), ["second-reader"]);
            assert_eq!(finding(&seen, "Offer")["state"], "REJECTED", "what was decided stays decided");
        }
        assert_eq!(model.asked().len(), 1);
    }
}
