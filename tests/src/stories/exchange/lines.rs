//! Everything as lines of JSON, from either engine to either.

use std::fmt::Write;

use entente::tables::last_migration;
use serde_json::{Value, json};
use store::{delivery, dump, job, organization, organization::Draft};
use vocab::{Channel, OrganizationKind};

use crate::world::{Engine, World, stories};

async fn written(world: &World) -> String {
    let mut bytes = Vec::new();
    dump::export(&world.store, &last_migration(), &mut bytes).await.expect("everything is written");
    String::from_utf8(bytes).expect("UTF-8")
}

async fn taken_in(world: &World, lines: &str) -> Result<u64, dump::Fault> {
    dump::import(&world.store, &last_migration(), dump::Tables::Current, lines.as_bytes()).await
}

/// Some weeks of work: reports that were reviewed, what became of it, and a unit that became part of a younger one.
async fn work(world: &World) {
    entente::samples::load(&world.store, &world.who).await.expect("the samples load");
    world.clock.pass_days(3);
    let old = Draft::new(OrganizationKind::Unit, "Office of Old Things");
    let young = Draft::new(OrganizationKind::Unit, "Centre for Everything");
    let moved = world.write(async |work| {
        let old = organization::create(work, old).await?;
        let young = organization::create(work, young).await?;
        let revision = organization::Revision { parent_id: Some(Some(young.id)), ..Default::default() };
        organization::revise(work, old.id, None, revision).await
    });
    moved.await.expect("the office moves");
    let actions = world.ask("{ followUpActions(first: 1) { nodes { id } } }", json!({})).await;
    let input = json!({ "actionId": actions["followUpActions"]["nodes"][0]["id"], "track": "OURS",
        "says": "IN_PROGRESS", "on": "2026-03-04", "note": "=begun\n\"soon\"" });
    let said = "mutation($input: RecordUpdateInput!) { recordUpdate(input: $input) { refusal { message } } }";
    assert_eq!(world.ask(said, json!({ "input": input })).await["recordUpdate"]["refusal"], Value::Null);
    world.clock.pass_days(3);
}

/// What every question answers, today and as it was known in between.
async fn answers(world: &World) -> Vec<Value> {
    let mut answers = Vec::new();
    for clock in ["", ", knownAt: \"2026-03-03T00:00:00Z\""] {
        let mut query = String::from("{");
        for (at, question) in briefing::questions().iter().enumerate() {
            let asks = format!("q{at}: answer(question: \"{}\"{clock})", question.name);
            write!(query, " {asks} {{ judged of rows {{ cells {{ text number date }} }} }}").expect("written");
        }
        query.push('}');
        answers.push(world.ask(&query, json!({})).await);
    }
    answers
}

/// The reference of the next action of a state, and the number of its line in the history.
async fn next(world: &World) -> (String, i32) {
    let state = world.ask("{ memberState(code: \"PAK\") { id } }", json!({})).await["memberState"]["id"].clone();
    let draft =
        "mutation($state: ID!) { createFollowUpAction(input: { kind: PLAN, title: \"Meet again\", actorSide: OURS,
        stateId: $state }) { followUpAction { reference } refusal { message } } }";
    let made = world.ask(draft, json!({ "state": state })).await;
    let reference = made["createFollowUpAction"]["followUpAction"]["reference"].as_str().expect("a reference");
    (reference.to_owned(), store::history::last_number(world.store.reader()).await.expect("a number"))
}

/// A line with one word in it replaced by another.
fn with(lines: &str, number: usize, from: &str, to: &str) -> String {
    let changed = lines.lines().enumerate().map(|(at, line)| {
        if at + 1 != number {
            return line.to_owned();
        }
        assert!(line.contains(from), "{line}");
        line.replacen(from, to, 1)
    });
    changed.map(|line| line + "\n").collect()
}

fn line_of(lines: &str, part: &str) -> usize {
    1 + lines.lines().position(|line| line.contains(part)).unwrap_or_else(|| panic!("no line holds {part}"))
}

