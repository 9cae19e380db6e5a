//! The two clocks: what was true on a day, and what was known at a moment.

mod history;
mod lists;

use std::fmt::Write;

use serde_json::{Value, json};

use crate::world::{World, stories};
use history::History;

/// What every question answers on a day, letter for letter; as known at a moment, or by all that is known.
async fn answers(world: &World, as_of: &str, known_at: Option<&str>) -> String {
    let known_at = known_at.map(|moment| format!(", knownAt: \"{moment}\"")).unwrap_or_default();
    let mut query = String::from("{");
    for (at, question) in briefing::questions().iter().enumerate() {
        write!(
            query,
            " q{at}: answer(question: \"{}\", asOf: \"{as_of}\"{known_at}) {{ judged of rows {{ cells {{ text number date }} }} }}",
            question.name
        )
        .expect("written");
    }
    query.push('}');
    world.ask(&query, json!({})).await.to_string()
}

/// The brief of a state on a day as known at a moment, letter for letter.
async fn brief(world: &World, as_of: &str, known_at: &str) -> String {
    let query = format!(
        "{{ brief(state: \"PAK\", asOf: \"{as_of}\", knownAt: \"{known_at}\") {{
            sections {{ title lines {{ text daysLate toldBy }} }} partnership {{ label reasons {{ code number }} }} }} }}"
    );
    world.ask(&query, json!({})).await.to_string()
}

async fn replays(world: &World, seed: u64, moments: usize) {
    let (mut history, mut told) = (History::new(world, seed), Vec::new());
    for _ in 0..moments {
        for _ in 0..=history.throw(4) {
            history.goes_on().await;
        }
        let now = store::Surroundings::now(world.clock.as_ref());
        let day = (now.date_naive() - chrono::Days::new(history.throw(400) as u64)).to_string();
        let moment = now.to_rfc3339().replace("+00:00", "Z");
        let then = (answers(world, &day, None).await, brief(world, &day, &moment).await);
        told.push((moment, day, then));
        world.clock.pass_days(1 + i64::try_from(history.throw(40)).expect("few days"));
    }
    for (moment, day, then) in told {
        let now = (answers(world, &day, Some(&moment)).await, brief(world, &day, &moment).await);
        assert_eq!(now, then, "seed {seed}: {day} as known at {moment}");
    }
}

/// How many histories are replayed on each database: a few in a usual run. docs/figures.md tells of a thousand.
#[expect(clippy::disallowed_methods, reason = "the one who runs the tests says how many")]
fn histories() -> u64 {
    std::env::var("REPLAYED_HISTORIES").ok().and_then(|number| number.parse().ok()).unwrap_or(6)
}

async fn progress(world: &World, id: &Value, arguments: &str) -> Value {
    let query = format!("query($id: ID!) {{ node(id: $id) {{ ... on FollowUpAction {{ progress{arguments} {{
        status disputed overdue heardOn silentFrom rhythmDays why rule tracks {{ track says update {{ on }} }} }} }} }} }}");
    world.ask(&query, json!({ "id": id })).await["node"]["progress"].clone()
}

async fn promise(world: &World) -> Value {
    let made = world.ask("mutation { createFollowUpAction(input: { kind: COMMITMENT, title: \"Train curators\", actorSide: THEIRS,
        strength: PROMISED, saidOn: \"2026-01-10\", due: \"2026-05-01\" }) { followUpAction { id } refusal { message } } }", json!({})).await;
    made["createFollowUpAction"]["followUpAction"]["id"].clone()
}

async fn say(world: &World, id: &Value, track: &str, says: &str, on: &str) {
    let said = world
        .ask(
            "mutation($input: RecordUpdateInput!) { recordUpdate(input: $input) { refusal { message } } }",
            json!({ "input": { "actionId": id, "track": track, "says": says, "on": on, "note": "told" } }),
        )
        .await;
    assert!(said["recordUpdate"]["refusal"].is_null(), "{said:#}");
}

