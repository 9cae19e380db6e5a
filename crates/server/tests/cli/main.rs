//! The program as a person runs it: what it says, and how it ends.

mod audit;
mod brief;
mod calendar;
mod desk;
mod digest;
mod doctor;
mod exam;
mod exchange;
mod importing;
mod keeping;
mod killed;
mod listening;
mod merging;
mod operating;
mod search;
mod second_reader;
mod serving;
mod sign_in;
#[cfg(feature = "otel")]
mod telemetry;

use std::{
    io::{Read, Write},
    process::Stdio,
    time::Duration,
};

use serde_json::Value;

use desk::{Desk, Said};
use serving::Serving;

const VISIT: &str = "Rabat, 4 March 2021 - The Ambassador of Senegal, Mr. Omar Sarr, met on Wednesday, 3 March 2021, \
                     the Director-General of ICESCO and invited him to visit Dakar.\n";

#[test]
fn bad_files_are_told_in_a_line_each_and_the_others_are_read() {
    let desk = Desk::new("bad-files");
    desk.put("empty.txt", "");
    desk.put("blank.txt", " \n ");
    desk.put("binary.txt", b"%PDF\x00\x01");
    desk.put("latin.txt", b"Le minist\xE8re");
    desk.put("long.txt", "a ".repeat(3 * 1024 * 1024));
    desk.put("good.txt", VISIT);
    let said =
        desk.run("extract --format json empty.txt blank.txt binary.txt latin.txt long.txt missing.txt . good.txt");
    assert_eq!(said.code, 2, "{said:?}");
    let lines: Vec<&str> = said.err.lines().collect();
    assert_eq!(lines.len(), 7, "{}", said.err);
    let told = [
        "entente: empty.txt: it is empty",
        "entente: blank.txt: it is empty",
        "entente: binary.txt: it is no text: there is a NUL at byte 4",
        "entente: latin.txt: it is not UTF-8 (byte 9 is 0xE8): save it as UTF-8",
        "entente: long.txt: it is longer than 5 MiB: no news report is",
        "entente: missing.txt: there is no such file",
    ];
    assert_eq!(lines[..6], told);
    assert!(lines[6].starts_with("entente: .: it is a folder"), "{}", lines[6]);
    assert_eq!(said.out.lines().count(), 1);
    let reading: Value = serde_json::from_str(&said.out).expect("JSON");
    assert_eq!((&reading["id"], &reading["text"]), (&"good".into(), &VISIT.trim().into()));
}

#[test]
fn one_file_gives_one_object_in_the_shape_that_is_promised() {
    let desk = Desk::new("one-file");
    desk.put("visit.txt", VISIT);
    let said = desk.run("extract visit.txt --format json --published-on 2021-03-04");
    assert_eq!((said.code, said.err.as_str()), (0, ""));
    let reading: Value = serde_json::from_str(&said.out).expect("JSON");
    assert_eq!(reading["published_on"], "2021-03-04");
    for list in ["states", "organizations", "people", "meetings", "areas", "actions", "notes"] {
        assert!(reading[list].is_array(), "{list}");
    }
    assert!(reading.get("id").is_none());
    let by_input = desk
        .command("extract - --format json --published-on 2021-03-04")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn();
    let mut by_input = by_input.expect("the program runs");
    by_input.stdin.take().expect("its input").write_all(VISIT.as_bytes()).expect("it reads");
    assert_eq!(Said::from(by_input.wait_with_output().expect("it ends")).out, said.out);
    assert!(desk.run("extract visit.txt").out.contains("publication"), "the summary is for people");
    assert!(!desk.folder.join("data").exists(), "no database was touched");
}

#[test]
fn a_folder_takes_one_object_for_each_file_and_none_is_written_twice() {
    let desk = Desk::new("folder");
    std::fs::create_dir(desk.folder.join("more")).expect("a folder");
    for name in ["a.txt", "b.html", "more/a.txt"] {
        desk.put(name, VISIT);
    }
    let said = desk.run("extract a.txt b.html more/a.txt --out read");
    assert_eq!((said.code, said.out.as_str()), (2, ""));
    assert_eq!(said.err, "entente: more/a.txt: a.json is already written, for another file\n");
    for id in ["a", "b"] {
        let text = std::fs::read_to_string(desk.folder.join(format!("read/{id}.json"))).expect("a file");
        assert_eq!(serde_json::from_str::<Value>(&text).expect("JSON")["id"], id);
    }
}

#[test]
fn what_is_not_understood_is_said_before_anything_is_done() {
    let desk = Desk::new("usage");
    desk.put("entente.toml", "[limits]\naliasses = 3\n");
    for (line, part) in [
        ("extract", "<FILE>"),
        ("extract a.txt --published-on 2021-02-30", "2021-02-30"),
        ("extract a.txt --language de", "\"de\" is no language"),
        ("extract a.txt --input-format pdf", "\"pdf\" is no report format"),
        ("migrate", "entente.toml, line 2: there is no setting limits.aliasses"),
        ("migrate --config nowhere.toml", "nowhere.toml"),
        ("migrate --config entente.toml --database nowhere", "there is no setting"),
    ] {
        let said = desk.run(line);
        assert!(said.code == 2 && said.err.contains(part), "{line}: {said:?}");
    }
}

