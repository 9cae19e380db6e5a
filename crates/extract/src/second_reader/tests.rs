use proptest::prelude::*;
use serde_json::{Value, json};
use vocab::{ActionKind, Strength, evidence::Span};

use super::*;

const TEXT: &str = "Talks in Fez\n\nDr. Amina Sarr, Director-General of ICESCO, received Mr. Tariq Lodhi, Minister of \
    Rivers of Pakistan, in Fez on 27 February 2026.\n\nThe Minister invited the Director-General to visit Pakistan in \
    May 2026. ICESCO did not agree to fund a laboratory.  ICESCO may open an office in Lahore.\nICESCO pledged to send \
    two experts by June 2026.";

fn read(answer: &Value) -> Reading {
    understand(&answer.to_string(), TEXT, "2026-03-01".parse().ok())
}

/// An answer that is right.
fn right() -> Value {
    json!({
        "actions": [{ "quotes": ["The Minister invited the Director-General to visit Pakistan in May 2026"],
            "due": "2026-05", "areas": ["water-management", "astrology"], "counterpart": "ICESCO", "actor_side": "PAK",
            "actor": "Mr. Tariq Lodhi", "kind": "invitation", "start": 7, "end": 9 }],
        "areas": [],
        "meetings": [{ "kind": "Meeting", "date": "2026-02-27", "mode": "in person", "place": "Fez",
            "quotes": ["received", "in Fez on 27 February 2026"] }],
        "people": [{ "name": "Dr. Amina Sarr", "post": "Director-General", "organization": "ICESCO", "quote": "Amina Sarr" },
            { "name": "Tariq Lodhi", "post": "Minister of Rivers", "organization": "Ministry of Rivers", "state": "PAK",
              "quotes": ["Mr. Tariq Lodhi, Minister of Rivers of Pakistan"] }],
        "organizations": [{ "name": "Ministry of Rivers", "kind": "ministry", "acronym": null, "state": "PK",
            "quotes": ["Minister of Rivers"] }],
        "states": [{ "code": "PAK", "quotes": ["Pakistan"], "sure": true }, { "code": "Pakistan", "quotes": ["Pakistan"] }],
        "remarks": "none",
    })
}

#[test]
fn a_right_answer_is_a_reading_with_its_places() {
    let read = read(&right());
    assert_eq!(read.states.iter().map(|state| &*state.code).collect::<Vec<_>>(), ["PAK"]);
    assert_eq!(read.organizations[0].state.as_deref(), Some("PAK"));
    let people: Vec<_> = read.people.iter().map(|p| (&*p.name, p.honorific.as_deref(), p.post.as_deref())).collect();
    let (first, second) = (("Amina Sarr", Some("Dr."), Some("Director-General")), Some("Minister of Rivers"));
    assert_eq!(people, [first, ("Tariq Lodhi", None, second)]);
    let meeting = &read.meetings[0];
    assert_eq!(
        (meeting.date.map(|d| d.to_string()).as_deref(), meeting.place.as_deref()),
        (Some("2026-02-27"), Some("Fez"))
    );
    assert_eq!(meeting.mode, Some(vocab::MeetingMode::InPerson));
    let action = &read.actions[0];
    assert_eq!((action.kind, action.strength), (ActionKind::Invitation, Strength::Proposed));
    assert_eq!(action.due.map(|due| due.to_string()).as_deref(), Some("2026-05"));
    assert_eq!((action.actor.as_deref(), action.actor_side.as_deref()), (Some("Tariq Lodhi"), Some("PAK")));
    assert_eq!(action.areas, ["water-management"]);
    assert_eq!(read.doubts, []);
    assert!(spans(&read).iter().all(|span| span.stands_in(TEXT)));
}

#[test]
fn the_text_has_the_last_word() {
    let act = |kind: &str, quote: &str| {
        let read = read(&json!({ "actions": [{ "kind": kind, "quote": quote, "due": "2030-01-01" }] }));
        let told: Vec<_> = read.actions.iter().map(|a| format!("{} {}", a.kind, a.strength)).collect();
        (told.join(", "), read.doubts.iter().map(|d| d.message.clone()).collect::<Vec<_>>().join(", "))
    };
    let pledge = "ICESCO pledged to send two experts by June 2026";
    for (kind, quote, read, doubt) in [
        ("commitment", pledge, "commitment promised", ""),
        ("commitment", "ICESCO  pledged\nto send two experts", "commitment promised", ""),
        ("agreement", "ICESCO did not agree to fund a laboratory", "", "denies"),
        ("agreement", "agree to fund a laboratory", "", "denies"),
        ("plan", "ICESCO may open an office in Lahore", "proposal explored", ""),
        (
            "invitation",
            "The Minister invited the Director-General to visit Pakistan in May 2026",
            "invitation proposed",
            "",
        ),
        ("offer", "ICESCO offered a prize", "", "not in the text"),
        ("gift", pledge, "", "“gift” is no kind of action"),
        ("offer", "", "", "quotes no words"),
    ] {
        let (told, why) = act(kind, quote);
        assert_eq!(told, read, "{quote}");
        assert!(why.contains(doubt) && why.is_empty() == doubt.is_empty(), "{quote}: {why}");
    }
}

