//! The five shapes of question that `make bench` asks: how many statements each takes.

use serde_json::{Value, json};
use store::{follow_up_action, meeting, member_state, organization, participation, party::Party, person, update};
use vocab::{
    ActionKind, ActionStatus, DatePrecision, MeetingKind, OrganizationKind, PartialDate, ParticipationRole, Side,
    Strength, Track,
};

use crate::world::{World, stories};

const POINT: &str = include_str!("../../benches/load/documents/point.graphql");
const NESTED: &str = include_str!("../../benches/load/documents/nested.graphql");
const OVERDUE: &str = include_str!("../../benches/load/documents/overdue.graphql");
const PARTNERSHIPS: &str = include_str!("../../benches/load/documents/partnerships.graphql");
const UPDATE: &str = include_str!("../../benches/load/documents/update.graphql");

/// What each takes, where everything that it asks for is there; one of each asks who it is that asks. A shape that takes less by now is welcome: write it down.
const STATEMENTS: [(&str, usize); 5] =
    [("point", 4), ("nested", 8), ("overdue", 6), ("partnerships", 4), ("update", 10)];

const CODES: [&str; 12] = ["DZA", "BHR", "TCD", "DJI", "EGY", "GAB", "IDN", "JOR", "KWT", "LBN", "MYS", "NER"];

/// Gives a state meetings with people and their ministry, and as many overdue actions with all that hangs on them.
async fn furnish(world: &World, code: &str, many: usize) {
    let state = member_state::by_code(world.store.reader(), code).await.expect("asked").expect("a state");
    let (state_id, owner_id) = (Some(state.id), world.who.account_id);
    let due = PartialDate::new("2026-02-01".parse().expect("a day"), DatePrecision::Day);
    let written = world.write(async |work| {
        let draft = organization::Draft::new(OrganizationKind::Ministry, format!("Ministry {many} of {code}"));
        let ministry = organization::create(work, organization::Draft { state_id, ..draft }).await?;
        for i in 0..many {
            let draft = meeting::Draft::new(MeetingKind::Meeting, format!("Talks {i} with {code}"));
            let held = meeting::create(work, draft).await?;
            meeting::state::put(work, held.id, &[state.id]).await?;
            let label = format!("Person {code} {i}");
            let person = person::create(work, person::Draft { label, ..Default::default() }).await?;
            let party = Party { person_id: Some(person.id), organization_id: Some(ministry.id), ..Party::default() };
            let role = ParticipationRole::Principal;
            participation::create(work, participation::Draft { meeting_id: held.id, role, party }).await?;
            let action = follow_up_action::Draft {
                kind: ActionKind::Request,
                title: format!("Request {i} of {code}"),
                strength: Strength::Proposed,
                missing: Vec::new(),
                state_id,
                meeting_id: Some(held.id),
                actor_side: Side::Theirs,
                actor: party,
                counterpart: Party::default(),
                awaits: Some(Side::Ours),
                due: Some(due),
                said_on: None,
                owner_id,
                areas: vec!["heritage".into(), "youth".into()],
            };
            let action_id = follow_up_action::create(work, action).await?.id;
            let (track, says, on) = (Track::Counterpart, ActionStatus::InProgress, work.today());
            let draft = update::Draft { action_id, track, says, on, note: None, report_id: None };
            update::record(work, draft, None).await?;
        }
        Ok(())
    });
    written.await.expect("furnished");
}

/// Asks each shape of these states, and counts.
async fn counted(world: &World, codes: &[&str], says: &str) -> Vec<(&'static str, usize)> {
    // The book is read once, by whoever asks first.
    world.ask(PARTNERSHIPS, json!({})).await;
    let reference = json!({ "reference": format!("{}-1", codes[0]) });
    let action = world.ask(POINT, reference.clone()).await["followUpAction"]["id"].clone();
    let asked = [
        ("point", POINT, reference),
        ("nested", NESTED, json!({ "codes": codes })),
        ("overdue", OVERDUE, json!({ "states": codes, "kinds": ["REQUEST"] })),
        ("partnerships", PARTNERSHIPS, json!({})),
        ("update", UPDATE, json!({ "action": action, "says": says, "on": "2026-03-02" })),
    ];
    let mut counts = Vec::new();
    for (shape, document, variables) in asked {
        let (statements, data) = world.statements_of(world.ask(document, variables)).await;
        assert_eq!(data["recordUpdate"]["refusal"], Value::Null, "{shape}");
        counts.push((shape, statements));
    }
    counts
}

stories! {
    /// However many records answer it, and however many there are.
    async fn each_shape_of_the_bench_takes_a_fixed_number_of_statements(world: &World) {
        for code in &CODES[..2] {
            furnish(world, code, 1).await;
        }
        assert_eq!(counted(world, &CODES[..2], "STALLED").await, STATEMENTS);
        for code in CODES {
            furnish(world, code, 12).await;
        }
        assert_eq!(counted(world, &CODES, "PARTLY_DELIVERED").await, STATEMENTS);
        let page = world.ask(OVERDUE, json!({ "states": CODES, "kinds": ["REQUEST"] })).await;
        let page = &page["followUpActions"];
        assert_eq!((page["totalCount"].as_u64(), page["nodes"].as_array().map(Vec::len)), (Some(146), Some(50)));
    }
}
