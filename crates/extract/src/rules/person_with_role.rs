//! A post told by a verb: `Hana Sato, who chairs the River Basin Council`, `Omar Tall represents Chad at UNESCO`.

use std::rc::Rc;

use super::{Example, Rule};
use crate::{
    document::Document,
    draft::{By, Draft, Tokens},
    pack::{Class, Owner},
    people,
};

/// A post told by a verb.
pub const RULE: Rule = Rule {
    name: "person-with-role",
    example: Example {
        text: "Hana Sato, who chairs the River Basin Council, met Anna Berg, Director-General of UNESCO, in Paris.",
        reads: &["person Hana Sato, chairperson of the River Basin Council, River Basin Council"],
    },
    apply,
};

const BY: By = By { rule: RULE.name, confidence: 0.8 };

fn apply(draft: &mut Draft<'_, '_>) {
    let document = draft.document;
    for name in Rc::clone(&draft.names).iter() {
        let end = after_state(document, name.tokens.end);
        let verb = end + usize::from(document.is_mark(end, ','));
        let verb = verb + usize::from(document.is_word(verb, "who"));
        let Some(hit) = document.hit(verb, Class::RoleVerb) else { continue };
        let Some(body) = body(document, hit.end) else { continue };
        let Some(index) = people::introduce(draft, name, None, BY) else { continue };
        let role = &document.pack.role_verbs[hit.value as usize];
        let organization = draft.mentions_in(body.clone()).find_map(|(_, who)| match who {
            crate::draft::Who::Organization(index) => Some(index),
            _ => None,
        });
        let state = document.hits_in(body.clone(), Class::State).next().map(|hit| hit.value);
        let person = &mut draft.people[index];
        if person.post.is_none() {
            let article = if organization.is_some() { "of the" } else { "of" };
            person.post = Some(format!("{} {article} {}", role.noun, document.words(body)));
            person.title = vocab::fold(role.noun);
            person.head = Some((role.kind, role.owner));
            person.organization = organization.filter(|_| role.owner == Owner::Organization || state.is_none());
            person.state = state.filter(|_| organization.is_none());
        }
    }
}

/// The capitalised words after the verb.
fn body(document: &Document<'_>, at: usize) -> Option<Tokens> {
    let start = at + usize::from(document.is_word(at, "the"));
    let inside = |i: &usize| {
        let capital = |i: usize| document.tokens.get(i).is_some_and(|t| t.capital);
        let joins = document.is_any(*i, &["of", "for", "and"]);
        let article = document.is_word(*i, "the") && document.is_any(i - 1, &["of", "for"]);
        capital(*i) || (joins && (capital(i + 1) || document.is_word(i + 1, "the") && capital(i + 2))) || article
    };
    let end = (start..(start + 16).min(document.tokens.len())).take_while(inside).last()? + 1;
    Some(start..end)
}

/// `Hana Sato of Japan, who`: where the state after the name ends.
fn after_state(document: &Document<'_>, end: usize) -> usize {
    let state = document.is_word(end, "of").then(|| document.hit(end + 1, Class::State)).flatten();
    state.map_or(end, |hit| hit.end)
}
