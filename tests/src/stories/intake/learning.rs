//! What a reviewer decided on names is used at the next reading, and what they rejected is not proposed again.

use serde_json::{Value, json};
use store::{person, record_name, rejected_link};

use super::sample::all;
use crate::world::{World, stories};

/// Two parties, so that what a third one offers is something to follow up.
const BETWEEN: &str = "Omar Tall, Minister of Culture of Mali, met the Director-General of ICESCO, Dr. Nadia Benhaddou, in \
    Rabat on 12 February 2026.";

/// Hands in a report and gives the findings of a kind.
async fn read(world: &World, text: &str, kind: &str) -> Vec<Value> {
    let (_, reading) = world.ingest(text, "2026-02-12").await;
    findings(world, &reading, kind).await
}

async fn findings(world: &World, reading: &Value, kind: &str) -> Vec<Value> {
    let asked = "query($id: ID!, $kind: FindingKind) { node(id: $id) { ... on Reading { findings(kind: $kind) {
        id summary state value confidence evidence { quote start end } candidates { rule score record { id } } } } } }";
    let data = world.ask(asked, json!({ "id": reading, "kind": kind })).await;
    data["node"]["findings"].as_array().expect("findings").clone()
}

fn one<'f>(findings: &'f [Value], word: &str) -> &'f Value {
    let holds = |finding: &&Value| finding["summary"].as_str().is_some_and(|line| line.contains(word));
    findings.iter().find(holds).unwrap_or_else(|| panic!("{word}: {findings:#?}"))
}

/// The records that a finding is proposed to be, and by which rule.
fn proposed(finding: &Value) -> Vec<(&str, &Value)> {
    let candidates = finding["candidates"].as_array().expect("candidates").iter();
    candidates.map(|one| (one["rule"].as_str().expect("a rule"), &one["record"]["id"])).collect()
}

/// Decides on a finding and gives the record it became.
async fn decide(world: &World, verb: &str, input: Value) -> Value {
    let kind = format!("{}{}", verb[..1].to_uppercase(), &verb[1..]);
    let asked = format!(
        "mutation($input: {kind}Input!) {{ {verb}(input: $input) {{ finding {{ result {{ id }} }} refusal {{ message }} }} }}"
    );
    let payload = world.ask(&asked, json!({ "input": input })).await[verb].clone();
    assert_eq!(payload["refusal"], Value::Null, "{payload:#}");
    payload["finding"]["result"]["id"].clone()
}

async fn create_person(world: &World, name: &str) -> Value {
    let asked =
        "mutation($name: String!) { createPerson(input: { name: $name }) { person { id } refusal { message } } }";
    world.ask(asked, json!({ "name": name })).await["createPerson"]["person"]["id"].clone()
}

/// The names of a record beside the one that is shown, each with the words it was taken from.
async fn names(world: &World, id: &Value) -> Vec<(String, String)> {
    let asked = "query($id: ID!) { node(id: $id) { ... on Person { names { name evidence { quote } } }
        ... on Organization { names { name evidence { quote } } } } }";
    let data = world.ask(asked, json!({ "id": id })).await;
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let named = data["node"]["names"].as_array().expect("names").iter();
    named.map(|name| (text(&name["name"]), text(&name["evidence"][0]["quote"]))).collect()
}

/// A report that names nobody but the Director-General by a post, and somebody by their name alone.
fn met(name: &str, day: u32) -> String {
    format!("The Director-General of ICESCO, Dr. Nadia Benhaddou, met {name} in Rabat on {day} February 2026.")
}

fn minister(name: &str, day: u32) -> String {
    met(&format!("{name}, Minister of Rivers of Pakistan,"), day)
}

