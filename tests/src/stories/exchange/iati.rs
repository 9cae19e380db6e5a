//! What both sides have agreed to as activities of IATI.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::world::{World, stories};

/// The program with an identifier to publish by.
fn publishing(world: &World) -> World {
    let variable = ("ENTENTE_IATI_REPORTING_ORG".to_owned(), "XM-TEST-1".to_owned());
    let sources = entente::settings::Sources { variables: vec![variable], ..Default::default() };
    let settings = entente::Settings::load(&sources).expect("the settings");
    world.with_app(entente::app(&settings, world.store.clone(), world.who.clone()))
}

async fn action(world: &World, title: &str, strength: &str, areas: Value) -> Value {
    let state = world.ask("{ memberState(code: \"MLI\") { id } }", json!({})).await["memberState"]["id"].clone();
    let made = "mutation($input: CreateFollowUpActionInput!) { createFollowUpAction(input: $input) {
        followUpAction { id reference } refusal { message } } }";
    let input = json!({ "kind": "AGREEMENT", "title": title, "strength": strength, "actorSide": "BOTH", "stateId": state,
        "areas": areas, "saidOn": "2026-01-20", "due": "2026-09", "actor": { "stateId": state } });
    let made = world.ask(made, json!({ "input": input })).await;
    made["createFollowUpAction"]["followUpAction"].clone()
}

stories! {
    /// Each part has its words and codes, and what one side alone proposed stays at home.
    async fn what_was_agreed_is_an_activity(world: &World) {
        let world = publishing(world);
        let made = action(&world, "Dig <deep> wells & teach", "AGREED_IN_PRINCIPLE", json!(["literacy", "water-management"])).await;
        action(&world, "Only proposed", "PROPOSED", json!([])).await;
        let report = "mutation { ingestReport(input: { text: \"Bamako, 1 March 2026 - The wells are being dug.\", publishedOn: \"2026-03-01\",
            url: \"https://news.example/wells?a=1&b=2\", title: \"Wells\" }) { report { id } } }";
        let report = world.ask(report, json!({})).await["ingestReport"]["report"]["id"].clone();
        let said = "mutation($input: RecordUpdateInput!) { recordUpdate(input: $input) { refusal { message } } }";
        let input = json!({ "actionId": made["id"], "track": "EVIDENCE", "says": "IN_PROGRESS", "on": "2026-03-01", "reportId": report });
        assert!(world.ask(said, json!({ "input": input })).await["recordUpdate"]["refusal"].is_null());
        let (status, text) = world.get("/iati/activities.xml?state=MLI").await;
        assert_eq!(status, StatusCode::OK, "{text}");
        assert!(!text.contains("Only proposed"), "{text}");
        for part in [
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<iati-activities version=\"2.03\" generated-datetime=\"2026-03-02T09:00:00Z\">",
            "<iati-activity xml:lang=\"en\"><iati-identifier>XM-TEST-1-MLI-1</iati-identifier><reporting-org ref=\"XM-TEST-1\" type=\"40\">",
            "<title><narrative>Dig &lt;deep&gt; wells &amp; teach</narrative></title>",
            "type=\"10\" role=\"2\"><narrative>Mali</narrative></participating-org>",
            "<participating-org ref=\"XM-TEST-1\" type=\"40\" role=\"4\">",
            "<activity-status code=\"2\"></activity-status>",
            "<activity-date type=\"1\" iso-date=\"2026-01-20\"></activity-date><activity-date type=\"2\" iso-date=\"2026-03-01\">",
            "<activity-date type=\"3\" iso-date=\"2026-09-30\">",
            "<recipient-country code=\"ML\"></recipient-country>",
            "percentage=\"50.00\"></sector>",
            "<tag vocabulary=\"2\" code=\"4\"></tag>",
            "<document-link format=\"text/html\" url=\"https://news.example/wells?a=1&amp;b=2\"><title><narrative xml:lang=\"en\">Wells</narrative>",
            "<category code=\"A12\"></category><language code=\"en\"></language><document-date iso-date=\"2026-03-01\">",
        ] {
            assert!(text.contains(part), "{part}\n{text}");
        }
        let (_, none) = world.get("/iati/activities.xml?state=PK").await;
        assert!(!none.contains("<iati-activity "), "{none}");
    }

    /// The words of the report are the description, in its language.
    async fn the_description_is_what_the_report_says(world: &World) {
        entente::samples::load(&world.store, &world.who).await.expect("the samples load");
        let (status, text) = publishing(world).get("/iati/activities.xml").await;
        assert!(status == StatusCode::OK && text.contains("<description type=\"1\"><narrative xml:lang=\"en\">"), "{text}");
    }

    /// Without an identifier nothing is published, and the answer says what to set.
    async fn nothing_is_published_without_an_identifier(world: &World) {
        let published = publishing(world);
        for (world, address, status, told) in [
            (world, "/iati/activities.xml", StatusCode::NOT_FOUND, "iati.reporting_org"),
            (&published, "/iati/activities.xml?state=QQ", StatusCode::BAD_REQUEST, "ISO 3166-1"),
            (&published, "/iati/activities.xml?colour=red", StatusCode::BAD_REQUEST, "takes state"),
        ] {
            let (is, text) = world.get(address).await;
            assert!(is == status && text.contains(told), "{address}: {is} {text}");
        }
    }
}
