//! What counts as found, case by case.

use super::{
    compare::{compare, pair},
    gold::{Action, Findings, Gold, Meeting, Organization, Person},
    score::round,
    words::{fold, overlap, same_person},
    *,
};

fn some(text: &str) -> Option<String> {
    Some(text.to_owned()).filter(|text| !text.is_empty())
}

fn action(kind: &str, side: &str, quote: &str) -> Action {
    Action { kind: some(kind), actor_side: some(side), quote: some(quote), ..Action::default() }
}

fn actions(of: &[(&str, &str, &str)]) -> Findings {
    Findings {
        actions: of.iter().map(|(kind, side, quote)| action(kind, side, quote)).collect(),
        ..Findings::default()
    }
}

fn set(score: &Score, name: &str) -> (f64, f64, f64) {
    let (_, rates) = score.sets.iter().find(|(set, _)| *set == name).expect("a set");
    (rates.precision, rates.recall, rates.f1)
}

fn point(score: &Score, name: &str) -> (f64, usize) {
    let (_, share) = score.points.iter().find(|(point, _)| *point == name).expect("a point");
    (share.accuracy, share.of)
}

#[test]
fn names_are_compared_without_case_accents_and_small_words() {
    for (a, b) in [
        ("Ministère de l’Éducation", "MINISTERE  DE L'EDUCATION"),
        ("وِزارَة الثقافـة", "وزاره الثقافه"),
        ("أحمد إبراهيم", "احمد ابراهيم"),
        ("مصطفى", "مصطفي"),
        ("Straße", "STRASSE"),
        ("Σίσυφος", "ΣΊΣΥΦΟΣ"),
        ("snake_case", "SNAKE_CASE"),
    ] {
        assert_eq!(fold(a), fold(b));
    }
    // A dotless i and a stroked o are letters of their own here.
    assert_ne!(fold("Yıldırım"), fold("Yildirim"));
    assert_eq!(fold(" – "), "");
    assert_eq!(overlap("Ministry of the Environment and Water", "Ministry for Water"), 2.0 / 3.0);
    assert_eq!(overlap("of the", ""), 0.0);
}

#[test]
fn a_person_is_known_by_half_of_the_words_or_by_the_last_and_a_letter() {
    assert!(same_person("Amina Diallo", "Diallo"));
    assert!(same_person("B. Diallo Ndiaye", "Binta Ndiaye"));
    assert!(!same_person("A. B. Diallo Ndiaye", "Awa Ndiaye"), "the initial A. is a small word");
    assert!(!same_person("Amina Diallo", "Binta Fatou Diallo"));
    assert!(!same_person("", ""));
    assert!(!same_person("the", "Diallo"));
}

#[test]
fn the_best_pair_is_taken_first_and_among_equals_the_earliest() {
    let scores = [[0.5, 0.9], [0.4, 0.8]];
    assert_eq!(pair(2, 2, |w, g| scores[w][g]), [(0, 1), (1, 0)]);
    assert_eq!(pair(2, 3, |_, _| 1.0), [(0, 0), (1, 1)]);
    assert_eq!(pair(2, 2, |w, g| if w == g { 0.0 } else { 1.0 }), [(0, 1), (1, 0)]);
    assert_eq!(pair(0, 3, |_, _| 1.0), []);
}

#[test]
fn an_action_is_found_where_half_of_the_shorter_place_is_covered() {
    let text = "The Minister  invited\nthe Director-General to visit Dakar in May, and offered help.";
    let gold = actions(&[("invitation", "SEN", "invited the Director-General to visit Dakar")]);
    let found = |kind: &str, side: &str, quote: &str| mark(text, &gold, &actions(&[(kind, side, quote)])).score();
    let all = found("invitation", "sen", "the director-general to visit Dakar in May");
    assert_eq!((set(&all, "actions").2, set(&all, "actions-typed").2), (1.0, 1.0));
    assert_eq!(set(&found("offer", "SEN", "Minister invited the"), "actions").2, 1.0);
    assert_eq!(set(&found("offer", "SEN", "Minister invited the"), "actions-typed").2, 0.0);
    assert_eq!(set(&found("invitation", "", "visit Dakar"), "actions-typed").2, 0.0);
    assert_eq!(set(&found("invitation", "SEN", "Dakar in May, and offered help"), "actions").2, 0.0);
    assert_eq!(set(&found("invitation", "SEN", "not in the text"), "actions").2, 0.0);
    assert_eq!(set(&found("invitation", "SEN", ""), "actions").2, 0.0);
}

