//! Something set to happen, with no other speech act: `a workshop will be held in May`.

use super::{Example, Rule};
use crate::{
    action,
    draft::{By, Draft},
    pack::Built,
};

/// Something set to happen, with no other speech act.
pub const RULE: Rule = Rule {
    name: "action-set",
    example: Example {
        text: "Hana Sato, Minister of Water of Japan, met Anna Berg, Director-General of UNESCO, in Paris on 3 May 2021. A workshop on museums will be held in Kyoto in June 2022.",
        reads: &[
            "action plan by both (both) [joint-events, museums] due 2022-06: A workshop on museums will be held in Kyoto in June 2022",
        ],
    },
    apply,
};

const BY: By = By { rule: RULE.name, confidence: 0.75 };

fn apply(draft: &mut Draft<'_, '_>) {
    action::read_clauses(draft, Built::Set, BY);
}
