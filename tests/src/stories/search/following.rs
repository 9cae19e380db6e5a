//! The search follows the records: what is written is found at once, and what was written before the index is found too.

use std::time::Duration;

use sea_orm::{ConnectionTrait, DbBackend, Statement};
use serde_json::{Value, json};
use store::{Concept, RecordRef, change, evidence, follow_up_action, person, search::Pass};
use vocab::evidence::Span;

use super::{action, found, ministry, report, search, titles};
use crate::world::{World, stories};

/// Everything that the index holds: each word with its record, its column and its place.
async fn index(world: &World) -> Vec<String> {
    let db = world.store.writer();
    let words = match db.get_database_backend() {
        DbBackend::Sqlite => {
            let seen = "CREATE VIRTUAL TABLE IF NOT EXISTS temp.words USING fts5vocab(main, search_words, instance)";
            db.execute_unprepared(seen).await.expect("the words are seen");
            "SELECT hex(e.id) || ' ' || e.day || ' ' || w.term || ' ' || w.col || ' ' || w.offset AS line \
             FROM temp.words w LEFT JOIN search_entry e ON e.no = w.doc"
        }
        _ => {
            "SELECT e.id::text || ' ' || e.day::text || ' ' || w.words::text AS line FROM search_words w LEFT JOIN search_entry e ON e.no = w.no"
        }
    };
    let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), words)).await.expect("the index");
    let mut lines: Vec<String> = rows.iter().map(|row| row.try_get("", "line").expect("a line")).collect();
    lines.sort();
    lines
}

/// Takes the index away, as in a database that is older than it.
async fn forget(world: &World) {
    let db = world.store.writer();
    let words = match db.get_database_backend() {
        DbBackend::Sqlite => "INSERT INTO search_words (search_words) VALUES ('delete-all')",
        _ => "DELETE FROM search_words",
    };
    for statement in [words, "DELETE FROM search_entry"] {
        db.execute_unprepared(statement).await.expect("forgotten");
    }
}

