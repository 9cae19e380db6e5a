//! A full name without honorific or post that the text takes up again by its last word: `Hana Sato … Sato said`.

use std::{collections::BTreeSet, rc::Rc};

use super::{Example, Rule};
use crate::{
    draft::{By, Draft},
    name::{self, Name},
    people,
};

/// A full name that the text takes up again by its last word.
pub const RULE: Rule = Rule {
    name: "person-named-again",
    example: Example {
        text: "Hana Sato met Anna Berg, Director-General of UNESCO, in Paris. Sato proposed a joint workshop on irrigation.",
        reads: &["person Hana Sato"],
    },
    apply,
};

const BY: By = By { rule: RULE.name, confidence: 0.6 };

fn apply(draft: &mut Draft<'_, '_>) {
    let document = draft.document;
    let alone = |at: usize| at == 0 || !document.is_any(at - 1, &["the", "a", "its", "this", "of"]);
    let single = draft.names.iter().filter(|name| name.tokens.len() == 1 && alone(name.tokens.start));
    let taken_up: BTreeSet<&str> = single.map(|name| document.raw(name.tokens.clone())).collect();
    for name in Rc::clone(&draft.names).iter() {
        let last = name.tokens.end - 1;
        let again = name.tokens.len() > 1
            && taken_up.contains(document.raw(last..name.tokens.end))
            && !is_anothers(draft, name);
        if again && !draft.mentions.contains_key(&name.honorifics.start) {
            people::introduce(draft, name, None, BY);
        }
    }
    people::mark_mentions(draft);
}

/// Whether somebody who is known already goes by the same last word, so that it is theirs.
fn is_anothers(draft: &Draft<'_, '_>, name: &Name) -> bool {
    let key = name::key(&name::printed(draft.document, name.tokens.clone()));
    draft.people.iter().any(|person| person.key.last() == key.last())
}