stories! {
    /// A body that one report names in full with its acronym is found and linked where the next has the acronym alone.
    async fn an_acronym_is_known_at_the_next_reading(world: &World) {
        let acts = format!("{BETWEEN} UDLE offered to train ten librarians.");
        assert!(read(world, &format!("{acts} Talks go on."), "ORGANIZATION").await.iter().all(|f| f["value"]["acronym"] != "UDLE"));
        let first = "Rana Aziz, Secretary General of the Union of Desert Libraries and Exchanges (UDLE), visited Oman on 3 \
            February 2026. The UDLE offered to train ten librarians.";
        let body = one(&read(world, first, "ORGANIZATION").await, "UDLE")["id"].clone();
        let union = decide(world, "acceptFinding", json!({ "findingId": body })).await;
        let bodies = read(world, &acts, "ORGANIZATION").await;
        let found = one(&bodies, "UDLE");
        assert_eq!(found["value"]["rule"], "organization-confirmed");
        assert_eq!(found["value"]["name"], "Union of Desert Libraries and Exchanges");
        assert_eq!((&found["evidence"][0]["quote"], found["confidence"].as_f64()), (&json!("UDLE"), Some(0.9)));
        assert_eq!(proposed(found), [("name", &union)]);
        assert_eq!(decide(world, "acceptFinding", json!({ "findingId": found["id"] })).await, union);
    }

    /// A name that a reviewer linked to a body becomes a name of it, with the report as its source.
    async fn a_linked_name_of_a_body_is_known_at_the_next_reading(world: &World) {
        let asked = "mutation { createOrganization(input: { name: \"Sahel Reading Trust\", kind: NGO }) { organization { id } } }";
        let trust = world.ask(asked, json!({})).await["createOrganization"]["organization"]["id"].clone();
        let first = "Rana Aziz, President of the Lake Books Foundation, received the Director-General of ICESCO, Dr. Nadia \
            Benhaddou, in Rabat on 3 February 2026.";
        let bodies = read(world, first, "ORGANIZATION").await;
        let found = one(&bodies, "Lake Books");
        assert_eq!(proposed(found), []);
        decide(world, "acceptFinding", json!({ "findingId": found["id"], "linkTo": trust })).await;
        assert_eq!(names(world, &trust).await, [("Lake Books Foundation".to_owned(), "Lake Books Foundation".to_owned())]);
        let bodies = read(world, &first.replace("3 February", "4 February"), "ORGANIZATION").await;
        let found = one(&bodies, "Lake Books");
        assert_eq!((&found["value"]["rule"], &found["value"]["kind"]), (&json!("organization-confirmed"), &json!("ngo")));
        assert_eq!(proposed(found), [("other-name", &trust)]);
    }

    /// A spelling that a reviewer corrected leads to the person where the next report has no more than that name.
    async fn a_corrected_spelling_is_known_at_the_next_reading(world: &World) {
        let yusuf = create_person(world, "Khalid Yusuf").await;
        assert!(read(world, &met("Khaled Yousef", 1), "PERSON").await.iter().all(|f| f["value"]["name"] != "Khaled Yousef"));
        let minister = one(&read(world, &minister("Khaled Yousef", 2), "PERSON").await, "Khaled")["id"].clone();
        let corrected = json!({ "findingId": minister, "value": { "name": "Khalid Yusuf" } });
        assert_eq!(decide(world, "correctFinding", corrected).await, yusuf);
        assert_eq!(names(world, &yusuf).await, [("Khaled Yousef".to_owned(), "Khaled Yousef".to_owned())]);

        let (_, reading) = world.ingest(&met("Khaled Yousef", 3), "2026-02-12").await;
        let people = findings(world, &reading, "PERSON").await;
        let found = one(&people, "Khaled Yousef");
        assert_eq!((&found["value"]["rule"], &found["value"]["post"]), (&json!("person-confirmed"), &Value::Null));
        assert_eq!(found["evidence"][0]["quote"], "Khaled Yousef");
        assert_eq!(proposed(found), [("spelling", &yusuf)]);
        let doubts = "query($id: ID!) { node(id: $id) { ... on Reading { doubts { code message } } } }";
        let doubts = world.ask(doubts, json!({ "id": reading })).await["node"]["doubts"].clone();
        let last_known = doubts.as_array().expect("doubts").iter().find(|doubt| doubt["code"] == "LOW_CONFIDENCE");
        let message = last_known.and_then(|doubt| doubt["message"].as_str()).unwrap_or_default();
        assert!(message.contains("last known as Minister of Rivers of Pakistan"), "{doubts:#}");
        assert_eq!(decide(world, "acceptFinding", json!({ "findingId": found["id"] })).await, yusuf);
        // A post that the report does not give is no new appointment.
        let asked = "query($id: ID!) { node(id: $id) { ... on Person { appointments { id } } } }";
        let held = world.ask(asked, json!({ "id": yusuf })).await;
        assert_eq!(held["node"]["appointments"].as_array().map(Vec::len), Some(1), "{held:#}");
    }

    /// A proposed link that was rejected is proposed no more, until a person makes it: then it is sure.
    async fn a_rejected_link_is_proposed_no_more_until_it_is_made(world: &World) {
        let lodhi = create_person(world, "T. Lodhi").await;
        let first = read(world, &minister("Tariq Lodhi", 1), "PERSON").await;
        assert_eq!(proposed(one(&first, "Tariq")), [("family-name", &lodhi)]);
        let rejected = json!({ "findingId": one(&first, "Tariq")["id"], "reason": "somebody else" });
        decide(world, "rejectFinding", rejected).await;
        let second = read(world, &minister("Tariq Lodhi", 2), "PERSON").await;
        assert_eq!(proposed(one(&second, "Tariq")), []);
        // It goes for this name alone.
        let other = read(world, &minister("Tahir Lodhi", 2), "PERSON").await;
        assert_eq!(proposed(one(&other, "Tahir")), [("family-name", &lodhi)]);
        let third = read(world, &minister("Tariq Lodhi", 3), "PERSON").await;
        let link = json!({ "findingId": one(&third, "Tariq")["id"], "linkTo": lodhi });
        assert_eq!(decide(world, "acceptFinding", link).await, lodhi);
        let fourth = read(world, &minister("Tariq Lodhi", 4), "PERSON").await;
        assert_eq!(proposed(one(&fourth, "Tariq")), [("spelling", &lodhi)]);
        let links = all(world, rejected_link::Entity).await;
        assert_eq!(links.iter().map(|link| (&*link.name, link.stands, link.version)).collect::<Vec<_>>(), [("Tariq Lodhi", false, 2)]);
        let lines = all(world, store::change::Entity).await;
        assert_eq!(lines.iter().filter(|line| line.record_id == links[0].id).count(), 2);
    }

    /// A wrong name, once kept, is taken from a person by saying that it is somebody new; the name then means them alone.
    async fn a_name_that_means_somebody_new_leads_there_alone(world: &World) {
        let (sabti, name) = (create_person(world, "Umar Sabti").await, "Omar Al-Sabti");
        let first = read(world, &minister(name, 1), "PERSON").await;
        decide(world, "acceptFinding", json!({ "findingId": one(&first, name)["id"], "linkTo": sabti })).await;
        let second = read(world, &minister(name, 2), "PERSON").await;
        let found = one(&second, name);
        assert_eq!(proposed(found), [("spelling", &sabti)]);
        let both = json!({ "input": { "findingId": found["id"], "linkTo": sabti, "asNew": true } });
        let asked = "mutation($input: AcceptFindingInput!) { acceptFinding(input: $input) { refusal { code field } } }";
        assert_eq!(world.ask(asked, both).await["acceptFinding"]["refusal"]["field"], "asNew");
        let somebody = decide(world, "acceptFinding", json!({ "findingId": found["id"], "asNew": true })).await;
        assert_ne!(somebody, sabti);
        let third = read(world, &minister(name, 3), "PERSON").await;
        assert_eq!(proposed(one(&third, name)), [("name", &somebody)]);
        // Only the name is gone, not the person.
        let own = read(world, &minister("Umar Sabti", 4), "PERSON").await;
        assert!(proposed(one(&own, "Umar")).contains(&("name", &sabti)));
    }

    /// To reject a finding of a body that a report only mentions does not make the body unknown.
    async fn a_body_is_never_kept_from_its_own_name(world: &World) {
        let first = read(world, BETWEEN, "ORGANIZATION").await;
        let host = one(&first, "ICESCO");
        let known = proposed(host)[0].1.clone();
        decide(world, "rejectFinding", json!({ "findingId": host["id"], "reason": "only mentioned" })).await;
        let second = read(world, &BETWEEN.replace("12 February", "11 February"), "ORGANIZATION").await;
        assert_eq!(proposed(one(&second, "ICESCO"))[0].1, &known);
        assert!(all(world, rejected_link::Entity).await.is_empty());
    }

    /// A name of one word is nobody's: it is not kept, though it was linked.
    async fn a_single_word_is_not_kept_as_a_name(world: &World) {
        let lodhi = create_person(world, "Tariq Lodhi").await;
        let first = read(world, "Minister Lodhi of Pakistan met the Director-General of ICESCO, Dr. Nadia Benhaddou, in Rabat.", "PERSON").await;
        decide(world, "acceptFinding", json!({ "findingId": one(&first, "Lodhi")["id"], "linkTo": lodhi })).await;
        assert_eq!(names(world, &lodhi).await, []);
    }

    /// Taking in a report costs as many statements where thousands of names are known as where few are.
    async fn known_names_cost_no_statements(world: &World) {
        let know = async |from: usize, many: usize| {
            let known = world.write(async |work| {
                for number in from..from + many {
                    let draft = person::Draft { label: format!("Adil Number{number}"), ..person::Draft::default() };
                    let person = person::create(work, draft).await?;
                    person::add_spelling(work, person.id, &format!("Adel Number{number}")).await?;
                }
                Ok(())
            });
            known.await.expect("known");
        };
        know(0, 2).await;
        let text = |day| met("Adel Number1", day);
        let (few, first) = world.statements_of(read(world, &text(1), "PERSON")).await;
        know(2, 2_000).await;
        let (many, second) = world.statements_of(read(world, &text(2), "PERSON")).await;
        assert_eq!((few, one(&first, "Adel")["value"].clone()), (many, one(&second, "Adel")["value"].clone()));
        assert_eq!(one(&second, "Adel")["value"]["rule"], "person-confirmed");
        assert_eq!(all(world, record_name::Entity).await.iter().filter(|name| name.name.starts_with("Adel")).count(), 2_002);
    }
}
