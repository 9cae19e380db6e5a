//! Every operation in `graphql/operations` is run, in one working day, each with what the earlier ones answered.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use serde_json::{Value, json};

use super::{live, reminders};
use crate::world::stories;

/// One operation of the day: its file, its variables, and what of its answer is remembered under which name.
///
/// A text that begins with `$` stands for what is remembered under that name.
type Step = (&'static str, Value, &'static [(&'static str, &'static str)]);

const TEXT: &str = "Oman asks for training\n\nThe Minister of Heritage of Oman, Mr. Salim Al-Harthy, met the \
    Director-General of ICESCO, Dr. Nadia Benhaddou, in Muscat on Monday, 9 February 2026. Mr. Al-Harthy asked ICESCO to \
    train ten museum curators by 30 June 2026. He invited the Director-General to visit Nizwa.";

fn day() -> Vec<Step> {
    let input = |input: Value| json!({ "input": input });
    vec![
        ("event_cursor", json!({}), &[("cursor", "/eventCursor")]),
        (
            "ingest_report",
            input(json!({ "text": TEXT, "publishedOn": "2026-02-10", "publisher": "Muscat Post" })),
            &[
                ("report", "/ingestReport/report/id"),
                ("reading", "/ingestReport/reading/id"),
                ("first", "/ingestReport/reading/findings/0/id"),
                ("second", "/ingestReport/reading/findings/1/id"),
                ("third", "/ingestReport/reading/findings/2/id"),
                ("last", "/ingestReport/reading/findings/5/id"),
            ],
        ),
        ("review_queue", json!({}), &[]),
        ("accept_finding", input(json!({ "findingId": "$first" })), &[]),
        ("correct_finding", input(json!({ "findingId": "$second", "value": {}, "reason": "seen by a person" })), &[]),
        ("reject_finding", input(json!({ "findingId": "$last", "reason": "not of interest" })), &[]),
        ("bulk_review", input(json!({ "rows": [{ "findingId": "$third", "decision": "ACCEPT" }] })), &[]),
        ("accept_reading", input(json!({ "readingId": "$reading" })), &[("task", "/acceptReading/tasks/0/id")]),
        ("read_report_again", input(json!({ "reportId": "$report" })), &[]),
        ("report_with_evidence", json!({ "id": "$report" }), &[]),
        ("news_reports", json!({ "filter": { "text": "museum" } }), &[]),
        ("member_states", json!({ "standings": ["MEMBER"] }), &[("state", "/memberStates/nodes/0/id")]),
        (
            "create_account",
            input(json!({ "name": "Idris", "email": "idris@example.org" })),
            &[("account", "/createAccount/account/id")],
        ),
        ("accounts", json!({}), &[]),
        ("set_role", input(json!({ "accountId": "$account", "role": "DESK_OFFICER", "expectedVersion": 1 })), &[]),
        ("assign_states", input(json!({ "accountId": "$account", "stateIds": ["$state"] })), &[]),
        ("unassign_states", input(json!({ "accountId": "$account", "stateIds": ["$state"] })), &[]),
        (
            "create_access_token",
            input(json!({ "accountId": "$account", "name": "Idris, laptop", "scope": "WRITE" })),
            &[("token", "/createAccessToken/accessToken/id")],
        ),
        ("access_tokens", json!({ "accountId": "$account" }), &[]),
        ("revoke_access_token", input(json!({ "accessTokenId": "$token" })), &[]),
        ("set_account_disabled", input(json!({ "accountId": "$account", "disabled": true })), &[]),
        ("viewer", json!({}), &[]),
        ("set_reminders", input(json!({ "accountId": "$account", "frequency": "DAILY", "language": "FR" })), &[]),
        (
            "create_organization",
            input(json!({ "name": "Ministry of Rivers", "kind": "MINISTRY", "stateId": "$state" })),
            &[("organization", "/createOrganization/organization/id")],
        ),
        (
            "revise_organization",
            input(json!({ "organizationId": "$organization", "acronym": "MR", "expectedVersion": 1 })),
            &[],
        ),
        ("organizations", json!({ "filter": { "text": "rivers" } }), &[]),
        (
            "create_person",
            input(
                json!({ "name": "Lina Haddad", "honorific": "Dr.", "also": ["L. Haddad"], "clientMutationId": "lina-1" }),
            ),
            &[("person", "/createPerson/person/id")],
        ),
        ("revise_person", input(json!({ "personId": "$person", "name": "Lina Al-Haddad" })), &[]),
        ("people", json!({ "filter": { "text": "haddad" } }), &[]),
        ("receipt", json!({ "name": "lina-1" }), &[]),
        ("create_person", input(json!({ "name": "Leena Al-Haddad" })), &[("twin", "/createPerson/person/id")]),
        ("merge_candidates", json!({ "kind": "PERSON" }), &[]),
        (
            "reject_merge",
            input(json!({ "oneId": "$person", "otherId": "$twin", "reason": "mother and daughter" })),
            &[],
        ),
        (
            "merge_people",
            input(json!({ "keptId": "$person", "otherId": "$twin", "reason": "she says so herself" })),
            &[("merge", "/mergePeople/merge/id")],
        ),
        ("merges", json!({}), &[]),
        ("undo_merge", input(json!({ "mergeId": "$merge", "reason": "they are two", "expectedVersion": 1 })), &[]),
        (
            "create_organization",
            input(json!({ "name": "River Ministry", "kind": "MINISTRY", "stateId": "$state" })),
            &[("same", "/createOrganization/organization/id")],
        ),
        (
            "merge_organizations",
            input(json!({ "keptId": "$organization", "otherId": "$same", "reason": "renamed" })),
            &[],
        ),
        (
            "create_post",
            input(json!({ "organizationId": "$organization", "title": "Minister of River" })),
            &[("post", "/createPost/post/id")],
        ),
        ("revise_post", input(json!({ "postId": "$post", "title": "Minister of Rivers" })), &[]),
        (
            "create_appointment",
            input(json!({ "personId": "$person", "postId": "$post", "start": "2025-05" })),
            &[("appointment", "/createAppointment/appointment/id")],
        ),
        ("revise_appointment", input(json!({ "appointmentId": "$appointment", "end": "2026-02-28" })), &[]),
        (
            "create_meeting",
            input(json!({ "kind": "MEETING", "title": "River talks", "heldOn": "2026-02", "stateIds": ["$state"],
            "participations": [{ "role": "PRINCIPAL", "party": { "personId": "$person" } }] })),
            &[("meeting", "/createMeeting/meeting/id")],
        ),
        ("revise_meeting", input(json!({ "meetingId": "$meeting", "place": "Fez", "mode": "HYBRID" })), &[]),
        ("meeting", json!({ "id": "$meeting" }), &[]),
        ("meetings", json!({}), &[]),
        (
            "create_follow_up_action",
            input(json!({ "kind": "COMMITMENT", "title": "Map the rivers", "actorSide": "OURS",
            "strength": "PROMISED", "due": "2026-02", "stateId": "$state", "meetingId": "$meeting", "areas": ["water-management"] })),
            &[
                ("action", "/createFollowUpAction/followUpAction/id"),
                ("reference", "/createFollowUpAction/followUpAction/reference"),
            ],
        ),
        (
            "revise_follow_up_action",
            input(json!({ "actionId": "$action", "title": "Map all rivers", "expectedVersion": 1 })),
            &[],
        ),
        ("assign_action", input(json!({ "actionId": "$action", "ownerId": "$account" })), &[]),
        ("bulk_assign", input(json!({ "rows": [{ "actionId": "$action" }], "ownerId": "$account" })), &[]),
        (
            "record_update",
            input(json!({ "actionId": "$action", "track": "OURS", "says": "IN_PROGRESS", "on": "2026-02-20" })),
            &[],
        ),
        ("follow_up_action", json!({ "reference": "$reference" }), &[]),
        ("follow_up_actions", json!({ "filter": { "overdue": true } }), &[]),
        ("overdue", json!({}), &[]),
        ("action_history", json!({ "reference": "$reference" }), &[]),
        (
            "create_task",
            input(json!({ "actionId": "$action", "title": "Ask for the maps" })),
            &[("step", "/createTask/task/id")],
        ),
        ("revise_task", input(json!({ "taskId": "$step", "dueOn": "2026-03-09" })), &[]),
        ("complete_task", input(json!({ "taskId": "$step" })), &[]),
        ("confirm_task", input(json!({ "taskId": "$task" })), &[]),
        ("dismiss_task", input(json!({ "taskId": "$task" })), &[]),
        ("tasks", json!({}), &[]),
        (
            "create_calendar_feed",
            input(json!({ "stateId": "$state", "name": "Idris, telephone" })),
            &[("feed", "/createCalendarFeed/calendarFeed/id")],
        ),
        ("revoke_calendar_feed", input(json!({ "calendarFeedId": "$feed" })), &[]),
        ("calendar_feeds", json!({ "code": "OMN" }), &[]),
        ("calendar_feeds_of_account", json!({ "account": "$account" }), &[]),
        ("state_overview", json!({ "code": "OMN" }), &[]),
        ("owed_by_state", json!({ "code": "OMN" }), &[]),
        ("cooperation_areas", json!({ "sector": "CULTURE" }), &[]),
        ("nodes", json!({ "ids": ["$action", "$state", "$person"] }), &[]),
        ("questions", json!({}), &[]),
        ("answer", json!({ "question": "overdue-by-owner", "asOf": "2026-02-28" }), &[]),
        ("partnership", json!({ "code": "OMN" }), &[]),
        ("brief", json!({ "state": "OMN", "language": "AR" }), &[]),
        ("handover_brief", json!({ "post": "$post", "asOf": "2026-03-01" }), &[]),
        ("council_pack", json!({ "asOf": "2026-03-01", "knownAt": "2026-03-01T12:00:00Z", "language": "FR" }), &[]),
        ("action_progress", json!({ "reference": "$reference" }), &[]),
        ("follow_up_action_changed", json!({ "after": "$cursor", "filter": { "ownerId": "$account" } }), &[]),
        ("review_queue_changed", json!({ "after": "$cursor" }), &[]),
        ("report_read", json!({ "after": "$cursor", "reportId": "$report" }), &[]),
        ("extraction_quality", json!({ "since": "2026-01-01" }), &[]),
        ("digest", json!({ "account": "$account", "asOf": "2026-03-01" }), &[]),
        ("search", json!({ "query": "map riv", "kinds": ["FOLLOW_UP_ACTION"], "states": ["OMN"] }), &[]),
        ("deliveries", json!({ "filter": { "states": ["FAILED"] } }), &[("delivery", "/deliveries/nodes/0/id")]),
        (
            "import_records",
            input(
                json!({ "kind": "ACTIONS", "csv": "Action;Pays;Échéance\nTrain ten curators;Oman;T3 2026\n", "dryRun": false,
                "fileName": "suivi.csv", "columns": [{ "field": "kind", "value": "plan" }, { "field": "actorSide", "value": "nous" }] }),
            ),
            &[("import", "/importRecords/import/id")],
        ),
        ("imports", json!({}), &[]),
        ("revert_import", input(json!({ "importId": "$import", "expectedVersion": 1, "dryRun": false })), &[]),
        ("audit_trail", json!({ "filter": { "recordId": "$action", "outcomes": ["DONE"] } }), &[]),
        ("send_delivery_again", input(json!({ "deliveryId": "$delivery", "expectedVersion": 2 })), &[]),
    ]
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../graphql/operations")
}

