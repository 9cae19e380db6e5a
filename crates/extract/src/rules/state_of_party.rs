//! A state that is represented: by a person, a ministry, an embassy or a national institution.

use super::{Example, Rule};
use crate::draft::{By, Draft};

/// A state that is represented.
pub const RULE: Rule = Rule {
    name: "state-of-party",
    example: Example {
        text: "Omar Tall, Ambassador of Senegal to France, met Anna Berg, Director-General of UNESCO, in Paris.",
        reads: &["state SEN"],
    },
    apply,
};

/// A state is as sure as what represents it, times this.
const SHARE: f64 = 0.97;

fn apply(draft: &mut Draft<'_, '_>) {
    let people = draft.people.iter().filter(|person| person.present);
    let people = people.filter_map(|p| Some((p.state?, p.evidence.last()?.clone(), p.by.confidence)));
    let bodies = draft.organizations.iter().filter(|body| body.listed);
    let bodies = bodies.filter_map(|b| Some((b.state?, b.evidence.first()?.clone(), b.by.confidence)));
    for (state, evidence, confidence) in people.chain(bodies).collect::<Vec<_>>() {
        draft.state(state, evidence, By { rule: RULE.name, confidence: confidence * SHARE });
    }
}
