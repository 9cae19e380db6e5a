//! A post is handed over: its brief tells what is open, and what was done in whose time.

use serde_json::{Value, json};
use store::{Concept, RecordRef};
use uuid::Uuid;

use super::posts::{PEOPLE, made, post_with_two_holders};
use crate::world::{World, stories};

const BRIEF: &str = "query($post: ID!, $asOf: Date, $knownAt: DateTime, $language: Language) {
    handoverBrief(post: $post, asOf: $asOf, knownAt: $knownAt, language: $language) {
        title post { title organization { name } } state { code } partnership { label } rule html
        sources { number report { title } }
        sections { kind nothing total lines { text daysLate toldBy sources { number } record { __typename } } } } }";

/// The moment at which every story begins.
const MORNING: &str = "2026-03-02T09:00:00Z";

async fn brief(world: &World, variables: Value) -> Value {
    world.ask(BRIEF, variables).await["handoverBrief"].clone()
}

fn section<'v>(brief: &'v Value, kind: &str) -> &'v Value {
    let mut sections = brief["sections"].as_array().expect("sections").iter();
    sections.find(|section| section["kind"] == kind).unwrap_or_else(|| panic!("no {kind}: {brief:#}"))
}

fn texts<'v>(brief: &'v Value, kind: &str) -> Vec<&'v str> {
    let lines = section(brief, kind)["lines"].as_array().expect("lines");
    lines.iter().filter_map(|line| line["text"].as_str()).collect()
}

/// Something that we owe whoever holds a post; its identifier.
async fn owed(world: &World, post: &Value, title: &str, due: Option<&str>) -> Value {
    let input = json!({ "kind": "COMMITMENT", "strength": "PROMISED", "title": title, "actorSide": "OURS",
        "saidOn": "2026-01-12", "due": due, "counterpart": { "postId": post } });
    made(world, "createFollowUpAction", "followUpAction", input).await
}

async fn say(world: &World, action: &Value, says: &str, on: &str) {
    let input = json!({ "actionId": action, "track": "OURS", "says": says, "on": on, "note": "as agreed" });
    made(world, "recordUpdate", "update", input).await;
}

/// The post, with what is late, what was delivered under the first holder and dropped under the second, and a meeting.
async fn post_in_use(world: &World) -> (Value, Value) {
    let (post, action) = post_with_two_holders(world, "2026-02-16").await;
    owed(world, &post, "Map the rivers", Some("2026-02-20")).await;
    let archive = owed(world, &post, "Open the archive", None).await;
    say(world, &archive, "DELIVERED", "2026-02-01").await;
    // It is told again in the time of the successor, whose work it was not.
    say(world, &archive, "DELIVERED", "2026-02-27").await;
    let atlas = owed(world, &post, "Print the atlas", None).await;
    say(world, &atlas, "DROPPED", "2026-02-25").await;
    let elsewhere = json!({ "kind": "OFFER", "title": "Lend boats", "actorSide": "OURS", "strength": "PROPOSED" });
    made(world, "createFollowUpAction", "followUpAction", elsewhere).await;
    let talks = json!({ "kind": "MEETING", "title": "River talks", "heldOn": "2026-01-20",
        "participations": [{ "role": "PRINCIPAL", "party": { "postId": post } }] });
    made(world, "createMeeting", "meeting", talks).await;
    made(world, "createMeeting", "meeting", json!({ "kind": "CALL", "title": "Other talks", "heldOn": "2026-01-21" }))
        .await;
    (post, action)
}

