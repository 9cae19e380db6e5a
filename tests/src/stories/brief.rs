//! The papers of a meeting: the brief that a director takes along, and the council pack that can be made again.

use std::path::Path;

use axum::http::StatusCode;
use serde_json::{Value, json};
use vocab::{Role, Scope};

use super::sign_in::account;
use crate::world::{World, stories};

const BRIEF: &str = "query($state: String!, $asOf: Date, $knownAt: DateTime, $language: Language) {
    brief(state: $state, asOf: $asOf, knownAt: $knownAt, language: $language) {
        title language state { code } partnership { label } html sources { number report { title publisher } }
        sections { kind title nothing total lines { text daysLate sources { number } record { __typename } } } } }";

/// The moment at which every story begins.
const MORNING: &str = "2026-03-02T09:00:00Z";

async fn brief(world: &World, variables: Value) -> Value {
    world.ask(BRIEF, variables).await["brief"].clone()
}

/// The lines of a section.
fn lines<'v>(brief: &'v Value, kind: &str) -> &'v Vec<Value> {
    let sections = brief["sections"].as_array().expect("sections");
    let section = sections.iter().find(|section| section["kind"] == kind);
    section.unwrap_or_else(|| panic!("no {kind}: {brief:#}"))["lines"].as_array().expect("lines")
}

fn texts<'v>(brief: &'v Value, kind: &str) -> Vec<&'v str> {
    lines(brief, kind).iter().filter_map(|line| line["text"].as_str()).collect()
}

/// The visit of a minister is reported and accepted.
async fn visit(world: &World) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/visit.txt");
    let text = std::fs::read_to_string(&path).unwrap_or_else(|fault| panic!("{}: {fault}", path.display()));
    let (_, reading) = world.ingest(&text, "2026-02-12").await;
    assert_eq!(world.accept(&reading).await["refusal"], Value::Null);
}

/// A promise of theirs that nobody read in a report; its identifier.
async fn promise(world: &World, title: &str, state: &Value) -> Value {
    let make = "mutation($input: CreateFollowUpActionInput!) { createFollowUpAction(input: $input) {
        followUpAction { id } refusal { message } } }";
    let input = json!({ "kind": "COMMITMENT", "title": title, "actorSide": "THEIRS", "strength": "PROMISED",
        "stateId": state, "saidOn": "2026-01-10", "due": "2026-02-20" });
    world.ask(make, json!({ "input": input })).await["createFollowUpAction"]["followUpAction"]["id"].clone()
}

async fn state(world: &World, code: &str) -> Value {
    let found = world.ask("query($code: String!) { memberState(code: $code) { id } }", json!({ "code": code })).await;
    found["memberState"]["id"].clone()
}

async fn say(world: &World, action: &Value, says: &str) {
    let record = "mutation($input: RecordUpdateInput!) { recordUpdate(input: $input) { refusal { message } } }";
    let input = json!({ "actionId": action, "track": "COUNTERPART", "says": says, "on": "2026-03-01" });
    let said = world.ask(record, json!({ "input": input })).await;
    assert_eq!(said["recordUpdate"]["refusal"], Value::Null);
}

async fn pack(world: &World, known_at: &str) -> Value {
    let query =
        "query($at: DateTime!) { councilPack(asOf: \"2026-03-02\", knownAt: $at) { contentHash html(language: AR)
        rows { state { code } label open overdue talkingPoint(language: FR) } } }";
    world.ask(query, json!({ "at": known_at })).await["councilPack"].clone()
}

