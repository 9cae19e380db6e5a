//! The lists of records as they were: paged, filtered and ordered as today, and all that hangs on them of the same moment.

use axum::{
    body::Body,
    http::{Request, header},
};
use entente::{Settings, settings::Sources};
use serde_json::{Value, json};
use vocab::{Role, Scope};

use super::{histories, history::History, promise, say};
use crate::{
    stories::sign_in::account,
    world::{World, stories},
};

/// What is told of an action.
const ACTION: &str = "reference title status overdue disputed version strength dueOn areas { slug } updates { says on }
    state { code standing } actor { name } actorHolder { name } actorPost { title } owner { name }
    progress { status overdue heardOn why }";

/// Lists with much below them, as of a day and as known at a moment where they are given.
async fn told(world: &World, as_of: Option<&str>, known_at: Option<&str>) -> String {
    let clock = match (as_of, known_at) {
        (None, None) => String::new(),
        _ => format!(
            "({}{})",
            as_of.map(|day| format!("asOf: \"{day}\" ")).unwrap_or_default(),
            known_at.map(|moment| format!("knownAt: \"{moment}\" ")).unwrap_or_default()
        ),
    };
    // What has arguments of its own gets the clock beside them.
    let with = |arguments: &str| match clock.strip_suffix(')') {
        Some(clock) => format!("{clock} {arguments})"),
        None => format!("({arguments})"),
    };
    let codes = "[\"PAK\", \"MAR\", \"OMN\"]";
    let query = format!(
        "{{ all: followUpActions{clock} {{ totalCount pageInfo {{ hasNextPage endCursor }} edges {{ cursor node {{ {ACTION} }} }} }}
            strongest: followUpActions{strongest} {{ nodes {{ reference }} pageInfo {{ startCursor endCursor }} }}
            late: followUpActions{late} {{ totalCount nodes {{ reference }} }}
            silent: followUpActions{silent} {{ totalCount nodes {{ reference }} }}
            meetings{clock} {{ totalCount nodes {{ title heldOn states {{ code }} followUpActions {{ nodes {{ reference }} }} }} }}
            people{clock} {{ totalCount nodes {{ name version appointments {{ post {{ title }} start end }} }} }}
            memberStates{states} {{ totalCount nodes {{ code standing partnership {{ label open overdue owner {{ name }} }}
                followUpActions {{ totalCount nodes {{ reference status }} }} meetings {{ totalCount nodes {{ heldOn }} }}
                cooperationAreas {{ area {{ slug }} count strongest {{ reference }} }} }} }}
            memberState{one} {{ people {{ nodes {{ name }} }} ministries {{ nodes {{ name }} }} }} }}",
        strongest = with("first: 3, orderBy: [{ field: STRENGTH, direction: DESC }]"),
        late = with("filter: { overdue: true, not: { kinds: [REQUEST] } }"),
        silent = with("last: 5, filter: { statuses: [NO_EVIDENCE] }"),
        states = with(&format!("filter: {{ codes: {codes} }}")),
        one = with("code: \"PAK\""),
    );
    world.ask(&query, json!({})).await.to_string()
}

/// The moment at which a world stands.
fn now(world: &World) -> String {
    store::Surroundings::now(world.clock.as_ref()).to_rfc3339().replace("+00:00", "Z")
}

async fn replays(world: &World, seed: u64) {
    let (mut history, mut told_then) = (History::new(world, seed), Vec::new());
    for _ in 0..3 {
        for _ in 0..=history.throw(6) {
            history.goes_on().await;
        }
        let moment = now(world);
        let day = (store::Surroundings::today(world.clock.as_ref()) - chrono::Days::new(1 + history.throw(400) as u64))
            .to_string();
        let (then, of_day) = (told(world, None, None).await, told(world, Some(&day), None).await);
        assert_eq!(told(world, None, Some(&moment)).await, then, "seed {seed}: what is known now, at {moment}");
        told_then.push((moment, day, then, of_day));
        world.clock.pass_days(1 + i64::try_from(history.throw(40)).expect("few days"));
    }
    for (moment, day, then, of_day) in told_then {
        assert_eq!(told(world, None, Some(&moment)).await, then, "seed {seed}: as known at {moment}");
        assert_eq!(told(world, Some(&day), Some(&moment)).await, of_day, "seed {seed}: {day}, as known at {moment}");
    }
}

async fn listed(world: &World, clock: &str) -> Value {
    let query = format!("{{ followUpActions({clock}) {{ totalCount nodes {{ title status overdue }} }} }}");
    world.ask(&query, json!({})).await["followUpActions"].clone()
}