stories! {
    /// Whatever happens later, a past moment answers every question as it answered then, letter for letter.
    async fn a_past_moment_answers_as_it_did_then(world: &World) {
        for seed in 0..histories() {
            world.afresh(async |world| replays(world, seed, 4).await).await;
        }
    }

    /// A correction that is entered later changes what was true then, and never what was known then.
    async fn a_late_correction_changes_the_past_but_not_what_was_known(world: &World) {
        let id = promise(world).await;
        let then = "2026-03-02T09:00:00Z";
        world.clock.pass_days(10);
        say(world, &id, "OURS", "DELIVERED", "2026-02-15").await;
        assert_eq!(progress(world, &id, "(asOf: \"2026-02-20\")").await["status"], "DELIVERED");
        let known = progress(world, &id, &format!("(asOf: \"2026-02-20\", knownAt: \"{then}\")")).await;
        assert_eq!(known["status"], "RECORDED");
        assert_eq!(progress(world, &id, "(asOf: \"2026-01-09\")").await, Value::Null, "it was not said by then");
        assert_eq!(progress(world, &id, "(knownAt: \"2026-03-01T00:00:00Z\")").await, Value::Null, "nobody knew of it");
    }

    /// Silence counts by rule and date, and says so; a word from anyone ends it.
    async fn silence_moves_an_action_to_no_evidence_by_rule_and_date(world: &World) {
        let id = promise(world).await;
        let before = progress(world, &id, "").await;
        assert_eq!((&before["status"], &before["silentFrom"]), (&json!("RECORDED"), &json!("2026-05-11")));
        let among = "query($statuses: [ActionStatus!]) { followUpActions(filter: { statuses: $statuses }) { nodes { title status } } }";
        let listed = async |status: &str| {
            let found = world.ask(among, json!({ "statuses": [status] })).await;
            found["followUpActions"]["nodes"].as_array().expect("a list").len()
        };
        assert_eq!((listed("RECORDED").await, listed("NO_EVIDENCE").await), (1, 0));
        world.clock.pass_days(70);
        let silent = progress(world, &id, "").await;
        assert_eq!((&silent["status"], &silent["overdue"]), (&json!("NO_EVIDENCE"), &json!(true)));
        let why = silent["why"].as_array().and_then(|why| why.last()).and_then(Value::as_str).expect("a reason");
        assert!(why.contains("120 days") && why.contains("2026-05-11"), "{why}");
        assert_eq!((listed("RECORDED").await, listed("NO_EVIDENCE").await), (0, 1));
        say(world, &id, "COUNTERPART", "IN_PROGRESS", "2026-05-01").await;
        assert_eq!(progress(world, &id, "").await["status"], "IN_PROGRESS");
        assert_eq!((listed("IN_PROGRESS").await, listed("NO_EVIDENCE").await), (1, 0));
    }

    /// Where the tracks differ, the action is disputed and each is shown with its statement.
    async fn tracks_that_differ_are_shown_side_by_side(world: &World) {
        let id = promise(world).await;
        say(world, &id, "COUNTERPART", "DELIVERED", "2026-02-20").await;
        say(world, &id, "OURS", "IN_PROGRESS", "2026-02-20").await;
        let progress = progress(world, &id, "").await;
        assert_eq!((&progress["status"], &progress["disputed"]), (&json!("IN_PROGRESS"), &json!(true)));
        let tracks: Vec<_> = progress["tracks"].as_array().expect("tracks").iter().map(|track| (&track["track"], &track["says"])).collect();
        assert_eq!(tracks, [(&json!("OURS"), &json!("IN_PROGRESS")), (&json!("COUNTERPART"), &json!("DELIVERED"))]);
    }

    /// Nobody knows what will have been: a clock set to the future is refused, with what to do.
    async fn a_clock_in_the_future_is_refused(world: &World) {
        for (arguments, field) in [("asOf: \"2030-01-01\"", "asOf"), ("knownAt: \"2030-01-01T00:00:00Z\"", "knownAt")] {
            let answer = world.answer(&format!("{{ answer(question: \"owed\", {arguments}) {{ judged }} }}"), json!({})).await;
            let error = &answer["errors"][0];
            assert_eq!(error["extensions"]["code"], "BAD_USER_INPUT", "{answer:#}");
            assert!(error["message"].as_str().is_some_and(|message| message.contains("future")), "{field}: {answer:#}");
        }
        let empty = world.ask("{ answer(question: \"partnerships\", asOf: \"1950-01-01\", state: \"PAK\") { judged of rows { cells { text number } } } }", json!({})).await;
        assert_eq!((&empty["answer"]["judged"], &empty["answer"]["of"]), (&json!(0), &json!(1)));
        assert_eq!(empty["answer"]["rows"][0]["cells"][1]["text"], "quiet");
    }

    /// A record can be read as it was known at a moment.
    async fn a_record_is_read_as_it_was_known(world: &World) {
        let id = promise(world).await;
        let now = "query($id: ID!) { node(id: $id) { ... on FollowUpAction { title version } } }";
        let known = "query($id: ID!, $at: DateTime!) { nodeAsKnown(id: $id, knownAt: $at) { ... on FollowUpAction { title version } } }";
        world.clock.pass_days(1);
        let revise = "mutation($id: ID!) { reviseFollowUpAction(input: { actionId: $id, title: \"Train ten curators\" }) { refusal { message } } }";
        world.ask(revise, json!({ "id": id })).await;
        let now = world.ask(now, json!({ "id": id })).await;
        assert_eq!(now["node"], json!({ "title": "Train ten curators", "version": 2 }));
        let then = world.ask(known, json!({ "id": id, "at": "2026-03-02T10:00:00Z" })).await;
        assert_eq!(then["nodeAsKnown"], json!({ "title": "Train curators", "version": 1 }));
        let never = world.ask(known, json!({ "id": id, "at": "2026-03-01T10:00:00Z" })).await;
        assert_eq!(never["nodeAsKnown"], Value::Null);
    }
    /// A line of the history is found again by its identifier, as every record is.
    async fn a_line_of_the_history_is_found_by_its_identifier(world: &World) {
        let id = promise(world).await;
        let history = "query($id: ID!) { node(id: $id) { ... on FollowUpAction { history { nodes { id } } } } }";
        let lines = world.ask(history, json!({ "id": id })).await["node"]["history"]["nodes"].clone();
        let again = "query($id: ID!) { node(id: $id) { __typename id ... on Change { version record { id } } } }";
        let line = world.ask(again, json!({ "id": lines[0]["id"] })).await["node"].clone();
        assert_eq!(line, json!({ "__typename": "Change", "id": lines[0]["id"], "version": 1, "record": { "id": id } }));
    }
}
