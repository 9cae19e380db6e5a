//! Calendars by secret address, as the program serves them: the secret is in its answer once, and in its log never.

use serde_json::Value;

use super::{desk::Desk, serving::Serving};

fn data(answer: &str) -> Value {
    let body = answer.split_once("\r\n\r\n").expect("a body").1;
    serde_json::from_str::<Value>(body).expect("JSON")["data"].clone()
}

#[test]
fn the_secret_of_a_calendar_is_no_other_and_stands_in_no_log() {
    let desk = Desk::new("calendar").prepared();
    let serving = Serving::start_telling(&desk, "trace");
    let state = data(&serving.ask("{ memberState(code: \"PAK\") { id } }"))["memberState"]["id"].clone();
    let create = format!(
        "mutation {{ createCalendarFeed(input: {{ stateId: {state}, name: \"Amina\" }}) {{ address calendarFeed {{ id }} }} }}"
    );
    let mut secrets = Vec::new();
    for _ in 0..2 {
        let made = data(&serving.ask(&create))["createCalendarFeed"].clone();
        let address = made["address"].as_str().expect("an address");
        let secret = address.trim_start_matches("/calendar/").trim_end_matches(".ics").to_owned();
        assert!(secret.len() == 43 && !secrets.contains(&secret), "256 bits that were never given: {secrets:?}");
        let calendar = serving.get(address);
        assert!(calendar.starts_with("HTTP/1.1 200") && calendar.contains("BEGIN:VCALENDAR"), "{calendar}");
        let revoke = format!(
            "mutation {{ revokeCalendarFeed(input: {{ calendarFeedId: {} }}) {{ refusal {{ code }} }} }}",
            made["calendarFeed"]["id"]
        );
        serving.ask(&revoke);
        let gone = serving.get(address);
        assert!(gone.starts_with("HTTP/1.1 404") && !gone.contains(&secret), "{gone}");
        serving.get(&format!("{address}?language=xx"));
        serving.get(&format!("/answers/{secret}.csv"));
        secrets.push(secret);
    }
    let log = serving.log();
    assert!(log.contains("operation"), "it tells of its work: {log}");
    assert!(secrets.iter().all(|secret| !log.contains(secret)), "{log}");
}
