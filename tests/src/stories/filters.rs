//! Lists by filters that are put together.

use serde_json::{Value, json};

use super::posts::made;
use crate::world::{World, stories};

/// The lists that have a filter, with the type of it.
const FILTERED: [(&str, &str); 9] = [
    ("auditTrail", "AuditEntryFilter"),
    ("deliveries", "DeliveryFilter"),
    ("followUpActions", "FollowUpActionFilter"),
    ("meetings", "MeetingFilter"),
    ("memberStates", "MemberStateFilter"),
    ("newsReports", "NewsReportFilter"),
    ("organizations", "OrganizationFilter"),
    ("people", "PersonFilter"),
    ("tasks", "TaskFilter"),
];

/// Three actions: a promise of Morocco that nobody looks after, an offer of Morocco, an offer of Oman, both looked after.
async fn three(world: &World) -> Value {
    let me = world.ask("{ viewer { id } }", json!({})).await["viewer"]["id"].clone();
    for (kind, title, state, owner) in [
        ("COMMITMENT", "Train curators", "MAR", Value::Null),
        ("OFFER", "Lend manuscripts", "MAR", me.clone()),
        ("OFFER", "Send teachers", "OMN", me.clone()),
    ] {
        let query = "query($code: String!) { memberState(code: $code) { id } }";
        let state = world.ask(query, json!({ "code": state })).await["memberState"]["id"].clone();
        let action = json!({ "kind": kind, "strength": "PROMISED", "title": title, "actorSide": "THEIRS",
            "saidOn": "2026-01-10", "stateId": state, "ownerId": owner });
        made(world, "createFollowUpAction", "followUpAction", action).await;
    }
    me
}

/// The titles of the actions that pass, by reference.
async fn passing(world: &World, filter: Value) -> Vec<String> {
    let query =
        "query($filter: FollowUpActionFilter) { followUpActions(filter: $filter, orderBy: { field: REFERENCE }) {
        totalCount nodes { title } } }";
    let found = world.ask(query, json!({ "filter": filter })).await["followUpActions"].clone();
    let titles = found["nodes"].as_array().expect("a list").iter().filter_map(|action| action["title"].as_str());
    let titles: Vec<_> = titles.map(str::to_owned).collect();
    assert_eq!(found["totalCount"], titles.len());
    titles
}