#[test]
fn of_two_actions_at_one_place_the_one_of_the_same_kind_is_the_pair() {
    let text = "He offered to train staff and asked for books.";
    let gold = actions(&[("offer", "A", "offered to train staff"), ("request", "A", "asked for books")]);
    let one_place = "offered to train staff and asked for books";
    let found = actions(&[("request", "A", one_place), ("offer", "A", one_place)]);
    let marked = compare(text, &gold, &found);
    assert_eq!(marked.actions, [true, true]);
    assert_eq!(set(&marked.tally.score(), "actions-typed"), (1.0, 1.0, 1.0));
    let twice = actions(&[("plan", "A", "train staff"), ("offer", "A", "offered to train staff")]);
    let marked = compare(text, &actions(&[("offer", "A", "offered to train staff")]), &twice);
    assert_eq!(marked.actions, [false, true], "one to one, and the tighter place is nearer");
}

#[test]
fn ministries_match_by_name_and_by_state_where_both_have_one() {
    let ministry =
        |name: &str, state: &str| Organization { name: name.to_owned(), kind: some("ministry"), state: some(state) };
    let of = |bodies: &[Organization]| Findings { organizations: bodies.to_vec(), ..Findings::default() };
    let gold = of(&[ministry("Ministry of Education", "MAR"), ministry("Ministry of Education", "TUN")]);
    let found = |bodies: &[Organization]| compare("", &gold, &of(bodies)).ministries;
    assert_eq!(
        found(&[ministry("Ministry of Education", "TUN"), ministry("ministry for education", "")]),
        [true, true]
    );
    assert_eq!(found(&[ministry("Ministry of Education", "OMN")]), [false]);
    assert_eq!(found(&[ministry("Ministry of Higher Education and Research", "MAR")]), [false]);
    let university = Organization { kind: some("university"), ..ministry("Ministry of Education", "MAR") };
    assert_eq!(found(&[university]), [false; 0]);
}

#[test]
fn posts_are_asked_of_people_who_were_found() {
    let person = |name: &str, post: &str| Person { name: name.to_owned(), post: some(post), state: None };
    let of = |people: &[Person]| Findings { people: people.to_vec(), ..Findings::default() };
    let gold = of(&[person("Amina Diallo", "Minister of Water"), person("Omar Sy", ""), person("Li Wei", "Rector")]);
    let found = of(&[person("Omar Sy", "Adviser"), person("Diallo", "minister for water and sanitation")]);
    let score = mark("", &gold, &found).score();
    assert_eq!((set(&score, "people"), point(&score, "posts")), ((1.0, 0.667, 0.8), (1.0, 1)));
    assert_eq!(point(&mark("", &gold, &of(&[person("Li Wei", "")])).score(), "posts"), (0.0, 1));
}

#[test]
fn a_meeting_is_asked_for_its_parts_and_what_is_not_told_must_not_be_found() {
    let meeting = |date: &str, mode: &str, place: &str| Meeting {
        kind: None,
        date: some(date),
        mode: some(mode),
        place: some(place),
    };
    let of = |meetings: &[Meeting]| Findings { meetings: meetings.to_vec(), ..Findings::default() };
    let gold = of(&[meeting("2025-05-12", "", "Malé"), meeting("2025-05-13", "virtual", "")]);
    let parts = |found: &[Meeting]| {
        let marked = compare("", &gold, &of(found));
        let score = marked.tally.score();
        (["meeting-date", "meeting-mode", "meeting-place"].map(|part| point(&score, part).0), marked.meetings)
    };
    assert_eq!(parts(&[meeting("2025-05-12", "", "MALE")]), ([1.0, 1.0, 1.0], vec![true]));
    assert_eq!(
        parts(&[meeting("", "", "Male"), meeting("2025-05-12", "virtual", "")]),
        ([1.0, 0.0, 1.0], vec![false; 2])
    );
    assert_eq!(parts(&[]), ([0.0, 1.0, 0.0], vec![]));
    let none = compare("", &of(&[]), &gold);
    assert_eq!((point(&none.tally.score(), "meeting-date"), none.meetings), ((1.0, 0), vec![false; 2]));
}

