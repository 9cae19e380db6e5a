//! People and organizations that were found twice: they are made one, and two again.

mod candidates;
mod naming;
mod organizations;
mod people;
mod refusing;
mod reversing;
mod undoing;

use entente::tables::last_migration;
use serde_json::{Value, json};
use store::verify;

use crate::world::World;

/// Does something by a mutation of one input, which is not refused, and gives its payload.
pub(super) async fn done(world: &World, mutation: &str, input: Value, asked: &str) -> Value {
    let payload = tried(world, mutation, input, asked).await;
    assert_eq!(payload["refusal"], Value::Null, "{mutation}: {payload}");
    payload
}

/// Does something by a mutation of one input, and gives its payload, whatever it says.
async fn tried(world: &World, mutation: &str, input: Value, asked: &str) -> Value {
    let kind = format!("{}{}Input", mutation[..1].to_uppercase(), &mutation[1..]);
    let document = format!(
        "mutation($input: {kind}!) {{ {mutation}(input: $input) {{ {asked} refusal {{ code message field }} }} }}"
    );
    world.ask(&document, json!({ "input": input })).await[mutation].clone()
}

pub(super) async fn person(world: &World, name: &str) -> Value {
    done(world, "createPerson", json!({ "name": name }), "person { id }").await["person"]["id"].clone()
}

async fn state(world: &World, code: &str) -> Value {
    world.ask("query($code: String!) { memberState(code: $code) { id } }", json!({ "code": code })).await["memberState"]
        ["id"]
        .clone()
}

async fn ministry(world: &World, name: &str, code: &str) -> Value {
    let input = json!({ "name": name, "kind": "MINISTRY", "stateId": state(world, code).await });
    done(world, "createOrganization", input, "organization { id }").await["organization"]["id"].clone()
}

async fn post(world: &World, body: &Value, title: &str) -> Value {
    let input = json!({ "organizationId": body, "title": title });
    done(world, "createPost", input, "post { id }").await["post"]["id"].clone()
}

async fn appoint(world: &World, person: &Value, post: &Value) -> Value {
    let input = json!({ "personId": person, "postId": post });
    done(world, "createAppointment", input, "appointment { id }").await["appointment"]["id"].clone()
}

pub(super) async fn meet(world: &World, people: &[&Value]) -> Value {
    let parts: Vec<Value> = people.iter().map(|id| json!({ "party": { "personId": id } })).collect();
    let input = json!({ "kind": "MEETING", "title": "Talks", "participations": parts });
    done(world, "createMeeting", input, "meeting { id }").await["meeting"]["id"].clone()
}

async fn action(world: &World, title: &str, counterpart: Value) -> Value {
    let input = json!({ "kind": "PROPOSAL", "title": title, "actorSide": "OURS", "counterpart": counterpart });
    done(world, "createFollowUpAction", input, "followUpAction { id }").await["followUpAction"]["id"].clone()
}

/// Merges two records; the identifier of the merge.
pub(super) async fn merged(world: &World, what: &str, kept: &Value, other: &Value) -> Value {
    let input = json!({ "keptId": kept, "otherId": other, "reason": "the same face" });
    done(world, what, input, "merge { id }").await["merge"]["id"].clone()
}

/// Undoes a merge; what did not go back.
async fn undone(world: &World, merge: &Value) -> Value {
    let input = json!({ "mergeId": merge, "reason": "two faces" });
    done(world, "undoMerge", input, "leftovers { kind field message }").await["leftovers"].clone()
}

/// What a query says of a record.
async fn of(world: &World, id: &Value, asked: &str) -> Value {
    let query = format!("query($id: ID!) {{ node(id: $id) {{ id {asked} }} }}");
    world.ask(&query, json!({ "id": id })).await["node"].clone()
}

/// The names of people or organizations that the search finds by some words.
async fn found(world: &World, words: &str) -> Vec<String> {
    let query = "query($words: String!) { search(query: $words, kinds: [PERSON, ORGANIZATION, POST]) { edges { title node { id } } } }";
    let found = world.ask(query, json!({ "words": words })).await;
    let edges = found["search"]["edges"].as_array().expect("edges").clone();
    edges.iter().map(|edge| edge["title"].as_str().expect("a title").to_owned()).collect()
}

/// Everything that is kept holds together.
async fn holds(world: &World) {
    for check in verify::all(&world.store, &last_migration()).await.expect("looked at") {
        assert!(check.holds(), "{}: {:?}", check.what, check.amiss);
    }
}
