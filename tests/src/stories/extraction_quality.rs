//! How well reports are read: the exam, and what reviewers make of the findings.

use serde_json::{Value, json};

use super::intake::sample;
use crate::world::{World, stories};

async fn reviews(world: &World, variables: Value) -> Vec<Value> {
    let asked = "query($engine: String, $version: String, $since: Date) {
        extractionQuality(engine: $engine, version: $version, since: $since) { reviews {
        kind month decided accepted corrected rejected acceptedShare correctedShare rejectedShare } } }";
    let data = world.ask(asked, variables).await;
    data["extractionQuality"]["reviews"].as_array().expect("reviews").clone()
}

/// A report as the engine of this program would read it, whatever its rules have become: the findings of some kinds.
async fn taken_in(world: &World, kinds: [&str; 2]) -> [Vec<Value>; 2] {
    let host = sample::host(world).await;
    let read = |_: &extract::Report<'_>, _| sample::reading(&host);
    let engine = intake::Engine { name: extract::ENGINE, version: extract::VERSION, read: &read };
    let incoming = sample::incoming(sample::text(&host));
    intake::ingest_with(&world.store, &world.who, &engine, incoming).await.expect("the report is taken in");
    let asked = "{ reviewQueue(first: 1) { nodes { findings { id kind } } } }";
    let data = world.ask(asked, json!({})).await;
    let findings = data["reviewQueue"]["nodes"][0]["findings"].as_array().expect("findings");
    kinds.map(|kind| findings.iter().filter(|one| one["kind"] == kind).map(|one| one["id"].clone()).collect())
}

async fn decide(world: &World, verb: &str, input: Value) {
    let input_type = format!("{}{}Input", verb[..1].to_uppercase(), &verb[1..]);
    let mutation = format!("mutation($input: {input_type}!) {{ {verb}(input: $input) {{ refusal {{ message }} }} }}");
    let data = world.ask(&mutation, json!({ "input": input })).await;
    assert_eq!(data[verb]["refusal"], Value::Null, "{data:#}");
}

fn counted(kind: &str, month: &str, [accepted, corrected, rejected]: [i64; 3]) -> Value {
    let decided = accepted + corrected + rejected;
    let share = |part: i64| part as f64 / decided as f64;
    json!({ "kind": kind, "month": month, "decided": decided, "accepted": accepted, "corrected": corrected,
        "rejected": rejected, "acceptedShare": share(accepted), "correctedShare": share(corrected),
        "rejectedShare": share(rejected) })
}

stories! {
    /// What reviewers decide is counted by kind and by the month of the decision, in one statement; what waits is not.
    async fn decisions_are_counted_by_kind_and_month(world: &World) {
        assert!(reviews(world, json!({})).await.is_empty());
        let [people, actions] = taken_in(world, ["PERSON", "ACTION"]).await;
        assert!(reviews(world, json!({})).await.is_empty(), "nothing is decided");

        decide(world, "acceptFinding", json!({ "findingId": people[0] })).await;
        decide(world, "correctFinding", json!({ "findingId": people[1], "value": { "post": "Head" } })).await;
        decide(world, "rejectFinding", json!({ "findingId": actions[0] })).await;
        let march = [counted("PERSON", "2026-03", [1, 1, 0]), counted("ACTION", "2026-03", [0, 0, 1])];
        assert_eq!(reviews(world, json!({})).await, march);

        world.clock.pass_days(31);
        decide(world, "acceptFinding", json!({ "findingId": actions[1] })).await;
        let april = [counted("ACTION", "2026-04", [1, 0, 0])];
        let (statements, all) = world.statements_of(reviews(world, json!({}))).await;
        // One that asks who it is that asks, and one that counts.
        assert_eq!((statements, all), (2, [march.to_vec(), april.to_vec()].concat()));

        let own = json!({ "engine": extract::ENGINE, "version": extract::VERSION });
        assert_eq!(reviews(world, own).await.len(), 3);
        assert_eq!(reviews(world, json!({ "since": "2026-04-01" })).await, april);
        assert_eq!(reviews(world, json!({ "since": "2026-03-02" })).await.len(), 3);
        assert_eq!(reviews(world, json!({ "since": "2026-05-01" })).await, [json!(null); 0]);
        assert_eq!(reviews(world, json!({ "engine": "another" })).await, [json!(null); 0]);
        assert_eq!(reviews(world, json!({ "version": "another" })).await, [json!(null); 0]);
    }

    /// The exam that is served is the one that the command prints; another engine has not sat it here.
    async fn the_exam_is_served(world: &World) {
        let asked = "query($engine: String) { extractionQuality(engine: $engine) { engine version
            exam { reports overall sets { fact f1 } sure { findings right share } calibration { kind findings right } } } }";
        let data = world.ask(asked, json!({})).await;
        let quality = &data["extractionQuality"];
        assert_eq!((&quality["engine"], &quality["version"]), (&json!(extract::ENGINE), &json!(extract::VERSION)));
        let figures = extract::exam::sit(&extract::exam::own_gold());
        let exam = &quality["exam"];
        assert_eq!((&exam["reports"], &exam["overall"]), (&json!(figures.documents), &json!(figures.score.overall)));
        assert_eq!(exam["sets"][0], json!({ "fact": "states", "f1": figures.score.sets[0].1.f1 }));
        assert_eq!((&exam["sure"]["right"], &exam["sure"]["share"]), (&json!(figures.sure.right), &json!(figures.sure.share())));
        assert_eq!(exam["calibration"].as_array().map(Vec::len), Some(figures.calibration.len()));
        assert_eq!(world.ask(asked, json!({})).await, data, "the figures are made once");
        let other = world.ask(asked, json!({ "engine": "another" })).await["extractionQuality"].clone();
        assert_eq!(other, json!({ "engine": "another", "version": null, "exam": null }));
    }
}