fn files() -> BTreeSet<String> {
    let entries = std::fs::read_dir(folder()).expect("the operations").map(|entry| entry.expect("a file").path());
    entries.map(|path| path.file_stem().expect("a name").to_string_lossy().into_owned()).collect()
}

/// The variables with what is remembered in the place of its name.
fn filled(variables: &Value, remembered: &BTreeMap<&str, Value>) -> Value {
    match variables {
        Value::String(text) => match text.strip_prefix('$') {
            Some(name) => remembered.get(name).unwrap_or_else(|| panic!("nothing is remembered as {name}")).clone(),
            None => variables.clone(),
        },
        Value::Array(list) => list.iter().map(|value| filled(value, remembered)).collect(),
        Value::Object(map) => map.iter().map(|(key, value)| (key.clone(), filled(value, remembered))).collect(),
        _ => variables.clone(),
    }
}

stories! {
    /// The day goes through without an error or a refusal, and leaves no operation out.
    async fn every_operation_is_run(world: &World) {
        let day = day();
        let run: BTreeSet<String> = day.iter().map(|(file, ..)| (*file).to_owned()).collect();
        assert_eq!(run, files(), "left is what this story runs, right what lies in graphql/operations");
        reminders::failed(world).await;
        let mut remembered = BTreeMap::new();
        for (file, variables, remember) in day {
            let document = std::fs::read_to_string(folder().join(format!("{file}.graphql"))).expect("a document");
            let variables = filled(&variables, &remembered);
            let data = match document.contains("\nsubscription") {
                true => live::first_told(world, &document, &variables).await,
                false => world.ask(&document, variables).await,
            };
            for payload in data.as_object().expect("data").values() {
                assert_eq!(payload.get("refusal").unwrap_or(&Value::Null), &Value::Null, "{file}: {payload:#}");
            }
            for (name, pointer) in remember {
                let value = data.pointer(pointer).unwrap_or_else(|| panic!("{file}: nothing at {pointer}: {data:#}"));
                remembered.insert(*name, value.clone());
            }
        }
    }

    /// Every question of the list is answered, with a cell for each of its columns.
    async fn every_question_is_answered(world: &World) {
        for question in briefing::questions() {
            let asked = "query($question: String!) { answer(question: $question) { judged of rule columns { name }
                rows { cells { text number date record { id } } } } }";
            let answer = world.ask(asked, json!({ "question": question.name })).await["answer"].clone();
            assert_eq!(answer["rule"], question.rule);
            let (judged, of) = (answer["judged"].as_i64(), answer["of"].as_i64());
            assert!(judged.is_some() && judged <= of, "{}: {judged:?} of {of:?}", question.name);
            for row in answer["rows"].as_array().expect("rows") {
                assert_eq!(row["cells"].as_array().map(Vec::len), Some(question.columns.len()), "{}", question.name);
            }
        }
    }
}
