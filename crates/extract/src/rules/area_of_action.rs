//! A cooperation area that an action is about.

use super::{Example, Rule};
use crate::{
    clause,
    draft::{Area, By, Draft, EVIDENCE},
};

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
    let document = draft.document;
    for sentence in document.sentences.iter().filter(|sentence| !sentence.headline) {
        for clause in clause::clauses(draft, sentence.tokens.clone()) {
            let at = document.span(clause.trigger.first..clause.trigger.end).start;
            let within =
                |action: &&crate::reading::Action| action.basis.evidence.iter().any(|e| e.start <= at && at < e.end);
            let Some(confidence) = draft.actions.iter().find(within).map(|action| action.basis.confidence) else {
                continue;
            };
            let by = By { rule: RULE.name, confidence };
            for (area, tokens) in clause::areas(draft, clause.about(document)) {
                let known = draft.areas.entry(area).or_insert_with(|| Area { evidence: Vec::new(), by });
                if known.evidence.len() < EVIDENCE {
                    known.evidence.push(tokens);
                }
            }
        }
    }
}
