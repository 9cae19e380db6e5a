//! Who acts, and how: one sentence behind the same opening, and the line that must or must not be read in it.

use extract::{Known, Report, lines::lines, read};

const OPENING: &str =
    "Hana Sato, Minister of Water of Japan, received Omar Tall, Secretary-General of SAARC, in Tokyo.";

fn found(text: &str) -> Vec<String> {
    lines(&read(&Report {
        text,
        format: vocab::ReportFormat::Plain,
        published_on: "2021-05-20".parse().ok(),
        language: Some(vocab::Language::En),
        known: Known::nothing(),
    }))
}

fn actions(rest: &str) -> Vec<String> {
    let all = found(&format!("{OPENING} {rest}"));
    all.into_iter().filter(|line| line.starts_with("action")).collect()
}

#[test]
fn who_acts_and_how_is_told_by_the_sentence() {
    let wanted = [
        // What is agreed has an agent of its own.
        ("It was agreed that a seminar on irrigation will be hosted by Japan.", "action agreement by both (both)"),
        // A preposition governs each state of its list.
        (
            "Japan gives aid to Togo, Benin and Chad and is keen to promote irrigation in the region.",
            "action proposal by Japan (JPN)",
        ),
        // Who offers does more than say what is necessary.
        (
            "She stressed that Japan is ready to train teachers and to give the necessary aid.",
            "action offer by Japan (JPN)",
        ),
        // He who goes on speaking is the same.
        (
            "Tall thanked Minister Sato. He praised Minister Sato. He proposed a workshop on irrigation.",
            "action proposal by Omar Tall (SAARC)",
        ),
        // Who is named behind a post is governed with it.
        (
            "At the invitation of the Minister of Water, Hana Sato, Tall visited Osaka. He will attend a workshop on irrigation.",
            "action commitment by Omar Tall (SAARC)",
        ),
        // The post of the first signatory stands between the two.
        (
            "A memorandum on irrigation was signed by Hana Sato, Minister of Water of Japan, and Omar Tall.",
            "action agreement by both (both)",
        ),
    ];
    for (rest, line) in wanted {
        let found = actions(rest);
        assert!(found.iter().any(|found| found.starts_with(line)), "{rest}\n{found:#?}");
    }
}

#[test]
fn what_they_met_for_is_what_they_talk_about() {
    let text =
        "Hana Sato, Minister of Water of Japan, met with Omar Tall, Secretary-General of SAARC, to discuss irrigation.";
    let found = found(text);
    assert!(found.iter().any(|line| line.starts_with("action proposal by both (both)")), "{found:#?}");
    assert!(actions("She will come to discuss irrigation.").iter().all(|line| !line.contains("by both")));
}

#[test]
fn a_thing_owes_nothing() {
    for rest in [
        "She said that the visit of Omar Tall would support education in the region.",
        "The mission of SAARC is to support education.",
        "She added that this would give support to education.",
    ] {
        let found = actions(rest);
        assert!(found.iter().all(|line| !line.contains("commitment")), "{rest}\n{found:#?}");
    }
}

#[test]
fn a_person_called_like_a_capital_acts_for_no_state_of_that_name() {
    let text =
        "Minister of Water Lena Bern met Anna Berg, Director-General of UNESCO. Minister Bern proposed a workshop.";
    let found = found(text);
    assert!(found.iter().all(|line| !line.contains("CHE")), "{found:#?}");
}

#[test]
fn the_name_of_an_event_is_no_kind_of_event_to_hold() {
    for (rest, areas) in [
        ("The Minister invited SAARC to take part in the World Water Forum.", "[water-management]"),
        ("The Minister invited SAARC to take part in a forum on water.", "[joint-events, water-management]"),
    ] {
        let found = actions(rest);
        assert!(found.iter().any(|line| line.contains(areas)), "{rest}\n{found:#?}");
    }
}

#[test]
fn a_rank_before_the_name_is_not_the_post() {
    let found = found(
        "Anna Berg, Director-General of UNESCO, received the Executive Director of the Coastal Agency, Ambassador Omar \
         Tall, in Paris.",
    );
    let line = "person Omar Tall, Executive Director of the Coastal Agency, Coastal Agency";
    assert!(found.iter().any(|found| found == line), "{found:#?}");
}
