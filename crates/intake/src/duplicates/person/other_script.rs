//! The name of one is in Arabic letters what that of the other is in Latin ones.

use super::{Person, alike, elsewhere, spelled_alike};
use crate::duplicates::{Rule, quoted, sound::is_arabic};

pub(super) const RULE: Rule<Person> = Rule { name: "other-script", score: 0.65, keys: spelled_alike::keys, tells };

fn tells(one: &Person, other: &Person) -> Option<String> {
    let (name, theirs) = alike(one, other, spelled_alike::heard)?;
    if is_arabic(name) == is_arabic(theirs) || elsewhere(one, other) {
        return None;
    }
    Some(format!("{} and {} have the same consonants, in Arabic and in Latin letters.", quoted(name), quoted(theirs)))
}
