//! What holds for every text: no panic, spans that stand in the text, the same reading for the same report.

use extract::{Known, Reading, Report, read};
use proptest::prelude::*;
use vocab::{Language, ReportFormat, evidence::Span};

fn read_as(text: &str, format: ReportFormat) -> Reading {
    let published_on = "2024-02-29".parse().ok();
    read(&Report { text, format, published_on, language: Some(Language::En), known: Known::nothing() })
}

fn spans(reading: &Reading) -> Vec<&Span> {
    let states = reading.states.iter().map(|fact| &fact.basis);
    let bodies = reading.organizations.iter().map(|fact| &fact.basis);
    let people = reading.people.iter().map(|fact| &fact.basis);
    let meetings = reading.meetings.iter().map(|fact| &fact.basis);
    let areas = reading.areas.iter().map(|fact| &fact.basis);
    let actions = reading.actions.iter().map(|fact| &fact.basis);
    let bases: Vec<_> = states.chain(bodies).chain(people).chain(meetings).chain(areas).chain(actions).collect();
    assert!(bases.iter().all(|basis| !basis.evidence.is_empty() && (0.0..=1.0).contains(&basis.confidence)));
    bases
        .iter()
        .flat_map(|basis| &basis.evidence)
        .chain(reading.doubts.iter().flat_map(|doubt| &doubt.evidence))
        .collect()
}

fn check(text: &str, format: ReportFormat) {
    let reading = read_as(text, format);
    assert!(spans(&reading).iter().all(|span| span.stands_in(&reading.text)), "{text:?}");
    assert!(reading.actions.iter().all(|action| action.quote == action.basis.evidence[0].quote));
    assert!(!reading.text.contains('\0'));
    assert_eq!(reading, read_as(text, format));
    let json = serde_json::to_string(&reading).expect("a reading can be written");
    assert_eq!(serde_json::from_str::<Reading>(&json).expect("and read again"), reading);
}

/// Pieces that such reports are made of, in any order: they reach far more of the rules than random letters do.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        prop::sample::select(vec![
            "Dr.",
            "H.E.",
            "the",
            "Minister",
            "of",
            "Water",
            "and",
            "Culture",
            "Ambassador",
            "to",
            "Chad",
            "Malian",
            "’s",
            "'s",
            "UNESCO",
            "(WHO)",
            "(",
            ")",
            ",",
            ".",
            ";",
            "“",
            "”",
            "—",
            "Anna Berg",
            "bin",
            "Al-Said",
            "he",
            "she",
            "they",
            "both sides",
            "agreed to",
            "proposed",
            "invited",
            "will",
            "would",
            "discussed",
            "signed",
            "a memorandum",
            "workshop",
            "on",
            "Tuesday",
            "3 May 2021",
            "May",
            "31 February 2020",
            "2021-13-45",
            "yesterday",
            "29-30 June",
            "in Paris",
            "Rabat",
            "was",
            "that",
            "Ministry of",
            "Embassy of",
            "who chairs",
            "by",
            "videoconference",
            "\n",
            "\n\n",
            "Director-General",
            "its",
            "Latest articles",
            "وزير",
            "L’été",
            "\u{0}",
            "\u{a0}",
            "🙂",
            "e\u{301}",
            "٣",
            "XNUMX",
            "date 2019-08-06 ",
        ])
        .prop_map(str::to_owned),
        "\\PC{0,6}",
    ];
    prop::collection::vec(piece, 0..80).prop_map(|pieces| pieces.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read(text in "\\PC{0,400}") {
        check(&text, ReportFormat::Plain);
        check(&text, ReportFormat::Html);
    }

    #[test]
    fn any_report_like_text_is_read(text in pieces()) {
        check(&text, ReportFormat::Plain);
    }

    #[test]
    fn any_markup_is_read(parts in prop::collection::vec(prop::sample::select(vec!["<p>", "</p>", "<div", ">", "<!--", "-->", "<script>", "&amp;", "&#x0;", "Chad ", "<", "\"", "<b/>", "</"]), 0..60)) {
        check(&parts.concat(), ReportFormat::Html);
    }
}

#[test]
fn a_text_without_words_gives_a_doubt() {
    for text in ["", " \n\t ", "\u{0}\u{1}"] {
        let reading = read_as(text, ReportFormat::Plain);
        assert_eq!(reading.doubts.len(), 1);
        assert_eq!(reading.doubts[0].code, vocab::DoubtCode::NoText);
    }
}

#[test]
fn a_language_that_is_not_read_is_kept_with_a_doubt() {
    let text = "Le ministre de la Santé a reçu mardi la représentante de l’OMS et l’a invitée à visiter le pays.";
    let reading = read(&Report {
        text,
        format: ReportFormat::Plain,
        published_on: None,
        language: None,
        known: Known::nothing(),
    });
    assert_eq!(reading.language.as_deref(), Some("fr"));
    assert_eq!(reading.text, text);
    assert_eq!(reading.doubts[0].code, vocab::DoubtCode::UnsupportedLanguage);
    assert!(reading.people.is_empty() && reading.actions.is_empty());
}
