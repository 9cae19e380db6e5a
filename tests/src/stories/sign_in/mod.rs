//! Who may come in, and who may do what.

mod browser;
mod public;
mod rows;
mod tokens;

use serde_json::{Value, json};
use store::{Who, access_token, account, assignment, member_state};
use uuid::Uuid;
use vocab::{Role, Scope};

use crate::world::World;

/// An account of a role, and a token of it.
pub(super) struct Signed {
    pub(super) id: Uuid,
    pub(super) token: String,
    pub(super) token_id: Uuid,
}

/// Makes an account of a role, and a token that is good for so much.
pub(super) async fn account(world: &World, name: &str, role: Role, scope: Scope) -> Signed {
    let made = world.write(async |work| {
        let draft = account::Draft { name: name.to_owned(), email: Some(format!("{name}@example.org")), role };
        let id = account::create(work, draft).await?.id;
        let draft = access_token::Draft { account_id: id, name: "a test".to_owned(), scope, expires_at: None };
        let (row, token) = access_token::create(work, draft).await?;
        Ok(Signed { id, token, token_id: row.id })
    });
    made.await.expect("an account")
}

/// Assigns a state to an account; its identifier as clients hold it.
pub(super) async fn assign(world: &World, account: Uuid, code: &str) -> Value {
    let state = member_state::by_code(world.store.reader(), code).await.expect("asked").expect("a state");
    world.write(async |work| assignment::assign(work, account, &[state.id]).await).await.expect("assigned");
    state_id(world, code).await
}

/// The identifier of a state.
async fn state_id(world: &World, code: &str) -> Value {
    let found = world.ask("query($code: String!) { memberState(code: $code) { id } }", json!({ "code": code })).await;
    found["memberState"]["id"].clone()
}

/// The same program, without anybody being signed in by being at this machine.
fn closed(world: &World, set: &[(&str, &str)]) -> World {
    let variables = [("ENTENTE_LIMITS_OPERATION_SECONDS", "120")];
    let variables = variables.iter().chain(set).map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
    let sources = entente::settings::Sources { variables, ..Default::default() };
    let settings = entente::Settings::load(&sources).expect("the settings");
    world.with_app(entente::app(&settings, world.store.clone(), Who::system()))
}

/// Makes an action of a state, and gives the whole answer.
async fn make_action(world: &World, title: &str, state: &Value) -> Value {
    let make = "mutation($input: CreateFollowUpActionInput!) { createFollowUpAction(input: $input) {
        followUpAction { id } refusal { message } } }";
    let input =
        json!({ "kind": "COMMITMENT", "title": title, "actorSide": "OURS", "strength": "PROMISED", "stateId": state });
    world.answer(make, json!({ "input": input })).await
}

/// The code of the one error of an answer; empty where there is none.
fn code(answer: &Value) -> &str {
    answer["errors"][0]["extensions"]["code"].as_str().unwrap_or_default()
}
