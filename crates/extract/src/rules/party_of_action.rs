//! A state that acts or is acted for, though nobody who represents it is named.

use std::rc::Rc;

use rustc_hash::FxHashSet;
use vocab::ActionKind;

use super::{Example, Rule};
use crate::{
    draft::{Act, By, Draft, Tokens, code},
    pack::Class,
    reference::Actor,
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

const BY: By = By { rule: RULE.name, confidence: 0.85 };

fn apply(draft: &mut Draft<'_, '_>) {
    let document = draft.document;
    let sides: FxHashSet<Rc<str>> = draft
        .undertakings
        .iter()
        .flat_map(|undertaking| undertaking.actor_side.iter().chain(&undertaking.counterpart))
        .map(Rc::clone)
        .collect();
    let agreed: Vec<Tokens> =
        draft.clauses.iter().flatten().filter(|act| agrees(draft, act)).map(|act| act.clause.tokens.clone()).collect();
    let named = |at: usize| at == 0 || !document.is_any(at - 1, &["in", "of", "at", "for", "from", "visit"]);
    let in_agreed = |at: usize| agreed.get(agreed.partition_point(|clause| clause.end <= at));
    let agrees = |at: usize| in_agreed(at).is_some_and(|clause| clause.contains(&at)) && named(at);
    for hit in document.hits_in(0..document.tokens.len(), Class::State) {
        if sides.contains(code(hit.value)) || agrees(hit.first) && !stands_in_a_name(draft, hit.first) {
            draft.state(hit.value, hit.first..hit.end, BY);
        }
    }
}

/// Whether the two sides agree on something in this clause.
fn agrees(draft: &Draft<'_, '_>, act: &Act) -> bool {
    act.actor == Some(Actor::Both) && act.clause.told(draft.document).kind == ActionKind::Agreement
}

fn stands_in_a_name(draft: &Draft<'_, '_>, at: usize) -> bool {
    draft.mentions_before(at + 1).next().is_some_and(|(tokens, _)| tokens.end > at)
}
