//! Whoever listens and may not any more is sent away, and told why.

use std::net::SocketAddr;

use serde_json::{Value, json};
use store::{access_token, account as accounts, identity, session};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::Instant,
};
use vocab::{Role, Scope};

use super::{CHANGES, Client, Server, action, client::Heard, soon};
use crate::{
    stories::sign_in::{Signed, account},
    world::stories,
};

/// Longer than anybody may stay who may not any more.
const TEN_SECONDS: std::time::Duration = std::time::Duration::from_secs(10);

/// A client who has signed in by its first message and listens.
async fn listening(server: &Server, signed: &Signed) -> Client {
    let mut client = Client::connect(server.address).await;
    let authorization = format!("Bearer {}", signed.token);
    client.say(&json!({ "type": "connection_init", "payload": { "Authorization": authorization } })).await;
    assert_eq!(client.hear().await, json!({ "type": "connection_ack" }));
    client.subscribe("1", CHANGES, json!({})).await;
    client.silence().await;
    client
}

/// With which code a socket is closed, whatever is told before.
async fn closed(client: &mut Client) -> u16 {
    loop {
        match client.heard().await {
            Heard::Message(_) => {}
            Heard::Closed(code) => return code,
            Heard::Gone => panic!("it is gone without a word"),
        }
    }
}

/// All that a stream of events tells to its end.
async fn told(address: SocketAddr, by: &str, begun: impl AsyncFnOnce()) -> String {
    let mut stream = TcpStream::connect(address).await.expect("a connection");
    let body = json!({ "query": CHANGES }).to_string();
    let head = format!(
        "POST /graphql/sse HTTP/1.1\r\nHost: localhost\r\n{by}\r\nConnection: close\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(head.as_bytes()).await.expect("a request");
    let mut text = vec![0; 4096];
    let count = soon("a head", stream.read(&mut text)).await.expect("a head");
    text.truncate(count);
    begun().await;
    soon("the end", stream.read_to_end(&mut text)).await.expect("the rest");
    String::from_utf8(text).expect("UTF-8")
}

stories! {
    /// A token that is revoked, and a role that is taken away, end what is open within ten seconds, with a code.
    async fn a_token_that_is_revoked_ends_what_is_open_within_ten_seconds(world: &World) {
        let server = Server::open(world).await;
        let (lena, omar) = (
            account(world, "Lena", Role::Viewer, Scope::Read).await,
            account(world, "Omar", Role::Editor, Scope::Write).await,
        );
        let stays = account(world, "Stays", Role::Viewer, Scope::Read).await;
        let mut clients = [listening(&server, &lena).await, listening(&server, &omar).await];
        let mut staying = listening(&server, &stays).await;
        let begun = Instant::now();
        world.write(async |work| access_token::revoke(work, lena.token_id).await).await.expect("revoked");
        world.write(async |work| accounts::set_role(work, omar.id, None, Role::Viewer).await).await.expect("another role");
        for client in &mut clients {
            assert_eq!(closed(client).await, 4403);
        }
        assert!(begun.elapsed() < TEN_SECONDS, "{:?}", begun.elapsed());
        action(world, "Map the rivers", None).await;
        assert_eq!(staying.event().await["followUpAction"]["title"], "Map the rivers");
        server.close().await;
    }

    /// A stream is ended likewise, with an error that says why.
    async fn a_stream_ends_with_the_reason_when_its_token_is_revoked(world: &World) {
        let server = Server::open(world).await;
        let lena = account(world, "Lena", Role::Viewer, Scope::Read).await;
        let revoked = async || {
            world.write(async |work| access_token::revoke(work, lena.token_id).await).await.expect("revoked");
        };
        let text = told(server.address, &format!("Authorization: Bearer {}", lena.token), revoked).await;
        assert!(text.starts_with("HTTP/1.1 200"), "{text}");
        assert!(text.contains("UNAUTHENTICATED") && text.contains("revoked") && text.contains("event: complete"), "{text}");
        server.close().await;
    }

    /// A session that the provider ends takes along what is open in it.
    async fn a_stream_ends_when_the_provider_ends_its_session(world: &World) {
        let server = Server::open(world).await;
        let issuer = "https://id.example.org".to_owned();
        let said = identity::Said { issuer: issuer.clone(), subject: "amal".into(), name: None, email: None, role: Some(Role::Viewer) };
        let (_, secret) = world.write(async |work| {
            let identity = identity::enter(work, said).await?.expect("they come in");
            let draft = session::Draft {
                account_id: identity.account_id, identity_id: Some(identity.id), provider_session: Some("1".into()),
                lasts: chrono::TimeDelta::hours(1),
            };
            session::begin(work, draft).await
        }).await.expect("a session");
        let ended = async || {
            world.write(async |work| session::end_at_provider(work, &issuer, None, Some("1")).await).await.expect("ended");
        };
        let begun = Instant::now();
        let text = told(server.address, &format!("Cookie: entente-session={secret}"), ended).await;
        assert!(begun.elapsed() < TEN_SECONDS, "{:?}", begun.elapsed());
        assert!(text.starts_with("HTTP/1.1 200") && text.contains("UNAUTHENTICATED") && text.contains("event: complete"), "{text}");
        server.close().await;
    }

    /// Who brings no token to a socket, or a wrong one, is told so with a code; and what a token may not ask for is refused
    /// on a socket as elsewhere.
    async fn a_socket_asks_for_a_token_as_a_request_does(world: &World) {
        let lena = account(world, "Lena", Role::Viewer, Scope::Read).await;
        let server = Server::set(&world.nobodys(), world.store.clone(), &[]).await;
        for (payload, code) in [(Value::Null, 4401), (json!({ "Authorization": "Bearer wrong" }), 4403), (json!({ "Authorization": 7 }), 4403)] {
            let mut client = Client::connect(server.address).await;
            client.say(&json!({ "type": "connection_init", "payload": payload })).await;
            assert_eq!(closed(&mut client).await, code, "{payload}");
        }
        let mut client = listening(&server, &lena).await;
        client.subscribe("2", "mutation { createPerson(input: { name: \"X\" }) { person { id } } }", json!({})).await;
        let refused = client.hear().await;
        assert_eq!((&refused["id"], &refused["type"]), (&json!("2"), &json!("error")), "{refused}");
        assert_eq!(refused["payload"][0]["extensions"]["code"], "FORBIDDEN", "{refused}");
        server.close().await;
    }
}
