//! Those who ask for too much get a coded answer, and the others theirs as before.

use serde_json::{Value, json};

use super::{CHANGES, Client, Server, action, client::Heard, soon};
use crate::world::stories;

/// A question whose answer is long.
const LONG: &str = "{ __schema { types { name description fields { name description args { name description } } } } }";

stories! {
    /// Ten thousand subscriptions on one socket: some run, each of the others is told that there are too many, and another
    /// client is answered meanwhile.
    async fn one_socket_has_no_more_subscriptions_than_it_may(world: &World) {
        let server = Server::open(world).await;
        let mut client = server.client().await;
        let all = 10_000;
        let asking = async {
            // Somebody who sends without reading would be waited for: it reads as it goes.
            let mut refused = 0;
            for batch in 0..100 {
                for number in 0..100 {
                    client.subscribe(&format!("{batch}.{number}"), CHANGES, json!({})).await;
                }
                for _ in 0..if batch == 0 { 50 } else { 100 } {
                    let message = client.hear().await;
                    assert_eq!(message["payload"][0]["extensions"]["code"], "OPERATION_LIMIT", "{message}");
                    refused += 1;
                }
            }
            assert_eq!(refused, all - 50);
        };
        let meanwhile = async {
            let mut other = server.client().await;
            for _ in 0..20 {
                other.subscribe("1", "{ __typename }", json!({})).await;
                assert_eq!([other.hear().await["type"].clone(), other.hear().await["type"].clone()], ["next", "complete"]);
            }
        };
        tokio::join!(asking, meanwhile);
        let id = action(world, "Map the rivers", None).await;
        let told = client.events(50).await;
        assert!(told.iter().all(|event| event["followUpAction"]["id"] == id));
        server.close().await;
    }

    /// Whoever does not read what it asked for is given up, and the others are answered meanwhile.
    async fn who_does_not_read_is_given_up(world: &World) {
        let server = Server::set(world, world.store.clone(), &[("ENTENTE_LIMITS_WRITE_SECONDS", "1")]).await;
        let mut deaf = Client::of_small_ears(server.address).await;
        deaf.say(&json!({ "type": "connection_init" })).await;
        for number in 0..50 {
            deaf.subscribe(&number.to_string(), LONG, json!({})).await;
        }
        let mut other = server.client().await;
        other.subscribe("events", CHANGES, json!({})).await;
        soon("the end", async {
            while !deaf.is_given_up().await {
                other.silence().await;
            }
        })
        .await;
        let id = action(world, "Map the rivers", None).await;
        assert_eq!(other.event().await["followUpAction"]["id"], id);
        server.close().await;
    }

    /// There are so many places for those who listen and no more, whichever way they do; who goes makes room.
    async fn so_many_listen_and_no_more(world: &World) {
        let server = Server::set(world, world.store.clone(), &[("ENTENTE_LIVE_CLIENTS", "3")]).await;
        let mut clients = [server.client().await, server.client().await, server.client().await];
        let refused = Client::try_connect(server.address, "graphql-transport-ws").await.err().expect("no place");
        assert_eq!(refused.status(), 503);
        let body: Value = serde_json::from_slice(refused.body().as_deref().expect("a body")).expect("JSON");
        assert_eq!(body["errors"][0]["extensions"]["code"], "OPERATION_LIMIT", "{body}");
        clients[0].say(&json!({ "type": "wrong" })).await;
        assert_eq!(clients[0].heard().await, Heard::Closed(4400));
        drop(clients);
        soon("a place", async {
            while Client::try_connect(server.address, "graphql-transport-ws").await.is_err() {
                tokio::task::yield_now().await;
            }
        })
        .await;
        server.close().await;
    }
}
