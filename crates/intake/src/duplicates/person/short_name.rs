//! The name of one stands in that of the other, and both hold or held a post in one organization.

use std::collections::BTreeSet;

use super::Person;
use crate::{
    duplicates::{Rule, quoted},
    matching::person::parts,
};

pub(super) const RULE: Rule<Person> = Rule { name: "short-name", score: 0.6, keys, tells };

/// Shorter parts are initials and particles.
const LEAST: usize = 3;

fn keys(one: &Person) -> Vec<String> {
    let parts: Vec<String> = parts(one.folded()).into_iter().filter(|part| part.chars().count() >= LEAST).collect();
    let bodies: BTreeSet<String> = one.posts.iter().map(|held| held.body.to_string()).collect();
    bodies.iter().flat_map(|body| parts.iter().map(move |part| format!("{body} {part}"))).collect()
}

fn tells(one: &Person, other: &Person) -> Option<String> {
    let [ours, theirs] = [one, other].map(|person| parts(person.folded()).into_iter().collect::<BTreeSet<_>>());
    let (short, long) = if ours.len() < theirs.len() { (one, other) } else { (other, one) };
    if ours == theirs || !(ours.is_subset(&theirs) || theirs.is_subset(&ours)) {
        return None;
    }
    let names = format!("{} stands in {}", quoted(short.label()), quoted(long.label()));
    let same_post = short.posts.iter().find(|held| long.posts.iter().any(|their| their.post == held.post));
    if let Some(held) = same_post {
        return Some(format!("{names}, and both hold or held the post {} in {}.", quoted(&held.title), held.body_name));
    }
    let held = short.posts.iter().find(|held| long.posts.iter().any(|their| their.body == held.body))?;
    Some(format!("{names}, and both hold or held a post in {}.", held.body_name))
}
