//! The protocol graphql-transport-ws: what is answered, and with which code a socket is closed.

use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::Message;

use super::{CHANGES, Client, Server, action, client::Heard, soon};
use crate::world::stories;

fn subscribe(id: &str) -> Value {
    json!({ "id": id, "type": "subscribe", "payload": { "query": CHANGES } })
}

stories! {
    /// Each thing that the protocol does not allow closes the socket with its code.
    async fn what_is_not_allowed_closes_the_socket_with_its_code(world: &World) {
        let short = [("ENTENTE_LIVE_INIT_SECONDS", "1"), ("ENTENTE_LIVE_MESSAGE_BYTES", "2000")];
        let server = Server::set(world, world.store.clone(), &short).await;
        let init = || json!({ "type": "connection_init" });
        let text = |message: Value| Message::text(message.to_string());
        let cases = [
            (vec![], 4408),
            (vec![text(subscribe("1"))], 4401),
            (vec![text(init()), text(init())], 4429),
            (vec![text(json!({ "type": "connection_init", "payload": { "authorization": "Bearer x" } }))], 4403),
            (vec![text(init()), text(subscribe("1")), text(subscribe("1"))], 4409),
            (vec![text(init()), Message::text("nonsense")], 4400),
            (vec![text(init()), text(json!({ "type": "start", "id": "1" }))], 4400),
            (vec![text(init()), text(json!({ "type": "subscribe", "id": "1" }))], 4400),
            (vec![text(init()), text(json!({ "type": "subscribe", "payload": { "query": CHANGES } }))], 4400),
            (vec![text(init()), Message::binary(vec![0, 1, 2])], 4400),
            (vec![text(init()), Message::text(" ".repeat(2_001))], 1009),
        ];
        for (said, code) in cases {
            let mut client = Client::connect(server.address).await;
            for message in &said {
                client.send(message.clone()).await;
            }
            let mut heard = client.heard().await;
            while matches!(heard, Heard::Message(_)) {
                heard = client.heard().await;
            }
            assert_eq!(heard, Heard::Closed(code), "{said:?}");
        }
        server.close().await;
    }

    /// Queries and mutations are answered on a socket as they are by POST, each by its id; what is refused is an error of
    /// its own id, and the others go on.
    async fn every_kind_of_operation_is_answered_by_its_id(world: &World) {
        let server = Server::open(world).await;
        let mut client = server.client().await;
        client.subscribe("events", CHANGES, json!({})).await;
        client.subscribe("query", "query($code: String!) { memberState(code: $code) { code } }", json!({ "code": "om" })).await;
        let answer = client.hear().await;
        assert_eq!((&answer["id"], &answer["type"]), (&json!("query"), &json!("next")));
        assert_eq!(answer["payload"]["data"], json!({ "memberState": { "code": "OMN" } }));
        assert_eq!(client.hear().await, json!({ "id": "query", "type": "complete" }));

        let write = "mutation { createFollowUpAction(input: { kind: PLAN, title: \"by socket\", actorSide: OURS, \
                     strength: PROPOSED }) { followUpAction { title } } }";
        client.subscribe("mutation", write, json!({})).await;
        let mut told = [client.hear().await, client.hear().await, client.hear().await];
        told.sort_by_key(|message| message["id"].to_string() + &message["type"].to_string());
        assert_eq!(told[0]["payload"]["data"]["followUpActionChanged"]["followUpAction"]["title"], "by socket");
        assert_eq!(told[1], json!({ "id": "mutation", "type": "complete" }));
        assert_eq!(told[2]["payload"]["data"]["createFollowUpAction"]["followUpAction"]["title"], "by socket");

        let deep = format!("{}id{}", "{ node(id: \"x\") ".repeat(60), "}".repeat(60));
        for (document, code) in [
            ("{ two", "GRAPHQL_PARSE_FAILED"),
            ("{ three }", "GRAPHQL_VALIDATION_FAILED"),
            ("subscription { three }", "GRAPHQL_VALIDATION_FAILED"),
            ("subscription { followUpActionChanged }", "GRAPHQL_VALIDATION_FAILED"),
            ("subscription { reportRead { cursor } reviewQueueChanged { cursor } }", "GRAPHQL_VALIDATION_FAILED"),
            ("subscription { ...A } fragment A on Subscription { reportRead { cursor } }", "GRAPHQL_VALIDATION_FAILED"),
            (&deep, "OPERATION_LIMIT"),
        ] {
            client.subscribe("refused", document, json!({})).await;
            let refused = client.hear().await;
            assert_eq!((&refused["id"], &refused["type"]), (&json!("refused"), &json!("error")), "{refused}");
            assert_eq!(refused["payload"][0]["extensions"]["code"], code, "{refused}");
        }
        action(world, "Map the rivers", None).await;
        assert_eq!(client.event().await["followUpAction"]["title"], "Map the rivers");
        client.say(&json!({ "id": "events", "type": "complete" })).await;
        client.silence().await;
        action(world, "nobody hears of it", None).await;
        client.silence().await;
        server.close().await;
    }

    /// A page of another origin, another protocol, and a request that is no handshake get an answer and no socket.
    async fn only_a_handshake_in_the_right_protocol_opens_a_socket(world: &World) {
        let server = Server::open(world).await;
        let refused = Client::try_connect(server.address, "graphql-ws").await.err().expect("an answer");
        assert_eq!(refused.status(), 400);
        let (status, answer) = soon("an answer", world.get("/graphql/ws")).await;
        assert_eq!(status, 426);
        assert!(answer.contains("BAD_USER_INPUT") && answer.contains("/graphql"), "{answer}");
        server.close().await;
    }
}
