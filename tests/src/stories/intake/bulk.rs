//! Many decisions at once: all of them or none, and of each row that cannot be done its own reason.

use serde_json::{Value, json};
use store::{Concept, RecordRef, follow_up_action, history, meeting, participation};
use vocab::{Role, Scope};

use super::sample::{all, people};
use crate::{
    stories::sign_in::{account, assign},
    world::{World, stories},
};

const VISIT: &str = include_str!("../../../samples/visit.txt");
const REVIEW: &str = "mutation($input: BulkReviewInput!) { bulkReview(input: $input) {
    findings { id state reason } readings { id state } meetings { id } followUpActions { id } tasks { id }
    rowRefusals { row code message } refusal { code message } clientMutationId } }";
const ASSIGN: &str = "mutation($input: BulkAssignInput!) { bulkAssign(input: $input) {
    followUpActions { owner { name } } rowRefusals { row code currentVersion } refusal { code } } }";

async fn review(world: &World, rows: &[Value]) -> Value {
    world.ask(REVIEW, json!({ "input": { "rows": rows } })).await["bulkReview"].clone()
}

/// Every finding that waits, to be accepted.
async fn waiting(world: &World, reading: &Value) -> Vec<Value> {
    let query = "query($id: ID!) { node(id: $id) { ... on Reading { findings { id } } } }";
    let read = world.ask(query, json!({ "id": reading })).await;
    let findings = read["node"]["findings"].as_array().expect("findings");
    findings.iter().map(|finding| json!({ "findingId": finding["id"], "decision": "ACCEPT" })).collect()
}

async fn counts(world: &World) -> [usize; 4] {
    [
        people(world).await.len(),
        all(world, meeting::Entity).await.len(),
        all(world, participation::Entity).await.len(),
        all(world, follow_up_action::Entity).await.len(),
    ]
}

async fn last_line(world: &World) -> i32 {
    history::last_number(world.store.reader()).await.expect("a number")
}

