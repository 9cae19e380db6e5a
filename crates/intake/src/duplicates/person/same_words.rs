//! Their names are the same words in another order: some write the family name first.

use super::{Person, alike, elsewhere};
use crate::{
    duplicates::{Rule, quoted},
    matching::person::parts,
};

pub(super) const RULE: Rule<Person> = Rule { name: "same-words", score: 0.85, keys, tells };

fn sorted(folded: &str) -> Option<String> {
    let mut parts = parts(folded);
    parts.sort();
    (parts.len() > 1).then(|| parts.join(" "))
}

fn keys(one: &Person) -> Vec<String> {
    one.full_names().filter_map(|(_, folded)| sorted(folded)).collect()
}

fn tells(one: &Person, other: &Person) -> Option<String> {
    let (name, theirs) = alike(one, other, sorted)?;
    if vocab::fold(name) == vocab::fold(theirs) || elsewhere(one, other) {
        return None;
    }
    Some(format!("{} and {} are the same words, parted otherwise or in another order.", quoted(name), quoted(theirs)))
}
