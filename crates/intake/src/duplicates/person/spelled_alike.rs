//! Their names sound alike: how one Arabic name comes to be `Khalid` here and `Khaled` there.

use super::{Person, alike, elsewhere};
use crate::{
    duplicates::{
        Rule, quoted,
        sound::{is_arabic, sound},
    },
    matching::person::parts,
};

pub(super) const RULE: Rule<Person> = Rule { name: "spelled-alike", score: 0.7, keys, tells };

/// How a name sounds, part for part; nothing where too little is heard.
pub(super) fn heard(folded: &str) -> Option<String> {
    let heard: Vec<String> = parts(folded).iter().map(|part| sound(part)).collect();
    let enough = heard.len() > 1 && heard.iter().map(String::len).sum::<usize>() > 3;
    (enough && !heard.iter().any(String::is_empty)).then(|| heard.join(" "))
}

pub(super) fn keys(one: &Person) -> Vec<String> {
    one.full_names().filter_map(|(_, folded)| heard(folded)).collect()
}

fn tells(one: &Person, other: &Person) -> Option<String> {
    let (name, theirs) = alike(one, other, heard)?;
    let same = vocab::fold(name) == vocab::fold(theirs) || is_arabic(name) != is_arabic(theirs);
    if same || elsewhere(one, other) {
        return None;
    }
    Some(format!("{} and {} have the same consonants.", quoted(name), quoted(theirs)))
}
