//! Texts that nobody would write: each is read to the end, and every span stands in the text.

use extract::{Known, Reading, Report, read};
use vocab::{Language, ReportFormat, evidence::Span};

const SAMPLE: &str = include_str!("reports/reception.txt");

fn read_as(text: &str, format: ReportFormat) -> Reading {
    let published_on = "2024-02-29".parse().ok();
    read(&Report { text, format, published_on, language: Some(Language::En), known: Known::nothing() })
}

fn check(text: &str, format: ReportFormat) -> Reading {
    let reading = read_as(text, format);
    let json = serde_json::to_value(&reading).expect("a reading can be written");
    let mut spans = Vec::new();
    collect(&json, &mut spans);
    assert!(spans.iter().all(|span| span.stands_in(&reading.text)));
    reading
}

/// Every span in a reading, wherever it stands.
fn collect(value: &serde_json::Value, spans: &mut Vec<Span>) {
    match value {
        serde_json::Value::Object(fields) => {
            if let Some(evidence) = fields.get("evidence") {
                spans.extend(
                    serde_json::from_value::<Vec<Span>>(evidence.clone()).expect("evidence is a list of spans"),
                );
            }
            fields.values().for_each(|field| collect(field, spans));
        }
        serde_json::Value::Array(items) => items.iter().for_each(|item| collect(item, spans)),
        _ => {}
    }
}

#[test]
fn a_text_may_stop_anywhere() {
    for (end, _) in SAMPLE.char_indices() {
        check(&SAMPLE[..end], ReportFormat::Plain);
    }
}

#[test]
fn marks_alone_tell_nothing() {
    for marks in [".,;:!?", "()[]{}«»“”\"'", "—–-…•", "\u{200f}\u{202e}\u{2066}", "’’’’"] {
        let reading = check(&marks.repeat(5_000), ReportFormat::Plain);
        assert!(reading.states.is_empty() && reading.people.is_empty() && reading.actions.is_empty());
    }
}

#[test]
fn marks_that_turn_the_writing_change_nothing() {
    let marked = SAMPLE.replace(' ', " \u{200f}");
    assert_eq!(
        extract::lines::lines(&check(&marked, ReportFormat::Plain)),
        extract::lines::lines(&read_as(SAMPLE, ReportFormat::Plain))
    );
}

#[test]
fn a_great_deal_of_one_thing_is_read_to_the_end() {
    let sentence =
        "The Minister of Water of Japan, Dr. Hana Sato, invited the Director-General of UNESCO to visit Tokyo. ";
    let endless = "The Minister invited the Organization and ";
    for (piece, times) in [
        ("Dr. ", 10_000),
        ("H.E. the ", 10_000),
        (",", 100_000),
        ("a", 1_000_000),
        ("Minister of ", 20_000),
        ("Anna Berg, ", 20_000),
        ("(", 50_000),
        ("“", 50_000),
        ("3 May 2021 ", 10_000),
        ("Ministry of Water and ", 5_000),
        ("expressed his ", 20_000),
        (sentence, 3_000),
        (endless, 3_000),
        ("Latest news\n", 20_000),
        ("Home\n\n", 20_000),
        ("Read also:\nLake talks\n", 10_000),
        ("About Dune Link\n", 10_000),
        ("> ", 50_000),
        ("> From: Anna\n", 10_000),
        ("4 May 2021\n", 5_000),
        ("Ã©", 50_000),
        ("&amp;amp;", 50_000),
    ] {
        check(&piece.repeat(times), ReportFormat::Plain);
    }
}

#[test]
fn deep_markup_is_read_to_the_end() {
    let body = "<p>The Minister of Water of Japan, Dr. Hana Sato, met the Director-General of UNESCO, Anna Berg, in Tokyo.</p>";
    for (open, close) in [("<div>", "</div>"), ("<b>", ""), ("<ul><li>", "</li></ul>"), ("<table><tr><td>", "")] {
        check(&format!("{}{body}{}", open.repeat(20_000), close.repeat(20_000)), ReportFormat::Html);
    }
}

/// Twice the text gives about twice the reading, and not four times: what one place tells is told once.
#[test]
fn a_reading_does_not_grow_faster_than_its_text() {
    let size = |times: usize| {
        let reading = read_as(&SAMPLE.repeat(times), ReportFormat::Plain);
        serde_json::to_string(&reading).expect("a reading can be written").len()
    };
    let (once, twice) = (size(20), size(40));
    assert!(twice <= once * 5 / 2, "{once} {twice}");
}
