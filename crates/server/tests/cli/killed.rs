//! The server is killed between two writes: what was acknowledged is there, and nothing is half-written.

use std::{
    io::{Read, Write},
    net::TcpStream,
    sync::mpsc,
};

use serde_json::{Value, json};

use super::{desk::Desk, serving::Serving};

/// How often it is killed, and after how many acknowledged reports each time.
const ROUNDS: usize = 3;
const ACKNOWLEDGED: usize = 12;

fn report(round: usize, number: usize) -> String {
    format!(
        "Talks {number} of round {round}\n\nMr. Omar Sarr, Minister of Culture of Senegal, met the Director-General of \
         ICESCO in Dakar. Mr. Sarr proposed cooperation in museums for the {number}th time in round {round}."
    )
}

/// Asks on a connection of its own; nothing where the server is gone.
fn ask(port: u16, query: &str, variables: Value) -> Option<Value> {
    let body = json!({ "query": query, "variables": variables }).to_string();
    let mut stream = TcpStream::connect(("127.0.0.1", port)).ok()?;
    let head = "POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nConnection: close\r\n";
    write!(stream, "{head}Content-Length: {}\r\n\r\n{body}", body.len()).ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).ok()?;
    serde_json::from_str(answer.split_once("\r\n\r\n")?.1).ok()
}

/// Takes in and accepts reports until the server is gone; tells each that was acknowledged.
fn work(port: u16, round: usize, acknowledged: &mpsc::Sender<String>) -> Option<()> {
    for number in 0.. {
        let ingest =
            "mutation($text: String!) { ingestReport(input: { text: $text }) { report { id } reading { id } } }";
        let payload = ask(port, ingest, json!({ "text": report(round, number) }))?["data"]["ingestReport"].take();
        acknowledged.send(payload["report"]["id"].as_str()?.to_owned()).ok()?;
        let accept = "mutation($id: ID!) { acceptReading(input: { readingId: $id }) { refusal { code } } }";
        ask(port, accept, json!({ "id": payload["reading"]["id"] }))?;
    }
    Some(())
}

/// Every report has its reading; what is done has its records, each with its evidence and its history.
fn assert_whole(data: &Value) {
    for report in data["newsReports"]["nodes"].as_array().expect("reports") {
        let findings = report["reading"]["findings"].as_array().expect("findings");
        assert!(!findings.is_empty(), "{report:#}");
        let done = report["reading"]["state"] == "DONE";
        for finding in findings {
            assert_eq!(finding["state"] == "WAITING", !done, "a reading is accepted whole or not at all: {report:#}");
            assert_eq!(finding["result"].is_null(), !done, "{report:#}");
        }
    }
    for action in data["followUpActions"]["nodes"].as_array().expect("actions") {
        assert!(!action["evidence"].as_array().expect("evidence").is_empty(), "{action:#}");
        assert!(action["history"]["totalCount"].as_i64() > Some(0), "{action:#}");
        assert!(action["meeting"].is_object() && !action["tasks"].as_array().expect("tasks").is_empty(), "{action:#}");
    }
}

#[test]
fn a_kill_between_two_writes_loses_nothing_acknowledged_and_leaves_nothing_half_written() {
    let desk = Desk::new("killed").prepared();
    let mut kept: Vec<String> = Vec::new();
    for round in 0..ROUNDS {
        let serving = Serving::start(&desk);
        let (sender, acknowledged) = mpsc::channel();
        let port = serving.port;
        let worker = std::thread::spawn(move || work(port, round, &sender));
        kept.extend(acknowledged.iter().take(ACKNOWLEDGED));
        serving.tell("-KILL");
        worker.join().expect("the worker ends when the server is gone");
        kept.extend(acknowledged.try_iter());
        drop(serving);

        let serving = Serving::start(&desk);
        let whole = "query($ids: [ID!]!) { nodes(ids: $ids) { id }
            newsReports(first: 100) { nodes { reading { state findings { state result { id } } } } }
            followUpActions(first: 100) { nodes { evidence { quote } history { totalCount } meeting { id } tasks { id } } } }";
        let answer = ask(serving.port, whole, json!({ "ids": kept })).expect("an answer");
        assert!(answer.get("errors").is_none(), "{answer:#}");
        let found = answer["data"]["nodes"].as_array().expect("nodes").iter().filter(|node| node.is_object()).count();
        assert_eq!(found, kept.len(), "round {round}");
        assert_whole(&answer["data"]);
    }
}
