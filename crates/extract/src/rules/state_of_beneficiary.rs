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
    let body: Vec<Tokens> =
        document.sentences.iter().filter(|sentence| !sentence.headline).map(|s| s.tokens.clone()).collect();
    for (number, sentence) in body.iter().enumerate() {
        if document.hits_in(sentence.clone(), Class::State).next().is_none() {
            continue;
        }
        // The states that something is for may be listed behind what is given.
        let before = &body[number.saturating_sub(LISTED_WITHIN)..number];
        let listed =
            || lists_states(document, sentence.clone()) && before.iter().any(|s| given(document, s.clone()).is_some());
        let from = given(document, sentence.clone()).or_else(|| listed().then_some(sentence.start));
        let Some(from) = from else { continue };
        for hit in document.hits_in(from..sentence.end, Class::State) {
            let named = draft.mentions_before(hit.first + 1).next().is_some_and(|(tokens, _)| tokens.end > hit.first);
            if !named && draft.states.len() < MOST {
                draft.state(hit.value, hit.first..hit.end, BY);
            }
        }
    }
}

/// How many sentences behind what is given the states are listed.
const LISTED_WITHIN: usize = 2;

/// `The countries concerned are Benin, Chad and Togo`, `Grants go to communities in India, Panama and Fiji`.
fn lists_states(document: &Document<'_>, sentence: Tokens) -> bool {
    let of_states = sentence.clone().any(|i| document.is_any(i, &LIST_NOUNS));
    // A body's members are listed for what they are, and not for what they get.
    let of_members = sentence.clone().any(|i| document.is_any(i, &["member", "members"]));
    of_states && !of_members && document.hits_in(sentence, Class::State).count() >= LIST
}

/// Fewer states than this are no list.
const LIST: usize = 3;
/// What a list of states is a list of.
const LIST_NOUNS: [&str; 5] = ["countries", "nations", "beneficiaries", "recipients", "communities"];

/// Where what is given is told, if a body of many states gives something in this sentence.
fn given(document: &Document<'_>, sentence: Tokens) -> Option<usize> {
    let verb = sentence.clone().find(|i| !document.tokens[*i].capital && document.is_any(*i, &VERBS))?;
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
