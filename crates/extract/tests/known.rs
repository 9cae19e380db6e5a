//! What people have confirmed before is used, and never goes before what a text says itself.

use extract::{Known, Report, known, lines::lines, read};
use vocab::{Language, OrganizationKind, ReportFormat};

fn body(name: &str, also: &[&str], kind: OrganizationKind, acronym: Option<&str>, state: Option<&str>) -> Known {
    let organization = known::Organization {
        name: name.to_owned(),
        also: also.iter().map(|&name| name.to_owned()).collect(),
        kind,
        acronym: acronym.map(str::to_owned),
        state: state.map(str::to_owned),
    };
    Known { organizations: vec![organization], people: Vec::new() }
}

fn somebody(name: &str, post: Option<&str>, organization: Option<&str>, state: Option<&str>) -> Known {
    let person = known::Person {
        name: name.to_owned(),
        also: Vec::new(),
        post: post.map(str::to_owned),
        organization: organization.map(str::to_owned),
        state: state.map(str::to_owned),
    };
    Known { organizations: Vec::new(), people: vec![person] }
}

fn report<'a>(text: &'a str, known: &'a Known) -> Report<'a> {
    Report { text, format: ReportFormat::Plain, published_on: None, language: Some(Language::En), known }
}

/// The lines of a reading that hold a word.
fn told(text: &str, known: &Known, word: &str) -> Vec<String> {
    lines(&read(&report(text, known))).into_iter().filter(|line| line.contains(word)).collect()
}

fn kinds(known: &Known, text: &str) -> Vec<String> {
    told(text, known, "organization ")
}

#[test]
fn a_known_body_is_read_where_no_rule_sees_one() {
    let link = body("Dune Link", &[], OrganizationKind::Ngo, Some("DLK"), None);
    let acts = "Omar Tall, Minister of Culture of Mali, met Anna Berg, Director-General of UNESCO, in Bamako. DLK offered to train ten librarians.";
    assert!(!kinds(Known::nothing(), acts).iter().any(|line| line.contains("DLK")));
    assert!(kinds(&link, acts).contains(&"organization ngo: Dune Link (DLK)".to_owned()), "{:?}", kinds(&link, acts));
    let of_person = "Rana Aziz, Director of Dune Link, met Omar Tall, Minister of Culture of Mali, in Bamako.";
    assert_eq!(told(of_person, &link, "person Rana"), ["person Rana Aziz, Director of Dune Link, DLK"]);
}

#[test]
fn what_a_text_defines_goes_before_what_is_known() {
    let union = body("Union of Dental Laboratories", &[], OrganizationKind::Company, Some("UDL"), None);
    let text = "Rana Aziz, Secretary General of the Union of Desert Libraries (UDL), visited Oman. The UDL offered to train librarians.";
    assert_eq!(kinds(&union, text), ["organization international: Union of Desert Libraries (UDL)"]);
}

#[test]
fn what_is_known_of_a_body_goes_before_what_its_noun_tells() {
    let text = "Karim Said, President of the Blue River Institute, received the Director-General of UNESCO, Anna Berg.";
    let known = body("Blue River Institute", &[], OrganizationKind::Ngo, None, None);
    assert!(kinds(Known::nothing(), text).iter().all(|line| !line.contains("ngo")));
    assert!(
        kinds(&known, text).contains(&"organization ngo: Blue River Institute".to_owned()),
        "{:?}",
        kinds(&known, text)
    );
}

#[test]
fn an_acronym_of_a_state_counts_where_the_state_is_named() {
    let authority = body("National Dune Authority", &[], OrganizationKind::Government, Some("NDA"), Some("MLI"));
    for (text, read) in [
        (
            "Omar Tall, Minister of Culture of Mali, met Anna Berg, Director-General of UNESCO, in Bamako. NDA offered to train ten librarians.",
            true,
        ),
        (
            "Omar Tall, Minister of Culture of Chad, met Anna Berg, Director-General of UNESCO, in Paris. NDA offered to train ten librarians.",
            false,
        ),
    ] {
        assert_eq!(kinds(&authority, text).iter().any(|line| line.contains("National Dune Authority")), read, "{text}");
    }
}

