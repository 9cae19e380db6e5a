//! A state that acts or is acted for, though nobody who represents it is named.

use std::collections::BTreeSet;

use super::{Example, Rule};
use crate::{
    draft::{By, Draft, code},
    pack::Class,
};

/// A state that acts or is acted for, though nobody who represents it is named.
pub const RULE: Rule = Rule {
    name: "party-of-action",
    example: Example {
        text: "Anna Berg, Director-General of UNESCO, received a delegation from Mali in Paris on 3 May 2021. Mali invited UNESCO to attend the Festival of Rivers.",
        reads: &["state MLI"],
    },
    apply,
};

const BY: By = By { rule: RULE.name, confidence: 0.75 };

fn apply(draft: &mut Draft<'_, '_>) {
    let document = draft.document;
    let sides: BTreeSet<String> =
        draft.actions.iter().flat_map(|(a, _)| a.actor_side.iter().chain(&a.counterpart).cloned()).collect();
    let hits: Vec<_> = document.hits_in(0..document.tokens.len(), Class::State).copied().collect();
    for hit in hits {
        if sides.contains(code(hit.value)) {
            draft.state(hit.value, hit.first..hit.end, BY);
        }
    }
}
