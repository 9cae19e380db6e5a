//! They share a name: in another language, a short one, or a former one.

use super::Organization;
use crate::duplicates::{Rule, quoted};

pub(super) const RULE: Rule<Organization> = Rule { name: "shared-name", score: 0.9, keys, tells };

fn keys(one: &Organization) -> Vec<String> {
    one.names.iter().map(|(_, folded)| folded.clone()).collect()
}

fn tells(one: &Organization, other: &Organization) -> Option<String> {
    if one.folded() == other.folded() {
        return None;
    }
    let shared = one.names.iter().find(|(_, name)| other.names.iter().any(|(_, theirs)| theirs == name));
    shared.map(|(name, _)| format!("{} is a name of both.", quoted(name)))
}