#[test]
fn a_date_is_what_the_quoted_words_say() {
    let date = |told: Value, quotes: Value| {
        let read = read(&json!({ "meetings": [{ "kind": "meeting", "date": told, "quotes": quotes }] }));
        read.meetings[0].date.map(|date| date.to_string())
    };
    let words = json!(["received", "on 27 February 2026"]);
    assert_eq!(date(json!("2026-02-27"), words.clone()).as_deref(), Some("2026-02-27"));
    assert_eq!(date(json!("2026-02-26"), words.clone()).as_deref(), Some("2026-02-27"));
    assert_eq!(date(json!("2026-02-27"), json!("received")), None);
    assert_eq!(date(Value::Null, words), None);
}

#[test]
fn what_the_text_does_not_name_is_left_out() {
    let read = read(&json!({
        "states": [{ "code": "FRA", "quotes": ["Fez"] }, { "code": "XXX", "quotes": ["Fez"] }],
        "organizations": [{ "name": "UNESCO", "kind": "international", "quotes": ["ICESCO"] },
            { "name": "Ministry of Finance", "kind": "ministry", "quotes": ["Minister"] }],
        "people": [{ "name": "Omar Sabti", "quotes": ["The Minister"] }],
        "areas": [{ "slug": "astrology", "quotes": ["Fez"] }],
    }));
    assert!(spans(&read).is_empty(), "{read:?}");
    assert_eq!(read.doubts.len(), 6);
}

#[test]
fn what_is_no_answer_is_a_doubt() {
    for answer in ["I'm sorry, but I cannot help with that.", "", "{]", "null", "[]"] {
        let read = understand(answer, TEXT, None);
        assert_eq!((read.doubts.len(), spans(&read).len()), (1, 0), "{answer}");
    }
    let answer = right().to_string();
    let broken = understand(&answer[..answer.len() - 30], TEXT, None);
    assert!(!spans(&broken).is_empty() && broken.doubts.len() == 1, "{broken:?}");
}

#[test]
fn the_task_names_every_word_of_the_lists_and_holds_the_text() {
    let task = task(TEXT, "2026-03-01".parse().ok());
    for code in ["national-commission", "water-management", "agreement", "hybrid", "attendee", "signing"] {
        assert!(task.instructions.contains(code) && task.form.to_string().contains(code), "{code}");
    }
    assert!(!task.instructions.contains("_kinds}") && task.report.contains(TEXT) && task.report.contains("Sunday"));
    let long = "é".repeat(LONGEST + 1);
    assert!(super::task(&long, None).report.chars().count() < LONGEST + 100);
    assert_eq!(understand("{\"states\": []}", &long, None).doubts.len(), 1);
}

/// Every span of a reading.
fn spans(read: &Reading) -> Vec<&Span> {
    let states = read.states.iter().map(|e| &e.basis);
    let bases = states
        .chain(read.organizations.iter().map(|e| &e.basis))
        .chain(read.people.iter().map(|e| &e.basis))
        .chain(read.meetings.iter().map(|e| &e.basis))
        .chain(read.areas.iter().map(|e| &e.basis))
        .chain(read.actions.iter().map(|e| &e.basis));
    bases.flat_map(|basis| &basis.evidence).collect()
}

/// An answer of the right form, with words that may or may not be in the text.
fn answers() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        "[A-Za-z’' \n]{0,12}",
        any::<String>(),
        (0..TEXT.len(), 0..60_usize)
            .prop_map(|(from, long)| TEXT.get(from..from + long).unwrap_or_default().to_owned()),
        Just("PAK".to_owned()),
        Just("meeting".to_owned()),
        Just("2026-02".to_owned()),
    ];
    let label = prop_oneof![
        Just("kind"),
        Just("name"),
        Just("code"),
        Just("quote"),
        Just("date"),
        Just("actor"),
        Just("state"),
        Just("due"),
    ];
    let entry = prop::collection::hash_map(label, word.clone(), 0..8)
        .prop_flat_map(move |fields| (Just(fields), prop::collection::vec(word.clone(), 0..3)))
        .prop_map(|(fields, quotes)| {
            let mut entry = json!(fields);
            entry["quotes"] = json!(quotes);
            entry
        });
    let labels = ["states", "organizations", "people", "meetings", "areas", "actions"];
    let lists = prop::collection::vec(prop::collection::vec(entry, 0..3), labels.len());
    (lists, 0..400_usize).prop_map(move |(lists, cut)| {
        let object: serde_json::Map<_, _> =
            labels.iter().map(|l| (*l).to_owned()).zip(lists.into_iter().map(|l| json!(l))).collect();
        let text = Value::Object(object).to_string();
        text.chars().take(text.chars().count().saturating_sub(cut.saturating_sub(300))).collect()
    })
}

proptest! {
    #[test]
    fn whatever_the_answer_every_span_stands_in_the_text(answer in prop_oneof![any::<String>(), answers()], text in prop_oneof![Just(TEXT.to_owned()), any::<String>()]) {
        let read = understand(&answer, &text, None);
        prop_assert!(spans(&read).iter().all(|span| span.stands_in(&text)), "{read:?}");
        prop_assert_eq!(&read.text, &text);
    }
}