#[test]
fn each_command_says_which_one_comes_before_it() {
    let desk = Desk::new("order");
    desk.put("visit.txt", VISIT);
    for line in ["serve", "seed", "ingest visit.txt", "account add Somebody"] {
        let said = desk.run(line);
        assert!(said.code == 2 && said.err.contains("run `entente migrate`"), "{line}: {said:?}");
    }
    assert!(!desk.folder.join("data").exists(), "a database that was asked for by mistake is not made");
    assert!(desk.run("migrate").out.contains("applied: m2026"));
    assert_eq!(desk.run("migrate").out, "The tables are up to date.\n");
    let said = desk.run("ingest visit.txt");
    assert_eq!((said.code, said.err.as_str()), (2, "entente: the reference data is missing: run `entente seed`\n"));
}

#[test]
fn a_report_is_taken_in_once() {
    let desk = Desk::new("ingest").prepared();
    desk.put("visit.txt", VISIT);
    desk.put("broken.txt", b"\xFF");
    let said = desk.run("ingest broken.txt visit.txt visit.txt --published-on 2021-03-04 --title Visit");
    assert_eq!((said.code, said.err.lines().count()), (2, 1), "{said:?}");
    let lines: Vec<&str> = said.out.lines().collect();
    assert_eq!(lines.len(), 2);
    assert!(lines[0].contains(" waiting ") && lines[0].ends_with("  Visit"), "{}", lines[0]);
    assert!(lines[1].contains(" duplicate ") && lines[1].ends_with("  Visit"), "{}", lines[1]);
    assert_eq!(lines[0].split(' ').next(), lines[1].split(' ').next(), "the same report");
}

#[test]
fn samples_are_loaded_once_and_leave_something_to_review() {
    let desk = Desk::new("samples").prepared();
    let first = desk.run("seed --samples");
    assert!(first.code == 0 && first.out.contains("6 reports were new"), "{first:?}");
    assert!(!first.out.contains(" 0 follow-up actions"), "{first:?}");
    let again = desk.run("seed --samples");
    assert!(again.out.contains("Samples: 0 reports were new, 0 follow-up actions came of them."), "{again:?}");
}

#[test]
fn a_question_is_answered_for_people_and_as_a_sheet() {
    let desk = Desk::new("ask").prepared();
    assert_eq!(desk.run("seed --samples").code, 0);
    let said = desk.run("ask");
    assert!(said.out.lines().any(|line| line.starts_with("partnerships ")), "{said:?}");
    let said = desk.run("ask partnerships");
    assert!(said.code == 0 && said.out.contains("How it stands"), "{said:?}");
    let said = desk.run("ask owed --csv");
    assert!(said.out.starts_with("Ledger,Action,What,State,") && said.out.lines().count() > 1, "{said:?}");
    let said = desk.run("ask owed --as-of 2001-01-01");
    assert!(said.out.contains("0 rows; judged 0 of 0 (rule owed/"), "{said:?}");
    for (line, told) in [
        ("ask nothing", "ask one of"),
        ("ask owed --state QQ", "ISO 3166-1"),
        ("ask owed --as-of 2090-01-01", "future"),
    ] {
        let said = desk.run(line);
        assert!(said.code == 2 && said.err.contains(told), "{line}: {said:?}");
    }
}

#[test]
fn the_schema_is_printed_without_a_database() {
    let said = Desk::new("schema").run("export-schema");
    assert!(said.code == 0 && said.out.contains("type Query"), "{said:?}");
}

#[test]
fn an_address_that_others_can_reach_needs_a_flag() {
    let desk = Desk::new("remote");
    for line in ["serve --listen 0.0.0.0:0", "serve --listen [::]:0"] {
        let said = desk.run(line);
        assert!(said.code == 2 && said.err.contains("plain HTTP") && said.err.contains("--allow-remote"), "{said:?}");
    }
}

#[test]
fn it_serves_says_when_a_port_is_taken_and_stops_in_order() {
    let desk = Desk::new("serve").prepared();
    assert_eq!(desk.run("seed --samples").code, 0);
    let mut serving = Serving::start(&desk);
    let answer = serving.ask("{ followUpActions(first: 1) { nodes { reference evidence { quote } } } }");
    assert!(answer.starts_with("HTTP/1.1 200") && answer.contains("\"quote\":\""), "{answer}");
    assert_eq!(desk.run(&format!("health --url http://127.0.0.1:{}", serving.port)).out, "ready\n");

    let second = desk.run(&format!("serve --listen 127.0.0.1:{}", serving.port));
    assert!(second.code == 2 && second.err.contains("another program listens there"), "{second:?}");

    // A request whose body is still on its way is answered; a connection on which nothing happens is closed.
    let body = r#"{"query":"{ __typename }"}"#;
    let mut under_way = serving.open(&format!(
        "POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{}",
        body.len(),
        &body[..10]
    ));
    let _idle = serving.open("");
    std::thread::sleep(Duration::from_millis(300));
    serving.tell("-TERM");
    std::thread::sleep(Duration::from_millis(300));
    under_way.write_all(&body.as_bytes()[10..]).expect("the rest");
    let mut answer = String::new();
    under_way.read_to_string(&mut answer).expect("an answer");
    assert!(answer.contains(r#""data":{"__typename":"Query"}"#), "{answer}");
    let ended = (0..50).find_map(|_| {
        std::thread::sleep(Duration::from_millis(100));
        serving.child.try_wait().expect("its state")
    });
    assert_eq!(ended.and_then(|status| status.code()), Some(0), "it did not wait for the idle connection");
    assert!(desk.run(&format!("health --url http://127.0.0.1:{}", serving.port)).code == 1);
}
