//! What a desk officer may change: what belongs to the states assigned to them, whichever way it is changed.

use serde_json::{Value, json};
use vocab::{Role, Scope};

use super::{account, assign, code, make_action, state_id};
use crate::world::{World, stories};

const VISIT: &str = include_str!("../../../samples/visit.txt");

/// Does something by a mutation of one input, and gives the whole answer.
async fn done(world: &World, mutation: &str, input: Value) -> Value {
    let kind = format!("{}{}Input", mutation[..1].to_uppercase(), &mutation[1..]);
    let document =
        format!("mutation($input: {kind}!) {{ {mutation}(input: $input) {{ refusal {{ code message }} }} }}");
    world.answer(&document, json!({ "input": input })).await
}

/// Does it, and whether it was forbidden; anything else that goes wrong fails the test.
async fn is_forbidden(world: &World, mutation: &str, input: Value) -> bool {
    let answer = done(world, mutation, input.clone()).await;
    assert!(matches!(code(&answer), "" | "FORBIDDEN"), "{mutation} {input}: {answer}");
    assert!(answer["data"][mutation]["refusal"].is_null(), "{mutation} {input}: {answer}");
    code(&answer) == "FORBIDDEN"
}

async fn action(world: &World, title: &str, state: &Value) -> Value {
    make_action(world, title, state).await["data"]["createFollowUpAction"]["followUpAction"]["id"].clone()
}

async fn meeting(world: &World, states: &[&Value]) -> Value {
    let make = "mutation($input: CreateMeetingInput!) { createMeeting(input: $input) { meeting { id } } }";
    let input = json!({ "kind": "MEETING", "title": "Talks", "stateIds": states });
    world.ask(make, json!({ "input": input })).await["createMeeting"]["meeting"]["id"].clone()
}

