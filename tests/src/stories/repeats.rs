//! A mutation that is sent again under the same name is done once, and answered as it was the first time.

use sea_orm::EntityTrait;
use serde_json::{Value, json};
use store::{person, receipt};

use crate::world::{World, stories};

const MAKE: &str = "mutation($input: CreatePersonInput!) { createPerson(input: $input) {
    clientMutationId person { id name version } refusal { code message field } } }";

async fn people(world: &World) -> usize {
    person::Entity::find().all(world.store.reader()).await.expect("the people").len()
}

fn amina(name: &str) -> Value {
    json!({ "input": { "name": "Amina Diop", "clientMutationId": name } })
}

/// The inputs and payloads of the schema that is handed out, each with its text.
fn types_ending_in<'s>(schema: &'s str, end: &'s str) -> impl Iterator<Item = (&'s str, &'s str)> {
    let types = schema.split("\n}").filter_map(|text| text.rsplit_once(" {\n"));
    let named = types.filter_map(|(head, fields)| Some((head.rsplit(' ').next()?, fields)));
    named.filter(move |(name, _)| name.ends_with(end))
}

#[test]
fn every_mutation_takes_a_name_and_gives_it_back() {
    let schema = api::sdl();
    let mutations =
        schema.split("\ntype Mutation {").nth(1).and_then(|rest| rest.split("\n}").next()).expect("mutations");
    let inputs: Vec<&str> = mutations.split("input: ").skip(1).filter_map(|rest| rest.split('!').next()).collect();
    assert!(inputs.len() > 25, "{inputs:?}");
    for input in inputs {
        let payload = format!("{}Payload", input.strip_suffix("Input").expect("an input"));
        for wanted in [input, payload.as_str()] {
            let (_, fields) = types_ending_in(&schema, wanted).find(|(name, _)| *name == wanted).expect(wanted);
            assert!(fields.lines().any(|line| line == "  clientMutationId: String"), "{wanted}: {fields}");
        }
    }
}

