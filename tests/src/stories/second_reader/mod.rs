//! A language model reads too: what it adds, where it differs, and how little it can break.

mod misbehaving;
mod model;
mod reviewing;
mod working;

use serde_json::{Value, json};

use super::intake::sample;
use crate::world::World;

/// A report of a meeting, a proposal and an invitation.
const TEXT: &str = "Oman asks for training\n\nThe Minister of Heritage of Oman, Mr. Salim Al-Harthy, met the \
    Director-General of ICESCO, Dr. Nadia Benhaddou, in Muscat on Monday, 9 February 2026. Mr. Al-Harthy proposed \
    cooperation in water resources management and the preservation of manuscripts. He invited the Director-General to \
    visit Nizwa.";

/// What the rules read in it, whatever they have become.
fn rules(report: &extract::Report<'_>, _: extract::Page) -> extract::Reading {
    let mut rules = said();
    rules["areas"] = json!([]);
    rules["actions"][0]["kind"] = json!("proposal");
    extract::second_reader::understand(&rules.to_string(), report.text, report.published_on)
}

/// Takes in the report, with more words at its end; gives the identifiers of the report and its reading.
async fn taken_in(world: &World, more: &str) -> (Value, Value) {
    let engine = intake::Engine { name: extract::ENGINE, version: extract::VERSION, read: &rules };
    let incoming = sample::incoming(format!("{TEXT}{more}"));
    let taken_in =
        intake::ingest_with(&world.store, &world.who, &engine, incoming).await.expect("the report is taken in");
    (json!(api::id::of(&taken_in.report).as_str()), json!(api::id::of(&taken_in.reading).as_str()))
}

/// What a model says of it: the same state, person and invitation; the meeting on the same day; another kind of act where
/// the rules read a proposal; and an area of its own.
fn said() -> Value {
    json!({
        "states": [{ "code": "OMN", "quotes": ["Oman"] }],
        "organizations": [],
        "people": [{ "name": "Salim Al-Harthy", "post": "Minister of Heritage", "state": "OMN",
            "quotes": ["Mr. Salim Al-Harthy"] }],
        "meetings": [{ "kind": "meeting", "date": "2026-02-09", "quotes": ["met", "Monday, 9 February 2026"] }],
        "areas": [{ "slug": "capacity-building", "quotes": ["proposed cooperation"] }],
        "actions": [
            { "kind": "offer", "actor": "Mr. Al-Harthy", "actor_side": "OMN", "counterpart": "ICESCO",
              "quotes": ["Mr. Al-Harthy proposed cooperation in water resources management and the preservation of manuscripts"] },
            { "kind": "invitation", "actor": "Mr. Al-Harthy", "actor_side": "OMN", "counterpart": "ICESCO",
              "quotes": ["He invited the Director-General to visit Nizwa"] },
        ],
    })
}

/// The report as the reviewer sees it.
async fn seen(world: &World, report: &Value) -> Value {
    let asked = "query($id: ID!) { node(id: $id) { ... on NewsReport {
        readings { engine engineVersion state doubts { message } findings { id } }
        reading { id engine state findings { id kind summary state witnesses { engine engineVersion confidence value
            evidence { quote } } rivals { id summary } } } } } }";
    world.ask(asked, json!({ "id": report })).await["node"].clone()
}

/// The only finding of the reviewed reading whose line begins so.
fn finding<'a>(seen: &'a Value, summary: &str) -> &'a Value {
    let findings = seen["reading"]["findings"].as_array().expect("findings");
    let found: Vec<_> =
        findings.iter().filter(|one| one["summary"].as_str().is_some_and(|line| line.starts_with(summary))).collect();
    assert_eq!(found.len(), 1, "{summary}: {seen:#}");
    found[0]
}

/// The names of those who read a finding.
fn engines(finding: &Value) -> Vec<&str> {
    let witnesses = finding["witnesses"].as_array().expect("witnesses");
    witnesses.iter().map(|witness| witness["engine"].as_str().expect("a name")).collect()
}
