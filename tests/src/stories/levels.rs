//! Deep questions cost the same number of statements however many records answer them.

use serde_json::{Value, json};
use store::{evidence, follow_up_action, meeting, member_state, participation, party::Party, person, task};
use vocab::{ActionKind, MeetingKind, ParticipationRole, Side, Strength};

use crate::world::{World, stories};

/// Three levels of lists, with everything that hangs on them.
const DEEP: &str = "query($codes: [String!]) { memberStates(first: 50, filter: { codes: $codes }) { totalCount nodes {
    name standing
    meetings(first: 3) { totalCount nodes { title states { code } participations { role person { name } state { code } }
        followUpActions(first: 2) { nodes { reference } } evidence { quote } } }
    followUpActions(first: 3) { totalCount nodes { reference actor { name } counterpart { name } areas { slug }
        evidence { quote report { title } } tasks { title assignee { name } } updates { says } meeting { title } owner { name }
        state { code } } }
    cooperationAreas { area { slug } strongest { reference } } } } }";

const CODES: [&str; 12] = ["DZA", "BHR", "TCD", "DJI", "EGY", "GAB", "IDN", "JOR", "KWT", "LBN", "MYS", "NER"];

async fn report(world: &World) -> store::news_report::Model {
    let report = intake::Incoming {
        text: "The talks\n\nThe talks went on in Rabat.".into(),
        format: vocab::ReportFormat::Plain,
        url: None,
        publisher: None,
        published_on: None,
        title: None,
        language: None,
    };
    intake::ingest(&world.store, &world.who, report).await.expect("a report").report
}

/// Gives a state some meetings with people, and actions with all that hangs on them.
async fn furnish(world: &World, code: &str, report: store::news_report::Model) {
    let state = member_state::by_code(world.store.reader(), code).await.expect("asked").expect("a state");
    let written = world.write(async |work| {
        for i in 0..5 {
            let title = format!("Talks {i} with {code}");
            let draft = meeting::Draft::new(MeetingKind::Meeting, title);
            let held = meeting::create(work, draft).await?;
            meeting::state::put(work, held.id, &[state.id]).await?;
            let person =
                person::create(work, person::Draft { label: format!("Person {code} {i}"), ..Default::default() })
                    .await?;
            let party = Party { person_id: Some(person.id), state_id: Some(state.id), ..Party::default() };
            let role = ParticipationRole::Principal;
            participation::create(work, participation::Draft { meeting_id: held.id, role, party }).await?;
            let action = follow_up_action::Draft {
                kind: ActionKind::Request,
                title: format!("Request {i} of {code}"),
                strength: Strength::Proposed,
                missing: Vec::new(),
                state_id: Some(state.id),
                meeting_id: Some(held.id),
                actor_side: Side::Theirs,
                actor: party,
                counterpart: Party::default(),
                awaits: Some(Side::Ours),
                due: None,
                said_on: None,
                owner_id: world.who.account_id,
                areas: vec!["heritage".into(), "youth".into()],
            };
            let action = follow_up_action::create(work, action).await?;
            let step = task::Draft {
                action_id: action.id,
                title: "Answer".into(),
                play: None,
                assignee_id: world.who.account_id,
                due_on: None,
            };
            task::create(work, step).await?;
            let words = evidence::Draft {
                report_id: report.id,
                span: vocab::evidence::Span { start: 0, end: 3, quote: "The".into() },
                record: store::RecordRef::new(store::Concept::FollowUpAction, action.id),
                field: None,
                finding_id: None,
                engine: None,
            };
            evidence::create(work, words).await?;
        }
        Ok(())
    });
    written.await.expect("furnished");
}

stories! {
    /// Fields come in the order in which they were asked for, also out of fragments and lists.
    async fn an_answer_is_in_the_order_of_the_question(world: &World) {
        furnish(world, "OMN", report(world).await).await;
        let asked = r#"{"query": "query Q { memberState(code: \"OMN\") { followUpActions(first: 2) { totalCount nodes {
            tasks { title } ...Who kind: status evidence { quote start } reference } } name } }
            fragment Who on FollowUpAction { actor { __typename name } areas { slug } reference }"}"#;
        let (_, answer) = world.post_text(asked.replace('\n', " ")).await;
        let places = ["totalCount", "nodes", "tasks", "actor", "__typename", "name", "areas", "reference", "kind", "evidence",
            "quote", "start", "\"name\":\"Oman\""];
        let mut from = 0;
        for word in places {
            let at = answer[from..].find(word).unwrap_or_else(|| panic!("{word} is out of place: {answer}"));
            from += at;
        }
    }

    /// Twelve states with all their lists take as many statements as two.
    async fn a_deep_question_takes_as_many_statements_for_many_as_for_few(world: &World) {
        let report = report(world).await;
        for code in CODES {
            furnish(world, code, report.clone()).await;
        }
        let ask = async |codes: &[&str]| world.statements_of(world.ask(DEEP, json!({ "codes": codes }))).await;
        // States and areas are read once, by whoever asks first.
        ask(&CODES[..1]).await;
        let (few, two) = ask(&CODES[..2]).await;
        let (many, twelve) = ask(&CODES).await;
        assert_eq!(few, many, "a query for each parent would grow with them");
        assert!(many <= 25, "{many} statements");
        let nodes = |data: &Value| data["memberStates"]["nodes"].as_array().expect("states").clone();
        assert_eq!((nodes(&two).len(), nodes(&twelve).len()), (2, 12));
        for state in nodes(&twelve) {
            assert_eq!(state["followUpActions"]["totalCount"], 5);
            assert_eq!(state["meetings"]["nodes"].as_array().expect("meetings").len(), 3);
            assert_eq!(state["followUpActions"]["nodes"][0]["evidence"][0]["quote"], "The");
            assert_eq!(state["followUpActions"]["nodes"][0]["tasks"][0]["assignee"]["name"], "Amina, desk officer");
        }
    }
}