stories! {
    /// Actions, with all that hangs on them, and meetings are changed by whoever looks after their state; and nobody takes
    /// what belongs to others by giving it another state.
    async fn a_desk_officer_changes_what_belongs_to_their_states(world: &World) {
        let lena = account(world, "Lena", Role::DeskOfficer, Scope::Write).await;
        let (ours, theirs) = (assign(world, lena.id, "PAK").await, state_id(world, "OMN").await);
        let (mine, other) = (action(world, "Mine", &ours).await, action(world, "Other", &theirs).await);
        let nobodys = action(world, "Of no state", &Value::Null).await;
        let (my_talks, talks) = (meeting(world, &[&ours, &theirs]).await, meeting(world, &[&theirs]).await);
        let desk = world.signed(lena.token.clone());
        let owner = desk.ask("{ viewer { id } }", json!({})).await["viewer"]["id"].clone();
        let mut cases = vec![
            ("createMeeting", json!({ "kind": "CALL", "title": "A call", "stateIds": [ours] }), false),
            ("createMeeting", json!({ "kind": "CALL", "title": "A call", "stateIds": [theirs] }), true),
            ("createMeeting", json!({ "kind": "CALL", "title": "A call", "stateIds": [] }), true),
            ("reviseMeeting", json!({ "meetingId": my_talks, "place": "Fez" }), false),
            ("reviseMeeting", json!({ "meetingId": talks, "place": "Fez" }), true),
            ("reviseMeeting", json!({ "meetingId": talks, "stateIds": [ours] }), true),
            ("reviseMeeting", json!({ "meetingId": talks, "stateIds": [ours, theirs] }), true),
            ("createCalendarFeed", json!({ "stateId": ours, "name": "x" }), false),
            ("createCalendarFeed", json!({ "stateId": theirs, "name": "x" }), true),
            ("createPerson", json!({ "name": "Somebody" }), false),
            ("createOrganization", json!({ "name": "Ministry of Rivers", "kind": "MINISTRY", "stateId": theirs }), false),
        ];
        for (action, forbidden) in [(&mine, false), (&other, true), (&nobodys, true)] {
            cases.extend([
                ("reviseFollowUpAction", json!({ "actionId": action, "title": "Renamed" }), forbidden),
                ("assignFollowUpAction", json!({ "actionId": action, "ownerId": owner }), forbidden),
                ("createTask", json!({ "actionId": action, "title": "Ask" }), forbidden),
                ("recordUpdate", json!({ "actionId": action, "track": "OURS", "says": "IN_PROGRESS", "on": "2026-02-20" }), forbidden),
            ]);
        }
        for (mutation, input, forbidden) in cases {
            assert_eq!(is_forbidden(&desk, mutation, input.clone()).await, forbidden, "{mutation} {input}");
        }
        let answer = make_action(&desk, "New", &theirs).await;
        assert!(code(&answer) == "FORBIDDEN" && answer.to_string().contains("Oman"), "{answer}");

        // Nothing of what was forbidden is there, and the history has no line of it.
        let kept = "query($ids: [ID!]!) { nodes(ids: $ids) { ... on FollowUpAction { title history { totalCount } updates { id } tasks { id } }
            ... on Meeting { place states { code } } } }";
        let kept = world.ask(kept, json!({ "ids": [other, nobodys, talks] })).await;
        assert_eq!(kept["nodes"], json!([
            { "title": "Other", "history": { "totalCount": 1 }, "updates": [], "tasks": [] },
            { "title": "Of no state", "history": { "totalCount": 1 }, "updates": [], "tasks": [] },
            { "place": null, "states": [{ "code": "OMN" }] },
        ]));

        let taken = json!({ "accountId": owner, "stateIds": [ours] });
        assert!(!is_forbidden(world, "unassignStates", taken.clone()).await);
        assert!(is_forbidden(&desk, "reviseFollowUpAction", json!({ "actionId": mine, "title": "Again" })).await, "at once");
        assert!(is_forbidden(&desk, "assignStates", taken).await, "only managers assign");
    }

    /// Of many rows all are done or none, and each that cannot be done says why.
    async fn many_actions_are_assigned_at_once_or_none(world: &World) {
        let lena = account(world, "Lena", Role::DeskOfficer, Scope::Write).await;
        let (ours, theirs) = (assign(world, lena.id, "PAK").await, state_id(world, "OMN").await);
        let mut rows = Vec::new();
        for number in 0..3 {
            rows.push(json!({ "actionId": action(world, &format!("Mine {number}"), &ours).await, "expectedVersion": 1 }));
        }
        let (other, spare) = (action(world, "Other", &theirs).await, action(world, "Spare", &ours).await);
        let desk = world.signed(lena.token);
        let owner = desk.ask("{ viewer { id } }", json!({})).await["viewer"]["id"].clone();
        let bulk = "mutation($input: BulkAssignInput!) { bulkAssign(input: $input) { followUpActions { owner { name } }
            rowRefusals { row code message currentVersion } refusal { code message } } }";
        let mut bad = rows.clone();
        bad.insert(1, json!({ "actionId": other }));
        bad.push(json!({ "actionId": spare, "expectedVersion": 7 }));
        let refused = desk.ask(bulk, json!({ "input": { "rows": bad, "ownerId": owner } })).await["bulkAssign"].clone();
        let of = |row: usize, field: &str| refused["rowRefusals"][row][field].clone();
        assert_eq!((of(0, "row"), of(0, "code")), (json!(1), json!("FORBIDDEN")), "{refused}");
        assert_eq!((of(1, "row"), of(1, "code"), of(1, "currentVersion")), (json!(4), json!("CONFLICT"), json!(1)), "{refused}");
        assert_eq!((&refused["followUpActions"], &refused["refusal"]["code"]), (&json!([]), &json!("BAD_USER_INPUT")));
        let owned = world.ask("{ followUpActions { nodes { owner { name } version } } }", json!({})).await;
        let untouched = json!({ "owner": null, "version": 1 });
        assert!(owned["followUpActions"]["nodes"].as_array().is_some_and(|nodes| nodes.iter().all(|node| *node == untouched)), "{owned}");

        let done = desk.ask(bulk, json!({ "input": { "rows": rows, "ownerId": owner } })).await["bulkAssign"].clone();
        assert_eq!(done["followUpActions"].as_array().map(Vec::len), Some(3), "{done}");
        assert!(done["refusal"].is_null() && done["rowRefusals"] == json!([]), "{done}");
        for rows in [Vec::new(), vec![rows[0].clone(); 251]] {
            let answer = desk.answer(bulk, json!({ "input": { "rows": rows } })).await;
            assert!(answer.to_string().contains("BAD_USER_INPUT") || code(&answer) == "OPERATION_LIMIT", "{answer}");
        }
        assert_ne!(code(&desk.answer(bulk, json!({ "input": { "rows": [{ "actionId": owner }] } })).await), "");
    }

    /// A report is reviewed by whoever looks after a state that it tells of; the others are told so, and nothing is decided.
    async fn a_report_is_reviewed_by_whoever_looks_after_its_state(world: &World) {
        let lena = account(world, "Lena", Role::DeskOfficer, Scope::Write).await;
        let omar = account(world, "Omar", Role::DeskOfficer, Scope::Write).await;
        assign(world, lena.id, "MRT").await;
        assign(world, omar.id, "OMN").await;
        let (lena, omar) = (world.signed(lena.token), world.signed(omar.token));
        let (_, reading) = omar.ingest(VISIT, "2026-02-12").await;
        assert!(is_forbidden(&omar, "acceptReading", json!({ "readingId": reading })).await);
        let queue = "{ reviewQueue { nodes { state findings { id state kind } } } followUpActions { totalCount } }";
        let waiting = world.ask(queue, json!({})).await;
        let findings = waiting["reviewQueue"]["nodes"][0]["findings"].as_array().expect("findings").clone();
        assert!(!findings.is_empty() && findings.iter().all(|finding| finding["state"] == "WAITING"));
        assert_eq!(waiting["followUpActions"]["totalCount"], 0);
        assert!(is_forbidden(&omar, "rejectFinding", json!({ "findingId": findings[0]["id"], "reason": "no" })).await);
        assert!(!is_forbidden(&lena, "acceptReading", json!({ "readingId": reading })).await);
        assert_eq!(world.ask(queue, json!({})).await["followUpActions"]["totalCount"], 3);
    }

    /// Everybody sets how they are themselves reminded, and admins set it for all.
    async fn what_belongs_to_an_account_is_changed_by_it_and_by_admins(world: &World) {
        let lena = account(world, "Lena", Role::Viewer, Scope::Write).await;
        let omar = account(world, "Omar", Role::Manager, Scope::Write).await;
        let (lena, omar) = (world.signed(lena.token), world.signed(omar.token));
        let id = lena.ask("{ viewer { id } }", json!({})).await["viewer"]["id"].clone();
        let set = json!({ "accountId": id, "frequency": "DAILY" });
        assert!(is_forbidden(&omar, "setReminders", set.clone()).await);
        assert!(!is_forbidden(&lena, "setReminders", set.clone()).await);
        assert!(!is_forbidden(world, "setReminders", json!({ "accountId": id, "frequency": "WEEKLY" })).await);
    }

    /// Somebody is always left who can say who may do what.
    async fn the_last_admin_stays_one(world: &World) {
        let id = world.ask("{ viewer { id } }", json!({})).await["viewer"]["id"].clone();
        for (mutation, input) in [
            ("setRole", json!({ "accountId": id, "role": "EDITOR" })),
            ("setAccountDisabled", json!({ "accountId": id, "disabled": true })),
        ] {
            let answer = done(world, mutation, input).await;
            assert_eq!(answer["data"][mutation]["refusal"]["code"], "BAD_USER_INPUT", "{answer}");
        }
        account(world, "Second", Role::Admin, Scope::Admin).await;
        assert!(!is_forbidden(world, "setRole", json!({ "accountId": id, "role": "EDITOR" })).await);
        assert!(is_forbidden(world, "setRole", json!({ "accountId": id, "role": "ADMIN" })).await, "it counts at once");
    }
}
