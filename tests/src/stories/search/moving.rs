//! The order of what is found: page by page while records are added, and the same on both databases.

use std::collections::BTreeSet;

use entente::tables::last_migration;
use serde_json::{Value, json};
use store::search::Pass;

use super::{action, meeting, ministry, report, search, titles};
use crate::world::{Engine, World, stories};

/// What some words find, in the order and with the extracts in which it is answered, page by page.
async fn answers(world: &World) -> Vec<Value> {
    let mut answers = Vec::new();
    for query in [
        "o",
        "om",
        "training",
        "minister oman",
        "\"director-general\"",
        "coop",
        "the visit",
        "وزارة",
        "ال",
        "2026",
        "omn-1",
        "a of",
    ] {
        let mut after = Value::Null;
        loop {
            let answer = search(world, json!({ "query": query, "first": 7, "after": after })).await;
            answers.push(json!({ "count": answer["totalCount"], "edges": answer["edges"] }));
            if answer["pageInfo"]["hasNextPage"] == false {
                break;
            }
            after = answer["pageInfo"]["endCursor"].clone();
        }
    }
    answers
}

stories! {
    /// All words in the title come first, then some of them, then none; of equals the latest first.
    async fn the_best_come_first_then_the_latest(world: &World) {
        report(world, "Nothing", "Lagoon charts were shown.", "2026-02-20").await;
        report(world, "Charts of a lagoon", "They were shown.", "2026-02-10").await;
        report(world, "The lagoon", "Its charts were shown.", "2026-02-12").await;
        report(world, "Lagoon charts", "They were shown again.", "2026-02-11").await;
        let expected = ["Lagoon charts", "Charts of a lagoon", "The lagoon", "Nothing"];
        assert_eq!(titles(&search(world, json!({ "query": "lagoon charts" })).await), expected);
        let mut after = Value::Null;
        for (at, title) in expected.iter().enumerate() {
            let page = search(world, json!({ "query": "lagoon charts", "first": 1, "after": after })).await;
            assert_eq!((titles(&page), &page["totalCount"]), (vec![(*title).to_owned()], &json!(4)));
            let info = &page["pageInfo"];
            assert_eq!((&info["hasNextPage"], &info["hasPreviousPage"]), (&json!(at < 3), &json!(at > 0)));
            after = info["endCursor"].clone();
        }
        let mut before = Value::Null;
        for (at, titles_there) in [(2, &expected[2..]), (0, &expected[..2])] {
            let page = search(world, json!({ "query": "lagoon charts", "last": 2, "before": before })).await;
            assert_eq!(titles(&page), titles_there, "from the end, over the borders of what is best");
            let info = &page["pageInfo"];
            assert_eq!((&info["hasPreviousPage"], &info["hasNextPage"]), (&json!(at > 0), &json!(at < 2)));
            before = info["startCursor"].clone();
        }
        let state = search(world, json!({ "query": "oman" })).await;
        assert_eq!(titles(&state)[0], "Oman", "a state before all that has a day");
    }

    /// Nothing comes twice and nothing is left out while others add records.
    async fn pages_hold_while_records_are_added(world: &World) {
        for at in 0..9 {
            action(world, &format!("Chart lagoon {at}"), "OMN").await;
            report(world, &format!("Day {at}"), &format!("On day {at} the lagoon was charted."), "2026-02-10").await;
        }
        let mut seen = BTreeSet::new();
        let mut after = Value::Null;
        for page in 0.. {
            let answer = search(world, json!({ "query": "lagoon", "first": 4, "after": after })).await;
            for title in titles(&answer) {
                assert!(seen.insert(title.clone()), "{title} came twice");
            }
            if answer["pageInfo"]["hasNextPage"] == false {
                break;
            }
            after = answer["pageInfo"]["endCursor"].clone();
            action(world, &format!("Late lagoon {page}"), "OMN").await;
            report(world, &format!("Late day {page}"), &format!("Late, on day {page}, a lagoon."), "2026-03-01").await;
        }
        let there_from_the_first = seen.iter().filter(|title| !title.contains("ate ")).count();
        assert_eq!(there_from_the_first, 18, "{seen:?}");
    }

    /// A search takes as many statements for many records as for few.
    async fn a_search_takes_as_many_statements_for_many_as_for_few(world: &World) {
        let mut statements = Vec::new();
        for day in 0..20 {
            report(world, &format!("Day {day}"), &format!("On day {day} the lagoon rose."), "2026-02-10").await;
            action(world, &format!("Chart the lagoon {day}"), "OMN").await;
            if [1, 19].contains(&day) {
                let (taken, answer) = world.statements_of(search(world, json!({ "query": "lagoon", "first": 50 }))).await;
                assert_eq!(answer["totalCount"], 2 * (day + 1), "{answer:#}");
                statements.push(taken);
            }
        }
        assert_eq!(statements[0], statements[1], "a statement for each record would grow with them");
        // Eight to search, and one that asks who it is that asks.
        assert!(statements[0] <= 9, "{statements:?}");
    }

    /// Both databases find the same in the same order, page by page, with the same marks.
    async fn both_databases_answer_in_the_same_order(world: &World) {
        entente::samples::load(&world.store, &world.who).await.expect("the samples load");
        ministry(world, "OMN").await;
        for at in 0..9 {
            action(world, &format!("Training {at} with the ministry"), "OMN").await;
            meeting(world, &format!("Visit {at}"), "OMN").await;
            world.clock.pass_days(i64::from(at % 2));
        }
        report(world, "زيارة", "وبالتعاون مع وزارة التربية في عمان", "2026-02-10").await;
        let here = answers(world).await;
        assert!(here.len() > 30, "{} pages", here.len());
        let mut lines = Vec::new();
        store::dump::export(&world.store, &last_migration(), &mut lines).await.expect("everything is written");
        for engine in [Engine::Sqlite, Engine::Postgres] {
            world.elsewhere(engine, async |there| {
                store::dump::import(&there.store, &last_migration(), store::dump::Tables::Current, lines.as_slice()).await.expect("taken in");
                assert_eq!(titles(&search(there, json!({ "query": "oman" })).await), Vec::<String>::new());
                Pass::over_missing().run(&there.store).await.expect("indexed");
                let there = answers(there).await;
                for (here, there) in here.iter().zip(&there) {
                    assert_eq!(here, there);
                }
                assert_eq!(here.len(), there.len());
            }).await;
        }
    }
}