#[test]
fn of_two_bodies_that_bear_a_name_none_is_taken() {
    let mut two = body("Dune Link", &[], OrganizationKind::Ngo, Some("DLK"), None);
    two.organizations.extend(body("Dental Lab Kit", &[], OrganizationKind::Company, Some("DLK"), None).organizations);
    let text = "Omar Tall, Minister of Culture of Mali, met Anna Berg, Director-General of UNESCO, in Bamako. DLK offered to train ten librarians.";
    assert_eq!(kinds(&two, text), kinds(Known::nothing(), text));
}

#[test]
fn a_known_name_is_a_person_without_a_title() {
    let okabe = somebody("Hana Okabe", None, None, None);
    let read = |text: &str| told(text, &okabe, "person Hana");
    assert_eq!(read("Anna Berg, Director-General of UNESCO, met Hana Okabe in Paris."), ["person Hana Okabe"]);
    for text in [
        "Anna Berg, Director-General of UNESCO, met Hana Okabe Mori in Paris.",
        "Anna Berg, Director-General of UNESCO, spoke at the Hana Okabe University in Paris.",
        "Anna Berg, Director-General of UNESCO, met Okabe in Paris.",
    ] {
        assert_eq!(read(text), Vec::<String>::new(), "{text}");
    }
    let one_word = somebody("Rose", None, None, None);
    let text = "Anna Berg, Director-General of UNESCO, met Rose in Paris.";
    assert_eq!(lines(&extract::read(&report(text, &one_word))), lines(&extract::read(&report(text, Known::nothing()))));
}

#[test]
fn the_post_of_the_text_goes_before_the_known_one() {
    let okabe = somebody("Hana Okabe", Some("Minister of Fisheries"), Some("Ministry of Fisheries"), Some("JPN"));
    let told = |text: &str| lines(&read(&report(text, &okabe)));
    let new_post =
        told("Anna Berg, Director-General of UNESCO, met Hana Okabe, Ambassador of Japan to France, in Paris.");
    assert!(new_post.contains(&"person Hana Okabe, Ambassador of Japan to France, JPN".to_owned()), "{new_post:?}");
    assert!(!new_post.iter().any(|line| line.starts_with("doubt")), "{new_post:?}");
    let named_state =
        told("Anna Berg, Director-General of UNESCO, met Hana Okabe in Paris. They spoke of fishing off Japan.");
    assert!(named_state.contains(&"person Hana Okabe, JPN".to_owned()), "{named_state:?}");
    let no_state = read(&report("Anna Berg, Director-General of UNESCO, met Hana Okabe in Paris.", &okabe));
    assert!(lines(&no_state).contains(&"person Hana Okabe".to_owned()), "{:?}", lines(&no_state));
    let doubt = &no_state.doubts[0];
    assert_eq!(
        (doubt.message.as_str(), doubt.evidence[0].quote.as_str()),
        (
            "This report gives no post of Hana Okabe, who was last known as Minister of Fisheries, Ministry of Fisheries, JPN.",
            "Hana Okabe"
        )
    );
}

#[test]
fn what_is_known_carries_its_words_its_rule_and_its_confidence() {
    let okabe = somebody("Hana Okabe", None, None, None);
    let read = read(&report("Anna Berg, Director-General of UNESCO, met Hana Okabe in Paris.", &okabe));
    let basis = &read.people.iter().find(|person| person.name == "Hana Okabe").expect("the known person").basis;
    assert_eq!((basis.rule.as_str(), basis.evidence[0].quote.as_str()), ("person-confirmed", "Hana Okabe"));
    assert!(basis.evidence[0].stands_in(&read.text) && basis.confidence < 0.9);
}

#[test]
fn many_known_names_that_a_text_does_not_hold_change_nothing() {
    let text =
        "Anna Berg, Director-General of UNESCO, met Omar Tall, Minister of Culture of Mali, in Paris on 3 May 2021.";
    let mut known = Known::default();
    for number in 0..5_000 {
        known.people.extend(somebody(&format!("Hana Okabe{number}"), None, None, None).people);
        let body = body(&format!("Dune Link {number}"), &[], OrganizationKind::Ngo, None, None);
        known.organizations.extend(body.organizations);
    }
    assert_eq!(read(&report(text, &known)), read(&report(text, Known::nothing())));
}
