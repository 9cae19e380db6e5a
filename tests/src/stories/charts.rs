//! Answers as pictures.

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use serde_json::json;

use crate::world::stories;

stories! {
    /// An answer is had as a picture with the same filters, in each language.
    async fn an_answer_is_had_as_a_picture(world: &World) {
        let made = "mutation($input: CreateFollowUpActionInput!) { createFollowUpAction(input: $input) { refusal { message } } }";
        let state = world.ask("{ memberState(code: \"PAK\") { id } }", json!({})).await["memberState"]["id"].clone();
        let input = json!({ "kind": "COMMITMENT", "title": "Lend <all> the manuscripts", "actorSide": "THEIRS", "strength": "PROMISED",
            "stateId": state, "saidOn": "2026-01-10", "due": "2026-02-20", "areas": ["manuscripts-libraries"] });
        world.ask(made, json!({ "input": input })).await;
        for (name, told) in [
            ("partnerships", "Pakistan (needs attention): Overdue: 1; Open in time: 0; Delivered: 0; Dropped: 0."),
            ("matrix", "promised (actions: 1, open: 1)."),
            ("timeline", "10 January 2026: Action said – PAK-1 Lend &lt;all&gt; the manuscripts."),
            ("delivery-rate", "2026: Delivered: 0; In part: 0; Open: 1; Dropped: 0."),
        ] {
            let answer = world.response(Request::get(format!("/charts/{name}.svg?state=pk")), Body::empty()).await;
            assert_eq!(answer.status(), StatusCode::OK, "{name}: {}", answer.body());
            assert_eq!(answer.headers()[header::CONTENT_TYPE], "image/svg+xml; charset=utf-8");
            assert!(answer.body().starts_with("<svg") && answer.body().contains(told), "{name}: {}", answer.body());
            let (_, arabic) = world.get(&format!("/charts/{name}.svg?language=ar")).await;
            assert!(arabic.contains("direction=\"rtl\"") && arabic.contains("2 مارس 2026"), "{name}: {arabic}");
            let (_, before) = world.get(&format!("/charts/{name}.svg?language=fr&asOf=2020-01-01&knownAt=2026-03-02T09:00:00Z")).await;
            assert!(before.contains("Il n’y a rien à montrer."), "{name}: {before}");
        }
        let (_, period) = world.get("/charts/timeline.svg?from=2026-01-11").await;
        assert!(period.contains("from 11 January 2026 to 2 March 2026") && !period.contains("PAK-1"), "{period}");
    }

    /// What cannot be drawn says why, and what to do.
    async fn a_picture_that_cannot_be_had_says_why(world: &World) {
        for (address, status, told) in [
            ("/charts/owed.svg", StatusCode::NOT_FOUND, "/charts/matrix.svg"),
            ("/charts/matrix.png", StatusCode::NOT_FOUND, "/charts/matrix.svg"),
            ("/charts/matrix.svg?state=QQQ", StatusCode::BAD_REQUEST, "ISO 3166-1"),
            ("/charts/matrix.svg?asOf=2050-01-01", StatusCode::BAD_REQUEST, "future"),
            ("/charts/matrix.svg?language=de", StatusCode::BAD_REQUEST, "en, fr or ar"),
            ("/charts/matrix.svg?colour=red", StatusCode::BAD_REQUEST, "asOf"),
        ] {
            let (is, text) = world.get(address).await;
            assert_eq!(is, status, "{address}: {text}");
            assert!(text.contains(told), "{address}: {text}");
        }
    }
}
