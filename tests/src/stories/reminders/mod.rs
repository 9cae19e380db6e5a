//! Reminders: what is in a digest, and that each is sent once, whatever the other side does.

mod crashing;
mod digest;
mod failing;
mod post;
mod receiver;
mod sending;

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use briefing::Shelf;
use entente::{
    Settings,
    jobs::{Channels, Worker, by},
    settings::Sources,
};
use serde_json::{Value, json};
use store::{Store, delivery};
use vocab::{Channel, DeliveryState};

use crate::world::World;
use post::Post;
use receiver::Receiver;

/// What nobody gets to see.
const PASSWORD: &str = "correct-horse-8f3a2c";
/// Twenty-four bytes.
const SECRET: &[u8] = b"0123456789abcdefghijklmn";

static MADE: AtomicU32 = AtomicU32::new(0);

/// A file with the secret that calls are signed with, or another.
fn file(name: &str, text: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(std::process::id().to_string());
    std::fs::create_dir_all(&folder).expect("a temporary folder");
    let file = folder.join(format!("{name}-{}", MADE.fetch_add(1, Ordering::Relaxed)));
    std::fs::write(&file, text).expect("a file");
    file
}

fn secret_file() -> PathBuf {
    use base64::{Engine, engine::general_purpose::STANDARD};
    file("secret", &format!("whsec_{}\n", STANDARD.encode(SECRET)))
}

/// The settings by which mail goes to this server, on this machine without encryption.
fn mail(port: u16) -> String {
    let password = file("password", &format!("{PASSWORD}\n"));
    format!(
        "[mail]\nhost = \"127.0.0.1\"\nport = {port}\ntls = \"none\"\nuser = \"entente\"\npassword_file = {password:?}\n\
         from = \"Entente <entente@example.org>\"\n"
    )
}

/// The settings by which a webhook is called.
fn webhook(url: &str, allow_private: bool) -> String {
    format!(
        "[[webhooks]]\nname = \"intranet\"\nurl = {url:?}\nsecret_file = {:?}\nevents = [\"digest\"]\n\
         allow_private = {allow_private}\n",
        secret_file()
    )
}

/// The settings in a file.
fn settings(text: &str) -> Result<Settings, entente::Failure> {
    let file = file("settings", text);
    Settings::load(&Sources { file: Some(file), ..Sources::default() })
}

/// A server by these settings, on these records, with the patience of a test.
fn server(store: &Store, text: &str, patience: Duration) -> Worker {
    let settings = settings(text).expect("the settings");
    let channels = Channels::of(&settings).expect("the ways").with_patience(patience);
    Worker::new(store.clone(), by(&settings, &Shelf::default(), channels), 1)
}

const PATIENT: Duration = Duration::from_secs(60);
const HASTY: Duration = Duration::from_millis(300);

/// A server that sends to both.
fn sending_to(store: &Store, post: &Post, receiver: &Receiver, patience: Duration) -> Worker {
    server(store, &format!("{}{}", mail(post.port), webhook(&receiver.url, true)), patience)
}

/// An account with an address; its identifier.
async fn account(world: &World, name: &str) -> Value {
    let make = "mutation($input: CreateAccountInput!) { createAccount(input: $input) { account { id } } }";
    let input = json!({ "name": name, "email": format!("{}@example.org", name.to_lowercase()) });
    world.ask(make, json!({ "input": input })).await["createAccount"]["account"]["id"].clone()
}

/// The identifier of a state.
async fn state(world: &World, code: &str) -> Value {
    let found = world.ask("query($code: String!) { memberState(code: $code) { id } }", json!({ "code": code })).await;
    found["memberState"]["id"].clone()
}

