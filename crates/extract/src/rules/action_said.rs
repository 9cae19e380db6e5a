//! What one side says it will do, offers, asks or proposes: `the Minister invited the Director-General to visit`.

use super::{Example, Rule};
use crate::{
    action,
    draft::{By, Draft},
    pack::Built,
};

/// What one side says it will do, offers, asks or proposes.
pub const RULE: Rule = Rule {
    name: "action-said",
    example: Example {
        text: "Hana Sato, Minister of Water of Japan, met Anna Berg, Director-General of UNESCO, in Paris. The Minister proposed a joint workshop on irrigation.",
        reads: &[
            "action proposal by Hana Sato (JPN) to UNESCO [joint-events, water-management]: The Minister proposed a joint workshop on irrigation",
        ],
    },
    apply,
};

const BY: By = By { rule: RULE.name, confidence: 0.85 };

fn apply(draft: &mut Draft<'_, '_>) {
    action::read_clauses(draft, Built::Says, BY);
}
