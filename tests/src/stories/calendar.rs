//! Calendars that programs follow by a secret address.

use std::path::Path;

use axum::{
    body::Body,
    http::{Request, Response, StatusCode, header},
};
use sea_orm::EntityTrait;
use serde_json::{Value, json};
use vocab::{Role, Scope};

use super::sign_in::{Signed, account, assign};
use crate::world::{World, stories};

/// The visit of a minister of Mauritania is reported and accepted.
async fn visit(world: &World) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/visit.txt");
    let text = std::fs::read_to_string(&path).unwrap_or_else(|fault| panic!("{}: {fault}", path.display()));
    let (_, reading) = world.ingest(&text, "2026-02-12").await;
    assert_eq!(world.accept(&reading).await["refusal"], Value::Null);
}

async fn state(world: &World, code: &str) -> Value {
    let found = world.ask("query($code: String!) { memberState(code: $code) { id } }", json!({ "code": code })).await;
    found["memberState"]["id"].clone()
}

/// Makes a feed; its identifier and its address.
async fn feed(world: &World, state: &Value) -> (Value, String) {
    let create = "mutation($state: ID!) { createCalendarFeed(input: { stateId: $state, name: \"Amina, telephone\" }) {
        calendarFeed { id } address refusal { message } } }";
    let made = world.ask(create, json!({ "state": state })).await["createCalendarFeed"].clone();
    assert_eq!(made["refusal"], Value::Null);
    (made["calendarFeed"]["id"].clone(), made["address"].as_str().expect("an address").to_owned())
}

/// The events of a calendar, each as its lines put together again.
async fn events(world: &World, address: &str) -> Vec<Vec<String>> {
    let (status, text) = world.get(address).await;
    assert_eq!(status, StatusCode::OK, "{text}");
    let whole = text.replace("\r\n ", "");
    let lines: Vec<String> = whole.split_terminator("\r\n").map(str::to_owned).collect();
    let events = lines.split(|line| line == "BEGIN:VEVENT").skip(1);
    events.map(|event| event.iter().take_while(|line| *line != "END:VEVENT").cloned().collect()).collect()
}

/// The one event whose summary holds this.
fn event<'e>(events: &'e [Vec<String>], summary: &str) -> &'e Vec<String> {
    let is_it = |event: &&Vec<String>| event.iter().any(|line| line.starts_with("SUMMARY:") && line.contains(summary));
    events.iter().find(is_it).unwrap_or_else(|| panic!("no {summary} in {events:#?}"))
}

fn line<'e>(event: &'e [String], name: &str) -> &'e str {
    let found = event.iter().find(|line| line.starts_with(name));
    found.unwrap_or_else(|| panic!("no {name} in {event:#?}"))
}

async fn asking(world: &World, address: &str, known: &str) -> Response<String> {
    world.response(Request::get(address).header(header::IF_NONE_MATCH, known), Body::empty()).await
}

async fn commitment(world: &World, state: &Value, title: &str, due: &str) -> Value {
    let make = "mutation($input: CreateFollowUpActionInput!) { createFollowUpAction(input: $input) {
        followUpAction { id } refusal { message } } }";
    let input = json!({ "kind": "COMMITMENT", "title": title, "actorSide": "THEIRS", "stateId": state, "due": due,
        "saidOn": "2024-01-10", "strength": "PROMISED" });
    world.ask(make, json!({ "input": input })).await["createFollowUpAction"]["followUpAction"]["id"].clone()
}

/// The identifier of an account as clients hold it, and what it asks as.
async fn desk_of(world: &World, signed: &Signed) -> (Value, World) {
    let desk = world.signed(signed.token.clone());
    let id = desk.ask("{ viewer { id } }", json!({})).await["viewer"]["id"].clone();
    (id, desk)
}

/// The days and summaries of a calendar.
async fn told(world: &World, address: &str) -> Vec<(String, String)> {
    let bare = |event: &Vec<String>, name: &str| line(event, name).rsplit_once(':').expect("a value").1.to_owned();
    events(world, address).await.iter().map(|event| (bare(event, "DTSTART"), bare(event, "SUMMARY"))).collect()
}

const OWN_FEED: &str = "mutation { createCalendarFeed(input: { name: \"Desk\" }) {
    calendarFeed { id state { code } account { name } } address refusal { message } } }";