stories! {
    /// The same again is not done again, also when the record has been revised in the meantime.
    async fn the_answer_to_a_repeat_is_the_first_ones(world: &World) {
        let first = world.ask(MAKE, amina("one")).await;
        assert_eq!(first["createPerson"]["clientMutationId"], "one");
        let there = people(world).await;
        let rename = "mutation($id: ID!) { revisePerson(input: { personId: $id, name: \"Amina Fall\" }) { person { version } } }";
        world.ask(rename, json!({ "id": first["createPerson"]["person"]["id"] })).await;
        world.clock.pass_days(6);
        assert_eq!(world.ask(MAKE, amina("one")).await, first);
        assert_eq!(people(world).await, there);
        let without = world.ask(MAKE, json!({ "input": { "name": "Amina Diop" } })).await;
        assert_eq!(without["createPerson"]["clientMutationId"], Value::Null);
        assert_eq!(people(world).await, there + 1);
    }

    /// A name means one thing, for one account, for seven days.
    async fn a_name_is_not_given_to_something_else(world: &World) {
        let first = world.ask(MAKE, amina("one")).await;
        let other = json!({ "input": { "name": "Binta Sow", "clientMutationId": "one" } });
        let (code, message) = world.error(MAKE, other.clone()).await;
        assert!(code == "BAD_USER_INPUT" && message.contains("one of its own"), "{code}: {message}");
        let account = "mutation($input: CreateAccountInput!) { createAccount(input: $input) { account { id } } }";
        assert_eq!(world.error(account, amina("one")).await.0, "BAD_USER_INPUT", "another mutation");
        for wrong in ["", " ", "a\0b", &"x".repeat(201)] {
            assert_eq!(world.error(MAKE, amina(wrong)).await.0, "BAD_USER_INPUT", "{wrong:?}");
        }
        let theirs = entente::desk::at_the_desk(&world.store, "Somebody else").await.expect("an account");
        let settings = entente::Settings::load(&Default::default()).expect("the settings");
        let elsewhere = world.with_app(entente::app(&settings, world.store.clone(), theirs));
        let made = elsewhere.ask(MAKE, other.clone()).await;
        assert_eq!(made["createPerson"]["person"]["name"], "Binta Sow", "another account has names of its own");
        world.clock.pass_days(8);
        assert_eq!(world.ask(MAKE, other).await["createPerson"]["person"]["name"], "Binta Sow", "it is free again");
        assert_ne!(world.ask(MAKE, amina("two")).await["createPerson"]["person"]["id"], first["createPerson"]["person"]["id"]);
    }

    /// What was refused was not done: it is tried again.
    async fn what_was_refused_is_tried_again(world: &World) {
        let made = world.ask(MAKE, amina("one")).await["createPerson"]["person"]["id"].clone();
        let revise = "mutation($input: RevisePersonInput!) { revisePerson(input: $input) {
            clientMutationId person { version } refusal { code } } }";
        let input = json!({ "input": { "personId": made, "honorific": "Dr.", "expectedVersion": 2, "clientMutationId": "two" } });
        let refused = world.ask(revise, input.clone()).await["revisePerson"].clone();
        assert_eq!((&refused["refusal"]["code"], &refused["clientMutationId"]), (&json!("CONFLICT"), &json!("two")));
        let rename = "mutation($id: ID!) { revisePerson(input: { personId: $id, name: \"A. Diop\" }) { person { version } } }";
        world.ask(rename, json!({ "id": made })).await;
        assert_eq!(world.ask(revise, input).await["revisePerson"]["person"]["version"], 3);
    }

    /// Two at the same moment: one does it, the other is given its answer.
    async fn the_same_at_the_same_moment_is_done_once(world: &World) {
        let before = people(world).await;
        let eight: [_; 8] = std::array::from_fn(|_| world.ask(MAKE, amina("at once")));
        let answers = futures_util::future::join_all(eight).await;
        assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:#?}");
        assert_eq!(people(world).await, before + 1);
    }

    /// Taking in a report, and accepting what was read in it, are answered as they were.
    async fn reports_and_reviews_are_repeated_too(world: &World) {
        let ingest = "mutation($input: IngestReportInput!) { ingestReport(input: $input) {
            duplicate report { id } reading { id state } } }";
        let input = json!({ "input": { "text": "The Minister of Culture of Senegal, Mr. Omar Sarr, met the Director-General of ICESCO \
            in Dakar. Mr. Sarr proposed cooperation in museums.", "clientMutationId": "report" } });
        let first = world.ask(ingest, input.clone()).await;
        assert_eq!(first["ingestReport"]["duplicate"], false);
        let accept = "mutation($id: ID!) { acceptReading(input: { readingId: $id, clientMutationId: \"accepted\" }) {
            reading { id } followUpActions { reference } tasks { id title } refusal { code } } }";
        let reading = json!({ "id": first["ingestReport"]["reading"]["id"] });
        let accepted = world.ask(accept, reading.clone()).await;
        assert!(accepted["acceptReading"]["followUpActions"][0]["reference"].is_string(), "{accepted:#}");
        assert_eq!(world.ask(accept, reading).await, accepted);
        assert_eq!(world.ask(ingest, input).await, first);
    }

    /// The secret of a calendar is told to the first who asks, and kept nowhere.
    async fn a_secret_is_not_told_to_a_repeat(world: &World) {
        let state = world.ask("{ memberState(code: \"SEN\") { id } }", json!({})).await["memberState"]["id"].clone();
        let make = "mutation($id: ID!) { createCalendarFeed(input: { stateId: $id, name: \"Desk\", clientMutationId: \"feed\" }) {
            address calendarFeed { id } } }";
        let first = world.ask(make, json!({ "id": state })).await["createCalendarFeed"].clone();
        let again = world.ask(make, json!({ "id": state })).await["createCalendarFeed"].clone();
        assert_eq!(again, json!({ "address": null, "calendarFeed": first["calendarFeed"] }));
        let secret = first["address"].as_str().and_then(|path| path.strip_prefix("/calendar/")).expect("an address");
        let kept = receipt::Entity::find().all(world.store.reader()).await.expect("the receipts");
        assert!(!format!("{kept:?}").contains(secret.trim_end_matches(".ics")));
    }

    /// Whoever got no answer can also ask what became of it; what is old is forgotten.
    async fn a_receipt_tells_what_was_done_until_it_is_old(world: &World) {
        let made = world.ask(MAKE, amina("one")).await["createPerson"]["person"]["id"].clone();
        let ask = "{ receipt(clientMutationId: \"one\") { mutation clientMutationId records { id } } }";
        let receipt = world.ask(ask, json!({})).await["receipt"].clone();
        assert_eq!(receipt, json!({ "mutation": "createPerson", "clientMutationId": "one", "records": [{ "id": made }] }));
        world.clock.pass_days(7);
        assert_eq!(world.ask(ask, json!({})).await["receipt"], Value::Null);
        assert_eq!(world.write(async |work| receipt::forget_old(work).await).await.expect("forgotten"), 1);
    }
}