stories! {
    /// Papers are had as files by those who may ask for them in GraphQL, and are the same pages.
    async fn papers_are_had_as_files(world: &World) {
        visit(world).await;
        let page = brief(world, json!({ "state": "MRT", "language": "FR", "asOf": "2026-03-01" })).await["html"].clone();
        let (status, served) = world.get("/briefs/mrt.html?language=fr&asOf=2026-03-01").await;
        assert_eq!((status, json!(served)), (StatusCode::OK, page));
        let post = world.ask("{ people { nodes { appointments { post { id } } } } }", json!({})).await;
        let post = post["people"]["nodes"].as_array().into_iter().flatten().find_map(|person| person["appointments"][0]["post"]["id"].as_str());
        let handover = format!("/handovers/{}.html", post.expect("a post"));
        let frozen = "/papers/council-pack.html?asOf=2026-03-01&knownAt=2026-03-01T09:00:00Z";
        let (viewer, manager) =
            (account(world, "Lena", Role::Viewer, Scope::Read).await, account(world, "Omar", Role::Manager, Scope::Read).await);
        let (viewer, manager) = (world.signed(viewer.token), world.signed(manager.token));
        for (who, address, status) in [
            (&viewer, "/briefs/MRT.html", StatusCode::OK),
            (&viewer, handover.as_str(), StatusCode::OK),
            (&viewer, frozen, StatusCode::FORBIDDEN),
            (&manager, frozen, StatusCode::OK),
            // The tests are built without PDF: what is asked has to be right all the same.
            (&viewer, "/briefs/MRT.pdf", StatusCode::NOT_IMPLEMENTED),
            (&viewer, "/papers/council-pack.pdf?asOf=2026-03-01&knownAt=2026-03-01T09:00:00Z", StatusCode::FORBIDDEN),
            (&manager, "/briefs/QQ.pdf", StatusCode::BAD_REQUEST),
            (&manager, "/briefs/MRT.pdf?language=de", StatusCode::BAD_REQUEST),
            (&manager, "/briefs/MRT.html?asOf=2090-01-01", StatusCode::BAD_REQUEST),
            (&manager, "/briefs/MRT.html?state=PAK", StatusCode::BAD_REQUEST),
            (&manager, "/briefs/MRT.doc", StatusCode::NOT_FOUND),
            (&manager, "/papers/council-pack.html?asOf=2026-03-01", StatusCode::BAD_REQUEST),
            (&manager, "/papers/other.html", StatusCode::NOT_FOUND),
            (&manager, "/handovers/Minister.html", StatusCode::BAD_REQUEST),
        ] {
            let told = who.get(address).await;
            assert!(told.0 == status && (told.0 == StatusCode::OK) == told.1.starts_with("<!DOCTYPE html>"), "{address}: {told:?}");
        }
        let settings = entente::Settings::load(&entente::settings::Sources::default()).expect("the settings");
        let nobody = world.with_app(entente::app(&settings, world.store.clone(), store::Who::system()));
        assert_eq!(nobody.get("/briefs/MRT.html").await.0, StatusCode::UNAUTHORIZED);
    }

    /// What a report told stands in the brief in each language, with the report behind every line.
    async fn a_report_becomes_a_brief_with_its_sources(world: &World) {
        visit(world).await;
        for (language, waits, talk) in [
            ("EN", "Waiting for us", "Give our answer on"),
            ("FR", "En attente de notre réponse", "Donner notre réponse sur"),
            ("AR", "في انتظار ردّنا", "إعطاء ردّنا بشأن"),
        ] {
            let brief = brief(world, json!({ "state": "mr", "language": language })).await;
            let invitation = &lines(&brief, "WAITING_FOR_US")[0];
            assert!(invitation["text"].as_str().is_some_and(|text| text.starts_with("MRT-1")), "{brief:#}");
            assert_eq!(invitation["sources"], json!([{ "number": 1 }]), "{brief:#}");
            assert_eq!(invitation["record"]["__typename"], "FollowUpAction");
            assert_eq!(brief["sources"][0]["report"]["publisher"], "Test news");
            let points = texts(&brief, "TALKING_POINTS");
            assert!(points.iter().any(|point| point.starts_with(talk) && point.contains("MRT-1")), "{points:?}");
            let people = texts(&brief, "WHO_IS_WHO");
            assert!(people.iter().any(|line| line.contains("Sidi Ould Cheikhna")), "{people:?}");
            assert_eq!(lines(&brief, "WE_OWE").len(), 1, "{brief:#}");
            assert_eq!(lines(&brief, "LAST_CONTACTS")[0]["sources"], json!([{ "number": 1 }]));
            assert!(!lines(&brief, "AREAS").is_empty());
            let html = brief["html"].as_str().expect("a page");
            for part in [waits, "id=\"source-1\"", "href=\"#source-1\"", "ICESCO and Mauritania Agree", "scope=\"row\""] {
                assert!(html.contains(part), "{part} is not in {html}");
            }
            assert!(html.contains(&format!("lang=\"{}\"", language.to_lowercase())));
            assert_eq!(html.contains("dir=\"rtl\""), language == "AR");
            assert!(!html.contains("<script") && !html.contains("src="), "it needs nothing else and runs nothing");
        }
    }

    /// What is late is marked with its days, and what nobody reported says so.
    async fn what_is_late_and_what_was_written_by_hand_are_marked(world: &World) {
        promise(world, "Lend <b>the</b> manuscripts", &state(world, "PAK").await).await;
        let brief = brief(world, json!({ "state": "PAK" })).await;
        let promise = &lines(&brief, "THEY_OWE")[0];
        assert_eq!((&promise["daysLate"], &promise["sources"]), (&json!(10), &json!([])));
        assert!(promise["text"].as_str().is_some_and(|text| text.ends_with("20 February 2026 (days overdue: 10)")), "{promise}");
        let points = texts(&brief, "TALKING_POINTS");
        assert_eq!(points, ["Ask for news of PAK-1, “Lend <b>the</b> manuscripts”, last heard of on 10 January 2026."]);
        let html = brief["html"].as_str().expect("a page");
        assert!(html.contains("recorded by hand") && html.contains("Lend &lt;b&gt;the"), "{html}");
        assert!(!html.contains("<b>"), "words of others stay words");
    }

    /// A state of which nothing is recorded has a brief that says so in every section.
    async fn a_state_without_a_record_has_a_brief(world: &World) {
        let brief = brief(world, json!({ "state": "BTN", "language": "FR" })).await;
        assert_eq!((&brief["title"], &brief["partnership"]["label"]), (&json!("Bhoutan"), &json!("QUIET")));
        let sections = brief["sections"].as_array().expect("sections");
        assert_eq!(sections.len(), briefing::brief::SectionKind::ALL.len());
        let html = brief["html"].as_str().expect("a page");
        for section in sections {
            assert_eq!((&section["total"], &section["lines"]), (&json!(0), &json!([])), "{section}");
            assert!(html.contains(section["nothing"].as_str().expect("a sentence")), "{section}");
        }
        assert_eq!(brief["sources"], json!([]));
    }

    /// A state or a language that there is not is refused with what to do; before anything was known there is a brief.
    async fn what_cannot_be_briefed_is_refused(world: &World) {
        let (code, message) = world.error(BRIEF, json!({ "state": "XX" })).await;
        assert_eq!((code.as_str(), message.contains("write it as PAK or PK")), ("BAD_USER_INPUT", true), "{message}");
        let answer = world.answer(BRIEF, json!({ "state": "PAK", "language": "DE" })).await;
        assert!(answer["errors"][0]["message"].as_str().is_some_and(|message| message.contains("Language")), "{answer:#}");
        let (_, message) = world.error(BRIEF, json!({ "state": "PAK", "asOf": "2030-01-01" })).await;
        assert!(message.contains("future"), "{message}");
        let before = brief(world, json!({ "state": "PAK", "knownAt": "2020-01-01T00:00:00Z" })).await;
        assert_eq!((&before["state"], &before["title"]), (&Value::Null, &json!("Pakistan")));
    }

    /// By what was known earlier, a brief lacks what was recorded later, and is else letter for letter the same.
    async fn an_earlier_moment_lacks_what_came_later(world: &World) {
        visit(world).await;
        let action = promise(world, "Lend the manuscripts", &state(world, "MRT").await).await;
        let then = brief(world, json!({ "state": "MRT", "asOf": "2026-03-02" })).await;
        world.clock.pass_days(3);
        say(world, &action, "IN_PROGRESS").await;
        let revise = "mutation($id: ID!) { reviseFollowUpAction(input: { actionId: $id, title: \"Lend all\" }) { refusal { message } } }";
        world.ask(revise, json!({ "id": action })).await;
        let appointed = "{ people { nodes { name appointments { id } } } }";
        let people = world.ask(appointed, json!({})).await["people"]["nodes"].clone();
        let minister = people.as_array().expect("people").iter().find(|one| one["name"] == "Sidi Ould Cheikhna").expect("he");
        let ended = "mutation($id: ID!) { reviseAppointment(input: { appointmentId: $id, end: \"2026-02-28\" }) { refusal { message } } }";
        world.ask(ended, json!({ "id": minister["appointments"][0]["id"] })).await;
        let known = brief(world, json!({ "state": "MRT", "asOf": "2026-03-02", "knownAt": MORNING })).await;
        for part in ["sections", "sources", "partnership"] {
            assert_eq!(known[part], then[part], "{part}");
        }
        let now = brief(world, json!({ "state": "MRT", "asOf": "2026-03-02" })).await;
        let owed = texts(&now, "THEY_OWE");
        assert!(owed[0].contains("Lend all · commitment · in progress"), "{owed:?}");
        assert!(!texts(&now, "WHO_IS_WHO").iter().any(|line| line.contains("Sidi Ould Cheikhna")), "{now:#}");
    }

    /// Live, a brief costs the same number of statements however much there is of other states.
    async fn a_brief_costs_no_statement_for_each_record(world: &World) {
        visit(world).await;
        brief(world, json!({ "state": "MRT" })).await;
        let (few, _) = world.statements_of(brief(world, json!({ "state": "MRT" }))).await;
        let (here, other) = (state(world, "MRT").await, state(world, "PAK").await);
        for number in 0..12 {
            promise(world, &format!("Promise {number}"), if number % 2 == 0 { &here } else { &other }).await;
        }
        brief(world, json!({ "state": "MRT" })).await;
        let (many, _) = world.statements_of(brief(world, json!({ "state": "MRT" }))).await;
        assert_eq!(few, many);
    }

    /// A council pack made again by the same clock has the same hash, whatever happened since.
    async fn a_council_pack_can_be_made_again(world: &World) {
        visit(world).await;
        let action = promise(world, "Lend the manuscripts", &state(world, "PAK").await).await;
        world.clock.pass_days(1);
        let first = pack(world, MORNING).await;
        let rows = first["rows"].as_array().expect("rows");
        assert_eq!(rows.iter().map(|row| &row["state"]["code"]).collect::<Vec<_>>(), ["PAK", "MRT"], "{first:#}");
        assert_eq!((&rows[0]["label"], &rows[0]["overdue"]), (&json!("NEEDS_ATTENTION"), &json!(1)));
        assert!(rows[0]["talkingPoint"].as_str().is_some_and(|point| point.starts_with("Demander des nouvelles de PAK-1")));
        let hash = first["contentHash"].as_str().expect("a hash");
        let html = first["html"].as_str().expect("a page");
        assert!(hash.len() == 64 && html.contains(hash) && html.contains("dir=\"rtl\""), "{html}");
        say(world, &action, "DELIVERED").await;
        promise(world, "Send experts", &state(world, "JOR").await).await;
        world.clock.pass_days(1);
        assert_eq!(pack(world, MORNING).await, first, "the same clock, the same pack");
        let later = pack(world, "2026-03-03T12:00:00Z").await;
        assert_ne!(later["contentHash"], first["contentHash"]);
        let fresh = "query($at: DateTime!) { councilPack(asOf: \"2026-03-02\", knownAt: $at) { contentHash } }";
        let (code, message) = world.error(fresh, json!({ "at": "2026-03-04T08:59:30Z" })).await;
        assert_eq!((code.as_str(), message.contains("too fresh")), ("BAD_USER_INPUT", true), "{message}");
    }
}
