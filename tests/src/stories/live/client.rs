//! A client on a socket, of the tests' own.

use std::net::SocketAddr;

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::net::{TcpSocket, TcpStream};
use tokio_tungstenite::{
    WebSocketStream, client_async,
    tungstenite::{Error, Message, client::IntoClientRequest, http::Response},
};

use super::soon;

pub(super) struct Client(WebSocketStream<TcpStream>);

/// What a client is told.
#[derive(Debug, PartialEq)]
pub(super) enum Heard {
    /// A message.
    Message(Value),
    /// That the socket is closed, with this code.
    Closed(u16),
    /// Nothing any more.
    Gone,
}

impl Client {
    pub(super) async fn connect(address: SocketAddr) -> Self {
        Self::try_connect(address, "graphql-transport-ws").await.expect("a socket")
    }

    /// Tries to connect; else what the server answered.
    pub(super) async fn try_connect(address: SocketAddr, protocol: &str) -> Result<Self, Response<Option<Vec<u8>>>> {
        let stream = TcpStream::connect(address).await.expect("a connection");
        Self::over(stream, address, protocol).await
    }

    /// One for which the system keeps little of what it does not read.
    pub(super) async fn of_small_ears(address: SocketAddr) -> Self {
        let socket = TcpSocket::new_v4().expect("a socket");
        socket.set_recv_buffer_size(4 * 1024).expect("a small buffer");
        let stream = socket.connect(address).await.expect("a connection");
        Self::over(stream, address, "graphql-transport-ws").await.expect("a socket")
    }

    async fn over(stream: TcpStream, address: SocketAddr, protocol: &str) -> Result<Self, Response<Option<Vec<u8>>>> {
        let mut request = format!("ws://{address}/graphql/ws").into_client_request().expect("a request");
        request.headers_mut().insert("sec-websocket-protocol", protocol.parse().expect("a header"));
        match client_async(request, stream).await {
            Ok((socket, _)) => Ok(Self(socket)),
            Err(Error::Http(response)) => Err(*response),
            Err(fault) => panic!("{fault}"),
        }
    }

    pub(super) async fn say(&mut self, message: &Value) {
        self.send(Message::text(message.to_string())).await;
    }

    pub(super) async fn send(&mut self, message: Message) {
        self.0.send(message).await.expect("it is sent");
    }

    pub(super) async fn subscribe(&mut self, id: &str, query: &str, variables: Value) {
        let payload = json!({ "query": query, "variables": variables });
        self.say(&json!({ "id": id, "type": "subscribe", "payload": payload })).await;
    }

    /// Whether the server has given it up: what it says is heard by nobody.
    pub(super) async fn is_given_up(&mut self) -> bool {
        self.0.send(Message::text(json!({ "type": "pong" }).to_string())).await.is_err()
    }

    /// The next thing that it is told.
    pub(super) async fn heard(&mut self) -> Heard {
        let next = async {
            loop {
                match self.0.next().await {
                    Some(Ok(Message::Text(text))) => {
                        return Heard::Message(serde_json::from_str(&text).expect("JSON"));
                    }
                    Some(Ok(Message::Close(Some(frame)))) => return Heard::Closed(frame.code.into()),
                    Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                    _ => return Heard::Gone,
                }
            }
        };
        soon("a message", next).await
    }

    /// The next message.
    pub(super) async fn hear(&mut self) -> Value {
        match self.heard().await {
            Heard::Message(message) => message,
            other => panic!("no message, but {other:?}"),
        }
    }

    /// What the next event holds, of the one field that was asked for.
    pub(super) async fn event(&mut self) -> Value {
        let message = self.hear().await;
        assert_eq!(message["type"], "next", "{message:#}");
        let answer = &message["payload"];
        assert!(answer.get("errors").is_none(), "{answer:#}");
        let event = answer["data"].as_object().and_then(|data| data.values().next()).expect("a field").clone();
        assert_eq!(event["cursor"], answer["extensions"]["cursor"], "{answer:#}");
        event
    }

    /// So many events.
    pub(super) async fn events(&mut self, count: usize) -> Vec<Value> {
        let mut events = Vec::with_capacity(count);
        while events.len() < count {
            events.push(self.event().await);
        }
        events
    }

    /// That nothing was sent before the answer to a ping.
    pub(super) async fn silence(&mut self) {
        self.say(&json!({ "type": "ping" })).await;
        assert_eq!(self.hear().await, json!({ "type": "pong" }));
    }
}
