//! Whom a known person acts for, where the report gives them neither a post nor a side.
//!
//! Posts change, so the one that is known is told as a doubt and never as a finding; the side is taken from it only
//! where the report names that side.

use vocab::{DoubtCode, fold};

use super::{Example, Rule};
use crate::{
    draft::{By, Draft},
    known::Person as Known,
    reading::Doubt,
};

/// Whom a known person acts for. Its example leans on names that are invented in [`crate::known`].
pub const RULE: Rule = Rule {
    name: "affiliation-confirmed",
    example: Example {
        text: "Anna Berg, Director-General of UNESCO, met Hana Okabe in Paris. They spoke of fishing off Japan.",
        reads: &["person Hana Okabe, JPN", "doubt low-confidence"],
    },
    apply,
};

/// Taking the side from an earlier report costs this much of the confidence in the person.
const DISCOUNT: f64 = 0.8;

fn apply(draft: &mut Draft<'_, '_>) {
    let known = draft.known;
    if known.people.is_empty() {
        return;
    }
    for index in 0..draft.people.len() {
        let person = &draft.people[index];
        if !person.present || person.post.is_some() {
            continue;
        }
        let names: Vec<String> = person.also.iter().chain([&person.name]).map(|name| fold(name)).collect();
        let bears = |known: &&Known| known.spellings().any(|name| names.contains(&fold(name)));
        let mut meant = known.people.iter().filter(bears);
        // Of two who bear the name nobody can tell which is meant.
        if let (Some(meant), None) = (meant.next(), meant.next()) {
            take_side(draft, index, meant);
            tell_post(draft, index, meant);
        }
    }
}

fn take_side(draft: &mut Draft<'_, '_>, index: usize, known: &Known) {
    if draft.people[index].state.is_some() || draft.people[index].organization.is_some() {
        return;
    }
    let named = known.organization.as_deref().map(fold);
    let body = draft.organizations.iter().position(|body| {
        let goes_by = |name: &str| named.as_deref() == Some(&*fold(name));
        goes_by(&body.name) || body.acronym.as_deref().is_some_and(goes_by)
    });
    let state = known.state.as_deref().and_then(|state| super::state_named(draft.document, state));
    // The ministry of that name in this report is perhaps another state's.
    let own =
        |body: &usize| known.state.is_none() || draft.organizations[*body].state.is_some_and(|s| Some(s) == state);
    let body = body.filter(own);
    let person = &mut draft.people[index];
    if state.is_some() || body.is_some() {
        person.state = state;
        person.organization = body;
        person.by = By { rule: RULE.name, confidence: person.by.confidence * DISCOUNT };
    }
}

fn tell_post(draft: &mut Draft<'_, '_>, index: usize, known: &Known) {
    let Some(post) = &known.post else { return };
    let body = known.organization.iter().chain(&known.state).map(|of| format!(", {of}")).collect::<String>();
    let name = &draft.people[index].name;
    let message = format!("This report gives no post of {name}, who was last known as {post}{body}.");
    let evidence = vec![draft.document.span(draft.people[index].named.clone())];
    draft.doubts.push(Doubt { code: DoubtCode::LowConfidence, message, evidence });
}
