//! The exam on the command line.

use serde_json::{Value, json};

use super::{VISIT, desk::Desk};

/// The gold of [`VISIT`].
fn visit() -> Value {
    json!({ "id": "visit", "lang": "en", "published_on": "2021-03-04", "text": VISIT, "gold": {
        "states": ["SEN"],
        "organizations": [{ "name": "ICESCO", "kind": "international", "acronym": "ICESCO", "state": null }],
        "people": [{ "name": "Omar Sarr", "post": "Ambassador of Senegal", "organization": null, "state": "SEN" }],
        "meetings": [{ "kind": "meeting", "date": "2021-03-03", "mode": "in-person", "place": "Rabat" }],
        "areas": [],
        "actions": [{ "kind": "invitation", "actor": "Omar Sarr", "actor_side": "SEN", "counterpart": "ICESCO",
            "areas": [], "due": null, "quote": "invited him to visit Dakar" }],
        "notes": [] } })
}

#[test]
fn the_exam_counts_good_files_and_tells_of_bad_ones_in_a_line_each() {
    let desk = Desk::new("exam");
    for folder in ["gold", "empty"] {
        std::fs::create_dir(desk.folder.join(folder)).expect("a folder");
    }
    desk.put("gold/visit.json", visit().to_string());
    let mut french = visit();
    french["lang"] = "fr".into();
    desk.put("gold/french.json", french.to_string());
    desk.put("gold/notes.txt", "no gold");
    desk.put("gold/broken.json", "{");
    desk.put("gold/ungraded.json", json!({ "text": VISIT }).to_string());
    let said = desk.run("exam gold empty nowhere --json");
    assert_eq!(said.code, 2, "{said:?}");
    let lines: Vec<&str> = said.err.lines().collect();
    assert_eq!(lines.len(), 4, "{}", said.err);
    assert!(lines[0].starts_with("entente: gold/broken.json: it is no annotated report (EOF"), "{}", lines[0]);
    assert!(lines[1].contains("gold/ungraded.json") && lines[1].contains("missing field `gold`"), "{}", lines[1]);
    assert_eq!(
        lines[2..],
        ["entente: empty: there is no .json file in it", "entente: nowhere: there is no such folder"]
    );
    let figures: Value = serde_json::from_str(&said.out).expect("JSON");
    assert_eq!((&figures["documents"], &figures["states"]["f1"]), (&json!(2), &json!(1.0)), "{figures:#}");
    assert_eq!(figures["languages"]["fr"]["documents"], 1);
    assert!(figures["overall"].as_f64().is_some_and(|overall| overall > 0.5), "{figures:#}");
    assert!(figures["rules"][0]["rule"].is_string() && figures["calibration"][0]["right"].is_number());

    let french = desk.run("exam gold/visit.json gold/french.json --lang fr --rules --worst 1");
    assert_eq!((french.code, french.err.as_str()), (0, ""));
    assert!(french.out.starts_with("1 report, read by entente-rules"), "{}", french.out);
    for part in ["meeting-place", "by confidence", "\nrule ", "\nfrench "] {
        assert!(french.out.contains(part), "{part}: {}", french.out);
    }
    let nothing = desk.run("exam gold/visit.json --lang ar");
    assert!(nothing.code == 2 && nothing.err.contains("there is no annotated report"), "{nothing:?}");
}

#[test]
fn without_a_folder_the_exam_is_its_own() {
    let said = Desk::new("own-exam").run("exam --json");
    assert_eq!((said.code, said.err.as_str()), (0, ""));
    let figures: Value = serde_json::from_str(&said.out).expect("JSON");
    assert!(figures["documents"].as_u64().is_some_and(|documents| documents >= 20), "{figures:#}");
    assert_eq!(figures["engine"], "entente-rules");
}
