//! A ministry that the text names: `the Ministry of Water of Mali`, `the Foreign Ministry`.

use vocab::OrganizationKind;

use super::{Example, Rule};
use crate::{
    document::Document,
    draft::{By, Draft, Organization, Tokens, Who},
    ministry,
    pack::Class,
    text::Gap,
};

/// A ministry that the text names.
pub const RULE: Rule = Rule {
    name: "ministry-named",
    example: Example {
        text: "Experts of the Ministry of Water Resources of Mali and of UNESCO met in Bamako and discussed irrigation.",
        reads: &["organization ministry: Ministry of Water Resources, MLI"],
    },
    apply,
};

const BY: By = By { rule: RULE.name, confidence: 0.92 };

fn apply(draft: &mut Draft<'_, '_>) {
    let document = draft.document;
    for at in document.capitalised("ministry") {
        if let Some((tokens, name, state)) = after(document, at).or_else(|| before(document, at)) {
            let kind = OrganizationKind::Ministry;
            let new = Organization {
                name,
                kind,
                acronym: None,
                state,
                listed: false,
                evidence: vec![tokens.clone()],
                by: BY,
            };
            let index = draft.organization(new);
            draft.mention(tokens, Who::Organization(index));
        }
    }
}

/// `Ministry of Water [of Mali]`, and what stands before it: `the Malian`, `Mali's`, `Federal`.
fn after(document: &Document<'_>, at: usize) -> Option<(Tokens, String, Option<u32>)> {
    if !document.is_any(at + 1, &["of", "for"]) {
        return None;
    }
    let start = at + 2 + usize::from(document.is_word(at + 2, "the"));
    let mut end = start;
    while let Some(token) = document.tokens.get(end) {
        let inside = document.is_in(end, Class::Portfolio);
        let unknown = token.capital && end == start && document.hits_at(end).next().is_none();
        let joins = document.is_any(end, &["and"]) || token.is(',') || token.is('&');
        let next = end + 1 + usize::from(token.is(',') && document.is_word(end + 1, "and"));
        let goes_on = joins && end > start && document.is_in(next, Class::Portfolio) && document.tokens[next].capital;
        if token.gap >= Gap::Paragraph || !((inside && token.capital) || unknown || goes_on) {
            break;
        }
        end += 1;
    }
    let of_state = document
        .is_any(end, &["of", "in"])
        .then(|| document.hit(end + 1 + usize::from(document.is_word(end + 1, "the")), Class::State))
        .flatten();
    let own = of_state.map(|hit| hit.value).or_else(|| owner(document, at));
    let federal = at > 0 && document.is_word(at - 1, "federal");
    let words = ministry::name_of(document, start..end);
    let name = if federal { format!("Federal {words}") } else { words };
    (end > start).then(|| (at - usize::from(federal)..of_state.map_or(end, |hit| hit.end), name, own))
}

/// `the Foreign Ministry`, `Education Ministry`.
fn before(document: &Document<'_>, at: usize) -> Option<(Tokens, String, Option<u32>)> {
    let words =
        (0..at).rev().take(6).take_while(|i| document.is_in(*i, Class::Portfolio) && document.tokens[*i].capital);
    let start = words.last()?;
    Some((start..at + 1, ministry::name_of(document, start..at), owner(document, start)))
}

/// The state that stands right before: `the Malian`, `Mali's`.
pub fn owner(document: &Document<'_>, at: usize) -> Option<u32> {
    let last = at
        - usize::from(at > 0 && document.is_possessive(at - 1))
        - usize::from(at > 0 && document.is_word(at - 1, "federal"));
    let first = last.saturating_sub(4);
    let hits = (first..last).flat_map(|i| document.hits_at(i));
    hits.filter(|hit| hit.end == last && matches!(hit.class, Class::State | Class::Demonym)).map(|hit| hit.value).next()
}
