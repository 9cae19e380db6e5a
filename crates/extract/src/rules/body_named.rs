//! A body that is known by the noun in its name: `the Coastal Research Institute`, `the National Commission for Education`.

use vocab::OrganizationKind;

use super::{Example, Rule, ministry_named};
use crate::{
    document::Document,
    draft::{By, Draft, Organization, Tokens, Who},
    pack::Class,
    text::{Gap, Kind},
};

/// A body that is known by the noun in its name.
pub const RULE: Rule = Rule {
    name: "body-named",
    example: Example {
        text: "Karim Said, President of the Blue River University, received the Director-General of UNESCO, Anna Berg.",
        reads: &["organization university: Blue River University"],
    },
    apply,
};

const BY: By = By { rule: RULE.name, confidence: 0.75 };

/// The furthest that a name goes to either side of its noun.
const REACH: usize = 12;

fn apply(draft: &mut Draft<'_, '_>) {
    let document = draft.document;
    let nouns: Vec<_> = document.hits_in(0..document.tokens.len(), Class::OrganizationNoun).collect();
    let mut busy = 0;
    for noun in nouns {
        let named_already = document.is_in(noun.first, Class::Organization) || noun.first < busy;
        if named_already || !document.tokens[noun.first].capital || document.is_in(noun.first, Class::Head) {
            continue;
        }
        let tokens = whole(document, noun.first..noun.end, busy);
        if tokens.len() < 2 || tokens.len() > 2 * REACH {
            continue;
        }
        busy = tokens.end;
        let kind = kind(document, tokens.clone(), document.pack.organization_nouns[noun.value as usize]);
        let state = document.hits_in(tokens.clone(), Class::State).next().map(|hit| hit.value);
        let state = state.or_else(|| ministry_named::owner(document, tokens.start));
        let index = draft.organization(Organization {
            name: document.words(tokens.clone()),
            kind,
            acronym: None,
            state: state.filter(|_| kind != OrganizationKind::International),
            listed: kind == OrganizationKind::NationalCommission,
            evidence: vec![tokens.clone()],
            by: BY,
        });
        draft.mention(tokens, Who::Organization(index));
    }
}

fn kind(document: &Document<'_>, tokens: Tokens, noun: OrganizationKind) -> OrganizationKind {
    let words = document.words(tokens).to_lowercase();
    if words.contains("national commission for") { OrganizationKind::NationalCommission } else { noun }
}

/// From the first capitalised word before the noun to the last one after it.
fn whole(document: &Document<'_>, noun: Tokens, from: usize) -> Tokens {
    let mut start = noun.start;
    while start > from && noun.start - start < REACH {
        let before = &document.tokens[start - 1];
        let named = before.kind == Kind::Word && before.capital && document.tokens[start].gap <= Gap::Space;
        let other = [Class::Honorific, Class::Head, Class::Calendar, Class::Organization, Class::Function];
        if !named || other.iter().any(|class| document.is_in(start - 1, *class)) {
            break;
        }
        start -= 1;
    }
    let mut end = noun.end;
    while end + 1 < document.tokens.len() && end - noun.end < REACH {
        let joins = document.is_any(end, &["of", "for", "on"]) || (document.is_word(end, "and") && end > noun.end);
        let comma = document.tokens[end].is(',') && end > noun.end && document.is_in(end + 1, Class::Portfolio);
        let next = end + 1 + usize::from(joins && document.is_word(end + 1, "the"));
        let capital = |at: usize| document.tokens.get(at).is_some_and(|t| t.capital && t.gap <= Gap::Space);
        let person = document.is_in(next, Class::Honorific) || document.is_in(next, Class::Head);
        if (joins || comma) && capital(next) && !person {
            end = next + 1;
        } else if end > noun.end
            && capital(end)
            && !document.is_in(end, Class::Function)
            && !document.is_in(end, Class::Head)
        {
            end += 1;
        } else {
            break;
        }
    }
    start..end
}
