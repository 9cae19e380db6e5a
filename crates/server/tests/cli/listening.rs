//! What those who listen are told when the server stops.

use std::{
    io::{Read, Write},
    net::TcpStream,
};

use super::{desk::Desk, serving::Serving};

const CHANGES: &str = "subscription { followUpActionChanged { cursor } }";

/// Reads on until something has come.
fn read_to(stream: &mut TcpStream, wanted: &[u8]) -> Vec<u8> {
    let mut read = Vec::new();
    while !read.windows(wanted.len()).any(|part| part == wanted) {
        let mut bytes = [0; 1024];
        let count = stream.read(&mut bytes).expect("more");
        assert!(count > 0, "it ended with {:?}", String::from_utf8_lossy(&read));
        read.extend_from_slice(&bytes[..count]);
    }
    read
}

/// A text as a frame of a client, masked with nothing.
fn frame(text: &str) -> Vec<u8> {
    let length = u16::try_from(text.len()).expect("a short text").to_be_bytes();
    [&[0x81, 0xFE], &length[..], &[0; 4], text.as_bytes()].concat()
}

#[test]
fn who_listens_is_told_that_the_server_stops() {
    let desk = Desk::new("listening").prepared();
    let mut serving = Serving::start(&desk);
    let body = serde_json::json!({ "query": CHANGES }).to_string();
    let mut events = serving.open(&format!(
        "POST /graphql/sse HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    ));
    read_to(&mut events, b"text/event-stream");
    let mut socket = serving.open(
        "GET /graphql/ws HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
         Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\
         Sec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n",
    );
    read_to(&mut socket, b"\r\n\r\n");
    socket.write_all(&frame(r#"{"type":"connection_init"}"#)).expect("it is sent");
    read_to(&mut socket, b"connection_ack");
    let subscribe = serde_json::json!({ "id": "1", "type": "subscribe", "payload": { "query": CHANGES } });
    socket.write_all(&frame(&subscribe.to_string())).expect("it is sent");
    socket.write_all(&frame(r#"{"type":"ping"}"#)).expect("it is sent");
    read_to(&mut socket, b"pong");

    serving.tell("-TERM");
    read_to(&mut events, b"event: complete");
    let last = read_to(&mut socket, &1001_u16.to_be_bytes());
    assert!(String::from_utf8_lossy(&last).contains(r#"{"id":"1","type":"complete"}"#), "{last:?}");
    drop((events, socket));
    assert!(serving.child.wait().expect("it ends").success());
}
