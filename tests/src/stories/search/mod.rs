//! One search over everything: what is found by which words, in which order, and that it follows the records.

mod bad_input;
mod finding;
mod following;
mod moving;

use serde_json::{Value, json};
use store::{
    Concept, appointment, follow_up_action, meeting, member_state, organization, person, post, record_name, task,
};
use uuid::Uuid;
use vocab::{ActionKind, Language, MeetingKind, NameRole, OrganizationKind, Side, Strength};

use crate::world::World;

const SEARCH: &str = "query($query: String!, $kinds: [SearchKind!], $states: [String!], $first: Int, $after: String,
    $last: Int, $before: String) {
    search(query: $query, kinds: $kinds, states: $states, first: $first, after: $after, last: $last, before: $before) {
        totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
        edges { cursor kind title node { __typename id } highlights { place text cutBefore cutAfter marks { start end } } }
    } }";

/// What is answered, as it comes.
async fn search(world: &World, variables: Value) -> Value {
    world.ask(SEARCH, variables).await["search"].clone()
}

/// The titles of what is found, in their order.
fn titles(answer: &Value) -> Vec<String> {
    let edges = answer["edges"].as_array().expect("edges");
    edges.iter().map(|edge| edge["title"].as_str().expect("a title").to_owned()).collect()
}

/// The titles of what is found by some words.
async fn found(world: &World, query: &str) -> Vec<String> {
    titles(&search(world, json!({ "query": query })).await)
}

/// What is marked in the extracts of the first that is found, cut out by its places.
fn marked(answer: &Value) -> Vec<String> {
    let highlights = answer["edges"][0]["highlights"].as_array().expect("highlights").clone();
    let cut = |highlight: Value| {
        let text: Vec<char> = highlight["text"].as_str().expect("a text").chars().collect();
        let marks = highlight["marks"].as_array().expect("marks").clone();
        let place = |mark: &Value, end: &str| mark[end].as_u64().expect("a place") as usize;
        let cut = move |mark: Value| text[place(&mark, "start")..place(&mark, "end")].iter().collect::<String>();
        marks.into_iter().map(cut)
    };
    highlights.into_iter().flat_map(cut).collect()
}

async fn state(world: &World, code: &str) -> member_state::Model {
    member_state::by_code(world.store.reader(), code).await.expect("asked").expect("a state")
}

/// Keeps an action of a state.
async fn action(world: &World, title: &str, code: &str) -> follow_up_action::Model {
    let state_id = Some(state(world, code).await.id);
    let draft = follow_up_action::Draft {
        kind: ActionKind::Request,
        title: title.to_owned(),
        strength: Strength::Proposed,
        missing: Vec::new(),
        state_id,
        meeting_id: None,
        actor_side: Side::Theirs,
        actor: store::party::Party::default(),
        counterpart: store::party::Party::default(),
        awaits: None,
        due: None,
        said_on: None,
        owner_id: None,
        areas: Vec::new(),
    };
    world.write(async |work| follow_up_action::create(work, draft).await).await.expect("an action")
}

async fn meeting(world: &World, title: &str, code: &str) -> meeting::Model {
    let state_id = state(world, code).await.id;
    let kept = world.write(async |work| {
        let mut draft = meeting::Draft::new(MeetingKind::Meeting, title);
        draft.place = Some("Nizwa".to_owned());
        let kept = meeting::create(work, draft).await?;
        meeting::state::put(work, kept.id, &[state_id]).await?;
        Ok(kept)
    });
    kept.await.expect("a meeting")
}

/// Keeps a ministry of a state with a name in French and in Arabic, a post in it, and a person who holds it.
async fn ministry(world: &World, code: &str) -> [Uuid; 3] {
    let state_id = Some(state(world, code).await.id);
    let kept = world.write(async |work| {
        let draft = organization::Draft::new(OrganizationKind::Ministry, "Ministry of Rivers and Lagoons");
        let ministry = organization::create(work, organization::Draft { state_id, ..draft }).await?;
        let record = store::RecordRef::new(Concept::Organization, ministry.id);
        for (language, name) in [(Language::Fr, "Ministère des Rivières"), (Language::Ar, "وزارة الأنهار")]
        {
            record_name::create(work, record_name::Draft::new(record, Some(language), NameRole::Official, name))
                .await?;
        }
        let title = "Minister of Rivers and Lagoons".to_owned();
        let minister = post::create(work, post::Draft { organization_id: ministry.id, label: title }).await?;
        let also = vec!["سليم الحارثي".to_owned(), "S. Al Harthi".to_owned()];
        let label = "Salim Al-Harthy".to_owned();
        let person = person::create(work, person::Draft { label, honorific: None, also }).await?;
        let (person_id, post_id) = (person.id, minister.id);
        let held = appointment::Draft { person_id, post_id, start: None, end: None, seen_on: None, source: None };
        appointment::create(work, held).await?;
        Ok([ministry.id, minister.id, person.id])
    });
    kept.await.expect("a ministry")
}

/// Keeps a task under an action.
async fn step(world: &World, action: &follow_up_action::Model, title: &str) {
    let title = title.to_owned();
    let draft = task::Draft { action_id: action.id, title, play: None, assignee_id: None, due_on: None };
    world.write(async |work| task::create(work, draft).await).await.expect("a task");
}

/// Hands in a report with a title.
async fn report(world: &World, title: &str, text: &str, published_on: &str) {
    let handed_in = "mutation($input: IngestReportInput!) { ingestReport(input: $input) { refusal { message } } }";
    let input = json!({ "title": title, "text": text, "publishedOn": published_on, "publisher": "Gazette" });
    let data = world.ask(handed_in, json!({ "input": input })).await;
    assert_eq!(data["ingestReport"]["refusal"], Value::Null, "{title}");
}
