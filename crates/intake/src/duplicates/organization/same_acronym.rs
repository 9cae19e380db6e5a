//! They have one acronym, and the same state is known of both.

use super::Organization;
use crate::duplicates::{Rule, quoted};

pub(super) const RULE: Rule<Organization> = Rule { name: "same-acronym", score: 0.75, keys, tells };

fn keys(one: &Organization) -> Vec<String> {
    one.acronyms.iter().map(|(_, folded)| folded.clone()).collect()
}

fn tells(one: &Organization, other: &Organization) -> Option<String> {
    let shared = one.acronyms.iter().find(|(_, acronym)| other.acronyms.iter().any(|(_, theirs)| theirs == acronym));
    shared.filter(|_| one.state == other.state).map(|(acronym, _)| format!("Both go by {}.", quoted(acronym)))
}
