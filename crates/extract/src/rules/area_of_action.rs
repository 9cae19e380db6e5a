//! A cooperation area that an action is about.

use super::{Example, Rule};
use crate::draft::{Area, By, Draft, EVIDENCE};

/// A cooperation area that an action is about.
pub const RULE: Rule = Rule {
    name: "area-of-action",
    example: Example {
        text: "Hana Sato, Minister of Water of Japan, met Anna Berg, Director-General of UNESCO, in Paris. The Minister proposed a joint workshop on irrigation.",
        reads: &["area water-management", "area joint-events"],
    },
    apply,
};

/// An area is as sure as the action it stands in.
fn apply(draft: &mut Draft<'_, '_>) {
    for deed in &draft.deeds {
        let by = By { rule: RULE.name, ..deed.by };
        for (area, tokens) in &deed.about {
            let known = draft.areas.entry(*area).or_insert_with(|| Area { evidence: Vec::new(), by });
            if known.evidence.len() < EVIDENCE {
                known.evidence.push(tokens.clone());
            }
        }
    }
}