#[test]
fn what_is_found_twice_counts_once_and_nothing_of_nothing_is_right() {
    let states =
        |codes: &[&str]| Findings { states: codes.iter().map(|c| (*c).to_owned()).collect(), ..Findings::default() };
    let score = mark("", &states(&["PAK", "TUN"]), &states(&["PAK", "PAK", "OMN"])).score();
    assert_eq!(set(&score, "states"), (0.5, 0.5, 0.5));
    assert_eq!(set(&score, "areas"), (1.0, 1.0, 1.0));
    assert_eq!(score.overall, 0.95);
    assert_eq!(set(&mark("", &states(&[]), &states(&["PAK"])).score(), "states"), (0.0, 1.0, 0.0));
    let invented = mark("Water.", &states(&[]), &actions(&[("plan", "", "Water"), ("plan", "", "x")])).score();
    assert_eq!(invented.invented, 2.0);
}

#[test]
fn a_figure_half_way_is_rounded_to_the_even_digit() {
    for (figure, rounded) in [(0.0625, 0.062), (0.1875, 0.188), (0.5625, 0.562), (2.0 / 3.0, 0.667), (1.0, 1.0)] {
        assert_eq!(round(figure), rounded);
    }
}

#[test]
fn gold_may_hold_codes_in_objects_and_lists_that_are_null() {
    let json = r#"{"text": "x", "gold": {"states": [{"code": "PAK", "confidence": 1}, "TUN"], "areas": [{"slug": "health"}],
        "people": null, "meetings": [{"date": null}], "actions": [{"evidence": []}], "more": 1}}"#;
    let gold = Gold::parse(json).expect("gold");
    assert_eq!(gold.gold.states, ["PAK", "TUN"]);
    assert_eq!((gold.gold.areas.as_slice(), gold.gold.people.len()), (["health".to_owned()].as_slice(), 0));
    assert_eq!(gold.language(), "und");
    for bad in ["", "[]", r#"{"text": "x"}"#, r#"{"gold": {}}"#, r#"{"text": "x", "gold": {}, "published_on": "May"}"#]
    {
        assert!(Gold::parse(bad).is_err(), "{bad}");
    }
}

#[test]
fn the_exam_counts_how_sure_the_engine_was_and_which_rule_read() {
    let gold = own_gold();
    let figures = sit(&gold);
    assert_eq!(figures, sit(&gold), "the same gold gives the same figures");
    assert_eq!((figures.documents, figures.reports.len()), (gold.len(), gold.len()));
    assert!(figures.reports.is_sorted_by(|a, b| a.score.overall <= b.score.overall));
    let banded: usize = figures.calibration.iter().map(|band| band.judged.findings).sum();
    let ruled: usize = figures.rules.iter().map(|rule| rule.judged.findings).sum();
    assert_eq!(banded, ruled, "each finding is in one band and of one rule");
    let last = |band: &&Band| band.from == SURE;
    let sure: usize = figures.calibration.iter().filter(last).map(|band| band.judged.findings).sum();
    assert_eq!(sure, figures.sure.findings);
    let known: Vec<_> = crate::rules().map(|(name, ..)| name).collect();
    assert!(figures.rules.iter().all(|rule| known.contains(&rule.rule.as_str())));
    let nothing = sit_with(&gold, |_| Reading::default());
    assert_eq!((nothing.sure.findings, nothing.sure.share(), nothing.score.invented), (0, None, 0.0));
}
