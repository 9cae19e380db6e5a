//! Servers side by side on one database.

use serde_json::json;
use store::member_state;

use super::{CHANGES, Server, action, cursor};
use crate::world::{Engine, stories};

stories! {
    /// What one server writes, the clients of another hear of: at once where PostgreSQL tells it, else at the next look.
    async fn what_one_server_writes_another_tells(world: &World) {
        let beside = world.beside().await;
        // On PostgreSQL nobody looks by itself in this story.
        let pause = if world.engine() == Engine::Postgres { "600" } else { "1" };
        let other = Server::set(world, beside, &[("ENTENTE_LIVE_WAKE_SECONDS", pause)]).await;
        let mut client = other.client().await;
        client.subscribe("1", CHANGES, json!({ "after": cursor(world).await })).await;
        for title in ["one", "two", "three"] {
            let id = action(world, title, None).await;
            assert_eq!(client.event().await["followUpAction"], json!({ "id": id, "title": title }));
        }
        client.silence().await;
        other.close().await;
    }

    /// States are kept in memory, and read anew by every server once one has written to them.
    async fn what_is_kept_in_memory_follows_what_other_servers_write(world: &World) {
        let other = Server::set(world, world.beside().await, &[]).await;
        let mut client = other.client().await;
        let named = "subscription($after: String) { followUpActionChanged(after: $after) { cursor followUpAction { state { name } } } }";
        client.subscribe("1", named, json!({ "after": cursor(world).await })).await;
        let state = member_state::by_code(world.store.reader(), "OMN").await.expect("asked").expect("a state");
        let id = world.ask("{ memberState(code: \"OMN\") { id name } }", json!({})).await["memberState"]["id"].clone();
        for name in ["Oman", "Oman, by another name"] {
            let renamed = world.write(async |work| {
                work.revise(state.id, None, |row: &mut member_state::Model| {
                    row.name_en = name.to_owned();
                    Ok(())
                })
                .await
            });
            renamed.await.expect("written");
            action(world, name, Some(&id)).await;
            assert_eq!(client.event().await["followUpAction"]["state"]["name"], name);
            assert_eq!(world.ask("{ memberState(code: \"OMN\") { name } }", json!({})).await["memberState"]["name"], name);
        }
        other.close().await;
    }
}
