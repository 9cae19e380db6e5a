//! They are called the same.

use super::{Person, elsewhere};
use crate::{
    duplicates::{Rule, quoted},
    matching::person::parts,
};

pub(super) const RULE: Rule<Person> = Rule { name: "same-name", score: 0.95, keys, tells };

pub(super) fn keys(one: &Person) -> Vec<String> {
    (parts(one.folded()).len() > 1).then(|| one.folded().to_owned()).into_iter().collect()
}

fn tells(one: &Person, other: &Person) -> Option<String> {
    (!elsewhere(one, other)).then(|| format!("Both are called {}.", quoted(one.label())))
}
