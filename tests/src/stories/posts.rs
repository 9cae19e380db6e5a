//! What is owed hangs on the post: it follows to the successor, and what nobody holds is found.

use serde_json::{Value, json};

use crate::world::{World, stories};

pub(super) const PEOPLE: [&str; 2] = ["Salma Idrissi", "Karim Haddad"];

/// What a mutation makes of an input; its identifier.
pub(super) async fn made(world: &World, mutation: &str, what: &str, input: Value) -> Value {
    let query = format!(
        "mutation($input: {}{}Input!) {{ {mutation}(input: $input) {{ {what} {{ id }} refusal {{ message }} }} }}",
        mutation[..1].to_uppercase(),
        &mutation[1..]
    );
    let data = world.ask(&query, json!({ "input": input })).await;
    assert!(data[mutation]["refusal"].is_null(), "{data:#}");
    data[mutation][what]["id"].clone()
}

/// A ministry with a post, two people who held it one after the other, and an action that hangs on it.
pub(super) async fn post_with_two_holders(world: &World, successor_from: &str) -> (Value, Value) {
    let made = async |mutation: &str, what: &str, input: Value| made(world, mutation, what, input).await;
    let state = world.ask("{ memberState(code: \"MAR\") { id } }", json!({})).await["memberState"]["id"].clone();
    let ministry = json!({ "name": "Ministry of Rivers", "kind": "MINISTRY", "stateId": state });
    let ministry = made("createOrganization", "organization", ministry).await;
    let post = made("createPost", "post", json!({ "organizationId": ministry, "title": "Minister of Rivers" })).await;
    for (name, (start, end)) in PEOPLE.iter().zip([("2024-01-01", Some("2026-02-15")), (successor_from, None)]) {
        let person = made("createPerson", "person", json!({ "name": name })).await;
        let appointment = json!({ "personId": person, "postId": post, "start": start, "end": end });
        made("createAppointment", "appointment", appointment).await;
    }
    let action = json!({ "kind": "COMMITMENT", "strength": "PROMISED", "title": "Clean the rivers", "actorSide": "THEIRS",
        "saidOn": "2026-01-10", "stateId": state, "actor": { "postId": post, "stateId": state } });
    (post, made("createFollowUpAction", "followUpAction", action).await)
}

stories! {
    /// The successor has the action from the first day; who held the post before keeps it on the days before.
    async fn what_is_owed_follows_the_post_to_the_successor(world: &World) {
        let (post, action) = post_with_two_holders(world, "2026-02-16").await;
        let query = "query($id: ID!, $post: ID!) {
            node(id: $id) { ... on FollowUpAction { before: actorHolder(asOf: \"2026-02-15\") { name }
                after: actorHolder(asOf: \"2026-02-16\") { name } counterpartHolder { name } } }
            post: node(id: $post) { ... on Post { followUpActions { totalCount nodes { title } } } } }";
        let data = world.ask(query, json!({ "id": action, "post": post })).await;
        assert_eq!(data["node"]["before"]["name"], PEOPLE[0]);
        assert_eq!(data["node"]["after"]["name"], PEOPLE[1]);
        assert!(data["node"]["counterpartHolder"].is_null());
        assert_eq!(data["post"]["followUpActions"]["nodes"][0]["title"], "Clean the rivers");
    }

    /// Where the successor came before the predecessor left, the one who came last has it.
    async fn of_two_holders_on_one_day_the_later_has_it(world: &World) {
        let (_, action) = post_with_two_holders(world, "2026-02-01").await;
        let query = "query($id: ID!) { node(id: $id) { ... on FollowUpAction {
            early: actorHolder(asOf: \"2026-01-31\") { name } both: actorHolder(asOf: \"2026-02-10\") { name } } } }";
        let data = world.ask(query, json!({ "id": action })).await;
        assert_eq!((&data["node"]["early"]["name"], &data["node"]["both"]["name"]), (&json!(PEOPLE[0]), &json!(PEOPLE[1])));
    }
}
