//! One trail, whoever writes; from the beginning, and wherever it is taken.

use entente::tables::last_migration;
use futures_util::future::join_all;
use sea_orm::{ConnectionTrait, EntityTrait, PaginatorTrait};
use serde_json::json;
use store::{
    Store, Who,
    audit_entry::{self, Head},
    dump, person,
};

use super::{entries, some_work, walk};
use crate::world::{Engine, World, stories};

async fn make(store: &Store, name: String) {
    let mut work = store.begin(&Who::background("test")).await.expect("a unit of work");
    person::create(&mut work, person::Draft { label: name, ..Default::default() }).await.expect("a person");
    work.commit().await.expect("kept");
}

/// Undoes the trail as it is where it was not there yet.
async fn without_a_trail(world: &World) {
    world.store.writer().execute_unprepared("DELETE FROM audit_entry").await.expect("no trail");
}

stories! {
    /// Two servers that write at once do not fork it.
    async fn two_servers_write_one_trail(world: &World) {
        let other = world.beside().await;
        let before = entries(world).await.len();
        let writes = (0..40).map(|number| {
            let store = if number % 2 == 0 { world.store.clone() } else { other.clone() };
            async move {
                make(&store, format!("Person {number}")).await;
                let refused = audit_entry::Refused { who: Who::background("test"), code: "CONFLICT".to_owned(), times: 1 };
                audit_entry::refused(&store, vec![refused]).await.expect("written");
            }
        });
        join_all(writes).await;
        let walk = walk(world).await;
        assert_eq!((walk.amiss, walk.entries), (None, before as u64 + 80));
        other.close().await.expect("closed");
    }

    /// What stood in the history before there was a trail comes under its first entry, whoever makes it.
    async fn what_stood_in_the_history_before_comes_under_the_first_entry(world: &World) {
        some_work(world).await;
        for by_hand in [true, false] {
            without_a_trail(world).await;
            assert!(walk(world).await.amiss.is_some_and(|amiss| amiss.contains("were made by no entry")));
            if by_hand {
                audit_entry::begin(&world.store).await.expect("begun");
                audit_entry::begin(&world.store).await.expect("begun already");
            } else {
                make(&world.store, "The first one afterwards".to_owned()).await;
            }
            let (walk, trail) = (walk(world).await, entries(world).await);
            assert_eq!((walk.amiss, trail.len()), (None, if by_hand { 1 } else { 2 }));
            assert_eq!((trail[0].act.as_str(), trail[0].first_change), ("history-before", Some(1)));
        }
        let changed = "UPDATE change SET after = '{}' WHERE seq = 5";
        world.store.writer().execute_unprepared(changed).await.expect("changed");
        let told = walk(world).await.amiss.expect("amiss");
        assert!(told.starts_with("of the lines 1 to ") && told.ends_with("which entry 1 made"), "{told}");
    }

    /// A unit that is undone leaves no entry, and one whose trail cannot be written is undone.
    async fn what_is_not_committed_is_in_no_trail(world: &World) {
        let before = entries(world).await;
        let people = async || person::Entity::find().count(world.store.reader()).await.expect("counted");
        let there = people().await;
        let mut work = world.store.begin(&Who::system()).await.expect("a unit of work");
        person::create(&mut work, person::Draft { label: "Nobody".into(), ..Default::default() }).await.expect("so far");
        drop(work);
        assert_eq!(entries(world).await, before);
        world.store.writer().execute_unprepared("ALTER TABLE audit_entry RENAME TO elsewhere").await.expect("gone");
        let refused = world.write(async |work| person::create(work, person::Draft { label: "Nobody".into(), ..Default::default() }).await).await;
        assert!(matches!(refused, Err(store::Error::Database(_))), "{refused:?}");
        assert_eq!(people().await, there);
    }

    /// It goes along to another database, of either engine, holds there, and goes on.
    async fn a_trail_holds_wherever_it_is_taken(world: &World) {
        some_work(world).await;
        let mut lines = Vec::new();
        dump::export(&world.store, &last_migration(), &mut lines).await.expect("written out");
        let here = walk(world).await;
        let head: Head = here.head.clone().expect("a head");
        for engine in [Engine::Sqlite, Engine::Postgres] {
            world.elsewhere(engine, async |there| {
                dump::import(&there.store, &last_migration(), dump::Tables::Current, lines.as_slice()).await.expect("taken in");
                assert_eq!(walk(there).await, here);
                there.ask("mutation { createPerson(input: { name: \"One more\" }) { person { id } } }", json!({})).await;
                let on = audit_entry::walk(there.store.reader(), Some(&head)).await.expect("a walk");
                assert_eq!((on.amiss, on.entries, on.is_met), (None, here.entries + 1, true));
            }).await;
        }
    }
}