stories! {
    /// Every finding of a reading by itself, in one request, comes to the same as accepting the reading.
    async fn a_reading_is_reviewed_row_by_row_in_one_request(world: &World) {
        let (_, reading) = world.ingest(VISIT, "2026-02-12").await;
        let rows = waiting(world, &reading).await;
        let input = json!({ "input": { "rows": rows, "clientMutationId": "the whole of it" } });
        let done = world.ask(REVIEW, input.clone()).await["bulkReview"].clone();
        assert_eq!((&done["refusal"], &done["rowRefusals"]), (&Value::Null, &json!([])), "{done}");
        let findings = done["findings"].as_array().expect("findings");
        let order = |rows: &[Value], field: &str| rows.iter().map(|row| row[field].clone()).collect::<Vec<_>>();
        assert_eq!(order(findings, "id"), order(&rows, "findingId"));
        assert!(findings.iter().all(|finding| finding["state"] == "ACCEPTED"), "{done}");
        assert_eq!(done["readings"], json!([{ "id": reading, "state": "DONE" }]));
        assert_eq!(["meetings", "followUpActions"].map(|made| done[made].as_array().map(Vec::len)), [Some(1), Some(3)]);
        let by_rows = counts(world).await;
        assert_eq!((by_rows[1], by_rows[3]), (1, 3));

        let line = last_line(world).await;
        assert_eq!(world.ask(REVIEW, input).await["bulkReview"], done, "a repeat is answered as it was");
        assert_eq!(last_line(world).await, line);

        let again = review(world, &rows).await;
        let refused = again["rowRefusals"].as_array().expect("refusals");
        assert!(refused.len() == rows.len() && refused.iter().all(|row| row["code"] == "CONFLICT"), "{again}");
    }

    /// Where a row cannot be done, none is; each tells what is wrong with it.
    async fn what_cannot_be_decided_is_told_row_by_row_and_nothing_is(world: &World) {
        let lena = account(world, "Lena", Role::DeskOfficer, Scope::Write).await;
        assign(world, lena.id, "MRT").await;
        let (_, reading) = world.ingest(VISIT, "2026-02-12").await;
        let theirs = VISIT.replace("Mauritania", "Oman");
        let (_, other) = world.ingest(&theirs, "2026-02-13").await;
        let rows = waiting(world, &reading).await;
        let not_hers = waiting(world, &other).await[0].clone();
        let [first, second, third] = [&rows[0], &rows[1], &rows[2]].map(|row| row["findingId"].clone());
        let desk = world.signed(lena.token);
        let before = counts(world).await;
        let mixed = [
            json!({ "findingId": first, "decision": "REJECT", "reason": "not of interest" }),
            json!({ "findingId": second, "decision": "CORRECT" }),
            json!({ "findingId": third, "decision": "ACCEPT", "value": {} }),
            not_hers,
            json!({ "findingId": first, "decision": "ACCEPT" }),
        ];
        let refused = review(&desk, &mixed).await;
        let told = refused["rowRefusals"].as_array().expect("refusals");
        let told: Vec<_> = told.iter().map(|row| (row["row"].as_u64(), row["code"].as_str().unwrap_or_default())).collect();
        let [bad, conflict, forbidden] = ["BAD_USER_INPUT", "CONFLICT", "FORBIDDEN"];
        assert_eq!(told, [(Some(1), bad), (Some(2), bad), (Some(3), forbidden), (Some(4), conflict)], "{refused}");
        assert_eq!((&refused["refusal"]["code"], &refused["findings"]), (&json!(bad), &json!([])));
        assert_eq!(counts(world).await, before, "nothing was written");

        let done = review(&desk, &mixed[..1]).await;
        // What was decided in a row before the bad one waits as before.
        assert_eq!(done["findings"][0], json!({ "id": first, "state": "REJECTED", "reason": "not of interest" }), "{done}");
        for (count, told) in [(0, "name 1 to 250 at a time"), (251, "OPERATION_LIMIT")] {
            let rows = vec![mixed[0].clone(); count];
            let answer = desk.answer(REVIEW, json!({ "input": { "rows": rows } })).await;
            assert!(answer.to_string().contains(told), "{answer}");
        }
    }

    /// Three of 250 rows are enough for nothing to be written; without them all is.
    async fn of_250_rows_with_three_bad_ones_none_is_done(world: &World) {
        let table: String = (1..=250).map(|n| format!("Repair bridge {n},Oman,plan,ours\n")).collect();
        let input = json!({ "kind": "ACTIONS", "csv": format!("Title,State,kind,actorSide\n{table}"), "dryRun": false });
        let import = "mutation($input: ImportRecordsInput!) { importRecords(input: $input) { import { newRecords } refusal { message } } }";
        let made = world.ask(import, json!({ "input": input })).await["importRecords"].clone();
        assert_eq!(made["import"]["newRecords"], 250, "{made}");
        let ids = all(world, follow_up_action::Entity).await.into_iter().map(|action| action.id);
        let mut rows: Vec<Value> =
            ids.map(|id| json!({ "actionId": RecordRef::new(Concept::FollowUpAction, id).encode() })).collect();
        let owner = world.ask("{ viewer { id } }", json!({})).await["viewer"]["id"].clone();
        let good = rows.clone();
        for row in [7, 100, 249] {
            rows[row]["expectedVersion"] = json!(9);
        }
        let line = last_line(world).await;
        let assign = async |rows: &[Value]| {
            world.ask(ASSIGN, json!({ "input": { "rows": rows, "ownerId": owner } })).await["bulkAssign"].clone()
        };
        let refused = assign(&rows).await;
        let bad = |row: u64| json!({ "row": row, "code": "CONFLICT", "currentVersion": 1 });
        assert_eq!(refused["rowRefusals"], json!([bad(7), bad(100), bad(249)]), "{refused}");
        assert_eq!(last_line(world).await, line, "nothing was written");
        let done = assign(&good).await;
        assert_eq!((done["followUpActions"].as_array().map(Vec::len), &done["refusal"]), (Some(250), &Value::Null));
        assert_eq!(last_line(world).await, line + 250);
    }
}
