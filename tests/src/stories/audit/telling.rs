//! What the trail tells, and of whom.

use axum::{
    body::Body,
    http::{Request, header},
};
use entente::{Settings, http::Around, password, settings::Sources};
use serde_json::{Value, json};
use store::{Who, access_token, credential};
use vocab::{Outcome, Role, Scope, Way};

use super::{entries, last, of, some_work, walk};
use crate::{
    stories::sign_in::{self, Signed},
    world::{World, stories},
};

const MAKE: &str = "mutation($input: CreatePersonInput!) { made: createPerson(input: $input) {
    person { id version } refusal { code } } }";
const RENAME: &str =
    "mutation($input: RevisePersonInput!) { revisePerson(input: $input) { person { version } refusal { code } } }";
const PASSWORD: &str = "rivers run to the sea";

/// The program with nobody signed in by being at this machine, and what it shares.
fn closed(world: &World, variables: &[(&str, &str)]) -> (World, Around) {
    let variables = variables.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
    let settings = Settings::load(&Sources { variables, ..Sources::default() }).expect("the settings");
    let around = Around::default();
    let app = entente::http::app_telling(&settings, world.store.clone(), Who::system(), around.clone());
    (world.with_app(app), around)
}

/// An account with a token that was used today already: that is written down beside the request otherwise.
async fn account(world: &World, name: &str, role: Role, scope: Scope) -> Signed {
    let signed = sign_in::account(world, name, role, scope).await;
    let used = world.write(async |work| {
        let today = work.today();
        access_token::used(work, signed.token_id, today).await
    });
    used.await.expect("used");
    signed
}

async fn form(world: &World, address: &str, fields: String, cookie: &str) -> axum::http::Response<String> {
    let request = Request::post(address).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    world.response(request.header(header::COOKIE, cookie), Body::from(fields)).await
}

fn fields(name: &str, password: &str) -> String {
    format!("name={name}&password={}", password.replace(' ', "+"))
}

