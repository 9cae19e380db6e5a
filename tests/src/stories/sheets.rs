//! Answers as files that spreadsheets open.

use axum::http::StatusCode;
use serde_json::json;

use crate::world::stories;

stories! {
    /// An answer is had as comma-separated values, as of any day; what a spreadsheet would run stays words.
    async fn an_answer_is_had_as_a_sheet(world: &World) {
        let made = "mutation { createFollowUpAction(input: { kind: REQUEST, title: \"=HYPERLINK(1), \\\"now\\\"\", actorSide: THEIRS }) {
            followUpAction { id } } }";
        world.ask(made, json!({})).await;
        let (status, sheet) = world.get("/answers/owed.csv").await;
        assert_eq!(status, StatusCode::OK, "{sheet}");
        let lines: Vec<_> = sheet.lines().collect();
        assert!(lines[0].starts_with("\u{feff}Ledger,Action,What,State,"), "{sheet}");
        assert_eq!(lines[1], "waiting for us,INT-1,\"'=HYPERLINK(1), \"\"now\"\"\",,recorded,,,0");
        let (status, empty) = world.get("/answers/owed.csv?state=pk&asOf=2020-01-01").await;
        assert_eq!((status, empty.lines().count()), (StatusCode::OK, 1), "{empty}");
    }

    /// What cannot be answered says why, and what to do.
    async fn a_sheet_that_cannot_be_had_says_why(world: &World) {
        for (address, status, told) in [
            ("/answers/nothing.csv", StatusCode::BAD_REQUEST, "ask one of"),
            ("/answers/owed", StatusCode::NOT_FOUND, "/answers/owed.csv"),
            ("/answers/owed.csv?state=QQQ", StatusCode::BAD_REQUEST, "ISO 3166-1"),
            ("/answers/owed.csv?asOf=yesterday", StatusCode::BAD_REQUEST, "2026-11-24"),
            ("/answers/owed.csv?asOf=2050-01-01", StatusCode::BAD_REQUEST, "future"),
            ("/answers/owed.csv?colour=red", StatusCode::BAD_REQUEST, "asOf"),
        ] {
            let (is, text) = world.get(address).await;
            assert_eq!(is, status, "{address}: {text}");
            assert!(text.contains(told), "{address}: {text}");
        }
    }
}
