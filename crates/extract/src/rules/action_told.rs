//! An act told without or before the one who acts: `a memorandum was signed by both sides`.

use super::{Example, Rule};
use crate::{
    action,
    draft::{By, Draft},
    pack::Built,
};

/// An act told without or before the one who acts.
pub const RULE: Rule = Rule {
    name: "action-told",
    example: Example {
        text: "Hana Sato, Minister of Water of Japan, met Anna Berg, Director-General of UNESCO, in Paris. A memorandum on river basins was signed by both sides.",
        reads: &[
            "action agreement by both (both) [water-management]: A memorandum on river basins was signed by both sides",
        ],
    },
    apply,
};

const BY: By = By { rule: RULE.name, confidence: 0.75 };

fn apply(draft: &mut Draft<'_, '_>) {
    action::read_clauses(draft, Built::Told, BY);
}
