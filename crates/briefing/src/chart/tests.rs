//! What holds for every picture, and what each shows.

use chrono::NaiveDate;
use roxmltree::Document;
use store::{Concept, RecordRef};
use uuid::Uuid;
use vocab::Word;

use super::*;
use crate::{Answer, Cell, Clock, question};

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn text(text: &str) -> Cell {
    if text.is_empty() { Cell::Empty } else { Cell::Text(text.to_owned()) }
}

fn record(concept: Concept, name: &str) -> Cell {
    Cell::Record(RecordRef::new(concept, Uuid::nil()), name.to_owned())
}

fn told(name: &str, rows: Vec<Vec<Cell>>) -> Told {
    let of = rows.len();
    let question = question(name).expect("a question");
    assert!(rows.iter().all(|row| row.len() == question.columns.len()), "a cell for each column of {name}");
    let clock = Clock::on(day("2026-06-30"));
    Told { question, clock, state: None, from: None, answer: Answer::new(rows, of, of + 2) }
}

/// So many states, in the order of the list.
fn states(count: usize) -> impl Iterator<Item = &'static str> {
    vocab::member_state::all().iter().map(|state| state.name(Language::En)).take(count)
}

fn partnerships(count: usize) -> Told {
    let labels = ["needs attention", "new", "quiet", "active"];
    let rows = states(count).enumerate().map(|(at, state)| {
        let number = |by: usize| Cell::count(at * 7 % by);
        let (open, overdue) = (at % 9 + 3, at % 4);
        let label = text(labels[at * labels.len() / count]);
        let mut cells = vec![record(Concept::MemberState, state), label, text("why"), text("member")];
        cells.extend([Cell::Day(day("2026-05-01")), Cell::Number(2), Cell::count(open), Cell::count(overdue)]);
        cells.extend([number(5), number(3), Cell::Empty, Cell::Empty, Cell::Empty]);
        cells
    });
    told("partnerships", rows.collect())
}

fn matrix(count: usize, every: usize) -> Told {
    let strengths = ["explored", "proposed", "agreed in principle", "promised", "signed", "resourced"];
    let areas = vocab::cooperation_area::all();
    let fields = states(count).enumerate().flat_map(|(at, state)| {
        areas.iter().enumerate().filter(move |(column, _)| (at * 3 + column * 5) % every == 0).map(
            move |(column, area)| {
                let strength = strengths[(at + column) % strengths.len()];
                let mut cells =
                    vec![record(Concept::MemberState, state), text(area.name(Language::En)), text(strength)];
                cells.extend([Cell::Number(3), Cell::count((at + column) % 3), text("PAK-1"), text("in progress")]);
                cells
            },
        )
    });
    told("matrix", fields.collect())
}

fn timeline(count: i64) -> Told {
    let rows = (0..count).map(|at| {
        let on = day("2024-11-03") + chrono::Duration::days(at * at / 4);
        let kind = usize::try_from(at % 5).expect("a place");
        let (record, words) = match kind {
            0 => (record(Concept::Meeting, "Talks <on> water & \"manuscripts\" with the Minister of Environment, Nouakchott"), "Talks"),
            1 => (record(Concept::FollowUpAction, "MRT-12"), "The Minister invited the Director-General to visit the manuscript libraries of Chinguetti and Ouadane in spring"),
            _ => (record(Concept::FollowUpAction, "MRT-12"), "partly delivered"),
        };
        vec![Cell::Day(on), text(crate::question::EVENTS[kind]), record, text(words)]
    });
    told("timeline", rows.collect())
}

fn delivery_rate() -> Told {
    let row = |kind: &str, area: &str, year: &str, figures: [i64; 4]| {
        let mut cells = vec![text(kind), text(area), text(year)];
        cells.extend(figures.map(Cell::Number));
        cells.push(Cell::Number(figures.iter().sum()));
        cells
    };
    told(
        "delivery-rate",
        vec![
            row("request", "", "", [9, 9, 9, 9]),
            row("request", "", "2024", [5, 1, 2, 3]),
            row("request", "", "2025", [2, 0, 1, 9]),
            row("request", "Water management", "2024", [5, 1, 2, 3]),
            row("plan", "", "2024", [1, 1, 0, 0]),
            row("plan", "", "2026", [0, 0, 0, 4]),
        ],
    )
}

fn samples() -> Vec<Told> {
    vec![partnerships(60), matrix(60, 7), timeline(40), delivery_rate()]
}

fn drawn(told: &Told, state: Option<&str>, language: Language) -> String {
    let inquiry = Inquiry { state: state.map(str::to_owned), ..Inquiry::default() };
    chart(told.question.name).expect("a picture").svg(&inquiry, told, language)
}

/// The words of a part of a picture.
fn words_of(picture: &Document<'_>, tag: &str) -> String {
    let nodes = picture.descendants().filter(|node| node.has_tag_name(tag));
    nodes.flat_map(|node| node.descendants().filter_map(|child| child.text())).collect::<Vec<_>>().join("\n")
}

