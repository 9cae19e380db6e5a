//! The name of one ministry stands in that of another of the same state: portfolios come and go.

use vocab::OrganizationKind;

use super::{Organization, words};
use crate::duplicates::{Rule, quoted};

pub(super) const RULE: Rule<Organization> = Rule { name: "contained-name", score: 0.5, keys, tells };

/// What every ministry is called.
const CALLED: [&str; 3] = ["ministry", "ministere", "وزاره"];

fn keys(one: &Organization) -> Vec<String> {
    let Some(state) = one.state.filter(|_| one.kind == OrganizationKind::Ministry) else { return Vec::new() };
    let words = words(one.folded()).into_iter().filter(|word| !CALLED.contains(&word.as_str()));
    words.map(|word| format!("{state} {word}")).collect()
}

fn tells(one: &Organization, other: &Organization) -> Option<String> {
    let (ours, theirs) = (words(one.folded()), words(other.folded()));
    let (short, long) = if ours.len() < theirs.len() { (one, other) } else { (other, one) };
    let contained = ours != theirs && (ours.is_subset(&theirs) || theirs.is_subset(&ours));
    contained.then(|| format!("{} stands in {}, of the same state.", quoted(short.label()), quoted(long.label())))
}
