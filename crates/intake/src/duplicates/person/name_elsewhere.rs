//! They are called the same, and are known in different states: one may have moved, or two bear one name.

use super::{Person, elsewhere, same_name};
use crate::duplicates::{Rule, quoted};

pub(super) const RULE: Rule<Person> = Rule { name: "name-elsewhere", score: 0.4, keys: same_name::keys, tells };

fn tells(one: &Person, other: &Person) -> Option<String> {
    let known = |person: &Person| person.states().into_iter().collect::<Vec<_>>().join(", ");
    elsewhere(one, other).then(|| {
        let (name, here, there) = (quoted(one.label()), known(one), known(other));
        format!("Both are called {name}, but one is known in {here}, the other in {there}.")
    })
}
