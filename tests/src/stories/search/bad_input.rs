//! Whatever is typed, no database stumbles over it.

use serde_json::json;

use super::{SEARCH, report};
use crate::world::stories;

stories! {
    /// What holds no word, or too many, is refused with a sentence that says what to do.
    async fn what_cannot_be_searched_for_is_told(world: &World) {
        let (long, many) = ("a".repeat(10_000), "word ".repeat(13));
        for (query, told) in [
            ("", "write a word"),
            ("  \n", "write a word"),
            ("\"\"", "write a word"),
            ("*", "write a word"),
            ("— … %", "write a word"),
            ("\u{0}", "write a word"),
            ("\u{64e}\u{651}ـ", "write a word"),
            ("👍🏽", "write a word"),
            (&long, "longer than 200 characters"),
            (&many, "13 words, and 12 are the most"),
        ] {
            let (code, message) = world.error(SEARCH, json!({ "query": query })).await;
            assert!(code == "BAD_USER_INPUT" && message.contains(told), "{query:?}: {code}: {message}");
        }
        for (variables, told) in [
            (json!({ "query": "a", "first": 0 }), "first"),
            (json!({ "query": "a", "first": 101 }), "100"),
            (json!({ "query": "a", "after": "nonsense" }), "cursor"),
        ] {
            let (code, message) = world.error(SEARCH, variables.clone()).await;
            assert!(code == "BAD_USER_INPUT" && message.contains(told), "{variables}: {code}: {message}");
        }
        let foreign = world.ask("{ memberStates(first: 1) { edges { cursor } } }", json!({})).await;
        let after = &foreign["memberStates"]["edges"][0]["cursor"];
        let (code, message) = world.error(SEARCH, json!({ "query": "a", "after": after })).await;
        assert!(code == "BAD_USER_INPUT" && message.contains("another list"), "{code}: {message}");
    }

    /// What would mean something to an engine means nothing here but the words in it.
    async fn words_of_the_engines_are_words(world: &World) {
        report(world, "A near and not so distant lagoon", "Rowid, title: select or match.", "2026-02-10").await;
        for query in [
            "AND", "NOT near", "near AND NOT lagoon", "NEAR(near lagoon, 2)", "near*", "^near", "-near", "title:near", "title : near",
            "{title}: near", "near +lagoon", "near | lagoon", "near & !distant", "near <-> and", "near:*A", "'near' lagoon", "near\\",
            "(near", "near)", "\"near", "near\"", "\"near\"\"lagoon\"", "near; DROP TABLE search_entry", "near' OR 'a'='a", "$1 near", "?near",
            "near%", "_near_", "near\u{0}lagoon", "rowid", "near\u{fffe}", "near\u{202e}lagoon", "ﷺ near", "½ near", "near 👩🏽‍🏫",
        ] {
            let answer = world.answer(SEARCH, json!({ "query": query })).await;
            assert!(answer["data"]["search"]["totalCount"].is_i64(), "{query:?}: {answer:#}");
        }
        for (query, count) in [("near* AND ^lagoon", 1), ("near | lagoon", 1), ("near -lagoon", 1), ("title:near", 1), ("near OR nothing", 0)] {
            let answer = world.ask(SEARCH, json!({ "query": query })).await;
            assert_eq!(answer["search"]["totalCount"], count, "{query}");
        }
        let twelve = "near and not so distant lagoon rowid title select or match a";
        let answer = world.ask(SEARCH, json!({ "query": twelve })).await;
        assert_eq!(answer["search"]["totalCount"], 1);
    }
}