#[test]
fn every_picture_is_whole_and_tells_its_figures_in_words() {
    assert_eq!(samples().len(), charts().len());
    for told in samples() {
        for language in Language::ALL {
            let svg = drawn(&told, Some("mr"), *language);
            let picture = Document::parse(&svg).unwrap_or_else(|fault| panic!("{fault}: {svg}"));
            let root = picture.root_element();
            assert_eq!((root.attribute("role"), root.attribute("lang")), (Some("img"), Some(language.code())));
            assert_eq!(root.attribute("direction") == Some("rtl"), *language == Language::Ar);
            let ids: Vec<_> = root.attribute("aria-labelledby").expect("a name").split(' ').collect();
            for id in ids {
                assert!(picture.descendants().any(|node| node.attribute("id") == Some(id)), "no {id}");
            }
            let state = vocab::member_state::by_code("MRT").expect("a state").name(*language);
            let title = root.children().find(|node| node.has_tag_name("title")).and_then(|node| node.text());
            assert!(title.is_some_and(|title| title.contains(state)), "{title:?}");
            let told = words_of(&picture, "desc");
            assert!(told.matches(char::is_numeric).count() > 20, "{told}");
            assert!(!svg.contains("http://") || svg.matches("http").count() == 1, "it needs nothing else");
        }
    }
}

#[test]
fn nothing_to_show_is_a_picture_that_says_so() {
    for one in charts() {
        let svg = drawn(&told(one.name, Vec::new()), None, Language::Fr);
        let picture = Document::parse(&svg).expect("a picture");
        let shown = words_of(&picture, "text");
        assert!(shown.contains("Il n’y a rien à montrer.") && shown.contains("30 juin 2026"), "{shown}");
        assert!(words_of(&picture, "desc").contains("Il n’y a rien à montrer."));
    }
}

#[test]
fn words_of_others_stay_words_and_long_ones_are_shortened() {
    let svg = drawn(&timeline(6), None, Language::En);
    let picture = Document::parse(&svg).expect("a picture");
    let whole = "MRT-12 The Minister invited the Director-General to visit the manuscript libraries of Chinguetti and Ouadane in spring";
    assert!(words_of(&picture, "title").contains(whole), "the whole where it is pointed at");
    assert!(words_of(&picture, "desc").contains("Talks <on> water & \"manuscripts\""));
    let mut hostile = timeline(1);
    hostile.answer.rows[0][2] = record(Concept::Meeting, "a\u{1}b\u{fffe}c\n</text><script/>");
    let svg = drawn(&hostile, None, Language::En);
    let picture = Document::parse(&svg).expect("a picture");
    assert!(!picture.descendants().any(|node| node.has_tag_name("script")), "{svg}");
}

#[test]
fn a_year_counts_each_action_once() {
    let svg = drawn(&delivery_rate(), None, Language::En);
    let picture = Document::parse(&svg).expect("a picture");
    let told = words_of(&picture, "desc");
    for part in
        ["2024: Delivered: 6; In part: 2; Open: 3; Dropped: 2.", "2026: Delivered: 0; In part: 0; Open: 4; Dropped: 0."]
    {
        assert!(told.contains(part), "{part} is not in {told}");
    }
}

#[test]
fn a_subtitle_is_a_sentence_with_both_clocks() {
    let of = |name, inquiry: &Inquiry, told: &Told, language| {
        subtitle(chart(name).expect("a picture"), inquiry, told, language)
    };
    let mut told = timeline(3);
    told.clock.known_at = Some("2026-07-01T08:00:00Z".parse().expect("a moment"));
    let inquiry = Inquiry { from: Some(day("2026-01-01")), ..Inquiry::default() };
    let expected =
        "This is what happened from 1 January 2026 to 30 June 2026, by what was known at 2026-07-01 08:00:00 UTC.";
    assert_eq!(of("timeline", &inquiry, &told, Language::En), expected);
    let expected = "Voici la situation au 30 juin 2026, selon les informations connues au 2026-07-01 08:00:00 UTC.";
    assert_eq!(of("matrix", &inquiry, &told, Language::Fr), expected);
}

/// Texts that stand on one line begin behind the end of the one before, by the width that is reckoned with.
#[test]
fn no_two_texts_on_one_line_overlap() {
    for told in samples() {
        for language in Language::ALL {
            let svg = drawn(&told, None, *language);
            let picture = Document::parse(&svg).expect("a picture");
            let width: i32 =
                picture.root_element().attribute("width").and_then(|width| width.parse().ok()).expect("a width");
            let mut lines: std::collections::BTreeMap<i32, Vec<(i32, i32, String)>> = Default::default();
            for node in
                picture.descendants().filter(|node| node.has_tag_name("text") && node.attribute("transform").is_none())
            {
                let number =
                    |name: &str| node.attribute(name).and_then(|value| value.parse::<i32>().ok()).expect("a number");
                let shown = node.last_child().and_then(|child| child.text()).unwrap_or_default().to_owned();
                let (x, long) = (number("x"), canvas::text_width(&shown, number("font-size")));
                let x = if *language == Language::Ar { width - x } else { x };
                let from = match node.attribute("text-anchor") {
                    Some("end") => x - long,
                    Some("middle") => x - long / 2,
                    _ => x,
                };
                lines.entry(number("y")).or_default().push((from, from + long, shown));
            }
            for texts in lines.values_mut() {
                texts.sort_unstable();
                assert!(
                    texts.windows(2).all(|pair| pair[0].1 <= pair[1].0),
                    "{} {language}: {texts:?}",
                    told.question.name
                );
                assert!(texts.iter().all(|(from, to, _)| *from >= 0 && *to <= width), "{texts:?} in {width}");
            }
        }
    }
}
