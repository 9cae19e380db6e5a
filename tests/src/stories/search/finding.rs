//! Which words find what.

use serde_json::json;

use super::{action, found, marked, meeting, ministry, report, search, step, titles};
use crate::world::stories;

const ARABIC: [(&str, &str); 2] = [
    ("زيارة", "اجتمع الدكتور مُحَمَّد العلوي مع الوفد، وبالتعـــاون مع وزارة التربية أُعلن عن برنامج."),
    ("ورشة", "تعاون في المجال العلمي لباكستان."),
];

stories! {
    /// Arabic is found with and without marks, tatweel, article and prefixes, whole and as it is typed.
    async fn arabic_is_found_however_it_is_written(world: &World) {
        for (title, text) in ARABIC {
            report(world, title, text, "2026-02-10").await;
        }
        let (visit, workshop) = (ARABIC[0].0, ARABIC[1].0);
        for (query, expected) in [
            ("محمد ال", &[visit][..]),
            ("مُحَمَّد \"ا\"", &[]),
            ("\"محمد\"", &[visit]),
            ("\"مُحَمَّد\"", &[visit]),
            ("\"ومحمد\"", &[visit]),
            ("\"التعاون\"", &[visit, workshop]),
            ("\"تعاون\"", &[visit, workshop]),
            ("\"وبالتعاون\"", &[visit, workshop]),
            ("تعا", &[visit, workshop]),
            ("التعا", &[visit, workshop]),
            ("بالت", &[visit]),
            ("وزا", &[visit]),
            ("\"وزارة التربية\"", &[visit]),
            ("\"بوزاره التربيه\"", &[visit]),
            ("\"التربية وزارة\"", &[]),
            ("\"باكستان\" العلمى", &[workshop]),
            ("اعلن برنامج", &[visit]),
        ] {
            // Names of states and organizations begin with such letters too.
            let mut answered = titles(&search(world, json!({ "query": query, "kinds": ["NEWS_REPORT"] })).await);
            answered.sort();
            let mut expected: Vec<_> = expected.iter().map(|title| (*title).to_owned()).collect();
            expected.sort();
            assert_eq!(answered, expected, "{query}");
        }
    }

    /// French is found with and without accents, English as it is; every word has to be there.
    async fn french_and_english_are_found(world: &World) {
        report(world, "Visite", "La coopération dans l’œuvre d'éducation fût saluée à Tunis.", "2026-02-10").await;
        report(world, "Visit", "The cooperation in education was praised in Tunis.", "2026-02-11").await;
        for (query, expected) in [
            ("\"cooperation\" praised", &["Visit"][..]),
            ("coopération praised", &["Visit"]),
            ("cooperation oeuvre", &["Visite"]),
            ("Coopération ŒUVRE", &["Visite"]),
            ("l’éducation saluee", &["Visite"]),
            ("EDUCATION tunis", &["Visit", "Visite"]),
            ("gazette tunis", &["Visit", "Visite"]),
            ("\"praised in Tunis\"", &["Visit"]),
            ("\"Tunis praised\"", &[]),
            ("«cooperation in education»", &["Visit"]),
            ("praised in tun", &["Visit"]),
            ("\"prais\" tunis", &[]),
            ("prais \"tunis\"", &[]),
            ("\"praised in tu", &["Visit"]),
            ("cooperation nothing", &[]),
        ] {
            assert_eq!(found(world, query).await, expected, "{query}");
        }
    }

    /// Each kind of record is found, by its names in every language; an action by its reference, and by that alone.
    async fn every_kind_of_record_is_found(world: &World) {
        ministry(world, "OMN").await;
        meeting(world, "Lagoon talks", "OMN").await;
        let first = action(world, "Chart the lagoon", "OMN").await;
        step(world, &first, "Ask for the lagoon charts").await;
        for at in 1..12 {
            action(world, &format!("Further {at}"), "OMN").await;
        }
        report(world, "Lagoon", "They met by the sea.", "2026-02-10").await;
        let action = "OMN-1 Chart the lagoon";
        for (query, kinds, kind, title) in [
            ("عمان", json!(null), "MEMBER_STATE", "Oman"),
            ("omn", json!(["MEMBER_STATE"]), "MEMBER_STATE", "Oman"),
            ("rivieres", json!(null), "ORGANIZATION", "Ministry of Rivers and Lagoons"),
            ("الانهار", json!(null), "ORGANIZATION", "Ministry of Rivers and Lagoons"),
            ("harthi", json!(null), "PERSON", "Salim Al-Harthy"),
            ("الحارثى", json!(null), "PERSON", "Salim Al-Harthy"),
            ("minister lagoons", json!(["POST"]), "POST", "Minister of Rivers and Lagoons"),
            ("lagoon", json!(["NEWS_REPORT"]), "NEWS_REPORT", "Lagoon"),
            ("nizwa", json!(null), "MEETING", "Lagoon talks"),
            ("chart", json!(["FOLLOW_UP_ACTION"]), "FOLLOW_UP_ACTION", action),
            ("omn-1", json!(null), "FOLLOW_UP_ACTION", action),
            ("ask charts", json!(null), "TASK", "Ask for the lagoon charts"),
        ] {
            let answer = search(world, json!({ "query": query, "kinds": kinds })).await;
            let edge = &answer["edges"][0];
            assert_eq!((&edge["kind"], &edge["title"]), (&json!(kind), &json!(title)), "{query}: {answer:#}");
            assert_eq!(answer["totalCount"], 1, "{query}: {answer:#}");
        }
        let all = search(world, json!({ "query": "lagoon" })).await;
        assert_eq!(all["totalCount"], 6, "{all:#}");
        let record = &search(world, json!({ "query": "OMN-11" })).await["edges"][0]["node"];
        assert_eq!(record["__typename"], "FollowUpAction");
        let none = search(world, json!({ "query": "lagoon", "kinds": [] })).await;
        assert_eq!(none["totalCount"], 0);
    }

    /// Of one state alone: what belongs to it, had it part in, or told of such a meeting or action.
    async fn what_is_found_can_be_of_one_state_alone(world: &World) {
        let text = "Oman asks for training\n\nThe Minister of Heritage of Oman, Mr. Salim Al-Harthy, met the Director-General \
            of ICESCO in Muscat on Monday, 9 February 2026. Mr. Al-Harthy asked ICESCO to train ten museum curators.";
        let (_, reading) = world.ingest(text, "2026-02-10").await;
        world.accept(&reading).await;
        ministry(world, "MLI").await;
        let charted = action(world, "Chart the museum", "MLI").await;
        step(world, &charted, "Ask the museum").await;
        let of = async |query: &str, code: &str| titles(&search(world, json!({ "query": query, "states": [code] })).await);
        let told = of("museum", "omn").await;
        assert!(told.iter().any(|title| title == "Oman asks for training"), "the report: {told:?}");
        assert!(told.iter().any(|title| title.starts_with("OMN-1 ")), "the action: {told:?}");
        assert!(!told.iter().any(|title| title.starts_with("MLI-1 ") || title == "Ask the museum"), "{told:?}");
        assert_eq!(of("museum", "ML").await, ["Ask the museum", "MLI-1 Chart the museum"]);
        assert_eq!(of("minister rivers", "MLI").await, ["Minister of Rivers and Lagoons"]);
        assert_eq!(of("ministry rivers", "MLI").await, ["Ministry of Rivers and Lagoons"]);
        assert_eq!(of("harthi", "MLI").await, ["Salim Al-Harthy"]);
        assert_eq!(of("mali", "MLI").await[0], "Mali");
        assert!(of("harthi", "PAK").await.is_empty());
        let wrong = world.error("{ search(query: \"a\", states: [\"QQQ\"]) { totalCount } }", json!({})).await;
        assert!(wrong.0 == "BAD_USER_INPUT" && wrong.1.contains("QQQ"), "{wrong:?}");
    }

    /// Marks are counted in characters of the text as it stands, whatever stands before; a long text is cut around them.
    async fn what_is_marked_are_the_words_of_the_text(world: &World) {
        let text = "👩🏽‍🏫 E\u{301}te\u{301} : la Coope\u{301}ration <b>avec</b> مُحَمَّد وبالتعـاون.";
        report(world, "👍 Visite d’été", text, "2026-02-10").await;
        let answer = search(world, json!({ "query": "ete cooperation محمد التعاون" })).await;
        assert_eq!(marked(&answer), ["été", "E\u{301}te\u{301}", "Coope\u{301}ration", "مُحَمَّد", "وبالتعـاون"], "{answer:#}");
        let highlights = &answer["edges"][0]["highlights"];
        assert_eq!((&highlights[0]["place"], &highlights[1]["place"]), (&json!("TITLE"), &json!("TEXT")));
        assert_eq!((&highlights[1]["text"], &highlights[1]["cutAfter"]), (&json!(text), &json!(false)));
        let long = format!("{0} The dhow sailed. {0}", "Nothing of the kind was said. ".repeat(40));
        report(world, "Sea", &long, "2026-02-11").await;
        let answer = search(world, json!({ "query": "\"dhow sailed\"" })).await;
        let highlight = &answer["edges"][0]["highlights"][0];
        assert_eq!((marked(&answer), &highlight["cutBefore"], &highlight["cutAfter"]), (vec!["dhow sailed".to_owned()], &json!(true), &json!(true)));
        assert!(highlight["text"].as_str().expect("a text").chars().count() <= 210, "{highlight}");
    }
}
