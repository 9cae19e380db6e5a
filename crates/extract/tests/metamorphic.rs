//! Texts that are edited: what is read must change exactly as the edit says. No gold is needed for that.

use std::path::PathBuf;

use extract::{Known, Report, lines::lines, read};
use vocab::{Language, ReportFormat};

/// The project's own reports, by name.
fn reports() -> Vec<(String, String)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/reports");
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder).expect("the reports are there").map(|file| file.expect("a file").path()).collect();
    files.sort();
    let named = |file: &PathBuf| {
        let name = file.file_stem().expect("a name").to_string_lossy().into_owned();
        (name, std::fs::read_to_string(file).expect("a text"))
    };
    let all: Vec<_> = files.iter().map(named).collect();
    assert!(all.len() >= 8);
    all
}

fn facts(text: &str) -> Vec<String> {
    let report = Report {
        text,
        format: ReportFormat::Plain,
        published_on: None,
        language: Some(Language::En),
        known: Known::nothing(),
    };
    let mut facts: Vec<String> = lines(&read(&report)).iter().map(|line| plain(line)).collect();
    facts.sort();
    facts
}

/// A line with one kind of quotation mark and of space, and without the honorifics that a quotation holds.
fn plain(line: &str) -> String {
    let bare = HONORIFICS.iter().fold(line.replace('\u{a0}', " "), |line, honorific| line.replace(honorific, ""));
    bare.replace(['’', '‘'], "'").replace(['“', '”'], "\"").split_whitespace().collect::<Vec<_>>().join(" ")
}

const HONORIFICS: [&str; 7] = ["H.E. ", "Mrs. ", "Mr. ", "Ms. ", "Dr. ", "Prof. ", "H.H. "];

/// Every report is read as before.
fn nothing_changes(edit: impl Fn(&str) -> String) {
    for (name, text) in reports() {
        let edited = edit(&text);
        assert_ne!(edited, text, "the edit does nothing to {name}");
        assert_eq!(facts(&edited), facts(&text), "{name}\n{edited}");
    }
}

/// The facts change by the same words as the text; names of the text stand in the facts, and codes with them.
fn words_change(report: &str, in_text: &[(&str, &str)], in_facts: &[(&str, &str)]) {
    let (_, text) = reports().into_iter().find(|(name, _)| name == report).expect("the report is there");
    let swap = |text: &str, words: &[(&str, &str)]| {
        words.iter().fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
    };
    let edited = swap(&text, in_text);
    assert_ne!(edited, text, "the edit does nothing to {report}");
    let both = [in_text, in_facts].concat();
    let mut expected: Vec<String> = facts(&text).iter().map(|line| swap(line, &both)).collect();
    expected.sort();
    assert_eq!(facts(&edited), expected, "{report}\n{edited}");
}

/// One act is negated: its action is gone, and nothing else.
fn one_act_vanishes(report: &str, said: &str, denied: &str) {
    let (_, text) = reports().into_iter().find(|(name, _)| name == report).expect("the report is there");
    let edited = text.replace(said, denied);
    assert_ne!(edited, text, "the edit does nothing to {report}");
    let actions = |text: &str| facts(text).into_iter().filter(|line| line.starts_with("action ")).collect::<Vec<_>>();
    let (before, after) = (actions(&text), actions(&edited));
    let gone: Vec<&String> = before.iter().filter(|line| !after.contains(line)).collect();
    assert_eq!(gone.len(), 1, "{report}: {said}\n{before:#?}\n{after:#?}");
    assert!(gone[0].contains(said), "{gone:?}");
    assert_eq!(after.len() + 1, before.len(), "{report}: {said}\n{after:#?}");
}

#[test]
fn curly_and_straight_marks_are_one() {
    let curl = |text: &str| text.replace('\'', "’").replace("\"", "”");
    for (name, text) in reports() {
        assert_eq!(facts(&curl(&text)), facts(&text), "{name}");
    }
}

#[test]
fn spaces_that_do_not_break_are_spaces() {
    nothing_changes(|text| text.replace(' ', "\u{a0}"));
}

#[test]
fn wrapped_lines_are_whole_lines() {
    let wrap = |line: &str| {
        let mut out = String::new();
        let mut column = 0;
        for word in line.split(' ') {
            if column > 0 && column + word.len() >= 60 {
                out.push('\n');
                column = 0;
            } else if column > 0 {
                out.push(' ');
            }
            out.push_str(word);
            column += word.len() + 1;
        }
        out
    };
    nothing_changes(|text| text.lines().map(wrap).collect::<Vec<_>>().join("\n"));
}

#[test]
fn links_to_other_pages_tell_nothing() {
    nothing_changes(|text| {
        format!(
            "{text}\n\nRead also\n\nMinister of Trade of Peru pledges to build a port in Lima by 2030\n\nLatest articles\n"
        )
    });
}

#[test]
fn an_honorific_tells_nothing() {
    nothing_changes(|text| {
        text.replace("Mr. ", "Dr. ").replace("Mrs. ", "H.E. Mrs. ").replace("Dr. Anna", "Prof. Anna")
    });
}

#[test]
fn another_name_is_another_person() {
    words_change("reception", &[("Kenji Sato", "Hiro Tanaka"), ("Anna Berg", "Lena Storm"), ("Berg", "Storm")], &[]);
    words_change("signing", &[("Salma", "Nadia"), ("Trabelsi", "Mansour"), ("Yasin Jabbar", "Omar Al-Rubaie")], &[]);
    words_change("secretary", &[("Patricia Lowell", "Grace Osei"), ("Lowell", "Osei")], &[]);
}

#[test]
fn another_state_is_another_party() {
    words_change("visit", &[("Zambia", "Ghana"), ("LUSAKA", "ACCRA"), ("Lusaka", "Accra")], &[("ZMB", "GHA")]);
    words_change("reception", &[("Japan", "Jordan"), ("Tokyo", "Amman"), ("Osaka", "Aqaba")], &[("JPN", "JOR")]);
    words_change("statement", &[("Chad", "Niger"), ("N'Djamena", "Niamey")], &[("TCD", "NER")]);
}

#[test]
fn another_time_is_another_due_date() {
    words_change("reception", &[("October 2021", "November 2022")], &[("2021-10", "2022-11")]);
    words_change("conference", &[("May 2020", "March 2021")], &[("2020-05", "2021-03")]);
    words_change("statement", &[("December 2025", "June 2026")], &[("2025-12", "2026-06")]);
}

#[test]
fn what_is_denied_is_no_action() {
    one_act_vanishes(
        "reception",
        "The Minister invited the Director-General",
        "The Minister did not invite the Director-General",
    );
    one_act_vanishes("reception", "Berg pledged to send", "Berg declined to send");
    one_act_vanishes("secretary", "Chowdhury proposed the", "Chowdhury never proposed the");
    one_act_vanishes("statement", "Both sides agreed to hold", "Both sides have not agreed to hold");
}