stories! {
    /// The successor sees what is open on either side; what was delivered before stands as history, in whose time it was.
    async fn the_successor_is_told_what_is_open_and_what_was_done(world: &World) {
        let (post, _) = post_in_use(world).await;
        let brief = brief(world, json!({ "post": post })).await;
        assert_eq!((&brief["title"], &brief["rule"]), (&json!("Minister of Rivers"), &json!("handover/1")));
        assert_eq!(brief["post"], json!({ "title": "Minister of Rivers", "organization": { "name": "Ministry of Rivers" } }));
        assert_eq!((&brief["state"]["code"], &brief["partnership"]), (&json!("MAR"), &Value::Null));
        let kinds = brief["sections"].as_array().expect("sections").iter().map(|section| section["kind"].clone());
        assert_eq!(kinds.count(), briefing::brief::SectionKind::OF_A_POST.len());
        assert_eq!(texts(&brief, "HOLDERS"), [
            "Karim Haddad · 16 February 2026 – … · delivered: 0, dropped: 1",
            "Salma Idrissi · 1 January 2024 – 15 February 2026 · delivered: 1, dropped: 0",
        ]);
        assert_eq!(texts(&brief, "LAST_CONTACTS"), ["20 January 2026 · meeting · River talks"]);
        assert_eq!(texts(&brief, "THEY_OWE"), ["MAR-1 · Clean the rivers · commitment · recorded"]);
        let map = &section(&brief, "WE_OWE")["lines"];
        assert_eq!((map.as_array().map(Vec::len), &map[0]["daysLate"]), (Some(1), &json!(10)), "{map:#}");
        let closed = texts(&brief, "CLOSED");
        assert!(closed[0].ends_with("Print the atlas · dropped · 25 February 2026 · Karim Haddad"), "{closed:?}");
        assert!(closed[1].ends_with("Open the archive · delivered · 1 February 2026 · Salma Idrissi"), "{closed:?}");
        let points = texts(&brief, "TALKING_POINTS");
        assert!(points[0].starts_with("We have to explain") && points[0].contains("Map the rivers"), "{points:?}");
        let html = brief["html"].as_str().expect("a page");
        for part in ["Handover brief", "Held by</dt><dd><bdi>Karim Haddad (16 February 2026 – …)", "Held before by</dt><dd><bdi>\
            Salma Idrissi (1 January 2024 – 15 February 2026)", "recorded by hand", "Morocco", "handover/1 · status/"] {
            assert!(html.contains(part), "{part} is not in {html}");
        }
        for (language, title, late) in [("FR", "Note de passation", "jours de retard"), ("AR", "مذكرة تسليم المنصب", "أيام التأخير")] {
            let page = self::brief(world, json!({ "post": post, "language": language })).await["html"].clone();
            let page = page.as_str().expect("a page");
            assert!(page.contains(title) && page.contains(late), "{page}");
            assert_eq!(page.contains("dir=\"rtl\""), language == "AR");
        }
    }

    /// What a report told of a post stands in its brief with the report behind it.
    async fn the_lines_of_a_handover_have_their_sources(world: &World) {
        let text = "Dakar, 11 February 2026 - The Minister of Culture of Senegal, Ms. Awa Sarr, met on Tuesday, 10 February 2026, \
            the Director-General of ICESCO and invited him to visit Dakar.";
        let (_, reading) = world.ingest(text, "2026-02-12").await;
        assert_eq!(world.accept(&reading).await["refusal"], Value::Null);
        let known = world.ask("{ people { nodes { name appointments { post { id } } } } }", json!({})).await;
        let people = known["people"]["nodes"].as_array().expect("people");
        let minister = people.iter().find(|one| one["name"] == "Awa Sarr").unwrap_or_else(|| panic!("no minister: {known:#}"));
        let brief = brief(world, json!({ "post": minister["appointments"][0]["post"]["id"] })).await;
        for kind in ["HOLDERS", "LAST_CONTACTS", "WAITING_FOR_US", "TALKING_POINTS"] {
            assert_eq!(section(&brief, kind)["lines"][0]["sources"], json!([{ "number": 1 }]), "{kind}: {brief:#}");
        }
        assert_eq!(brief["sources"].as_array().map(Vec::len), Some(1));
    }

    /// On an earlier day the successor is not there yet; at an earlier moment nobody knew of what came later.
    async fn an_earlier_moment_knows_neither_the_successor_nor_what_was_done(world: &World) {
        let (post, action) = post_in_use(world).await;
        let then = brief(world, json!({ "post": post, "asOf": "2026-03-02" })).await;
        let early = brief(world, json!({ "post": post, "asOf": "2026-02-10" })).await;
        assert_eq!(texts(&early, "HOLDERS"), ["Salma Idrissi · 1 January 2024 – … · delivered: 1, dropped: 0"]);
        assert_eq!((texts(&early, "CLOSED").len(), texts(&early, "WE_OWE").len()), (1, 2), "{early:#}");
        world.clock.pass_days(2);
        say(world, &action, "DELIVERED", "2026-03-01").await;
        let person = made(world, "createPerson", "person", json!({ "name": "Awa Diarra" })).await;
        let appointed = json!({ "personId": person, "postId": post, "start": "2026-03-01", "source": "a call" });
        made(world, "createAppointment", "appointment", appointed).await;
        let known = brief(world, json!({ "post": post, "asOf": "2026-03-02", "knownAt": MORNING })).await;
        assert_eq!(known["sections"], then["sections"]);
        assert_eq!(known["html"].as_str().map(|page| page.contains("Awa Diarra")), Some(false));
        let now = brief(world, json!({ "post": post, "asOf": "2026-03-02" })).await;
        assert_eq!((texts(&now, "THEY_OWE").len(), texts(&now, "CLOSED").len()), (0, 3));
        let holder = &section(&now, "HOLDERS")["lines"][0];
        assert_eq!(holder["text"], "Awa Diarra · 1 March 2026 – … · delivered: 1, dropped: 0");
        assert_eq!((&holder["toldBy"], &holder["record"]["__typename"]), (&json!("a call"), &json!("Appointment")));
    }

    /// Where the successor came before the predecessor left, the one who came last has it, and both are told of.
    async fn of_two_holders_the_brief_names_both(world: &World) {
        let (post, _) = post_with_two_holders(world, "2026-02-01").await;
        let both = brief(world, json!({ "post": post, "asOf": "2026-02-10" })).await;
        let html = both["html"].as_str().expect("a page");
        for part in ["Held by</dt><dd><bdi>Karim Haddad (1 February 2026 – …)", "Held before by</dt><dd><bdi>Salma Idrissi (1 January 2024 – …)"] {
            assert!(html.contains(part), "{part} is not in {html}");
        }
        let early = brief(world, json!({ "post": post, "asOf": "2026-01-31" })).await;
        assert!(early["html"].as_str().is_some_and(|page| page.contains(PEOPLE[0]) && !page.contains(PEOPLE[1])));
    }

    /// A post that nobody ever held has a brief that says so; one that nobody holds any more names who left.
    async fn a_post_without_a_holder_has_a_brief(world: &World) {
        let body = made(world, "createOrganization", "organization", json!({ "name": "Council of Seas", "kind": "OTHER" })).await;
        let post = made(world, "createPost", "post", json!({ "organizationId": body, "title": "Secretary" })).await;
        owed(world, &post, "Send the charts", None).await;
        let brief = brief(world, json!({ "post": post })).await;
        assert_eq!((&brief["state"], &section(&brief, "HOLDERS")["total"]), (&Value::Null, &json!(0)));
        let html = brief["html"].as_str().expect("a page");
        for part in ["nobody, as far as known", section(&brief, "HOLDERS")["nothing"].as_str().expect("a sentence"), "Send the charts"] {
            assert!(html.contains(part), "{part} is not in {html}");
        }
        assert!(!html.contains("Held before by"), "{html}");
        let person = made(world, "createPerson", "person", json!({ "name": "Omar Sy" })).await;
        let left = json!({ "personId": person, "postId": post, "start": "2025", "end": "2026-01" });
        made(world, "createAppointment", "appointment", left).await;
        let vacant = self::brief(world, json!({ "post": post })).await;
        let html = vacant["html"].as_str().expect("a page");
        assert!(html.contains("nobody, as far as known") && html.contains("Omar Sy (2025 – January 2026)"), "{html}");
    }

    /// A post that there is not, or was not known yet, is refused with what to do.
    async fn what_cannot_be_handed_over_is_refused(world: &World) {
        let post = api::id::encode(RecordRef::new(Concept::Post, Uuid::from_u128(7)));
        let (code, message) = world.error(BRIEF, json!({ "post": *post })).await;
        assert_eq!((code.as_str(), message.as_str()), ("NOT_FOUND", "there is no such post: look it up again"));
        let (post, action) = post_with_two_holders(world, "2026-02-16").await;
        let (code, message) = world.error(BRIEF, json!({ "post": post, "knownAt": "2020-01-01T00:00:00Z" })).await;
        assert_eq!((code.as_str(), message.contains("give a later one")), ("BAD_USER_INPUT", true), "{message}");
        let (_, message) = world.error(BRIEF, json!({ "post": post, "asOf": "2030-01-01" })).await;
        assert!(message.contains("future"), "{message}");
        let (_, message) = world.error(BRIEF, json!({ "post": action })).await;
        assert!(message.contains("the id of a post is needed"), "{message}");
    }

    /// A handover brief costs the same number of statements however much hangs on the post.
    async fn a_handover_brief_costs_no_statement_for_each_record(world: &World) {
        let (post, _) = post_in_use(world).await;
        brief(world, json!({ "post": post })).await;
        let (few, _) = world.statements_of(brief(world, json!({ "post": post }))).await;
        for number in 0..12 {
            let action = owed(world, &post, &format!("Promise {number}"), None).await;
            if number % 2 == 0 {
                say(world, &action, "DELIVERED", "2026-02-20").await;
            }
        }
        brief(world, json!({ "post": post })).await;
        let (many, _) = world.statements_of(brief(world, json!({ "post": post }))).await;
        assert_eq!(few, many);
    }
}
