//! What is in a digest, and for whom and when there is one.

use serde_json::{Value, json};

use super::{PATIENT, account, action, deliveries, mail, overdue, post, post::Post, remind, server, state};
use crate::world::{World, stories};

const DIGEST: &str = "query($account: ID!, $asOf: Date, $language: Language) {
    digest(account: $account, asOf: $asOf, language: $language) { total leftOut subject text html language
        groups { title state { code } lines { reason since reference title text record { __typename id } } } } }";

async fn digest(world: &World, variables: Value) -> Value {
    world.ask(DIGEST, variables).await["digest"].clone()
}

/// The reasons, titles and days of a group.
fn lines(group: &Value) -> Vec<(&str, &str, &str)> {
    let lines = group["lines"].as_array().expect("lines").iter();
    lines.map(|line| (said(line, "reason"), said(line, "title"), said(line, "since"))).collect()
}

fn said<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap_or_else(|| panic!("no {key}: {value:#}"))
}

/// The periods of what was planned, each with the name of the account.
async fn planned(world: &World) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    deliveries(world).await.iter().map(|one| (text(&one["account"]["name"]), text(&one["period"]))).collect()
}

stories! {
    /// Everybody is told of what they look after, by state, under its most pressing reason; in three languages.
    async fn a_digest_tells_each_person_what_to_look_at(world: &World) {
        let (salma, omar) = (account(world, "Salma").await, account(world, "Omar").await);
        let (oman, chad) = (state(world, "OMN").await, state(world, "TCD").await);
        let with = |mut input: Value, state: &Value| {
            input["stateId"] = state.clone();
            input
        };
        let trained = action(world, &salma, with(overdue("Train ten curators"), &oman)).await;
        let asked = json!({ "kind": "REQUEST", "title": "Send two experts", "actorSide": "THEIRS", "strength": "PROPOSED",
            "saidOn": "2026-02-10" });
        action(world, &salma, with(asked, &chad)).await;
        let silent = json!({ "kind": "PLAN", "title": "Hold a forum", "actorSide": "OURS", "strength": "PROPOSED",
            "saidOn": "2025-06-01" });
        action(world, &salma, silent).await;
        action(world, &omar, with(overdue("Omar's own"), &oman)).await;
        let task = "mutation($input: CreateTaskInput!) { createTask(input: $input) { task { id } } }";
        let input = json!({ "actionId": trained, "title": "Draft the <programme>", "assigneeId": salma, "dueOn": "2026-03-06" });
        world.ask(task, json!({ "input": input })).await;

        let english = digest(world, json!({ "account": salma })).await;
        assert_eq!((english["total"].as_i64(), english["language"].as_str()), (Some(4), Some("EN")), "{english:#}");
        let groups = english["groups"].as_array().expect("groups");
        assert_eq!(groups.iter().map(|group| &group["title"]).collect::<Vec<_>>(), ["Chad", "Oman", "No state"]);
        assert_eq!(lines(&groups[0]), [("UNANSWERED", "Send two experts", "2026-02-10")]);
        let of_oman = [("OVERDUE", "Train ten curators", "2026-02-20"), ("DUE_SOON", "Draft the <programme>", "2026-03-06")];
        assert_eq!(lines(&groups[1]), of_oman);
        assert_eq!(lines(&groups[2]), [("SILENT", "Hold a forum", "2025-06-01")]);
        assert_eq!(groups[1]["lines"][1]["record"]["__typename"], "Task");
        let text = english["text"].as_str().expect("a text");
        assert!(text.contains("- OMN-1, “Train ten curators”: overdue since 20 February 2026 (days: 10)."), "{text}");
        assert!(!text.contains("Omar"), "{text}");
        let html = english["html"].as_str().expect("a page");
        assert!(html.contains("Draft the &lt;programme&gt;") && !html.contains("<script"), "{html}");

        let earlier = digest(world, json!({ "account": salma, "asOf": "2026-02-15" })).await;
        assert_eq!(lines(&earlier["groups"][1])[0].0, "DUE_SOON", "{earlier:#}");
        remind(world, &salma, json!({ "language": "FR" })).await;
        let french = digest(world, json!({ "account": salma })).await;
        assert!(french["text"].as_str().is_some_and(|text| text.contains("en retard depuis le 20 février 2026")), "{french:#}");
        let arabic = digest(world, json!({ "account": salma, "language": "AR" })).await;
        assert!(arabic["html"].as_str().is_some_and(|page| page.contains("dir=\"rtl\"")), "{arabic:#}");
        let nothing = digest(world, json!({ "account": account(world, "Nadia").await })).await;
        assert_eq!((nothing["total"].as_i64(), nothing["groups"].as_array().map(Vec::len)), (Some(0), Some(0)));
        let (code, _) = world.error(DIGEST, json!({ "account": salma, "asOf": "2026-03-03" })).await;
        assert_eq!(code, "BAD_USER_INPUT");
    }

    /// Daily, weekly on a day, or never, each by the account; what there is nothing in is not sent.
    async fn how_often_is_set_for_each_account(world: &World) {
        let post = Post::open(post::Manner::Takes).await;
        let mut accounts = Vec::new();
        for (name, how) in [
            ("Daily", json!({ "frequency": "DAILY" })),
            ("Thursday", json!({ "frequency": "WEEKLY", "weekday": "THURSDAY" })),
            ("Never", json!({ "frequency": "NONE" })),
            ("Usual", json!({})),
        ] {
            let account = account(world, name).await;
            action(world, &account, overdue(name)).await;
            remind(world, &account, how).await;
            accounts.push(account);
        }
        account(world, "Idle").await;
        let server = server(&world.store, &mail(post.port), PATIENT);
        let expect = async |expected: &[(&str, &str)]| {
            server.step(None).await;
            let mut all = planned(world).await;
            all.sort();
            let mut expected: Vec<_> = expected.iter().map(|(name, on)| ((*name).to_owned(), (*on).to_owned())).collect();
            expected.sort();
            assert_eq!(all, expected);
        };
        // Monday at four in the morning, then at nine.
        world.clock.pass(chrono::TimeDelta::hours(-5));
        expect(&[]).await;
        world.clock.pass(chrono::TimeDelta::hours(5));
        let mut so_far = vec![("Daily", "2026-03-02"), ("Usual", "2026-W10")];
        expect(&so_far).await;
        expect(&so_far).await;
        world.clock.pass_days(1);
        so_far.push(("Daily", "2026-03-03"));
        expect(&so_far).await;
        // The servers stand still until Friday.
        world.clock.pass_days(3);
        so_far.extend([("Daily", "2026-03-06"), ("Thursday", "2026-W10")]);
        expect(&so_far).await;
        assert_eq!(post.mails().len(), so_far.len());
        let set = "query($id: ID!) { node(id: $id) { ... on Account { reminders { frequency weekday language isOwn } } } }";
        let set = world.ask(set, json!({ "id": accounts[3] })).await["node"]["reminders"].clone();
        assert_eq!(set, json!({ "frequency": "WEEKLY", "weekday": "MONDAY", "language": "EN", "isOwn": false }));
    }
}
