//! One has a name among its spellings that the other has too.

use super::{Person, alike, elsewhere};
use crate::duplicates::{Rule, quoted};

pub(super) const RULE: Rule<Person> = Rule { name: "other-spelling", score: 0.9, keys, tells };

fn keys(one: &Person) -> Vec<String> {
    one.full_names().map(|(_, folded)| folded.clone()).collect()
}

fn tells(one: &Person, other: &Person) -> Option<String> {
    if one.folded() == other.folded() || elsewhere(one, other) {
        return None;
    }
    let (name, _) = alike(one, other, |folded| Some(folded.to_owned()))?;
    Some(format!("{} is a name of both.", quoted(name)))
}
