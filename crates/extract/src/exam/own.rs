//! The exam of this program itself: reports written for it, in the voices of many newsrooms, about invented occasions.

use super::Gold;

/// Declares the reports of `gold`, by the names of their files.
macro_rules! gold {
    ($($name:literal,)+) => {
        /// Each file: its name, and what stands in it.
        static FILES: &[(&str, &str)] = &[$(($name, include_str!(concat!("../../gold/", $name, ".json")))),+];
    };
}

gold! {
    "en-audience-senegal-water",
    "en-brief-riyadh-malaysia",
    "en-call-qatar-clinics",
    "en-call-turkiye-jordan",
    "en-condolences-ferry",
    "en-courtesy-kazakhstan-chile",
    "en-credentials-uganda",
    "en-energy-bhutan",
    "en-exhibition-batik",
    "en-farewell-japan-eco",
    "en-financing-togo-roads",
    "en-grant-malawi-colleges",
    "en-hybrid-workshop-ghana",
    "en-letters-gambia-brazil",
    "en-locusts-kenya",
    "en-magistrates-maldives",
    "en-memorandum-oman-forts",
    "en-mutual-interest-comstech",
    "en-nomadic-schools-mauritania",
    "en-page-youth-camp",
    "en-pledge-norway-schools",
    "en-scholarships-chad",
    "en-statement-water-day",
    "en-trade-indonesia",
    "en-vaccines-sierra-leone",
    "en-video-tunisia-kairouan",
    "en-visit-uzbekistan-rabat",
}

/// The annotated reports of this program.
pub fn own_gold() -> Vec<Gold> {
    let read = |(name, json): &(&str, &str)| Gold::parse(json).unwrap_or_else(|fault| panic!("{name}.json: {fault}"));
    FILES.iter().map(read).collect()
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, path::Path};

    use vocab::{
        ActionKind, DoubtCode, MeetingKind, MeetingMode, OrganizationKind, PartialDate, cooperation_area, member_state,
    };

    use super::*;
    use crate::exam::words::Page;

    #[test]
    fn the_list_names_every_file_in_the_folder() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("gold");
        let names = std::fs::read_dir(folder).expect("the folder").map(|file| file.expect("a file").file_name());
        let there: BTreeSet<String> = names.map(|name| name.to_string_lossy().into_owned()).collect();
        let listed: BTreeSet<String> = FILES.iter().map(|(name, _)| format!("{name}.json")).collect();
        assert_eq!(listed, there, "left is the list in this file, right the folder");
        for (one, (name, _)) in own_gold().iter().zip(FILES) {
            assert_eq!(&one.id, name);
        }
    }

    #[test]
    fn the_gold_uses_the_words_of_the_closed_lists() {
        for one in own_gold() {
            let is_state = |code: &&String| member_state::all().iter().any(|state| state.alpha3 == **code);
            let is_area = |slug: &&String| cooperation_area::all().iter().any(|area| area.slug == **slug);
            let gold = &one.gold;
            let of_people = gold.people.iter().filter_map(|person| person.state.as_ref());
            let of_bodies = gold.organizations.iter().filter_map(|body| body.state.as_ref());
            let stranger = gold.states.iter().chain(of_people).chain(of_bodies).find(|code| !is_state(code));
            assert_eq!(stranger, None, "{}: no state has this code", one.id);
            let mut slugs = gold.areas.iter().chain(gold.actions.iter().flat_map(|action| &action.areas));
            assert_eq!(slugs.find(|slug| !is_area(slug)), None, "{}: no area has this slug", one.id);
            for action in &gold.actions {
                let missing = action.areas.iter().find(|slug| !gold.areas.contains(slug));
                assert_eq!(missing, None, "{}: an area of an action is one of the report", one.id);
                action.kind.as_ref().expect("a kind").parse::<ActionKind>().expect("an action kind");
                assert!(action.due.iter().all(|due| due.parse::<PartialDate>().is_ok()), "{}", one.id);
            }
            for meeting in &gold.meetings {
                meeting.kind.as_ref().expect("a kind").parse::<MeetingKind>().expect("a kind of meeting");
                assert!(meeting.mode.iter().all(|mode| mode.parse::<MeetingMode>().is_ok()), "{}", one.id);
                assert!(meeting.date.iter().all(|date| date.parse::<PartialDate>().is_ok()), "{}", one.id);
            }
            for body in &gold.organizations {
                body.kind.as_ref().expect("a kind").parse::<OrganizationKind>().expect("a kind of organization");
            }
            assert!(gold.notes.iter().all(|note| note.parse::<DoubtCode>().is_ok()), "{}", one.id);
        }
    }

    #[test]
    fn what_the_gold_quotes_stands_in_the_text() {
        for one in own_gold() {
            let page = Page::new(&one.text);
            for action in &one.gold.actions {
                let quote = action.quote.as_ref().expect("a quote");
                assert!(page.holds(quote), "{}: {quote}", one.id);
            }
            for person in &one.gold.people {
                assert!(page.holds(&person.name), "{}: {}", one.id, person.name);
            }
        }
    }

    #[test]
    fn the_exam_is_long_and_a_part_of_it_holds_nothing_to_follow_up() {
        let gold = own_gold();
        let without = gold.iter().filter(|one| one.gold.actions.is_empty()).count();
        assert!(gold.len() >= 20 && without * 4 >= gold.len(), "{} reports, {without} without an action", gold.len());
    }
}
