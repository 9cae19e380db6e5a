//! What whoever is nobody sees where the records are open, and that nothing else shows through.

use serde_json::{Value, json};
use vocab::{Role, Scope};

use super::{account, closed, code, make_action, state_id};
use crate::world::stories;

const VISIT: &str = include_str!("../../../samples/visit.txt");

stories! {
    /// Accepted records are seen; what waits, who works here and how is not, whichever way it is asked for.
    async fn the_public_sees_what_was_accepted_and_nothing_else(world: &World) {
        let (report, reading) = world.ingest(VISIT, "2026-02-12").await;
        let accepted = world.accept(&reading).await;
        let (waiting, its_reading) = world.ingest("The Minister of Education of Oman, Dr. Salim Al-Busaidi, met the \
            Director-General in Rabat on 3 February 2026 and proposed a forum on schools.", "2026-02-14").await;
        let queue = world.ask("{ reviewQueue { nodes { id findings { id } } } viewer { id } }", json!({})).await;
        let finding = &queue["reviewQueue"]["nodes"][0]["findings"][0]["id"];
        assert_eq!(queue["reviewQueue"]["nodes"][0]["id"], its_reading);
        let public = closed(world, &[("ENTENTE_SIGN_IN_PUBLIC", "true")]);

        let seen = public.ask(
            "{ viewer { __typename } followUpActions { totalCount nodes { reference title evidence { quote report { title } } } } }",
            json!({}),
        ).await;
        assert_eq!((&seen["viewer"], &seen["followUpActions"]["totalCount"]), (&Value::Null, &json!(3)));
        assert!(seen["followUpActions"]["nodes"][0]["evidence"][0]["report"]["title"].is_string());

        let task = &accepted["tasks"][0]["id"];
        let hidden = [finding, &its_reading, &reading, &waiting, &report, &queue["viewer"]["id"], task];
        let nodes = "query($ids: [ID!]!) { nodes(ids: $ids) { id __typename } }";
        let found = public.ask(nodes, json!({ "ids": hidden })).await;
        assert!(found["nodes"].as_array().is_some_and(|nodes| nodes.iter().all(Value::is_null)), "{found}");
        let action = &accepted["followUpActions"][0]["id"];
        assert_eq!(public.ask(nodes, json!({ "ids": [action] })).await["nodes"][0]["__typename"], "FollowUpAction");
        assert!(world.ask(nodes, json!({ "ids": hidden })).await["nodes"].as_array().is_some_and(|n| n.iter().all(Value::is_object)));

        for asked in [
            "{ reviewQueue { totalCount } }",
            "{ accounts { nodes { email } } }",
            "{ newsReports { nodes { text } } }",
            "{ tasks { totalCount } }",
            "{ search(query: \"forum\") { edges { title } } }",
            "{ followUpActions { nodes { owner { name } } } }",
            "{ followUpActions { nodes { history { nodes { after } } } } }",
            "{ followUpActions { nodes { evidence { report { text } } } } }",
            "{ followUpActions { nodes { evidence { finding { summary } } } } }",
            "{ memberState(code: \"OMN\") { calendarFeeds { name } } }",
            "{ node(id: \"x\") { ... on Finding { summary } } }",
            "{ answer(question: \"owed\") { judged } }",
            "mutation { createPerson(input: { name: \"X\" }) { person { id } } }",
        ] {
            assert_eq!(code(&public.answer(asked, json!({})).await), "UNAUTHENTICATED", "{asked}");
        }
        for address in ["/answers/owed.csv", "/charts/matrix.svg", "/lists/follow-up-actions.csv", "/popolo.json",
            "/graphql/sse?query=subscription%7BreportRead%7Bcursor%7D%7D"] {
            assert_eq!(public.get(address).await.0, 401, "{address}");
        }
    }

    /// What a role is not for is refused with the role that it takes; status questions over all states are for managers.
    async fn what_a_role_is_not_for_is_refused_with_what_it_takes(world: &World) {
        let state = state_id(world, "OMN").await;
        let mut signed = Vec::new();
        for role in [Role::Viewer, Role::DeskOfficer, Role::Editor, Role::Manager, Role::Admin] {
            signed.push((role, world.signed(account(world, role.to_string().as_str(), role, Scope::Admin).await.token)));
        }
        for (least, asked) in [
            (Role::Viewer, "{ reviewQueue { totalCount } accounts { nodes { email } } }"),
            (Role::Viewer, "{ answer(question: \"partnerships\", state: \"OMN\") { judged } brief(state: \"OMN\") { html } }"),
            (Role::Viewer, "{ answer(question: \"owed\") { judged } }"),
            (Role::DeskOfficer, "mutation { createPerson(input: { name: \"X\" }) { person { id } } }"),
            (Role::Manager, "{ answer(question: \"partnerships\") { judged } }"),
            (Role::Manager, "{ councilPack(asOf: \"2026-03-01\", knownAt: \"2026-03-01T12:00:00Z\") { html } }"),
            (Role::Manager, "{ deliveries { totalCount } }"),
            (Role::Admin, "mutation { createAccount(input: { name: \"Y\" }) { account { role } } }"),
        ] {
            for (role, world) in &signed {
                let answer = world.answer(asked, json!({})).await;
                assert_eq!(code(&answer), if *role >= least { "" } else { "FORBIDDEN" }, "{role} asks {asked}: {answer}");
                if *role < least {
                    assert!(answer.to_string().contains(&format!("the role {least}")), "{answer}");
                }
            }
        }
        for (role, world) in &signed {
            let answer = make_action(world, "Hold a forum", &state).await;
            assert_eq!(code(&answer) == "FORBIDDEN", *role < Role::Editor, "{role}: {answer}");
            let (status, _) = world.get("/charts/matrix.svg").await;
            assert_eq!(status == 403, *role < Role::Manager, "{role}: {status}");
        }
    }
}
