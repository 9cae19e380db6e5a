//! Servers side by side on one database.

use serde_json::json;

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
}
