//! Which pairs are proposed, and which are not.

use serde_json::{Value, json};
use store::person;

use super::{done, meet, merged, ministry, person as keep, undone};
use crate::world::{World, stories};

async fn candidates(world: &World, kind: &str) -> Vec<Value> {
    let query = "query($kind: MergeKind!) { mergeCandidates(kind: $kind, first: 100) { totalCount nodes {
        one { id name } other { id name } reasons { rule score text } } } }";
    let found = world.ask(query, json!({ "kind": kind })).await["mergeCandidates"].clone();
    let nodes = found["nodes"].as_array().expect("a list").clone();
    assert_eq!(found["totalCount"].as_u64(), Some(nodes.len() as u64));
    nodes
}

fn names(pair: &Value) -> [&str; 2] {
    ["one", "other"].map(|side| pair[side]["name"].as_str().unwrap_or_default())
}

stories! {
    /// The surest come first, each with what the two share; whoever is said to be two, or sat side by side, is not proposed.
    async fn pairs_are_proposed_with_what_they_share_until_somebody_says_that_they_are_two(world: &World) {
        let (a, b) = (keep(world, "Khalid Yusuf").await, keep(world, "Khaled Youssef").await);
        let (c, d) = (keep(world, "Omar Al-Sabti").await, keep(world, "OMAR AL SABTI").await);
        let (e, f) = (keep(world, "Idris Bello").await, keep(world, "Bello Idris").await);
        meet(world, &[&e, &f]).await;
        let found = candidates(world, "PERSON").await;
        assert_eq!(found.iter().map(names).collect::<Vec<_>>(), [["Omar Al-Sabti", "OMAR AL SABTI"], ["Khalid Yusuf", "Khaled Youssef"]]);
        assert_eq!(found[0]["reasons"][0]["rule"], "same-name");
        assert_eq!(found[1]["reasons"][0]["text"], "“Khalid Yusuf” and “Khaled Youssef” have the same consonants.");

        let input = json!({ "oneId": b, "otherId": a, "reason": "father and son" });
        done(world, "rejectMerge", input.clone(), "rejectedMerge { one { id } other { id } reason }").await;
        done(world, "rejectMerge", input, "rejectedMerge { reason }").await;
        assert_eq!(candidates(world, "PERSON").await.len(), 1);
        // What was said of one that is merged counts for the kept one; and it is back where the merge is undone.
        let g = keep(world, "Yusuf Khalid").await;
        let merge = merged(world, "mergePeople", &g, &b).await;
        let found = candidates(world, "PERSON").await;
        assert_eq!(found.iter().map(names).collect::<Vec<_>>(), [["Omar Al-Sabti", "OMAR AL SABTI"]]);
        undone(world, &merge).await;
        assert_eq!(candidates(world, "PERSON").await.len(), 2, "one of them with the third, and the two of one name");
        merged(world, "mergePeople", &c, &d).await;
        assert_eq!(candidates(world, "PERSON").await.len(), 1);
        assert_eq!(merged_after_all(world, &a, &b).await, 1, "a person says so now");
    }

    /// Ministries of two states are never proposed, whatever they share.
    async fn ministries_of_one_state_are_proposed_and_of_two_never(world: &World) {
        let before = candidates(world, "ORGANIZATION").await.len();
        ministry(world, "Ministry of Rivers", "PAK").await;
        ministry(world, "Ministry of Rivers", "OMN").await;
        assert_eq!(candidates(world, "ORGANIZATION").await.len(), before);
        ministry(world, "River Ministry", "PAK").await;
        let found = candidates(world, "ORGANIZATION").await;
        assert_eq!(found.len(), before + 1);
        assert!(found.iter().any(|pair| names(pair) == ["Ministry of Rivers", "River Ministry"]));
    }

    /// Pages hold while pairs go away, and there are as many statements for many people as for few.
    async fn pairs_come_in_pages_and_take_as_many_statements_for_many_as_for_few(world: &World) {
        let query = "query($first: Int, $after: String) { mergeCandidates(kind: PERSON, first: $first, after: $after) {
            pageInfo { hasNextPage endCursor } edges { cursor node { reasons { text } } } } }";
        for name in ["Ana One", "Cem Two"] {
            keep(world, name).await;
            keep(world, name).await;
        }
        // What is kept in memory is read before it is counted.
        world.ask(query, json!({})).await;
        let (few, page) = world.statements_of(world.ask(query, json!({ "first": 1 }))).await;
        let many = world.write(async |work| {
            for number in 0..400 {
                person::create(work, person::Draft { label: format!("Same Name {}", number / 2), ..Default::default() }).await?;
            }
            Ok(())
        });
        many.await.expect("people");
        let (as_many, _) = world.statements_of(world.ask(query, json!({ "first": 1 }))).await;
        assert_eq!(few, as_many);
        let end = page["mergeCandidates"]["pageInfo"]["endCursor"].clone();
        let next = world.ask(query, json!({ "first": 1, "after": end })).await;
        assert!(next["mergeCandidates"]["edges"][0]["node"]["reasons"][0]["text"].as_str().is_some_and(|text| text.contains("Cem Two")), "{next}");
        let (code, _) = world.error(query, json!({ "after": "W1tdLCIwMTlhYTAwMC0wMDAwLTcwMDAtODAwMC0wMDAwMDAwMDAwMDEiXQ" })).await;
        assert_eq!(code, "BAD_USER_INPUT");
    }
}

/// Merges two that were said to be two; how many pairs are proposed afterwards.
async fn merged_after_all(world: &World, one: &Value, other: &Value) -> usize {
    merged(world, "mergePeople", one, other).await;
    candidates(world, "PERSON").await.len()
}
