//! An organization for which somebody takes part, or which acts.

use std::collections::BTreeSet;

use super::{Example, Rule};
use crate::draft::Draft;

/// An organization for which somebody takes part, or which acts. It lists what other rules found.
pub const RULE: Rule = Rule {
    name: "organization-of-person",
    example: Example {
        text: "Omar Tall, Ambassador of Senegal to France, met Anna Berg, Director-General of UNESCO, in Paris.",
        reads: &[
            "organization international: United Nations Educational, Scientific and Cultural Organization (UNESCO)",
        ],
    },
    apply,
};

fn apply(draft: &mut Draft<'_, '_>) {
    let of_people: BTreeSet<usize> = draft.people.iter().filter(|p| p.present).filter_map(|p| p.organization).collect();
    let acting: BTreeSet<String> = draft
        .actions
        .iter()
        .flat_map(|(action, _)| action.actor_side.iter().chain(&action.counterpart).chain(&action.actor).cloned())
        .collect();
    for (index, body) in draft.organizations.iter_mut().enumerate() {
        let acts = acting.contains(&body.name) || body.acronym.as_ref().is_some_and(|acronym| acting.contains(acronym));
        body.listed |= of_people.contains(&index) || acts;
    }
}
