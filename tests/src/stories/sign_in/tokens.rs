//! Tokens: what they sign in as, and that they stay a secret.

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use chrono::TimeDelta;
use serde_json::json;
use store::{access_token, account as accounts};
use vocab::{Role, Scope};

use super::{account, closed, code, make_action, state_id};
use crate::world::{World, stories};

const VIEWER: &str = "{ viewer { name role } }";

async fn status(world: &World, address: &str) -> u16 {
    world.get(address).await.0.as_u16()
}

stories! {
    /// Whoever brings nothing gets nothing but what tells how to come in; and that, with what to do.
    async fn whoever_has_not_signed_in_gets_nothing(world: &World) {
        let closed = closed(world, &[]);
        let (status_of, answer) = closed.post(json!({ "query": VIEWER }).to_string()).await;
        assert_eq!((status_of, code(&answer)), (StatusCode::UNAUTHORIZED, "UNAUTHENTICATED"), "{answer}");
        let post = Request::post("/graphql").header(header::CONTENT_TYPE, "application/json");
        let answer = closed.response(post, Body::from("{}")).await;
        assert_eq!(answer.headers()[header::WWW_AUTHENTICATE], "Bearer realm=\"entente\"");
        for address in [
            "/graphql?query=%7B__typename%7D", "/graphql/sse?query=%7B__typename%7D", "/answers/owed.csv", "/charts/matrix.svg",
            "/lists/meetings.csv", "/popolo.json", "/iati/activities.xml",
        ] {
            assert_eq!(status(&closed, address).await, 401, "{address}");
            assert_ne!(status(world, address).await, 401, "{address}");
        }
        for address in ["/", "/schema.graphql", "/livez", "/readyz", "/sign-in", "/page.css"] {
            assert_eq!(status(&closed, address).await, 200, "{address}");
        }
        // What a proxy brings does not come from this machine, wherever the proxy is.
        let brought = Request::get("/graphql?query=%7B__typename%7D").header("x-forwarded-for", "192.0.2.1");
        assert_eq!(world.response(brought, Body::empty()).await.status(), 401);
    }

    /// A token signs in as its account, as long as it holds and the account may.
    async fn a_token_signs_in_until_it_is_revoked_ends_or_its_account_is_disabled(world: &World) {
        let lena = account(world, "Lena", Role::Editor, Scope::Write).await;
        let closed = closed(world, &[]);
        let signed = closed.signed(lena.token.clone());
        assert_eq!(signed.ask(VIEWER, json!({})).await["viewer"], json!({ "name": "Lena", "role": "EDITOR" }));

        world.write(async |work| accounts::set_disabled(work, lena.id, None, true).await).await.expect("disabled");
        let (said, told) = signed.error(VIEWER, json!({})).await;
        assert!(said == "UNAUTHENTICATED" && told.contains("disabled"), "{told}");
        world.write(async |work| accounts::set_disabled(work, lena.id, None, false).await).await.expect("enabled");
        signed.ask(VIEWER, json!({})).await;

        world.write(async |work| access_token::revoke(work, lena.token_id).await).await.expect("revoked");
        let (said, told) = signed.error(VIEWER, json!({})).await;
        assert!(said == "UNAUTHENTICATED" && told.contains("revoked"), "{told}");

        let (_, short) = world.write(async |work| {
            let expires_at = Some(work.now() + TimeDelta::hours(1));
            let draft = access_token::Draft { account_id: lena.id, name: "short".into(), scope: Scope::Read, expires_at };
            access_token::create(work, draft).await
        }).await.expect("a token");
        let signed = closed.signed(short);
        signed.ask(VIEWER, json!({})).await;
        world.clock.pass(TimeDelta::hours(2));
        assert_eq!(signed.error(VIEWER, json!({})).await.0, "UNAUTHENTICATED");
    }

    /// What is no token, or not one of ours, is refused; too often, and the address has to wait, while those with right ones
    /// go on.
    async fn wrong_tokens_are_refused_and_slowed_down(world: &World) {
        let lena = account(world, "Lena", Role::Viewer, Scope::Read).await;
        let closed = closed(world, &[]);
        for wrong in ["", "ent_", "nonsense", &lena.token[1..], &lena.token.to_lowercase(), "eyJhbGciOiJub25lIn0.e30."] {
            assert_eq!(closed.signed(wrong).error(VIEWER, json!({})).await.0, "UNAUTHENTICATED", "{wrong}");
        }
        let others = lena.token.chars().rev().collect::<String>();
        let codes: Vec<String> = {
            let mut codes = Vec::new();
            for _ in 0..6 {
                codes.push(closed.signed(others.clone()).error(VIEWER, json!({})).await.0);
            }
            codes
        };
        assert_eq!(codes.last().map(String::as_str), Some("RATE_LIMITED"), "{codes:?}");
        closed.signed(lena.token).ask(VIEWER, json!({})).await;
    }

    /// A scope narrows what the role may do, and nobody makes a way in for more than they came in for.
    async fn a_scope_only_narrows_the_role(world: &World) {
        let state = state_id(world, "PAK").await;
        let reads = account(world, "Reads", Role::Admin, Scope::Read).await;
        let writes = account(world, "Writes", Role::Admin, Scope::Write).await;
        let all = account(world, "All", Role::Admin, Scope::Admin).await;
        let editor = account(world, "Edits", Role::Editor, Scope::Write).await;
        let answer = make_action(&world.signed(reads.token.clone()), "A", &state).await;
        assert!(code(&answer) == "FORBIDDEN" && answer.to_string().contains("reading alone"), "{answer}");
        assert_eq!(code(&make_action(&world.signed(writes.token.clone()), "A", &state).await), "");

        let make = "mutation($scope: Scope) { createAccessToken(input: { name: \"more\", scope: $scope }) {
            token accessToken { scope account { name } } refusal { message } } }";
        for (token, scope, may) in [
            (&reads.token, "READ", false),
            (&writes.token, "WRITE", false),
            (&writes.token, "ADMIN", false),
            (&all.token, "ADMIN", true),
            (&editor.token, "WRITE", true),
            (&editor.token, "ADMIN", false),
        ] {
            let answer = world.signed(token.clone()).answer(make, json!({ "scope": scope })).await;
            assert_eq!(code(&answer), if may { "" } else { "FORBIDDEN" }, "{scope}: {answer}");
        }
        let role = "mutation($id: ID!) { setRole(input: { accountId: $id, role: ADMIN }) { account { role } } }";
        let id = world.signed(editor.token.clone()).ask("{ viewer { id } }", json!({})).await["viewer"]["id"].clone();
        for (token, said) in [(&writes.token, "FORBIDDEN"), (&editor.token, "FORBIDDEN"), (&all.token, "")] {
            assert_eq!(code(&world.signed(token.clone()).answer(role, json!({ "id": id })).await), said);
        }
    }

    /// Of tokens everybody sees their own, and admins those of all; and the secret nowhere but where it was made.
    async fn a_token_is_told_once_and_seen_by_whose_it_is(world: &World) {
        let lena = account(world, "Lena", Role::DeskOfficer, Scope::Write).await;
        let omar = account(world, "Omar", Role::Manager, Scope::Write).await;
        let signed = world.signed(lena.token.clone());
        let make = "mutation { createAccessToken(input: { name: \"laptop\" }) { token accessToken { id prefix scope } } }";
        let made = signed.ask(make, json!({})).await["createAccessToken"].clone();
        let token = made["token"].as_str().expect("a token").to_owned();
        let prefix = made["accessToken"]["prefix"].as_str().expect("a prefix");
        assert!(token.starts_with(prefix) && prefix.len() == 12 && token.len() == 56, "{token}");
        assert_eq!(made["accessToken"]["scope"], "READ");

        let own = "query($id: ID) { accessTokens(accountId: $id) { prefix name } viewer { id } }";
        let told = signed.ask(own, json!({})).await;
        assert_eq!(told["accessTokens"].as_array().map(Vec::len), Some(2));
        let id = told["viewer"]["id"].clone();
        assert_eq!(world.ask(own, json!({ "id": id })).await["accessTokens"], told["accessTokens"]);
        let (said, _) = world.signed(omar.token.clone()).error(own, json!({ "id": id })).await;
        assert_eq!(said, "FORBIDDEN");
        let revoke = "mutation($id: ID!) { revokeAccessToken(input: { accessTokenId: $id }) { refusal { code } } }";
        let revoke_it = json!({ "id": made["accessToken"]["id"] });
        assert_eq!(world.signed(omar.token.clone()).error(revoke, revoke_it.clone()).await.0, "FORBIDDEN");
        let node = "query($id: ID!) { node(id: $id) { id } }";
        for (who, seen) in [(world, true), (&signed, true), (&world.signed(omar.token), false)] {
            let found = who.ask(node, revoke_it.clone()).await;
            assert_eq!(found["node"]["id"] == revoke_it["id"], seen, "{found}");
        }

        let mut written = Vec::new();
        store::dump::export(&world.store, "m", &mut written).await.expect("written out");
        let written = String::from_utf8(written).expect("UTF-8");
        assert!(written.contains(&prefix[4..]) && written.contains("access-token"), "the history tells that it was made");
        for secret in [&token[13..], &access_token::hash(&token), &lena.token[13..]] {
            assert!(!written.contains(secret), "a secret is written out");
        }
        signed.ask(revoke, revoke_it).await;
        assert_eq!(world.signed(token).error(VIEWER, json!({})).await.0, "UNAUTHENTICATED");
    }

    /// The day on which a token was last used is kept, once a day.
    async fn the_day_on_which_a_token_was_used_is_kept(world: &World) {
        let lena = account(world, "Lena", Role::Viewer, Scope::Read).await;
        let mut written = world.store.written().hear();
        let signed = world.signed(lena.token.clone());
        signed.ask(VIEWER, json!({})).await;
        written.changed().await.expect("it is written down");
        let used = signed.ask("{ accessTokens { lastUsedOn } }", json!({})).await;
        assert_eq!(used, json!({ "accessTokens": [{ "lastUsedOn": "2026-03-02" }] }));
    }
}
