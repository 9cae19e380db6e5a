//! Their names have the same words, in another order or number.

use super::{Organization, words};
use crate::duplicates::{Rule, quoted};

pub(super) const RULE: Rule<Organization> = Rule { name: "same-words", score: 0.85, keys, tells };

fn key(folded: &str) -> Option<String> {
    let words = words(folded);
    (words.len() > 1).then(|| words.into_iter().collect::<Vec<_>>().join(" "))
}

fn keys(one: &Organization) -> Vec<String> {
    one.names.iter().filter_map(|(_, folded)| key(folded)).collect()
}

fn tells(one: &Organization, other: &Organization) -> Option<String> {
    one.names.iter().find_map(|(name, folded)| {
        let words = key(folded)?;
        let same = |(_, theirs): &&(String, String)| theirs != folded && key(theirs).as_ref() == Some(&words);
        let (theirs, _) = other.names.iter().find(same)?;
        Some(format!("{} and {} have the same words.", quoted(name), quoted(theirs)))
    })
}
