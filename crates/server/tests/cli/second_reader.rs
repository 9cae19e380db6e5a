//! The second reader from the command line, and its key, which nobody gets to see.

use std::{
    io::{Read, Write},
    net::TcpListener,
    sync::{Arc, Mutex},
};

use super::{
    VISIT,
    desk::{Desk, Said},
};

const KEY: &str = "sk-marked-8f3a2c";

/// Answers each request with the next of these statuses and bodies, and remembers what it was sent.
fn model(answers: Vec<(&'static str, String)>) -> (u16, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let heard = Arc::new(Mutex::new(Vec::new()));
    let kept = heard.clone();
    std::thread::spawn(move || {
        for (status, body) in answers {
            let (mut stream, _) = listener.accept().expect("a request");
            let mut request = String::new();
            let mut bytes = [0; 4096];
            while !is_whole(&request) {
                let read = stream.read(&mut bytes).expect("a request");
                request.push_str(&String::from_utf8_lossy(&bytes[..read]));
            }
            kept.lock().expect("what was heard").push(request);
            let head = format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", body.len());
            stream.write_all(format!("{head}{body}").as_bytes()).expect("an answer");
        }
    });
    (port, heard)
}

/// Whether the body has come that the head announces.
fn is_whole(request: &str) -> bool {
    let Some((head, body)) = request.split_once("\r\n\r\n") else { return false };
    let length = head.lines().find_map(|line| line.to_lowercase().strip_prefix("content-length: ")?.parse().ok());
    body.len() >= length.unwrap_or(0_usize)
}

#[test]
fn a_report_is_read_again_by_a_model_and_its_key_stays_a_secret() {
    let desk = Desk::new("second-reader").prepared();
    desk.put("visit.txt", VISIT);
    desk.put("key", format!("{KEY}\n"));
    let taken_in = desk.run("ingest visit.txt --published-on 2021-03-04");
    let id = taken_in.out.split(' ').next().expect("an identifier").to_owned();
    let said = serde_json::json!({ "states": [{ "code": "SEN", "quotes": ["Senegal"] }] }).to_string();
    let completion = serde_json::json!({ "choices": [{ "message": { "content": said } }] }).to_string();
    let (port, heard) = model(vec![
        ("401 Unauthorized", format!("{{\"error\": \"wrong key {KEY}\"}}")),
        ("200 OK", format!("no completion, but {KEY}")),
        ("200 OK", completion),
    ]);
    let read_again = |key_file: &str| {
        let mut command = desk.command(&format!("read-again --second-reader {id}"));
        command.env("ENTENTE_LOG_LEVEL", "trace").env("ENTENTE_SECOND_READER_MODEL", "tiny");
        command.env("ENTENTE_SECOND_READER_URL", format!("http://127.0.0.1:{port}/v1/chat/completions"));
        command.env("ENTENTE_SECOND_READER_KEY_FILE", key_file);
        Said::from(command.output().expect("the program runs"))
    };
    for (code, told) in [(1, "answered with status 401"), (1, "is no chat completion"), (0, "")] {
        let said = read_again("key");
        assert!(said.code == code && said.err.contains(told), "{said:?}");
        assert!(!said.err.contains(KEY) && !said.out.contains(KEY), "{said:?}");
        assert_eq!(code == 0, said.out.contains("1 findings agreed on, 0 read by it alone"), "{said:?}");
    }
    let heard = heard.lock().expect("what was heard").clone();
    assert_eq!(heard.len(), 3);
    for request in &heard {
        assert!(request.to_lowercase().contains(&format!("authorization: bearer {KEY}")), "{request}");
        assert!(request.contains("The Ambassador of Senegal"), "the text is what is asked about");
    }
    desk.put("bad-key", format!("{KEY}\u{1}"));
    for (key_file, told) in [("nowhere", "second_reader.key_file: nowhere: "), ("bad-key", "what no key can")] {
        let said = read_again(key_file);
        assert!(said.code == 2 && said.err.contains(told) && !said.err.contains(KEY), "{said:?}");
    }
}

#[test]
fn what_cannot_be_read_again_is_told() {
    let desk = Desk::new("read-again").prepared();
    desk.put("visit.txt", VISIT);
    let taken_in = desk.run("ingest visit.txt --published-on 2021-03-04");
    let id = taken_in.out.split(' ').next().expect("an identifier").to_owned();
    let said = desk.run(&format!("read-again {id}"));
    assert!(said.code == 0 && said.out.contains("waiting"), "{said:?}");
    for (line, part) in [
        (format!("read-again --second-reader {id}"), "there is no second reader: set second_reader.url"),
        ("read-again nonsense".to_owned(), "nonsense is no identifier of a report"),
    ] {
        let said = desk.run(&line);
        assert!(said.code == 2 && said.err.contains(part), "{line}: {said:?}");
    }
    desk.put("entente.toml", "[second_reader]\nurl = \"http://models.example.org/v1\"\n");
    let said = desk.run("serve");
    assert!(said.code == 2 && said.err.contains("second_reader.url is no address for it: https://"), "{said:?}");
    desk.put("entente.toml", "[second_reader]\nurl = \"http://localhost:9/v1\"\n");
    let said = desk.run("serve");
    assert!(said.code == 2 && said.err.contains("second_reader.model is empty"), "{said:?}");
}
