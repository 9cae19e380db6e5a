//! The rules, one file each, in the order in which they read.
//!
//! A new rule is a file in this folder and a line in one of the lists below; a test walks the lists and asks each rule
//! to understand its own example.

use crate::{document::Document, draft::Draft, pack::Class};

/// A rule: its name, its own example and what it does.
pub struct Rule {
    /// The name that its facts carry.
    pub name: &'static str,
    /// A short report and lines that must be read in it, as [`crate::lines`] writes them.
    pub example: Example,
    /// Reads on, and writes on the board.
    pub apply: fn(&mut Draft<'_, '_>),
}

/// A text and what must be read in it.
pub struct Example {
    /// The text.
    pub text: &'static str,
    /// Lines of the reading; at least one of its facts must carry the rule's name.
    pub reads: &'static [&'static str],
}

mod body_named;
mod embassy_named;
mod ministry_named;
mod organization_confirmed;
mod organization_defined;
mod organization_known;

mod ministry_implied;
mod person_apposed;
mod person_confirmed;
mod person_following_post;
mod person_in_attendance;
mod person_named_again;
mod person_styled;
mod person_titled;
mod person_with_role;

mod affiliation_confirmed;
mod affiliation_inferred;
mod organization_of_person;
mod state_of_beneficiary;
mod state_of_party;

mod meeting_date;
mod meeting_place;
mod meeting_told;

mod action_said;
mod action_set;
mod action_told;
mod action_topic;
mod deed_told;

mod area_of_action;
mod party_of_action;

mod ambiguous_reference;
mod date_conflict;
mod weekday_mismatch;

/// Rules that find bodies by their names; posts are read after them, since a post can hold a body's name.
pub const BODIES: &[Rule] = &[
    ministry_named::RULE,
    embassy_named::RULE,
    organization_known::RULE,
    organization_defined::RULE,
    body_named::RULE,
    organization_confirmed::RULE,
];

/// All other rules.
pub const FACTS: &[Rule] = &[
    person_titled::RULE,
    person_apposed::RULE,
    person_following_post::RULE,
    person_with_role::RULE,
    person_styled::RULE,
    person_in_attendance::RULE,
    person_confirmed::RULE,
    person_named_again::RULE,
    affiliation_inferred::RULE,
    affiliation_confirmed::RULE,
    ministry_implied::RULE,
    state_of_party::RULE,
    state_of_beneficiary::RULE,
    meeting_told::RULE,
    meeting_date::RULE,
    meeting_place::RULE,
    action_said::RULE,
    action_topic::RULE,
    action_told::RULE,
    action_set::RULE,
    deed_told::RULE,
    area_of_action::RULE,
    party_of_action::RULE,
    organization_of_person::RULE,
    weekday_mismatch::RULE,
    date_conflict::RULE,
    ambiguous_reference::RULE,
];

/// The place of a state in the reference data.
fn state_index(code: &str) -> Option<u32> {
    vocab::member_state::all().iter().position(|state| state.alpha3 == code).map(|at| at as u32)
}

/// The place of a state in the reference data, where the text names it or its people.
fn state_named(document: &Document<'_>, code: &str) -> Option<u32> {
    let state = state_index(code)?;
    let all = 0..document.tokens.len();
    let mut hits = document.hits_in(all.clone(), Class::State).chain(document.hits_in(all, Class::Demonym));
    hits.any(|hit| hit.value == state).then_some(state)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Report, known::invented, lines::lines, read, read_by};
    use vocab::ReportFormat;

    fn report(text: &str) -> Report<'_> {
        let published_on = "2021-05-20".parse().ok();
        Report {
            text,
            format: ReportFormat::Plain,
            published_on,
            language: Some(vocab::Language::En),
            known: invented(),
        }
    }

    #[test]
    fn every_rule_understands_its_own_example() {
        let mut wrong = String::new();
        for rule in BODIES.iter().chain(FACTS) {
            let found = lines(&read(&report(rule.example.text)));
            for expected in rule.example.reads.iter().filter(|expected| !found.iter().any(|line| line == *expected)) {
                wrong += &format!("{}: {expected}\n{found:#?}\n", rule.name);
            }
        }
        assert!(wrong.is_empty(), "{wrong}");
    }

    #[test]
    fn every_rule_has_a_name_of_its_own() {
        let mut names: Vec<&str> = BODIES.iter().chain(FACTS).map(|rule| rule.name).collect();
        names.sort_unstable();
        let all = names.len();
        names.dedup();
        assert_eq!(names.len(), all);
    }

    #[test]
    fn no_rule_is_needed_for_the_others_to_stand() {
        for left_out in FACTS {
            let others: Vec<Rule> = FACTS
                .iter()
                .filter(|rule| rule.name != left_out.name)
                .map(|rule| Rule { name: rule.name, example: Example { text: "", reads: &[] }, apply: rule.apply })
                .collect();
            let report = report(left_out.example.text);
            read_by(&report, crate::clean(&report), &others);
        }
    }
}