stories! {
    /// Who did what by which token in which role and request, what came of it, and which lines of the history.
    async fn every_mutation_and_every_refused_one_is_in_the_trail(world: &World) {
        let lena = account(world, "Lena", Role::Editor, Scope::Write).await;
        let reads = account(world, "Reads", Role::Admin, Scope::Read).await;
        let (closed, around) = closed(world, &[]);
        let desk = closed.signed(lena.token.clone());
        let before = entries(world).await.len();

        let made = desk.ask(MAKE, json!({ "input": { "name": "Amina", "clientMutationId": "one" } })).await["made"].clone();
        let entry = last(world).await;
        assert_eq!(of(&entry), (Way::Graphql, "createPerson", Outcome::Done, None));
        assert_eq!((entry.account_id, entry.token_id), (Some(lena.id), Some(lena.token_id)));
        assert_eq!((entry.role.map(|role| role.0), entry.times), (Some(Role::Editor), 1));
        assert!(entry.request_id.is_some() && entry.first_change.is_some() && entry.first_change <= entry.last_change);
        let line = store::change::last(world.store.reader()).await.expect("asked").expect("a line");
        assert_eq!((entry.last_change, &entry.request_id), (Some(line.seq), &line.request_id));

        // A repeat is not done, and so not told.
        desk.ask(MAKE, json!({ "input": { "name": "Amina", "clientMutationId": "one" } })).await;
        assert_eq!(last(world).await, entry);
        let id = &made["person"]["id"];
        let same = desk.ask(RENAME, json!({ "input": { "personId": id, "name": "Amina" } })).await;
        assert_eq!(same["revisePerson"]["person"]["version"], 1);
        let nothing = last(world).await;
        assert_eq!((of(&nothing), nothing.first_change), ((Way::Graphql, "revisePerson", Outcome::Done, None), None));

        let stale = json!({ "input": { "personId": id, "name": "Fatou", "expectedVersion": 7 } });
        assert_eq!(desk.ask(RENAME, stale).await["revisePerson"]["refusal"]["code"], "CONFLICT");
        assert_eq!(of(&last(world).await), (Way::Graphql, "revisePerson", Outcome::Refused, Some("CONFLICT")));
        assert_eq!(desk.ask(MAKE, json!({ "input": { "name": " " } })).await["made"]["refusal"]["code"], "BAD_USER_INPUT");
        let refused = last(world).await;
        assert_eq!(of(&refused), (Way::Graphql, "createPerson", Outcome::Refused, Some("BAD_USER_INPUT")));
        assert_eq!((refused.account_id, refused.token_id, refused.role.is_some()), (Some(lena.id), Some(lena.token_id), true));
        assert!(refused.first_change.is_none() && refused.changes_hash.is_none() && refused.request_id.is_some());
        let (code, _) = desk.error(RENAME, json!({ "input": { "personId": "nonsense", "name": "X" } })).await;
        assert_eq!(of(&last(world).await), (Way::Graphql, "revisePerson", Outcome::Refused, Some(code.as_str())));

        let forbidden = "mutation { createAccount(input: { name: \"Y\" }) { account { id } } }";
        assert_eq!(desk.error(forbidden, json!({})).await.0, "FORBIDDEN");
        assert_eq!(closed.signed(reads.token).error(MAKE, json!({ "input": { "name": "X" } })).await.0, "FORBIDDEN");
        around.trail.write().await;
        let all = entries(world).await;
        let forbidden = |act: &str, id| all.iter().any(|entry| {
            of(entry) == (Way::Graphql, act, Outcome::Refused, Some("FORBIDDEN")) && entry.account_id == Some(id)
        });
        assert!(forbidden("createAccount", lena.id) && forbidden("createPerson", reads.id), "{all:#?}");

        // What was asked only is in no trail, and no text of anybody is.
        desk.ask("{ viewer { name } }", json!({})).await;
        desk.error("mutation { nothing }", json!({})).await;
        assert_eq!(entries(world).await.len(), all.len());
        assert_eq!(all.len(), before + 7);
        assert!(!format!("{all:?}").contains("Amina"));
        assert_eq!(walk(world).await.amiss, None);
    }

    /// Whoever is not let in is told, with the account where it is known; signing in and out has lines of its own.
    async fn who_signs_in_or_is_not_let_in_is_in_the_trail(world: &World) {
        let lena = account(world, "Lena", Role::Editor, Scope::Write).await;
        let kept = password::hash(world.store.surroundings().as_ref(), PASSWORD.to_owned()).await.expect("a password");
        world.write(async |work| {
            credential::set(work, lena.id, kept).await?;
            access_token::revoke(work, lena.token_id).await
        }).await.expect("kept");
        let (closed, around) = closed(world, &[]);
        let signed_in = form(&closed, "/sign-in", fields("Lena", PASSWORD), "").await;
        let entered = last(world).await;
        assert_eq!((of(&entered), entered.account_id), ((Way::Page, "signIn", Outcome::Done, None), Some(lena.id)));
        let cookie = signed_in.headers()[header::SET_COOKIE].to_str().expect("text").split(';').next().expect("a pair").to_owned();
        form(&closed, "/sign-out", String::new(), &cookie).await;
        let left = last(world).await;
        assert_eq!((of(&left), left.account_id), ((Way::Page, "signOut", Outcome::Done, None), Some(lena.id)));

        form(&closed, "/sign-in", fields("Lena", "wrong wrong wrong"), "").await;
        form(&closed, "/sign-in", fields("Nobody", "wrong wrong wrong"), "").await;
        closed.signed(lena.token).error("{ viewer { name } }", json!({})).await;
        assert_eq!(last(world).await, left, "what is refused before anything is known costs no write");
        around.trail.write().await;
        let told = entries(world).await.into_iter().filter(|entry| entry.seq > left.seq).collect::<Vec<_>>();
        let is_told = |way, act: &str, account_id, token_id| told.iter().any(|entry| {
            of(entry) == (way, act, Outcome::Refused, Some("UNAUTHENTICATED"))
                && (entry.account_id, entry.token_id, entry.times) == (account_id, token_id, 1)
        });
        assert!(is_told(Way::Page, "signIn", Some(lena.id), None), "{told:#?}");
        assert!(is_told(Way::Page, "signIn", None, None), "{told:#?}");
        assert!(is_told(Way::Graphql, "token", Some(lena.id), Some(lena.token_id)), "{told:#?}");
        assert_eq!(told.len(), 3);
        assert_eq!(walk(world).await.amiss, None);
    }

    /// Nobody fills the disk by being refused.
    async fn whoever_has_not_signed_in_is_counted(world: &World) {
        let (closed, around) = closed(world, &[("ENTENTE_SIGN_IN_PUBLIC", "true")]);
        let before = entries(world).await.len();
        for _ in 0..50 {
            assert_eq!(closed.error(MAKE, json!({ "input": { "name": "X" } })).await.0, "UNAUTHENTICATED");
        }
        let viewer = account(world, "Viewer", Role::Viewer, Scope::Read).await;
        let made = entries(world).await.len() - before;
        let viewer = closed.signed(viewer.token);
        for _ in 0..50 {
            assert_eq!(viewer.error(MAKE, json!({ "input": { "name": "X" } })).await.0, "FORBIDDEN");
        }
        around.trail.write().await;
        let told = entries(world).await.split_off(before + made);
        let counted = told.iter().find(|entry| entry.account_id.is_none()).expect("a count");
        assert_eq!((counted.act.as_str(), counted.times), ("createPerson", 50));
        assert_eq!(told.len(), 1 + 20 + 1, "{told:#?}");
        assert_eq!(told.iter().map(|entry| entry.times).sum::<i32>(), 100);
    }

    /// Commands, work in the background and imports are in it without having to think of it.
    async fn whatever_changes_something_has_an_entry(world: &World) {
        some_work(world).await;
        let all = entries(world).await;
        let acts: std::collections::BTreeSet<(Way, &str)> = all.iter().map(|entry| (entry.way.0, entry.act.as_str())).collect();
        for wanted in [(Way::CommandLine, "seed"), (Way::CommandLine, "desk"), (Way::Graphql, "createPerson")] {
            assert!(acts.contains(&wanted), "{acts:?}");
        }
        let covered: i64 = all.iter().filter_map(|entry| Some(i64::from(entry.last_change? - entry.first_change? + 1))).sum();
        assert_eq!(covered, i64::from(store::history::last_number(world.store.reader()).await.expect("a number")));
    }

    /// Admins ask for it, by account, record, act, way, outcome and time; nobody else does.
    async fn admins_ask_for_the_trail(world: &World) {
        let lena = account(world, "Lena", Role::Manager, Scope::Admin).await;
        let signed = world.signed(lena.token);
        let made = signed.ask(MAKE, json!({ "input": { "name": "Amina" } })).await["made"]["person"].clone();
        world.clock.pass_days(1);
        signed.ask(RENAME, json!({ "input": { "personId": made["id"], "name": "Fatou", "expectedVersion": 9 } })).await;
        signed.ask(RENAME, json!({ "input": { "personId": made["id"], "name": "Fatou" } })).await;
        let asked = "query($filter: AuditEntryFilter) { auditTrail(filter: $filter) { totalCount nodes {
            act way outcome code account { name } role token { prefix } changes { version record { id } } } } }";
        assert_eq!(signed.error(asked, json!({})).await.0, "FORBIDDEN");
        let of = async |filter: Value| world.ask(asked, json!({ "filter": filter })).await["auditTrail"]["nodes"].clone();
        let acts = |nodes: &Value| nodes.as_array().expect("nodes").iter().map(|n| n["act"].as_str().unwrap_or_default().to_owned()).collect::<Vec<_>>();

        let wrote = of(json!({ "recordId": made["id"] })).await;
        assert_eq!(acts(&wrote), ["revisePerson", "createPerson"]);
        assert_eq!((&wrote[0]["account"]["name"], &wrote[0]["role"], &wrote[0]["way"]), (&json!("Lena"), &json!("MANAGER"), &json!("GRAPHQL")));
        assert_eq!(wrote[0]["changes"][0], json!({ "version": 2, "record": { "id": made["id"] } }));
        assert!(wrote[0]["token"]["prefix"].as_str().is_some_and(|prefix| prefix.starts_with("ent_")));
        let viewer = signed.ask("{ viewer { id } }", json!({})).await["viewer"]["id"].clone();
        let hers = of(json!({ "accountId": viewer, "ways": ["GRAPHQL"] })).await;
        assert_eq!(acts(&hers), ["revisePerson", "revisePerson", "createPerson"]);
        let refused = of(json!({ "outcomes": ["REFUSED"], "act": "revisePerson" })).await;
        assert_eq!((acts(&refused).len(), &refused[0]["code"], &refused[0]["changes"]), (1, &json!("CONFLICT"), &json!([])));
        let later = of(json!({ "since": "2026-03-03T00:00:00Z", "not": { "outcomes": ["REFUSED"] } })).await;
        assert!(acts(&later).contains(&"revisePerson".to_owned()) && !acts(&later).contains(&"createPerson".to_owned()), "{later}");
        assert_eq!(of(json!({ "until": "2020-01-01T00:00:00Z" })).await, json!([]));
    }
}