stories! {
    /// Out of one database, into an empty one of either engine, out again: the same bytes; and everything is answered
    /// alike, also what was known in between; and counting goes on.
    async fn everything_comes_back_byte_for_byte(world: &World) {
        work(world).await;
        let (lines, answered) = (written(world).await, answers(world).await);
        let mut continued = Vec::new();
        for engine in [Engine::Sqlite, Engine::Postgres] {
            world.elsewhere(engine, async |there| {
                let rows = taken_in(there, &lines).await.expect("everything is taken in");
                assert_eq!(rows as usize, lines.lines().count() - 2);
                let again = written(there).await;
                let differing = lines.lines().zip(again.lines()).find(|(one, other)| one != other);
                assert_eq!(differing, None);
                assert_eq!(again.len(), lines.len());
                assert_eq!(answers(there).await, answered);
                continued.push(next(there).await);
            }).await;
        }
        let here = next(world).await;
        assert!(continued.iter().all(|there| *there == here), "{continued:?} go on as {here:?}");
    }

    /// What was still to be sent is sent from the new place, and what was made once is not made again.
    async fn what_is_still_to_be_sent_goes_along(world: &World) {
        let account_id = world.who.account_id.expect("somebody");
        let planned = world.write(async |work| {
            let (target, message) = (String::new(), json!({ "subject": "This week" }));
            let draft = delivery::Draft { account_id, channel: Channel::Email, target, period: "2026-W10".to_owned(), message };
            delivery::plan(work, draft).await
        });
        let planned = planned.await.expect("planned");
        let lines = written(world).await;
        world.elsewhere(Engine::Sqlite, async |there| {
            taken_in(there, &lines).await.expect("everything is taken in");
            assert_eq!(written(there).await, lines);
            let taken = there.write(async |work| {
                let until = work.now() + chrono::TimeDelta::minutes(5);
                job::take(work, &[delivery::JOB], planned.id, until).await
            });
            let taken = taken.await.expect("the queue is looked into").expect("something to send");
            assert_eq!((taken.key, &taken.payload["subject"]), (planned.id.to_string(), &json!("This week")));
        }).await;
    }

    /// Nothing is mixed: a database that holds anything takes nothing in.
    async fn only_an_empty_database_takes_everything_in(world: &World) {
        let lines = written(world).await;
        let refused = taken_in(world, &lines).await.expect_err("it is not empty").to_string();
        assert!(refused.contains("not empty") && refused.contains("entente migrate"), "{refused}");
        assert_eq!(written(world).await, lines);
    }

    /// A file that is not whole, newer, or not understood is refused with the line, and nothing of it is kept.
    async fn a_line_that_is_not_understood_is_told_by_its_number(world: &World) {
        let lines = written(world).await;
        let last = lines.lines().count();
        let (state, area) = (line_of(&lines, "\"kind\":\"member-state\""), line_of(&lines, "\"kind\":\"cooperation-area\""));
        let post = line_of(&lines, "\"kind\":\"post\"");
        let whole = lines.lines().collect::<Vec<_>>();
        let cut = |from: usize, to: usize| {
            let kept = whole.iter().enumerate().filter(|(at, _)| !(from..to).contains(&(at + 1)));
            kept.map(|(_, line)| format!("{line}\n")).collect::<String>()
        };
        let cases = [
            (String::new(), 1, "no first line"),
            ("{}\n".to_owned(), 1, "no first line"),
            (with(&lines, 1, "\"version\":1", "\"version\":2"), 1, "use a newer one"),
            (with(&lines, 1, "m2026", "m2030"), 1, "written from the tables of m2030"),
            (with(&lines, state, "member-state", "planet"), state, "there is no kind \"planet\""),
            (with(&lines, state, "{\"kind\"", "{\"kin\""), state, "it is no row"),
            (with(&lines, state, "\"alpha2\"", "\"alpha\""), state, "it lacks the column alpha2"),
            (with(&lines, area, "\"position\":", "\"position\":1."), area, "position cannot be"),
            (cut(area, area + 1), last - 1, "the file is not whole"),
            (cut(last, last + 1), last, "it is not whole"),
            (format!("{lines}more\n"), last + 1, "behind the last line"),
        ];
        world.elsewhere(Engine::Sqlite, async |there| {
            for (lines, line, told) in cases {
                let fault = taken_in(there, &lines).await.expect_err(told);
                assert!(matches!(fault, dump::Fault::Line { line: of, .. } if of == line as u64), "{line}: {fault}");
                assert!(fault.to_string().contains(told), "{told}: {fault}");
            }
            let dangling = taken_in(there, &cut(line_of(&lines, "\"kind\":\"organization\""), post)).await;
            let dangling = dangling.expect_err("posts without organizations").to_string();
            assert!(dangling.contains("the database refuses them"), "{dangling}");
            taken_in(there, &lines).await.expect("nothing was kept, and the whole file fits");
        }).await;
    }
}
