//! What is an event, and what is in it.

use serde_json::{Value, json};

use super::{CHANGES, Server, action, cursor, rename};
use crate::world::{World, stories};

const TEXT: &str = "Oman asks for training\n\nThe Minister of Heritage of Oman, Mr. Salim Al-Harthy, met the \
    Director-General of ICESCO, Dr. Nadia Benhaddou, in Muscat on Monday, 9 February 2026. Mr. Al-Harthy asked ICESCO to \
    train ten museum curators by 30 June 2026. He invited the Director-General to visit Nizwa.";

const QUEUE: &str = "subscription($after: String) { reviewQueueChanged(after: $after) {
    cursor kind account { name } reading { id state } } }";
const READ: &str = "subscription($after: String, $report: ID) { reportRead(after: $after, reportId: $report) {
    cursor reading { id engine } report { id } } }";

/// Does something and expects no refusal.
async fn done(world: &World, mutation: &str, input: Value) -> Value {
    let data = world.ask(mutation, json!({ "input": input })).await;
    let payload = data.as_object().and_then(|data| data.values().next()).expect("a payload").clone();
    assert!(payload["refusal"].is_null(), "{payload:#}");
    payload
}

stories! {
    /// Whatever is done to an action, or to what belongs to it, is told as it happens: one event for each request, in the
    /// order of the requests, with what it is about.
    async fn what_is_done_to_an_action_is_told_as_it_happens(world: &World) {
        let server = Server::open(world).await;
        let mut client = server.client().await;
        client.subscribe("1", CHANGES, json!({})).await;
        // Behind it, the subscription has begun.
        client.subscribe("2", "{ __typename }", json!({})).await;
        assert_eq!([client.hear().await["type"].clone(), client.hear().await["type"].clone()], ["next", "complete"]);
        client.silence().await;

        let id = action(world, "Map the rivers", None).await;
        let made = client.event().await;
        assert_eq!(made["followUpAction"], json!({ "id": id, "title": "Map the rivers" }));
        assert_eq!((&made["kind"], &made["parts"]), (&json!("CREATED"), &json!(["ACTION", "AREAS"])));
        assert_eq!((&made["at"], &made["account"]["name"]), (&json!("2026-03-02T09:00:00+00:00"), &json!("Amina, desk officer")));

        rename(world, &id, "Map all rivers").await;
        let update = json!({ "actionId": id, "track": "OURS", "says": "IN_PROGRESS", "on": "2026-02-20" });
        done(world, "mutation($input: RecordUpdateInput!) { recordUpdate(input: $input) { refusal { message } } }", update).await;
        let task = json!({ "actionId": id, "title": "Ask for maps" });
        done(world, "mutation($input: CreateTaskInput!) { createTask(input: $input) { refusal { message } } }", task).await;
        // A meeting is no matter of an action.
        let meeting = json!({ "kind": "MEETING", "title": "River talks" });
        done(world, "mutation($input: CreateMeetingInput!) { createMeeting(input: $input) { refusal { message } } }", meeting).await;
        rename(world, &id, "Map a river").await;
        let told = client.events(4).await;
        let parts: Vec<_> = told.iter().map(|event| event["parts"].clone()).collect();
        assert_eq!(parts, [json!(["ACTION"]), json!(["ACTION", "UPDATES"]), json!(["TASKS"]), json!(["ACTION"])]);
        assert!(told.iter().all(|event| event["kind"] == "REVISED" && event["followUpAction"]["id"] == id));
        client.silence().await;
        server.close().await;
    }

    /// A report that is handed in, reviewed and accepted is told to each list by what it means there, several changes of
    /// one record in one request as one event.
    async fn a_report_is_told_from_its_reading_to_its_actions(world: &World) {
        let server = Server::open(world).await;
        let start = cursor(world).await;
        let (report, reading) = world.ingest(TEXT, "2026-02-10").await;
        let (other, _) = world.ingest("Nothing was agreed in Fez.", "2026-02-11").await;
        let finding = world.ask("query($id: ID!) { node(id: $id) { ... on Reading { findings { id } } } }", json!({ "id": reading })).await;
        let finding = finding["node"]["findings"][0]["id"].clone();
        done(world, "mutation($input: AcceptFindingInput!) { acceptFinding(input: $input) { refusal { message } } }", json!({ "findingId": finding })).await;
        let second = world.ask("query($id: ID!) { node(id: $id) { ... on Reading { findings(state: WAITING) { id } } } }", json!({ "id": reading })).await;
        let second = second["node"]["findings"][0]["id"].clone();
        done(world, "mutation($input: AcceptFindingInput!) { acceptFinding(input: $input) { refusal { message } } }", json!({ "findingId": second })).await;
        let accepted = world.accept(&reading).await;

        let mut client = server.client().await;
        client.subscribe("queue", QUEUE, json!({ "after": start })).await;
        // What was found to hold nothing never waits for anybody.
        let queue = client.events(4).await;
        client.silence().await;
        assert!(queue.iter().all(|event| event["reading"]["id"] == reading), "{queue:#?}");
        let kinds: Vec<_> = queue.iter().map(|event| event["kind"].as_str().expect("a kind")).collect();
        assert_eq!(kinds, ["ENTERED", "REVISED", "REVISED", "LEFT"]);
        client.say(&json!({ "id": "queue", "type": "complete" })).await;

        client.subscribe("read", READ, json!({ "after": start })).await;
        let read = client.events(2).await;
        assert_eq!((&read[0]["report"]["id"], &read[0]["reading"]["id"]), (&report, &reading));
        assert_eq!(read[1]["report"]["id"], other);
        client.say(&json!({ "id": "read", "type": "complete" })).await;
        client.subscribe("other", READ, json!({ "after": start, "report": other })).await;
        assert_eq!(client.event().await, read[1]);
        client.say(&json!({ "id": "other", "type": "complete" })).await;

        client.subscribe("actions", CHANGES, json!({ "after": start })).await;
        let made = accepted["followUpActions"].as_array().expect("actions");
        assert!(made.len() > 1, "{accepted:#}");
        let actions = client.events(made.len()).await;
        for action in made {
            let told: Vec<_> = actions.iter().filter(|event| event["followUpAction"]["id"] == action["id"]).collect();
            assert_eq!(told.len(), 1, "{actions:#?}");
            assert_eq!(told[0]["kind"], "CREATED");
            assert!(told[0]["parts"].as_array().expect("parts").contains(&json!("EVIDENCE")), "{told:#?}");
        }
        client.silence().await;
        server.close().await;
    }

    /// A client hears of the actions that it asked for: by themselves, by their state, by who looks after them; also of
    /// one that goes out of what it asked for.
    async fn a_filter_leaves_out_what_nobody_asked_for(world: &World) {
        let server = Server::open(world).await;
        let start = cursor(world).await;
        let states = world.ask("{ omn: memberState(code: \"OMN\") { id } mar: memberState(code: \"MAR\") { id } }", json!({})).await;
        let oman = action(world, "of Oman", Some(&states["omn"]["id"])).await;
        let morocco = action(world, "of Morocco", Some(&states["mar"]["id"])).await;
        let idris = done(world, "mutation($input: CreateAccountInput!) { createAccount(input: $input) { account { id } refusal { message } } }", json!({ "name": "Idris" })).await["account"]["id"].clone();
        for owner in [json!(idris), json!(null)] {
            done(world, "mutation($input: AssignFollowUpActionInput!) { assignFollowUpAction(input: $input) { refusal { message } } }", json!({ "actionId": oman, "ownerId": owner })).await;
        }
        let task = json!({ "actionId": morocco, "title": "Ask for maps" });
        done(world, "mutation($input: CreateTaskInput!) { createTask(input: $input) { refusal { message } } }", task).await;

        let cases = [
            (json!({ "states": ["OM"] }), vec![&oman, &oman, &oman]),
            (json!({ "states": ["MAR"] }), vec![&morocco, &morocco]),
            (json!({ "actionIds": [morocco] }), vec![&morocco, &morocco]),
            (json!({ "actionIds": [morocco], "states": ["OMN"] }), vec![]),
            (json!({ "ownerId": idris }), vec![&oman, &oman]),
            (json!({}), vec![&oman, &morocco, &oman, &oman, &morocco]),
        ];
        // The last is told to everybody, so that nobody waits for what does not come.
        let last = action(world, "the last", None).await;
        let mut client = server.client().await;
        for (filter, expected) in cases {
            client.subscribe("1", CHANGES, json!({ "after": start, "filter": filter })).await;
            let told = client.events(expected.len()).await;
            let told: Vec<_> = told.iter().map(|event| &event["followUpAction"]["id"]).collect();
            assert_eq!(told, expected, "{filter}");
            if filter == json!({}) {
                assert_eq!(client.event().await["followUpAction"]["id"], last);
            }
            client.silence().await;
            client.say(&json!({ "id": "1", "type": "complete" })).await;
        }
        server.close().await;
    }

    /// Whoever knows where the events stood misses nothing between a question and a subscription; a cursor that is none,
    /// of a page, or ahead of the history is refused.
    async fn a_cursor_that_is_none_is_refused(world: &World) {
        let server = Server::open(world).await;
        action(world, "Map the rivers", None).await;
        let page = world.ask("{ followUpActions { edges { cursor } } }", json!({})).await;
        let ahead = "ZXZlbnQgMTAwMDAwMCAxMDAwMDAw";
        let cases = [
            ("garbage", "is no cursor of an event"),
            ("", "is no cursor of an event"),
            (page["followUpActions"]["edges"][0]["cursor"].as_str().expect("a cursor"), "is no cursor of an event"),
            (ahead, "ahead of the history"),
        ];
        let mut client = server.client().await;
        for (after, reason) in cases {
            for subscription in [CHANGES, QUEUE, READ] {
                client.subscribe("1", subscription, json!({ "after": after })).await;
                let answer = client.hear().await;
                assert_eq!((&answer["type"], &answer["payload"][0]["extensions"]["code"]), (&json!("error"), &json!("BAD_USER_INPUT")), "{answer:#}");
                assert_eq!(answer["payload"][0]["extensions"]["argument"], "after");
                assert!(answer["payload"][0]["message"].as_str().expect("a message").contains(reason), "{answer:#}");
            }
        }
        client.silence().await;
        server.close().await;
    }
}