stories! {
    /// What somebody owns, is to do, and whom they will meet stands in a calendar of their own, whatever the state.
    async fn an_account_follows_what_it_looks_after(world: &World) {
        let (lena, omar) = (account(world, "Lena", Role::Viewer, Scope::Write).await, account(world, "Omar", Role::Viewer, Scope::Write).await);
        let pakistan = assign(world, lena.id, "PAK").await;
        let (oman, mali) = (state(world, "OMN").await, state(world, "MLI").await);
        let ((id, desk), (_, other)) = (desk_of(world, &lena).await, desk_of(world, &omar).await);
        let make = "mutation($input: CreateOrganizationInput!) { createOrganization(input: $input) { organization { id } } }";
        let ministry = json!({ "name": "Ministry of Rivers", "kind": "MINISTRY", "stateId": oman });
        let ministry = world.ask(make, json!({ "input": ministry })).await["createOrganization"]["organization"]["id"].clone();
        let make = "mutation($input: CreateFollowUpActionInput!) { createFollowUpAction(input: $input) { followUpAction { id } } }";
        let mut actions = Vec::new();
        for (title, due, owner) in [("Map the rivers", "2026-05", &id), ("Of nobody", "2026-06-01", &Value::Null)] {
            let input = json!({ "kind": "OFFER", "title": title, "actorSide": "OURS", "stateId": oman, "due": due,
                "saidOn": "2026-02-10", "ownerId": owner, "counterpart": { "organizationId": ministry } });
            actions.push(world.ask(make, json!({ "input": input })).await["createFollowUpAction"]["followUpAction"]["id"].clone());
        }
        let make = "mutation($input: CreateTaskInput!) { createTask(input: $input) { refusal { message } } }";
        for (title, assignee) in [("Ask for the maps", &id), ("Of another", &Value::Null)] {
            let input = json!({ "actionId": actions[1], "title": title, "assigneeId": assignee, "dueOn": "2026-03-09" });
            world.ask(make, json!({ "input": input })).await;
        }
        let make = "mutation($input: CreateMeetingInput!) { createMeeting(input: $input) { refusal { message } } }";
        let took_part = json!([{ "role": "PRINCIPAL", "party": { "organizationId": ministry } }]);
        for (title, states, participations) in [
            ("In the assigned state", json!([pakistan]), json!([])),
            ("With the counterpart", json!([mali]), took_part),
            ("Of another state", json!([mali]), json!([])),
            ("Of the state of the action", json!([oman]), json!([])),
        ] {
            let input = json!({ "kind": "MEETING", "title": title, "heldOn": "2026-04-01", "stateIds": states, "participations": participations });
            world.ask(make, json!({ "input": input })).await;
        }
        let made = desk.ask(OWN_FEED, json!({})).await["createCalendarFeed"].clone();
        assert_eq!((&made["calendarFeed"]["account"]["name"], &made["calendarFeed"]["state"]), (&json!("Lena"), &Value::Null));
        let address = made["address"].as_str().expect("an address");
        let day = |day: &str, summary: &str| (day.to_owned(), summary.to_owned());
        assert_eq!(told(world, address).await, [
            day("20260309", " Ask for the maps"),
            day("20260401", "In the assigned state"),
            day("20260401", "With the counterpart"),
            day("20260531", " OMN-1 Map the rivers"),
        ]);
        let events = events(world, address).await;
        let task = event(&events, "Task: Ask for the maps");
        assert!(line(task, "UID").starts_with("UID:task-") && task.contains(&"CATEGORIES:Task".to_owned()), "{task:#?}");
        assert!(line(task, "DESCRIPTION").contains("Under OMN-2 Of nobody"), "{task:#?}");
        let nothing = other.ask(OWN_FEED, json!({})).await["createCalendarFeed"]["address"].clone();
        assert_eq!(told(world, nothing.as_str().expect("an address")).await, []);

        // What is taken from them leaves their calendar.
        let taken = json!({ "accountId": id, "stateIds": [pakistan] });
        let unassign = "mutation($input: UnassignStatesInput!) { unassignStates(input: $input) { refusal { message } } }";
        world.ask(unassign, json!({ "input": taken })).await;
        let give = "mutation($input: AssignFollowUpActionInput!) { assignFollowUpAction(input: $input) { refusal { message } } }";
        world.ask(give, json!({ "input": { "actionId": actions[0], "ownerId": null } })).await;
        assert_eq!(told(world, address).await, [day("20260309", " Ask for the maps")]);
    }

    /// Everybody sees to their own calendars, and admins to all; that of a disabled account is as good as revoked.
    async fn a_calendar_of_an_account_is_its_own(world: &World) {
        let (lena, omar) = (account(world, "Lena", Role::Viewer, Scope::Write).await, account(world, "Omar", Role::Manager, Scope::Write).await);
        let ((id, desk), (_, other)) = (desk_of(world, &lena).await, desk_of(world, &omar).await);
        let mut feeds = Vec::new();
        for _ in 0..3 {
            let made = desk.ask(OWN_FEED, json!({})).await["createCalendarFeed"].clone();
            feeds.push((made["calendarFeed"]["id"].clone(), made["address"].as_str().expect("an address").to_owned()));
        }
        let list = "query($id: ID) { calendarFeeds(accountId: $id) { id revokedAt } }";
        let listed = desk.ask(list, json!({})).await["calendarFeeds"].clone();
        assert_eq!((listed.as_array().map(Vec::len), &listed[0]["id"]), (Some(3), &feeds[0].0));
        assert_eq!(world.ask(list, json!({ "id": id })).await["calendarFeeds"], listed, "an admin sees them");
        assert_eq!(other.ask(list, json!({})).await["calendarFeeds"], json!([]));
        let refused = other.answer(list, json!({ "id": id })).await;
        assert_eq!(refused["errors"][0]["extensions"]["code"], "FORBIDDEN", "{refused}");
        let found = "query($id: ID!, $at: DateTime!) { node(id: $id) { id } nodes(ids: [$id]) { id } nodeAsKnown(id: $id, knownAt: $at) { id } }";
        let at = store::Surroundings::now(world.clock.as_ref()).to_rfc3339();
        for (who, sees) in [(&desk, true), (world, true), (&other, false)] {
            let one = if sees { json!({ "id": feeds[0].0 }) } else { Value::Null };
            let answer = who.ask(found, json!({ "id": feeds[0].0, "at": at })).await;
            assert_eq!(answer, json!({ "node": one, "nodes": [one], "nodeAsKnown": one }));
        }

        let revoke = "mutation($id: ID!) { revokeCalendarFeed(input: { calendarFeedId: $id }) { calendarFeed { revokedAt } } }";
        let refused = other.answer(revoke, json!({ "id": feeds[0].0 })).await;
        assert_eq!(refused["errors"][0]["extensions"]["code"], "FORBIDDEN", "{refused}");
        assert_eq!(world.get(&feeds[0].1).await.0, StatusCode::OK);
        for (who, (feed, address)) in [(&desk, &feeds[0]), (world, &feeds[1])] {
            let revoked = who.ask(revoke, json!({ "id": feed })).await["revokeCalendarFeed"].clone();
            assert_ne!(revoked["calendarFeed"]["revokedAt"], Value::Null);
            assert_eq!(world.get(address).await.0, StatusCode::NOT_FOUND);
        }
        let disable = "mutation($id: ID!, $is: Boolean!) { setAccountDisabled(input: { accountId: $id, disabled: $is }) { refusal { message } } }";
        for (is_disabled, status) in [(true, StatusCode::NOT_FOUND), (false, StatusCode::OK)] {
            world.ask(disable, json!({ "id": id, "is": is_disabled })).await;
            assert_eq!(world.get(&feeds[2].1).await.0, status);
        }
        let of_state = "mutation($id: ID!) { createCalendarFeed(input: { stateId: $id, name: \"x\" }) { address } }";
        let refused = desk.answer(of_state, json!({ "id": state(world, "PAK").await })).await;
        assert_eq!(refused["errors"][0]["extensions"]["code"], "FORBIDDEN", "a viewer follows no state: {refused}");
    }

    /// Meetings and due dates of a state stand in its calendar, with who owes what and the words behind it.
    async fn a_state_is_followed_by_a_secret_address(world: &World) {
        visit(world).await;
        let mauritania = state(world, "MRT").await;
        commitment(world, &state(world, "PAK").await, "Lend the manuscripts", "2026-05-01").await;
        let (_, address) = feed(world, &mauritania).await;
        let events = events(world, &address).await;
        assert!(!events.iter().flatten().any(|line| line.contains("manuscripts-") || line.contains("Lend")), "{events:#?}");
        let invitation = event(&events, "invited the Director-General");
        assert!(line(invitation, "SUMMARY").starts_with("SUMMARY:Due in April 2026 (no day named): MRT-1 "), "{invitation:#?}");
        assert_eq!(line(invitation, "DTSTART"), "DTSTART;VALUE=DATE:20260430", "the last day of the month");
        assert_eq!(line(invitation, "DTEND"), "DTEND;VALUE=DATE:20260501");
        assert_eq!(line(invitation, "SEQUENCE"), "SEQUENCE:0");
        assert_eq!(line(invitation, "LAST-MODIFIED"), "LAST-MODIFIED:20260302T090000Z");
        let description = line(invitation, "DESCRIPTION");
        for part in [
            "invitation · proposed · recorded\\nWaiting for us\\n",
            "Who acts: ",
            "Sidi Ould Cheikhna\\, Ministry",
            "No day was named: this entry stands on the last day of April 2026.",
            "“The Minister invited the Director-General to visit Nouakchott in April 2026” (Test news\\, 12 February 2026)",
        ] {
            assert!(description.contains(part), "{part} is not in {description}");
        }
        let met = events.iter().find(|event| event.contains(&"CATEGORIES:Meeting".to_owned())).expect("the meeting");
        assert!(line(met, "UID").starts_with("UID:meeting-"), "{met:#?}");
        let description = line(met, "DESCRIPTION");
        for part in ["With: ", "Dr. Nadia Benhaddou\\, ICESCO", "“Dr. Nadia Benhaddou\\, Director-General of the Islamic World"] {
            assert!(description.contains(part), "{part} is not in {description}");
        }
        assert!(!description.contains("ICESCO\\;") || description.contains("Benhaddou\\, ICESCO\\;"), "a body is named once: {description}");
        for (language, part) in [("fr", "Échéance en avril 2026 (jour non précisé)"), ("ar", "الاستحقاق خلال أبريل 2026")] {
            let (_, text) = world.get(&format!("{address}?language={language}")).await;
            assert!(text.replace("\r\n ", "").contains(part), "{text}");
        }
    }

    /// A change of a record changes its entry under the same name; what is done leaves the calendar.
    async fn an_entry_follows_its_record(world: &World) {
        let pakistan = state(world, "PAK").await;
        let action = commitment(world, &pakistan, "Lend the manuscripts, see https://evil.example/x", "2026-05-01").await;
        let (_, address) = feed(world, &pakistan).await;
        let before = events(world, &address).await;
        world.clock.pass_days(1);
        let later = "mutation($id: ID!) { reviseFollowUpAction(input: { actionId: $id, due: \"2026\" }) { refusal { message } } }";
        world.ask(later, json!({ "id": action })).await;
        let after = events(world, &address).await;
        let (before, after) = (event(&before, "PAK-1"), event(&after, "PAK-1"));
        assert_eq!(line(before, "UID"), line(after, "UID"));
        assert_eq!(line(before, "SUMMARY"), "SUMMARY:Due: PAK-1 Lend the manuscripts\\, see …");
        assert_eq!((line(before, "SEQUENCE"), line(after, "SEQUENCE")), ("SEQUENCE:0", "SEQUENCE:1"));
        assert_eq!(line(after, "LAST-MODIFIED"), "LAST-MODIFIED:20260303T090000Z");
        assert_eq!(line(after, "DTSTART"), "DTSTART;VALUE=DATE:20261231");
        assert!(line(after, "SUMMARY").starts_with("SUMMARY:Due in 2026 (no day named): PAK-1"), "{after:#?}");
        assert!(line(after, "DESCRIPTION").contains("What they owe\\nWho acts: their side"), "{after:#?}");
        let done = "mutation($id: ID!) { recordUpdate(input: { actionId: $id, track: OURS, says: DELIVERED, on: \"2026-03-01\" }) {
            refusal { message } } }";
        world.ask(done, json!({ "id": action })).await;
        assert_eq!(events(world, &address).await, Vec::<Vec<String>>::new());
    }

    /// What lies more than a year back is left out; a year without a day stands on its last.
    async fn a_calendar_goes_back_a_year(world: &World) {
        let pakistan = state(world, "PAK").await;
        let make = "mutation($input: CreateMeetingInput!) { createMeeting(input: $input) { refusal { message } } }";
        for held_on in ["2024-12-31", "2025-03-01", "2025-03-02", "2025", "2024", "2027-08"] {
            let input = json!({ "kind": "VISIT", "title": format!("Visit of {held_on}"), "heldOn": held_on, "stateIds": [pakistan] });
            world.ask(make, json!({ "input": input })).await;
        }
        let undated = json!({ "kind": "VISIT", "title": "Some day", "stateIds": [pakistan] });
        world.ask(make, json!({ "input": undated })).await;
        commitment(world, &pakistan, "Too old", "2025-03-01").await;
        commitment(world, &pakistan, "Just in time", "2025-03-02").await;
        let (_, address) = feed(world, &pakistan).await;
        let events = events(world, &address).await;
        let days: Vec<_> = events.iter().map(|event| (line(event, "DTSTART"), line(event, "SUMMARY"))).collect();
        assert_eq!(days, [
            ("DTSTART;VALUE=DATE:20250302", "SUMMARY:Visit of 2025-03-02"),
            ("DTSTART;VALUE=DATE:20250302", "SUMMARY:Due: PAK-2 Just in time"),
            ("DTSTART;VALUE=DATE:20251231", "SUMMARY:Visit of 2025 (2025\\, no day named)"),
            ("DTSTART;VALUE=DATE:20270831", "SUMMARY:Visit of 2027-08 (August 2027\\, no day named)"),
        ]);
    }

    /// The address is told once; a revoked one is as good as one that never was.
    async fn a_calendar_answers_to_its_secret_alone(world: &World) {
        let pakistan = state(world, "PAK").await;
        let (id, address) = feed(world, &pakistan).await;
        let (_, other) = feed(world, &pakistan).await;
        assert_ne!(address, other);
        let secret = address.strip_prefix("/calendar/").and_then(|file| file.strip_suffix(".ics")).expect("an address");
        let lists = "{ memberState(code: \"PAK\") { calendarFeeds { id name createdAt revokedAt version state { code } } } }";
        let listed = world.ask(lists, json!({})).await["memberState"]["calendarFeeds"].clone();
        assert_eq!((&listed[0]["id"], &listed[0]["revokedAt"], listed.as_array().map(Vec::len)), (&id, &Value::Null, Some(2)));
        let known = world.ask("query($id: ID!) { nodeAsKnown(id: $id, knownAt: \"2026-03-02T09:00:00Z\") { id } }", json!({ "id": id })).await;
        assert_eq!(known["nodeAsKnown"]["id"], id);
        let history = store::change::Entity::find().all(world.store.reader()).await.expect("the history");
        let told = history.iter().filter(|line| line.concept.0 == store::Concept::CalendarFeed);
        assert!(told.clone().count() == 2 && told.clone().all(|line| !line.after.to_string().contains("ecret")), "{history:#?}");
        let revoke = "mutation($id: ID!) { revokeCalendarFeed(input: { calendarFeedId: $id }) { calendarFeed { revokedAt version } refusal { message } } }";
        world.clock.pass_days(1);
        let revoked = world.ask(revoke, json!({ "id": id })).await["revokeCalendarFeed"].clone();
        assert_eq!(revoked["calendarFeed"]["revokedAt"], "2026-03-03T09:00:00+00:00");
        world.clock.pass_days(1);
        assert_eq!(world.ask(revoke, json!({ "id": id })).await["revokeCalendarFeed"], revoked, "revoked is revoked");
        let never = format!("/calendar/{}.ics", "A".repeat(43));
        let bare = format!("/calendar/{secret}");
        for gone in [&address, &never, &bare, &format!("{bare}.ICS")] {
            let told = world.get(gone).await;
            assert_eq!(told, (StatusCode::NOT_FOUND, "there is no calendar at this address: ask for a new one\n".to_owned()));
        }
        assert_eq!(world.get(&other).await.0, StatusCode::OK, "the other one answers on");
        let blank = "mutation($id: ID!) { createCalendarFeed(input: { stateId: $id, name: \" \" }) { address refusal { field message } } }";
        let refused = world.ask(blank, json!({ "id": pakistan })).await["createCalendarFeed"].clone();
        assert_eq!((&refused["address"], &refused["refusal"]["field"]), (&Value::Null, &json!("name")));
        assert_eq!(world.get(&format!("{other}?language=de")).await.0, StatusCode::BAD_REQUEST);
    }

    /// A program that has the calendar already is told so, until something changes.
    async fn a_calendar_is_sent_again_only_when_it_has_changed(world: &World) {
        let pakistan = state(world, "PAK").await;
        let (_, address) = feed(world, &pakistan).await;
        let first = asking(world, &address, "\"another\"").await;
        let head = first.headers();
        assert_eq!((first.status(), &head[header::CONTENT_TYPE]), (StatusCode::OK, &"text/calendar; charset=utf-8".parse().expect("a value")));
        let tag = head[header::ETAG].to_str().expect("a tag").to_owned();
        world.clock.pass_days(1);
        for known in [&*tag, &format!("\"a\", W/{tag}"), "*"] {
            let again = asking(world, &address, known).await;
            assert_eq!((again.status(), again.body().as_str()), (StatusCode::NOT_MODIFIED, ""), "{known}");
            assert_eq!(again.headers()[header::ETAG], tag.as_str());
        }
        commitment(world, &pakistan, "Lend the manuscripts", "2026-05-01").await;
        let changed = asking(world, &address, &tag).await;
        assert!(changed.status() == StatusCode::OK && changed.headers()[header::ETAG] != tag.as_str());
    }
}
