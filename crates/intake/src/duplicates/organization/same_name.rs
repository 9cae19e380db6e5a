//! They are called the same.

use super::Organization;
use crate::duplicates::{Rule, quoted};

pub(super) const RULE: Rule<Organization> = Rule { name: "same-name", score: 0.95, keys, tells };

fn keys(one: &Organization) -> Vec<String> {
    vec![one.folded().to_owned()]
}

fn tells(one: &Organization, _: &Organization) -> Option<String> {
    Some(format!("Both are called {}.", quoted(one.label())))
}
