//! Keeping records: history, versions, references, pages.

use std::collections::BTreeSet;

use sea_orm::{ConnectionTrait, DbBackend, EntityTrait, Statement, sea_query::Order};
use store::{
    Concept, Error, by_id, by_ids, change, follow_up_action, meeting, member_state,
    page::{self, Cursor, Slice},
    party::Party,
    update,
};
use vocab::{ActionKind, ActionStatus, MeetingKind, Side, Strength, Track};

use crate::world::{World, stories};

fn action(title: &str, state: &member_state::Model) -> follow_up_action::Draft {
    follow_up_action::Draft {
        kind: ActionKind::Proposal,
        title: title.to_owned(),
        strength: Strength::Proposed,
        missing: vec![vocab::CheckableElement::Date],
        state_id: Some(state.id),
        meeting_id: None,
        actor_side: Side::Theirs,
        actor: Party { state_id: Some(state.id), ..Party::default() },
        counterpart: Party::default(),
        awaits: Some(Side::Ours),
        due: None,
        said_on: None,
        owner_id: None,
        areas: vec!["water-management".to_owned()],
    }
}

async fn state(world: &World, code: &str) -> member_state::Model {
    member_state::by_code(world.store.reader(), code).await.expect("the states are asked").expect("a state")
}

/// Whether somebody waits for another one's row; on SQLite they wait before they begin.
async fn one_waits(world: &World) -> bool {
    let db = world.store.reader();
    if db.get_database_backend() == DbBackend::Sqlite {
        return true;
    }
    let waiting = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
    let waiting = db.query_one_raw(Statement::from_string(DbBackend::Postgres, waiting)).await;
    waiting.expect("the database tells").is_some()
}

