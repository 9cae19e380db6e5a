//! A state for which something is financed, built or trained: `a loan for roads in Benin and Togo`.

use super::{Example, Rule};
use crate::{
    document::Document,
    draft::{By, Draft, Tokens},
    pack::{Class, Cue},
};

/// A state for which something is financed, built or trained.
pub const RULE: Rule = Rule {
    name: "state-of-beneficiary",
    example: Example {
        text: "The board of the Islamic Development Bank approved financing for roads in Benin and for schools in Togo.",
        reads: &["state BEN", "state TGO"],
    },
    apply,
};

const BY: By = By { rule: RULE.name, confidence: 0.8 };

/// More states than this in one report are the list of a whole region.
const MOST: usize = 40;

fn apply(draft: &mut Draft<'_, '_>) {
    let document = draft.document;
    for sentence in document.sentences.iter().filter(|sentence| !sentence.headline) {
        let Some(from) = given(document, sentence.tokens.clone()) else { continue };
        let hits: Vec<_> = document.hits_in(from..sentence.tokens.end, Class::State).copied().collect();
        for hit in hits {
            let named = draft.mentions_before(hit.first + 1).next().is_some_and(|(tokens, _)| tokens.end > hit.first);
            if !named && draft.states.len() < MOST {
                draft.state(hit.value, hit.first..hit.end, BY);
            }
        }
    }
}

/// Where what is given is told, if a body of many states gives something in this sentence.
fn given(document: &Document<'_>, sentence: Tokens) -> Option<usize> {
    let verb = sentence.clone().find(|i| document.is_any(*i, &VERBS) && !document.tokens[*i].capital)?;
    let thing = (verb..sentence.end).any(|i| document.is_any(i, &THINGS))
        || (sentence.start..verb).any(|i| document.is_any(i, &THINGS));
    let past = document.cue(sentence, Cue::Past).is_some();
    (thing && !past).then_some(verb)
}

/// Verbs of giving that is decided.
const VERBS: [&str; 9] =
    ["approved", "approves", "finance", "financing", "fund", "funding", "allocated", "earmarked", "grants"];
/// What is given.
const THINGS: [&str; 14] = [
    "financing",
    "finance",
    "funding",
    "loan",
    "loans",
    "grant",
    "grants",
    "project",
    "projects",
    "million",
    "billion",
    "programme",
    "program",
    "funds",
];