stories! {
    /// A new title is found and the old one is not; a former name of a person stays one of its names.
    async fn what_is_renamed_is_found_by_its_new_words(world: &World) {
        let kept = action(world, "Chart the lagoon", "OMN").await;
        let rename = "mutation($id: ID!, $title: String!) { reviseFollowUpAction(input: { actionId: $id, title: $title }) {
            refusal { message } } }";
        let id = api::id::encode(RecordRef::new(Concept::FollowUpAction, kept.id));
        world.ask(rename, json!({ "id": *id, "title": "Chart the estuary" })).await;
        assert_eq!(found(world, "estuary").await, ["OMN-1 Chart the estuary"]);
        assert!(found(world, "lagoon").await.is_empty());
        let [_, _, salim] = ministry(world, "OMN").await;
        let named = |name: &str| person::Revision { label: Some(name.to_owned()), honorific: None };
        world.write(async |work| person::revise(work, salim, None, named("Salim Noor")).await).await.expect("renamed");
        assert_eq!(found(world, "\"salim noor\"").await, ["Salim Noor"]);
        assert_eq!(found(world, "\"al-harthy\"").await, ["Salim Noor"]);
        world.write(async |work| person::add_spelling(work, salim, "Selim Nour").await).await.expect("named");
        assert_eq!(found(world, "selim").await, ["Salim Noor"]);
    }

    /// An action is found by the words of the reports behind it, also those that are accepted later.
    async fn an_action_is_found_by_the_words_behind_it(world: &World) {
        let text = "Oman asks for training\n\nThe Minister of Heritage of Oman, Mr. Salim Al-Harthy, met the Director-General \
            of ICESCO in Muscat on Monday, 9 February 2026. Mr. Al-Harthy asked ICESCO to train ten museum curators.";
        let (report, reading) = world.ingest(text, "2026-02-10").await;
        world.accept(&reading).await;
        let actions = async |query: &str| {
            titles(&search(world, json!({ "query": query, "kinds": ["FOLLOW_UP_ACTION"] })).await)
        };
        assert_eq!(actions("\"al-harthy asked\"").await.len(), 1);
        let other = action(world, "Something else", "OMN").await;
        assert!(actions("\"something else\" heritage").await.is_empty());
        let report_id = api::id::decode(report.as_str().expect("an id")).expect("an id").id;
        let draft = evidence::Draft {
            report_id,
            span: Span { start: 28, end: 51, quote: "The Minister of Heritage".to_owned() },
            record: RecordRef::new(Concept::FollowUpAction, other.id),
            field: None,
            finding_id: None,
            engine: None,
        };
        world.write(async |work| evidence::create(work, draft).await).await.expect("evidence");
        assert_eq!(actions("\"something else\" heritage").await, [format!("{} Something else", other.reference)]);
    }

    /// What is not committed is not found.
    async fn what_is_not_committed_is_not_found(world: &World) {
        let mut work = world.store.begin(&store::Who::system()).await.expect("a unit of work");
        let label = "Nobody Atall".to_owned();
        person::create(&mut work, person::Draft { label, ..person::Draft::default() }).await.expect("written so far");
        drop(work);
        assert!(found(world, "atall").await.is_empty());
    }

    /// Two who write to the same record at once do not index over one another.
    async fn of_two_who_write_to_one_record_both_are_found(world: &World) {
        let [_, _, salim] = ministry(world, "OMN").await;
        let spellings: Vec<String> = (0..6).map(|at| format!("Salim Spelling{at}")).collect();
        let named = spellings.iter().map(|name| world.write(async |work| person::add_spelling(work, salim, name).await));
        for named in futures_util::future::join_all(named).await {
            named.expect("named");
        }
        for name in &spellings {
            assert_eq!(found(world, &format!("\"{name}\"")).await, ["Salim Al-Harthy"], "{name}");
        }
    }

    /// What was there before the index is indexed to the same words as what is indexed as it comes, and so is all of it again.
    async fn indexing_again_gives_the_same(world: &World) {
        entente::samples::load(&world.store, &world.who).await.expect("the samples load");
        ministry(world, "OMN").await;
        report(world, "زيارة", "وبالتعاون مع وزارة التربية", "2026-02-10").await;
        let (before, lines) = (index(world).await, store::history::last_number(world.store.reader()).await);
        assert!(before.len() > 200, "{} lines", before.len());
        assert!(Pass::over_all().run(&world.store).await.expect("indexed") > 200);
        assert_eq!(index(world).await, before);
        assert_eq!(Pass::over_missing().run(&world.store).await.expect("indexed"), 0, "nothing is missing");
        forget(world).await;
        assert!(found(world, "oman").await.is_empty());
        let background = entente::search::begin(world.store.clone());
        while index(world).await != before {
            tokio::task::yield_now().await;
        }
        background.stop(Duration::from_secs(60)).await;
        world.store.writer().execute_unprepared("UPDATE search_entry SET folding = 0 WHERE concept = 'member-state'")
            .await.expect("as an older program left it");
        assert!(Pass::over_missing().run(&world.store).await.expect("indexed") > 200);
        assert_eq!(index(world).await, before);
        assert_eq!(store::history::last_number(world.store.reader()).await.ok(), lines.ok(), "no line of history");
    }

    /// A status that changes costs the index nothing, and a record is indexed once however often a unit writes to it.
    async fn only_words_cost_anything(world: &World) {
        let kept = action(world, "Chart the lagoon", "OMN").await;
        let statuses = async |says: &str| {
            let said = "mutation($id: ID!, $says: ActionStatus!) { recordUpdate(input: { actionId: $id, track: OURS, says: $says,
                on: \"2026-02-20\" }) { refusal { message } } }";
            let id = api::id::encode(RecordRef::new(Concept::FollowUpAction, kept.id));
            let answer = world.ask(said, json!({ "id": *id, "says": says })).await;
            assert_eq!(answer["recordUpdate"]["refusal"], Value::Null);
        };
        forget(world).await;
        statuses("IN_PROGRESS").await;
        assert!(found(world, "lagoon").await.is_empty(), "it was indexed again, though no word has changed");
        let titled = |title: &str| follow_up_action::Revision { title: Some(title.to_owned()), ..Default::default() };
        let twice = world.write(async |work| {
            follow_up_action::revise(work, kept.id, None, titled("Chart the estuary")).await?;
            follow_up_action::revise(work, kept.id, None, titled("Chart the delta")).await
        });
        twice.await.expect("renamed twice");
        assert_eq!(found(world, "chart").await, ["OMN-1 Chart the delta"]);
        let lines = change::of_record(Concept::FollowUpAction, kept.id);
        assert_eq!(store::page::count(world.store.reader(), lines).await.expect("counted"), 4);
    }

    /// Of a long report the beginning is searched, and taking it in stays quick: its words are bounded.
    async fn of_a_long_report_the_beginning_is_searched(world: &World) {
        let filler = "The delegation was told of the programme at length. ".repeat(3_800);
        assert!((190_000..200_000).contains(&filler.len()));
        let text = format!("Lagoons {filler} estuary {filler} archipelago");
        report(world, "A long day", &text, "2026-02-10").await;
        assert_eq!(found(world, "lagoons").await, ["A long day"]);
        assert_eq!(found(world, "\"estuary\"").await, ["A long day"]);
        assert!(found(world, "archipelago").await.is_empty());
        assert_eq!(found(world, "\"lagoons the delegation was\"").await, ["A long day"]);
    }
}
