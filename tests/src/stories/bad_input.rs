//! What cannot be right is told as a coded error or a refusal, and leaves nothing half-written.

use sea_orm::{EntityTrait, PaginatorTrait};
use serde_json::{Value, json};
use store::{change, finding, news_report, reading};

use crate::world::{World, stories};

const INGEST: &str = "mutation($input: IngestReportInput!) { ingestReport(input: $input) {
    duplicate report { id text reading { id state doubts { code } } } refusal { code message field } } }";

async fn ingest(world: &World, input: Value) -> Value {
    world.ask(INGEST, json!({ "input": input })).await["ingestReport"].clone()
}

/// How many rows the report side has, and how many lines the history.
async fn rows(world: &World) -> [u64; 4] {
    let db = world.store.reader();
    [
        news_report::Entity::find().count(db).await.expect("counted"),
        reading::Entity::find().count(db).await.expect("counted"),
        finding::Entity::find().count(db).await.expect("counted"),
        change::Entity::find().count(db).await.expect("counted"),
    ]
}

stories! {
    /// An empty text is refused, and nothing is kept.
    async fn an_empty_text_is_refused(world: &World) {
        let before = rows(world).await;
        for text in ["", "  \n\t ", "\u{a0}\u{200b}"] {
            let payload = ingest(world, json!({ "text": text })).await;
            assert_eq!((&payload["refusal"]["code"], &payload["refusal"]["field"]), (&json!("BAD_USER_INPUT"), &json!("text")), "{text:?}");
        }
        assert_eq!(rows(world).await, before);
    }

    /// A NUL is refused in every text that comes in, since PostgreSQL would refuse it later.
    async fn a_nul_is_refused_wherever_it_comes_in(world: &World) {
        let before = rows(world).await;
        for input in [
            json!({ "text": "The Minister\u{0} invited" }),
            json!({ "text": "The Minister invited the envoy.", "title": "a\u{0}b" }),
            json!({ "text": "The Minister invited the envoy.", "publisher": "a\u{0}b" }),
            json!({ "text": "The Minister invited the envoy.", "url": "a\u{0}b" }),
        ] {
            let payload = ingest(world, input.clone()).await;
            assert_eq!(payload["refusal"]["code"], "BAD_USER_INPUT", "{input}: {payload}");
        }
        assert_eq!(rows(world).await, before);
        let searched = "query($text: String!) { people(filter: { text: $text }) { nodes { id } }
            followUpActions(filter: { text: $text }) { nodes { id } } organizations(filter: { text: $text }) { nodes { id } } }";
        let answer = world.answer(searched, json!({ "text": "a\u{0}b" })).await;
        for error in answer["errors"].as_array().into_iter().flatten() {
            assert_eq!(error["extensions"]["code"], "BAD_USER_INPUT", "{answer}");
        }
    }

    /// Five megabytes of text are read; more is refused.
    async fn five_megabytes_are_read_and_more_is_refused(world: &World) {
        let sentence = "The Minister of Culture of Mauritania met the delegation in Rabat. ";
        let fitting = sentence.repeat((5 << 20) / sentence.len());
        let payload = ingest(world, json!({ "text": fitting })).await;
        assert_eq!(payload["refusal"], Value::Null);
        assert_eq!(payload["report"]["reading"]["state"], "WAITING");
        let payload = ingest(world, json!({ "text": format!("{fitting}{sentence}{sentence}") })).await;
        assert_eq!(payload["refusal"]["field"], "text", "{payload}");
    }

    /// HTML without a body is read for what it has, and kept.
    async fn html_without_a_body_is_kept(world: &World) {
        for (html, words) in [
            ("<p>The Minister of Health of Oman invited UNESCO to Muscat.", "invited UNESCO"),
            ("<html><head><title>Only a head</title></head></html>", ""),
            ("<<<>>>&&&amp;&#0;&#xD800;</p></div>", ""),
        ] {
            let payload = ingest(world, json!({ "text": html, "format": "HTML" })).await;
            if payload["refusal"].is_null() {
                let text = payload["report"]["text"].as_str().expect("a text");
                assert!(text.contains(words) && !text.contains('\0'), "{html}: {text}");
            } else {
                assert!(words.is_empty() && payload["refusal"]["field"] == "text", "{html}: {payload}");
            }
        }
    }

    /// A language that nobody reads is kept, marked unread, with a doubt.
    async fn an_unsupported_language_is_kept_unread(world: &World) {
        let text = "Министр образования пригласил делегацию посетить Москву и предложил сотрудничество в области науки.";
        let payload = ingest(world, json!({ "text": text })).await;
        assert_eq!(payload["report"]["text"], text);
        assert_eq!(payload["report"]["reading"]["state"], "UNREAD");
        assert_eq!(payload["report"]["reading"]["doubts"][0]["code"], "UNSUPPORTED_LANGUAGE");
    }

    /// A day that does not exist, an unknown state, an id of another type, a wild page size: each says what is wrong.
    async fn what_cannot_be_right_says_what_is_wrong(world: &World) {
        let bad = "BAD_USER_INPUT";
        let state = world.ask("{ memberState(code: \"PAK\") { id } }", json!({})).await["memberState"]["id"].clone();
        let as_action = "query($id: ID!) { followUpActions(filter: { meetingId: $id }) { nodes { id } } }";
        for (query, variables, codes, words) in [
            (INGEST, json!({ "input": { "text": "x", "publishedOn": "2024-02-30" } }), [bad, "GRAPHQL_VALIDATION_FAILED"], "2024-02-30"),
            (as_action, json!({ "id": state }), [bad, bad], "meeting"),
            (as_action, json!({ "id": "not an id" }), [bad, bad], "id"),
            ("{ followUpActions(first: -1) { nodes { id } } }", json!({}), [bad, bad], "first"),
            ("{ followUpActions(first: 101) { nodes { id } } }", json!({}), [bad, bad], "100"),
            ("{ followUpActions(first: 1, last: 1) { nodes { id } } }", json!({}), [bad, bad], "last"),
            ("{ followUpActions(after: \"x\") { nodes { id } } }", json!({}), [bad, bad], "cursor"),
            ("{ nonsense }", json!({}), ["GRAPHQL_VALIDATION_FAILED"; 2], "nonsense"),
            ("{ people { ", json!({}), ["GRAPHQL_PARSE_FAILED"; 2], ""),
        ] {
            let (code, message) = world.error(query, variables.clone()).await;
            assert!(codes.contains(&code.as_str()) && message.contains(words), "{query} {variables}: {code} {message}");
        }
        let unknown = world.answer("{ memberState(code: \"QQQ\") { name } }", json!({})).await;
        let code = &unknown["errors"][0]["extensions"]["code"];
        assert!(code == "NOT_FOUND" || code == bad, "{unknown}");
    }

    /// A stale version is refused with the version it has now.
    async fn a_stale_version_is_a_conflict(world: &World) {
        let made = "mutation { createFollowUpAction(input: { kind: REQUEST, title: \"Train archivists\", actorSide: THEIRS,
            strength: PROPOSED }) { followUpAction { id reference version } refusal { message } } }";
        let action = world.ask(made, json!({})).await["createFollowUpAction"]["followUpAction"].clone();
        let revise = "mutation($id: ID!, $title: String!) { reviseFollowUpAction(input: { actionId: $id, title: $title,
            expectedVersion: 1 }) { followUpAction { version title } refusal { code currentVersion } } }";
        let first = world.ask(revise, json!({ "id": action["id"], "title": "Train ten archivists" })).await;
        assert_eq!(first["reviseFollowUpAction"]["followUpAction"]["version"], 2);
        let second = world.ask(revise, json!({ "id": action["id"], "title": "Train no archivists" })).await;
        assert_eq!(second["reviseFollowUpAction"]["refusal"], json!({ "code": "CONFLICT", "currentVersion": 2 }));
    }

    /// The same report from two callers at once is kept once, and both get it.
    async fn the_same_report_from_two_callers_at_once_is_kept_once(world: &World) {
        let input = json!({ "text": "The Minister of Energy of Gabon invited the Director-General of UNESCO to visit Libreville." });
        let calls = (0..4).map(|_| ingest(world, input.clone()));
        let payloads = futures_util::future::join_all(calls).await;
        let first = &payloads[0]["report"]["id"];
        assert!(first.is_string() && payloads.iter().all(|payload| payload["report"]["id"] == *first), "{payloads:#?}");
        assert_eq!(payloads.iter().filter(|payload| payload["duplicate"] == false).count(), 1);
        assert_eq!(rows(world).await[..2], [1, 1]);
    }

    /// Two reviewers on one reading: one is served, the other is told, and nothing happens twice.
    async fn a_slower_reviewer_is_told_and_nothing_happens_twice(world: &World) {
        let text = "Gabon and UNESCO talk\n\nMr. Jean Obame, Minister of Energy of Gabon, invited the Director-General of UNESCO \
                    to visit Libreville. The talks took place on Thursday in Paris.";
        let (_, reading) = world.ingest(text, "2026-02-12").await;
        let (one, other) = tokio::join!(world.accept(&reading), world.accept(&reading));
        let refusals = [&one, &other].map(|payload| payload["refusal"]["code"].as_str().map(str::to_owned));
        assert!(refusals.contains(&None) && refusals.contains(&Some("CONFLICT".to_owned())), "{one:#} {other:#}");
        let count = world.ask("{ followUpActions { totalCount } }", json!({})).await;
        assert_eq!(count["followUpActions"]["totalCount"], 1);
    }

    /// Bytes that are no UTF-8, a body that is no JSON, a value of the wrong type: a coded error each.
    async fn broken_bodies_get_a_coded_error(world: &World) {
        for body in [&b"{\"query\": \"{ people { nodes { id } } }\xff\"}"[..], b"", b"[]", b"{\"query\": 1}", b"{", b"null"] {
            let (status, answer) = world.post(body.to_vec()).await;
            assert!(status.is_client_error(), "{status} {answer}");
            assert!(answer["errors"][0]["extensions"]["code"].is_string(), "{status} {answer}");
        }
    }
}