stories! {
    /// Every write leaves a line: who, when, which record, which version, before and after.
    async fn every_write_leaves_a_line_in_the_history(world: &World) {
        let state = state(world, "PAK").await;
        let made = world.write(async |work| follow_up_action::create(work, action("Water talks", &state)).await).await;
        let made = made.expect("the action is kept");
        assert_eq!(made.reference, "PAK-1");
        world.clock.pass_days(1);
        let revision = follow_up_action::Revision { title: Some("Water talks, again".into()), ..Default::default() };
        let revised = world.write(async |work| follow_up_action::revise(work, made.id, Some(1), revision).await).await;
        assert_eq!(revised.expect("the action is revised").version, 2);
        let lines = change::of_record(Concept::FollowUpAction, made.id);
        let lines = page::page(world.store.reader(), lines, &change::latest_first(), &Slice::first(10)).await;
        let lines: Vec<_> = lines.expect("the history").rows.into_iter().map(|(_, line)| line).collect();
        assert_eq!(lines.iter().map(|line| line.version).collect::<Vec<_>>(), [2, 1]);
        assert_eq!(lines[0].before["title"], "Water talks");
        assert_eq!(lines[0].after["title"], "Water talks, again");
        assert!(lines[1].before.is_null() && lines[0].at > lines[1].at);
    }

    /// A unit of work that is not committed leaves neither records nor lines.
    async fn what_is_not_committed_never_was(world: &World) {
        let state = state(world, "MAR").await;
        let mut work = world.store.begin(&store::Who::system()).await.expect("a unit of work");
        follow_up_action::create(&mut work, action("Half-way", &state)).await.expect("written so far");
        drop(work);
        let actions = follow_up_action::Entity::find().all(world.store.reader()).await.expect("asked");
        assert!(actions.is_empty());
        let again = world.write(async |work| follow_up_action::create(work, action("Whole", &state)).await).await;
        assert_eq!(again.expect("kept").reference, "MAR-1");
    }

    /// Of two people who revise the same version the second is told what the version is now.
    async fn a_stale_write_is_refused_with_the_current_version(world: &World) {
        let state = state(world, "MLI").await;
        let made = world.write(async |work| follow_up_action::create(work, action("A", &state)).await).await.expect("kept");
        let retitle = |title: &str| follow_up_action::Revision { title: Some(title.into()), ..Default::default() };
        let first = world.write(async |work| follow_up_action::revise(work, made.id, Some(1), retitle("B")).await).await;
        assert_eq!(first.expect("the first wins").version, 2);
        let second = world.write(async |work| follow_up_action::revise(work, made.id, Some(1), retitle("C")).await).await;
        assert!(matches!(second, Err(Error::Conflict { expected: 1, current: 2, .. })), "{second:?}");
        let row = by_id::<follow_up_action::Entity>(world.store.reader(), made.id).await.expect("the action");
        assert_eq!(row.title, "B");
    }

    /// Whoever names no version means the record as it is, though somebody else is revising it at this moment.
    async fn who_names_no_version_waits_for_who_is_writing(world: &World) {
        let state = state(world, "MLI").await;
        let made = world.write(async |work| follow_up_action::create(work, action("A", &state)).await).await.expect("kept");
        let mut first = world.store.begin(&store::Who::system()).await.expect("a unit of work");
        let retitle = follow_up_action::Revision { title: Some("B".into()), ..Default::default() };
        follow_up_action::revise(&mut first, made.id, None, retitle).await.expect("written so far");
        let stronger = follow_up_action::Revision { strength: Some(Strength::Signed), ..Default::default() };
        let second = world.write(async |work| follow_up_action::revise(work, made.id, None, stronger).await);
        let ends = async {
            while !one_waits(world).await {
                tokio::task::yield_now().await;
            }
            first.commit().await
        };
        let (ended, second) = tokio::join!(ends, second);
        ended.expect("the first lasts");
        let row = second.expect("the second is served after it");
        assert_eq!((&*row.title, row.strength.0, row.version), ("B", Strength::Signed, 3));
    }

    /// What somebody has revised since it was read is not removed, and what is gone already is no matter.
    async fn what_was_revised_since_is_not_removed(world: &World) {
        let state = state(world, "MLI").await;
        let read = world.write(async |work| follow_up_action::create(work, action("A", &state)).await).await.expect("kept");
        let retitle = follow_up_action::Revision { title: Some("B".into()), areas: Some(Vec::new()), ..Default::default() };
        let now = world.write(async |work| follow_up_action::revise(work, read.id, None, retitle).await).await.expect("revised");
        let stale = world.write(async |work| work.remove(read).await).await;
        assert!(matches!(stale, Err(Error::Conflict { expected: 1, current: 2, .. })), "{stale:?}");
        world.write(async |work| work.remove(now.clone()).await).await.expect("removed");
        let again = world.write(async |work| work.remove(now).await.map(|()| work.written())).await;
        assert_eq!(again.expect("no matter"), 0);
    }

    /// The status follows from the updates, and nobody can type it.
    async fn the_status_follows_from_the_updates(world: &World) {
        let state = state(world, "SEN").await;
        let made = world.write(async |work| follow_up_action::create(work, action("A", &state)).await).await.expect("kept");
        let on = made.created_at.date_naive();
        let say = |track, says| update::Draft { action_id: made.id, track, says, on, note: None, report_id: None };
        let write = async |draft| world.write(async |work| update::record(work, draft, None).await).await;
        let (_, action) = write(say(Track::Ours, ActionStatus::InProgress)).await.expect("ours");
        assert_eq!((action.status.0, action.disputed), (ActionStatus::InProgress, false));
        let (_, action) = write(say(Track::Counterpart, ActionStatus::Delivered)).await.expect("theirs");
        assert_eq!((action.status.0, action.disputed), (ActionStatus::Delivered, true));
        let refused = write(say(Track::Ours, ActionStatus::Dropped)).await;
        assert!(matches!(refused, Err(Error::Invalid { field: "note", .. })), "{refused:?}");
        let future = update::Draft { on: on + chrono::Days::new(1), ..say(Track::Ours, ActionStatus::Delivered) };
        assert!(matches!(write(future).await, Err(Error::Invalid { field: "on", .. })));
    }

    /// Walking a list page by page, from either end, shows every row once, also where the keys are the same.
    async fn pages_show_every_row_once_from_either_end(world: &World) {
        let (one, other) = (state(world, "EGY").await, state(world, "JOR").await);
        let count = 11;
        world.write(async |work| {
            for i in 0..count {
                let due = (i % 3 != 0).then(|| format!("2026-0{}-10", 1 + i % 3).parse().expect("a date"));
                let draft = follow_up_action::Draft { due, ..action(&format!("Title {i}"), if i % 2 == 0 { &one } else { &other }) };
                follow_up_action::create(work, draft).await?;
            }
            Ok(())
        }).await.expect("kept");
        for order in [follow_up_action::OrderBy::DueOn, follow_up_action::OrderBy::Strength, follow_up_action::OrderBy::Reference] {
            for direction in [Order::Asc, Order::Desc] {
                let keys = order.keys(direction);
                let walk = async |backward: bool| {
                    let (mut seen, mut from) = (Vec::new(), None::<Cursor>);
                    loop {
                        let slice = Slice { limit: 4, from: from.take(), backward };
                        let page = page::page(world.store.reader(), follow_up_action::select(&Default::default()), &keys, &slice);
                        let page = page.await.expect("a page");
                        let end = if backward { page.rows.first() } else { page.rows.last() };
                        // A cursor goes out to clients as text and comes back.
                        from = end.and_then(|(cursor, _)| Cursor::decode(&cursor.encode()));
                        let ids = page.rows.iter().map(|(_, row)| row.reference.clone());
                        if backward { seen.extend(ids.rev()) } else { seen.extend(ids) }
                        if !(if backward { page.has_previous } else { page.has_next }) { return seen }
                    }
                };
                let forward = walk(false).await;
                let mut backward = walk(true).await;
                backward.reverse();
                assert_eq!(forward, backward, "{order:?}");
                assert_eq!(forward.iter().collect::<BTreeSet<_>>().len(), count, "{order:?}: {forward:?}");
            }
        }
    }

    /// The first meetings of many states are one statement, and each state gets its own.
    async fn a_level_of_lists_is_one_statement(world: &World) {
        let states = [state(world, "DZA").await, state(world, "TUN").await, state(world, "LBY").await];
        world.write(async |work| {
            for i in 0..9 {
                let date = Some(format!("2026-01-{:02}", 1 + i).parse().expect("a date"));
                let title = format!("Meeting {i}");
                let draft = meeting::Draft { date, ..meeting::Draft::new(MeetingKind::Meeting, title) };
                let row = meeting::create(work, draft).await?;
                meeting::state::put(work, row.id, &[states[i % 2].id, states[(i + 1) % 2].id]).await?;
            }
            Ok(())
        }).await.expect("kept");
        let ids: Vec<_> = states.iter().map(|state| state.id).collect();
        let (select, parent) = meeting::select_by_state(&meeting::Filter::default());
        let keys = meeting::OrderBy::HeldOn.keys(Order::Desc);
        let two = Slice::first(2);
        let asked = page::pages(world.store.reader(), select.clone(), parent.clone(), &ids, &keys, &two);
        let (statements, pages) = world.statements_of(asked).await;
        let pages = pages.expect("the pages");
        assert_eq!(statements, 1);
        assert_eq!(pages.len(), 2, "a state without meetings has no page");
        for page in pages.values() {
            assert!(page.has_next && !page.has_previous);
            assert_eq!(page.rows.iter().map(|(_, m)| m.title.as_str()).collect::<Vec<_>>(), ["Meeting 8", "Meeting 7"]);
        }
        let counts = page::counts(world.store.reader(), select, parent, &ids).await.expect("the counts");
        assert_eq!(counts.into_values().collect::<Vec<_>>(), [9, 9]);
        let rows = by_ids::<member_state::Entity>(world.store.reader(), &ids).await.expect("the states");
        assert_eq!(rows.len(), 3);
    }

    /// A filter by area, organization, text or lateness picks what it says.
    async fn filters_pick_what_they_say(world: &World) {
        let state = state(world, "IDN").await;
        let late = Some("2026-02".parse().expect("a month"));
        world.write(async |work| {
            follow_up_action::create(work, follow_up_action::Draft { due: late, ..action("École d’été", &state) }).await?;
            follow_up_action::create(work, follow_up_action::Draft { areas: vec!["heritage".into()], ..action("Museums", &state) }).await
        }).await.expect("kept");
        let today = world.store.surroundings().today();
        let references = async |filter: follow_up_action::Filter| {
            let keys = follow_up_action::OrderBy::Reference.keys(Order::Asc);
            let page = page::page(world.store.reader(), follow_up_action::select(&filter), &keys, &Slice::first(9)).await;
            page.expect("a page").rows.into_iter().map(|(_, row)| row.number).collect::<Vec<_>>()
        };
        let all = follow_up_action::Filter { today: Some(today), ..Default::default() };
        assert_eq!(references(follow_up_action::Filter { overdue: Some(true), ..all.clone() }).await, [1]);
        assert_eq!(references(follow_up_action::Filter { overdue: Some(false), ..all.clone() }).await, [2]);
        assert_eq!(references(follow_up_action::Filter { areas: Some(vec!["heritage".into()]), ..all.clone() }).await, [2]);
        assert_eq!(references(follow_up_action::Filter { text: Some("ecole d'ete".into()), ..all.clone() }).await, [1]);
        assert_eq!(references(follow_up_action::Filter { text: Some("idn-2".into()), ..all.clone() }).await, [2]);
        assert_eq!(references(follow_up_action::Filter { strength_at_least: Some(Strength::Signed), ..all }).await, [0; 0]);
    }
}
