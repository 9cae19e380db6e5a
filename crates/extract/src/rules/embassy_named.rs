//! An embassy that the text names: `the Pakistani Embassy in Rabat`, `the Embassy of Chad`.

use vocab::OrganizationKind;

use super::{Example, Rule};
use crate::{
    draft::{By, Draft, Organization, Who},
    pack::Class,
};

/// An embassy that the text names.
pub const RULE: Rule = Rule {
    name: "embassy-named",
    example: Example {
        text: "Hawa Sy, chargé d'affaires at the Senegalese Embassy in Cairo, met the head of UNESCO, Anna Berg.",
        reads: &["organization embassy: Senegalese Embassy in Cairo, SEN"],
    },
    apply,
};

const BY: By = By { rule: RULE.name, confidence: 0.9 };

fn apply(draft: &mut Draft<'_, '_>) {
    let document = draft.document;
    for at in document.capitalised("embassy").filter(|at| *at > 0) {
        let possessive = usize::from(document.is_possessive(at - 1));
        let ends = at - possessive;
        let before = (ends.saturating_sub(4)..ends)
            .flat_map(|i| document.hits_at(i))
            .find(|hit| hit.end == ends && matches!(hit.class, Class::State | Class::Demonym));
        let of = at + 2 + usize::from(document.is_word(at + 2, "the"));
        let after = document.is_word(at + 1, "of").then(|| document.hit(of, Class::State)).flatten();
        let Some(state) = before.or(after) else { continue };
        let mut end = after.map_or(at + 1, |hit| hit.end);
        if document.is_word(end, "in")
            && let Some(city) = document.hit(end + 1, Class::City)
        {
            end = city.end;
        }
        let tokens = before.map_or(at, |hit| hit.first)..end;
        let index = draft.organization(Organization {
            name: document.words(tokens.clone()),
            kind: OrganizationKind::Embassy,
            acronym: None,
            state: Some(state.value),
            listed: true,
            evidence: vec![tokens.clone()],
            by: BY,
        });
        draft.mention(tokens, Who::Organization(index));
    }
}