/// An action that an account looks after; its identifier.
async fn action(world: &World, owner: &Value, input: Value) -> Value {
    let make = "mutation($input: CreateFollowUpActionInput!) { createFollowUpAction(input: $input) {
        followUpAction { id } refusal { message } } }";
    let made = world.ask(make, json!({ "input": input })).await["createFollowUpAction"].clone();
    assert_eq!(made["refusal"], Value::Null, "{made:#}");
    let id = made["followUpAction"]["id"].clone();
    let assign = "mutation($id: ID!, $owner: ID!) { assignFollowUpAction(input: { actionId: $id, ownerId: $owner }) {
        refusal { message } } }";
    world.ask(assign, json!({ "id": id, "owner": owner })).await;
    id
}

/// Something of ours that has been late since 20 February.
fn overdue(title: &str) -> Value {
    json!({ "kind": "COMMITMENT", "title": title, "actorSide": "OURS", "strength": "PROMISED",
        "saidOn": "2026-02-01", "due": "2026-02-20" })
}

/// How an account is to be reminded.
async fn remind(world: &World, account: &Value, how: Value) {
    let set = "mutation($input: SetRemindersInput!) { setReminders(input: $input) { refusal { message } } }";
    let mut input = how;
    input["accountId"] = account.clone();
    assert_eq!(world.ask(set, json!({ "input": input })).await["setReminders"]["refusal"], Value::Null);
}

/// The deliveries, the first planned first.
async fn deliveries(world: &World) -> Vec<Value> {
    let asked = "{ deliveries(last: 100) { nodes { id channel webhook period state attempts answer sentAt version
        account { name } } } }";
    let mut all = world.ask(asked, json!({})).await["deliveries"]["nodes"].as_array().expect("deliveries").clone();
    all.reverse();
    all
}

/// The state of the only delivery by this way, and what was said to it.
async fn became(world: &World, channel: &str) -> (String, String) {
    let all = deliveries(world).await;
    let by: Vec<_> = all.iter().filter(|one| one["channel"] == channel).collect();
    assert_eq!(by.len(), 1, "{all:#?}");
    let text = |key: &str| by[0][key].as_str().unwrap_or_default().to_owned();
    (text("state"), text("answer"))
}

/// Lets a person send the only delivery by this way again: the refusal, where there is one.
async fn send_again(world: &World, channel: &str) -> Value {
    let all = deliveries(world).await;
    let one = all.iter().find(|one| one["channel"] == channel).expect("a delivery").clone();
    let again = "mutation($input: SendDeliveryAgainInput!) { sendDeliveryAgain(input: $input) {
        delivery { state } refusal { message } } }";
    let input = json!({ "deliveryId": one["id"], "expectedVersion": one["version"] });
    world.ask(again, json!({ "input": input })).await["sendDeliveryAgain"]["refusal"]["message"].clone()
}

/// Plans a delivery to an account as the making of a digest does.
async fn planned(world: &World, account: &Value, channel: Channel, period: &str) -> delivery::Model {
    let account_id = api::id::decode(account.as_str().expect("an identifier")).expect("an identifier").id;
    let message = json!({ "subject": "Reminders", "text": "Look.", "html": "<p>Look.</p>", "body": "{}" });
    let target = if channel == Channel::Webhook { "intranet" } else { "" }.to_owned();
    let draft = delivery::Draft { account_id, channel, target, period: period.to_owned(), message };
    world.write(async |work| delivery::plan(work, draft).await).await.expect("it is planned")
}

/// A delivery that has failed.
pub(super) async fn failed(world: &World) {
    let account = account(world, "Faded").await;
    let planned = planned(world, &account, Channel::Email, "2026-W01").await;
    let refused = "refused".to_owned();
    let failed =
        async |work: &mut store::UnitOfWork| delivery::arrive(work, planned.id, DeliveryState::Failed, refused).await;
    world.write(failed).await.expect("it is written down");
}

/// Waits until something is so.
async fn until(is_so: impl Fn() -> bool) {
    for _ in 0..2_000 {
        if is_so() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    panic!("it never came to be");
}

/// What is told to several.
type Shared<T> = Arc<std::sync::Mutex<T>>;