stories! {
    /// All of several, one of several, none of another, as deep as one likes.
    async fn filters_are_put_together(world: &World) {
        let me = three(world).await;
        let (promise, manuscripts, teachers) = ("Train curators", "Lend manuscripts", "Send teachers");
        let mine = json!({ "ownerId": me });
        for (filter, expected) in [
            (json!({ "or": [{ "text": "curators" }, { "states": ["OMN"] }] }), vec![promise, teachers]),
            (json!({ "states": ["MAR"], "or": [{ "text": "curators" }, { "states": ["OMN"] }] }), vec![promise]),
            (json!({ "and": [{ "states": ["MAR"] }, { "kinds": ["OFFER"] }] }), vec![manuscripts]),
            // What nobody looks after is not looked after by me.
            (json!({ "not": mine }), vec![promise]),
            (json!({ "not": { "or": [{ "not": mine }, { "states": ["OMN"] }] } }), vec![manuscripts]),
            (json!({ "or": [] }), vec![promise, manuscripts, teachers]),
            (json!({ "or": [{}, { "states": ["OMN"] }] }), vec![promise, manuscripts, teachers]),
            (json!({ "not": {} }), vec![]),
        ] {
            assert_eq!(passing(world, filter.clone()).await, expected, "{filter}");
        }
    }

    /// Every list that has a filter has it so.
    async fn every_filter_can_be_put_together(world: &World) {
        three(world).await;
        let schema = "query($name: String!) { __type(name: $name) { inputFields { name } } }";
        for (list, filter) in FILTERED {
            let fields = world.ask(schema, json!({ "name": filter })).await["__type"]["inputFields"].to_string();
            assert!(["and", "or", "not"].iter().all(|name| fields.contains(&format!("\"{name}\""))), "{filter}: {fields}");
            let count = async |filter: &str| {
                world.ask(&format!("{{ {list}(filter: {filter}) {{ totalCount }} }}"), json!({})).await[list]["totalCount"].clone()
            };
            let all = count("{}").await;
            assert_eq!(count("{ or: [{}, { not: {} }] }").await, all, "{list}");
            assert_eq!(count("{ and: [{ not: {} }] }").await, 0, "{list}");
        }
    }

    /// Where nothing passes, a list is an empty page, a file has its heads alone, and no question fails or tells of others.
    async fn what_nothing_passes_is_answered_with_nothing(world: &World) {
        three(world).await;
        for (list, _) in FILTERED {
            let query = format!("{{ {list}(filter: {{ not: {{}} }}, first: 5) {{ totalCount edges {{ cursor }} nodes {{ __typename }}
                pageInfo {{ hasNextPage hasPreviousPage startCursor endCursor }} }} }}");
            let page = json!({ "hasNextPage": false, "hasPreviousPage": false, "startCursor": null, "endCursor": null });
            let nothing = json!({ "totalCount": 0, "edges": [], "nodes": [], "pageInfo": page });
            assert_eq!(world.ask(&query, json!({})).await[list], nothing, "{list}");
        }
        for file in ["follow-up-actions.csv?states=ABW", "meetings.csv?states=ABW", "people.csv?text=nobody"] {
            let (status, table) = world.get(&format!("/lists/{file}")).await;
            assert_eq!((status.as_u16(), table.lines().count()), (200, 1), "{file}: {table}");
        }
        let query = "query($question: String!) { answer(question: $question, state: \"ABW\") { judged of rows { cells { text } } } }";
        for question in briefing::questions() {
            let answer = world.ask(query, json!({ "question": question.name })).await["answer"].clone();
            let told = answer["rows"].to_string();
            assert!(answer["judged"].is_number() && !told.contains("Morocco") && !told.contains("Oman"), "{answer}");
        }
        let brief = world.ask("{ brief(state: \"ABW\") { __typename } }", json!({})).await;
        assert!(brief["brief"].is_object(), "{brief}");
    }

    /// A filter has an end.
    async fn a_filter_with_too_many_in_it_is_refused(world: &World) {
        let query = "query($filter: FollowUpActionFilter) { followUpActions(filter: $filter) { totalCount } }";
        let many = vec![json!({ "overdue": true }); 50];
        let (code, message) = world.error(query, json!({ "filter": { "or": many } })).await;
        assert_eq!(code, "BAD_USER_INPUT");
        assert!(message.contains("more than 50"), "{message}");
    }

    /// The meetings of a state are in the order of their days, those without a day last, also when a day is put right.
    async fn the_meetings_of_a_state_are_in_the_order_of_their_days(world: &World) {
        let query = "{ memberState(code: \"OMN\") { id meetings(first: 2) { nodes { id title } pageInfo { endCursor } } } }";
        let state = world.ask(query, json!({})).await["memberState"]["id"].clone();
        for (title, day) in [("First", json!("2026-01-10")), ("Undated", Value::Null), ("Second", json!("2026-01-20"))] {
            let meeting = json!({ "kind": "MEETING", "title": title, "heldOn": day, "stateIds": [state] });
            made(world, "createMeeting", "meeting", meeting).await;
        }
        let titles = async |query: &str, after: Value| {
            let found = world.ask(query, json!({ "after": after })).await["memberState"]["meetings"].clone();
            let nodes = found["nodes"].as_array().expect("a list").clone();
            let titles: Vec<_> = nodes.iter().map(|node| node["title"].as_str().expect("a title").to_owned()).collect();
            (titles, found)
        };
        let (first, page) = titles(query, Value::Null).await;
        assert_eq!(first, ["Second", "First"]);
        let rest = "query($after: String) { memberState(code: \"OMN\") { meetings(first: 2, after: $after) { nodes { title } } } }";
        assert_eq!(titles(rest, page["pageInfo"]["endCursor"].clone()).await.0, ["Undated"]);
        let put_right = json!({ "meetingId": page["nodes"][0]["id"], "heldOn": "2026-01-05" });
        made(world, "reviseMeeting", "meeting", put_right).await;
        assert_eq!(titles(query, Value::Null).await.0, ["First", "Second"]);
        let turned = query.replace("first: 2", "first: 3, orderBy: { field: HELD_ON, direction: ASC }");
        assert_eq!(titles(&turned, Value::Null).await.0, ["Second", "First", "Undated"]);
    }
}
