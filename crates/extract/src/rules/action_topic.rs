//! What both sides talk about, where it is something specific: `they discussed a centre for renewable energy`.

use super::{Example, Rule};
use crate::{
    action,
    draft::{By, Draft},
    pack::Built,
};

/// What both sides talk about, where it is something specific.
pub const RULE: Rule = Rule {
    name: "action-topic",
    example: Example {
        text: "Hana Sato, Minister of Water of Japan, met Anna Berg, Director-General of UNESCO, in Paris. They discussed the training of teachers.",
        reads: &["action proposal by both (both) [teacher-training]: They discussed the training of teachers"],
    },
    apply,
};

const BY: By = By { rule: RULE.name, confidence: 0.85 };

fn apply(draft: &mut Draft<'_, '_>) {
    action::read_clauses(draft, Built::Topic, BY);
}
