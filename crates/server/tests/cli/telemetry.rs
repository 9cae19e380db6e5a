//! Traces, as a collector hears of them: what was done and how long it took, and nothing of what was said.

use std::{
    io::{Read, Write},
    net::TcpListener,
    sync::mpsc::{Receiver, channel},
    time::Duration,
};

use super::{desk::Desk, serving::Serving};

const SECRET: &str = "marked-8f3a2c";
/// Identifiers of traces and of a span, as they are sent: letters, so that they are found among others.
const TRACES: [&str; 2] = ["one-of-our-trace", "another-trace-id"];
const SPAN: &str = "our-span";

/// Takes whatever is posted to it, and gives it on.
struct Collector {
    port: u16,
    heard: Receiver<String>,
}

impl Collector {
    fn begin() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let (tell, heard) = channel();
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.expect("a connection");
                let mut request = Vec::new();
                while !is_whole(&request) {
                    let mut bytes = [0; 4096];
                    let read = stream.read(&mut bytes).expect("a request");
                    request.extend_from_slice(&bytes[..read]);
                }
                // Who has heard enough is gone.
                let _ = tell.send(String::from_utf8_lossy(&request).into_owned());
                let answer = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
                stream.write_all(answer.as_bytes()).expect("an answer");
            }
        });
        Self { port, heard }
    }

    /// All that comes until this comes.
    fn until(&self, part: &str) -> String {
        let mut heard = String::new();
        while !heard.contains(part) {
            heard += &self.heard.recv_timeout(Duration::from_secs(30)).expect(part);
        }
        heard
    }
}

/// Whether the body has come that the head announces.
fn is_whole(request: &[u8]) -> bool {
    let Some(end) = request.windows(4).position(|part| part == b"\r\n\r\n") else { return false };
    let head = String::from_utf8_lossy(&request[..end]).to_lowercase();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse().ok());
    request.len() >= end + 4 + length.unwrap_or(0_usize)
}

fn settings(port: u16) -> String {
    format!(
        "[telemetry]\nendpoint = \"http://127.0.0.1:{port}/\"\nservice_name = \"entente-of-a-test\"\n\
         [reminders]\nfrequency = \"daily\"\nhour = 0\n\
         [mail]\nhost = \"127.0.0.1\"\ntls = \"none\"\nfrom = \"entente@example.org\"\n"
    )
}

/// Asks as part of a trace.
fn ask(serving: &Serving, address: &str, trace: &str) -> String {
    let hex = |text: &str| text.bytes().map(|byte| format!("{byte:02x}")).collect::<String>();
    let query = "query OfATest($name: String!) { __type(name: $name) { name } }";
    let body = serde_json::json!({ "query": query, "variables": { "name": SECRET } }).to_string();
    let mut stream = serving.open(&format!(
        "POST {address} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nX-Request-Id: request-of-a-test\r\n\
         Traceparent: 00-{}-{}-01\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{body}",
        hex(trace),
        hex(SPAN),
        body.len()
    ));
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer");
    answer
}

#[test]
fn telemetry_tells_of_requests_operations_and_jobs_and_of_no_secret() {
    let desk = Desk::new("telemetry").prepared();
    assert_eq!(desk.run(&format!("account add {SECRET} --email {SECRET}@example.org")).code, 0);
    let collector = Collector::begin();
    desk.put("entente.toml", settings(collector.port));
    let mut serving = Serving::start(&desk);
    let mut heard = collector.until("job digest");
    for (address, trace) in [("/graphql", TRACES[0]), ("/graphql/sse", TRACES[1])] {
        let answer = ask(&serving, address, trace);
        assert!(answer.contains(r#"{"__type":null}"#), "{answer}");
    }
    assert!(serving.get(&format!("/calendar/{SECRET}.ics")).starts_with("HTTP/1.1 404"));
    // What waits is sent before it ends.
    serving.tell("-TERM");
    assert!(serving.child.wait().expect("it ends").success());
    heard += &collector.until("/calendar/{file}");

    assert!(heard.starts_with("POST /v1/traces HTTP/1.1\r\n"), "{heard}");
    for part in
        ["entente-of-a-test", "application/x-protobuf", "entente.outcome", "done", "POST /graphql", "query OfATest"]
    {
        assert!(heard.contains(part), "{part}: {heard}");
    }
    for part in ["graphql.operation.type", "request-of-a-test", "entente.cost", "entente.errors", "status_code"] {
        assert!(heard.contains(part), "{part}: {heard}");
    }
    assert!(!heard.contains(SECRET), "{heard}");
    for trace in TRACES {
        assert_eq!(heard.matches(trace).count(), 2, "the request and its operation: {heard:?}");
    }
    assert_eq!(heard.matches(SPAN).count(), 2, "only requests stand under the client's span: {heard:?}");
}

/// Nobody waits for a collector that is not there, or that takes everything and answers nothing.
#[test]
fn telemetry_that_nobody_takes_is_a_line_in_the_log() {
    let desk = Desk::new("no-telemetry").prepared();
    let silent = TcpListener::bind("127.0.0.1:0").expect("a port");
    let gone = TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address").port();
    for (port, told) in [
        (gone, "the collector of telemetry.endpoint cannot be reached"),
        (silent.local_addr().expect("an address").port(), "the last traces could not be sent"),
    ] {
        desk.put("entente.toml", settings(port));
        let serving = Serving::start(&desk);
        for _ in 0..20 {
            assert!(ask(&serving, "/graphql", TRACES[0]).contains(r#"{"__type":null}"#));
        }
        let log = serving.log();
        assert_eq!(log.matches(told).count(), 1, "{log}");
        assert!(log.matches("WARN").count() <= 2, "{log}");
    }
}