stories! {
    /// Whatever happens later, the lists of a past moment are what they were then, with all that hangs on them; and those of
    /// now are the same by either way.
    async fn lists_of_a_past_moment_are_what_they_were_then(world: &World) {
        for seed in 0..histories().div_ceil(2) {
            world.afresh(async |world| replays(world, seed).await).await;
        }
    }

    /// What was said or told after the day is not there; what was corrected since is, unless it is asked as known then.
    async fn a_list_tells_what_was_there_on_a_day(world: &World) {
        let id = promise(world).await;
        world.clock.pass_days(100);
        say(world, &id, "OURS", "DELIVERED", "2026-05-20").await;
        let revise = "mutation($id: ID!) { reviseFollowUpAction(input: { actionId: $id, title: \"Train ten curators\" }) { refusal { message } } }";
        world.ask(revise, json!({ "id": id })).await;
        let one = |title: &str, status: &str, overdue: bool| {
            json!({ "totalCount": 1, "nodes": [{ "title": title, "status": status, "overdue": overdue }] })
        };
        let none = json!({ "totalCount": 0, "nodes": [] });
        assert_eq!(listed(world, "asOf: \"2026-05-20\"").await, one("Train ten curators", "DELIVERED", false));
        assert_eq!(listed(world, "asOf: \"2026-05-19\"").await, one("Train ten curators", "NO_EVIDENCE", true));
        assert_eq!(listed(world, "asOf: \"2026-04-30\"").await, one("Train ten curators", "RECORDED", false));
        assert_eq!(listed(world, "asOf: \"2026-04-30\", filter: { overdue: true }").await, none);
        assert_eq!(listed(world, "asOf: \"2026-01-09\"").await, none);
        assert_eq!(listed(world, "asOf: \"1950-01-01\"").await, none);
        assert_eq!(listed(world, "knownAt: \"2026-03-02T09:00:00Z\"").await, one("Train curators", "RECORDED", false));
        assert_eq!(listed(world, "knownAt: \"2026-03-01T09:00:00Z\"").await, none);
        let sheet = async |clock: &str| {
            let (_, text) = world.get(&format!("/lists/follow-up-actions.csv?{clock}")).await;
            text.lines().skip(1).map(|line| line.split(',').nth(4).expect("a title").to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(sheet("knownAt=2026-03-02T09:00:00Z").await, ["Train curators"]);
        assert_eq!(sheet("asOf=2026-01-09").await, Vec::<String>::new());
        assert_eq!(sheet("").await, ["Train ten curators"]);
        let (status, refused) = world.get("/lists/people.csv?asOf=2090-01-01").await;
        assert!(status == 400 && refused.contains("future"), "{refused}");
        let file = world.response(Request::get("/lists/people.csv?asOf=2026-04-30"), Body::empty()).await;
        assert_eq!(file.headers()[header::CONTENT_DISPOSITION], "attachment; filename=\"people-2026-04-30.csv\"");
    }

    /// A file with a list of the past is paid for as in GraphQL, and from the same allowance.
    async fn a_file_of_the_past_costs_what_it_costs_in_graphql(world: &World) {
        let variables = [("ENTENTE_LIMITS_COST_PER_MINUTE".to_owned(), "15000".to_owned())].into();
        let settings = Settings::load(&Sources { variables, ..Sources::default() }).expect("the settings");
        let world = world.with_app(entente::http::app(&settings, world.store.clone(), world.who.clone()));
        world.ask("{ people(asOf: \"2026-02-01\") { totalCount } }", json!({})).await;
        let list = |clock: &str| Request::get(format!("/lists/people.csv?{clock}"));
        let refused = world.response(list("asOf=2026-02-01"), Body::empty()).await;
        assert!(refused.status() == 429 && refused.body().contains("RATE_LIMITED"), "{}", refused.body());
        assert!(refused.headers().contains_key(header::RETRY_AFTER));
        assert_eq!(world.response(list("asOf="), Body::empty()).await.status(), 200, "that of today is free");
    }

    /// A page of the past goes on where the last one ended, and its cursors are those of today.
    async fn pages_of_the_past_hold(world: &World) {
        for _ in 0..5 {
            promise(world).await;
        }
        let moment = now(world);
        world.clock.pass_days(30);
        promise(world).await;
        let page = async |clock: &str, after: &Value| {
            let query = format!("query($after: String) {{ followUpActions(first: 2, after: $after {clock}) {{
                totalCount nodes {{ reference }} pageInfo {{ hasNextPage endCursor }} }} }}");
            world.ask(&query, json!({ "after": after })).await["followUpActions"].clone()
        };
        let clock = format!(", knownAt: \"{moment}\"");
        let (mut after, mut seen) = (Value::Null, Vec::new());
        loop {
            let told = page(&clock, &after).await;
            assert_eq!(told["totalCount"], 5);
            seen.extend(told["nodes"].as_array().expect("nodes").iter().map(|node| node["reference"].clone()));
            after = told["pageInfo"]["endCursor"].clone();
            if told["pageInfo"]["hasNextPage"] == false {
                break;
            }
        }
        assert_eq!(seen, ["INT-1", "INT-2", "INT-3", "INT-4", "INT-5"]);
        let first = page(&clock, &Value::Null).await["pageInfo"]["endCursor"].clone();
        let next = page("", &first).await;
        assert_eq!((&next["totalCount"], &next["nodes"][0]["reference"]), (&json!(6), &json!("INT-3")));
    }

    /// What cannot be told of a moment is refused, and so is a later clock below an earlier one; nothing is mixed.
    async fn no_moments_are_mixed(world: &World) {
        let id = promise(world).await;
        let then = now(world);
        world.clock.pass_days(30);
        say(world, &id, "OURS", "IN_PROGRESS", "2026-03-20").await;
        let below = async |fields: &str| {
            let query = format!("{{ followUpActions(knownAt: \"{then}\") {{ nodes {{ {fields} }} }} }}");
            world.answer(&query, json!({})).await
        };
        for (fields, word) in [
            ("history { totalCount }", "leave out asOf and knownAt"),
            ("progress(asOf: \"2026-03-25\") { status }", "future"),
            ("progress(knownAt: \"2026-03-25T00:00:00Z\") { status }", "future"),
        ] {
            let answer = below(fields).await;
            assert_eq!(answer["errors"][0]["extensions"]["code"], "BAD_USER_INPUT", "{answer:#}");
            assert!(answer["errors"][0]["message"].as_str().is_some_and(|message| message.contains(word)), "{answer:#}");
        }
        for (list, day) in [
            ("memberStates", "standing(asOf: \"2026-03-25\")"),
            ("organizations", "posts { holder(asOf: \"2026-03-25\") { id } }"),
        ] {
            let asked = |clock: &str| format!("{{ {list}{clock} {{ nodes {{ {day} }} }} }}");
            world.ask(&asked(""), json!({})).await;
            let answer = world.answer(&asked(&format!("(knownAt: \"{then}\")")), json!({})).await;
            assert_eq!(answer["errors"][0]["extensions"], json!({ "code": "BAD_USER_INPUT", "argument": "asOf" }), "{answer:#}");
        }
        let progress = below("progress { status asOf why } updates { says }").await["data"]["followUpActions"]["nodes"][0].clone();
        assert_eq!((&progress["progress"]["status"], &progress["progress"]["asOf"]), (&json!("RECORDED"), &json!("2026-03-02")));
        assert_eq!(progress["updates"], json!([]));
        // Beside one another stand as many moments as are asked for.
        let both = format!("{{ then: followUpActions(knownAt: \"{then}\") {{ nodes {{ status }} }} now: followUpActions {{ nodes {{ status }} }} }}");
        let both = world.answer(&both, json!({})).await;
        assert_eq!((&both["data"]["then"]["nodes"][0]["status"], &both["data"]["now"]["nodes"][0]["status"]), (&json!("RECORDED"), &json!("IN_PROGRESS")));
        assert_eq!(both["extensions"]["cost"]["past"], 10_000, "{both}");
        assert_eq!(world.answer("{ followUpActions { totalCount } }", json!({})).await["extensions"]["cost"]["past"], Value::Null);
    }

    /// The past is told to those who work here: it says what was corrected.
    async fn the_past_is_not_public(world: &World) {
        promise(world).await;
        let settings = entente::settings::Sources { variables: vec![("ENTENTE_SIGN_IN_PUBLIC".to_owned(), "true".to_owned())], ..Default::default() };
        let settings = entente::Settings::load(&settings).expect("the settings");
        let open = world.with_app(entente::app(&settings, world.store.clone(), store::Who::system()));
        let query = "{ followUpActions(knownAt: \"2026-03-02T09:00:00Z\") { totalCount } }";
        let refused = open.answer(query, json!({})).await;
        assert_eq!(refused["errors"][0]["extensions"]["code"], "FORBIDDEN", "{refused:#}");
        let lena = account(world, "Lena", Role::Viewer, Scope::Read).await;
        assert_eq!(open.signed(lena.token).ask(query, json!({})).await["followUpActions"]["totalCount"], 1);
    }
}
