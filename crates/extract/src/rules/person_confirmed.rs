//! A full name that people have confirmed in an earlier report, also without honorific or post.

use super::{Example, Rule};
use crate::{
    draft::{By, Draft, Tokens},
    known,
    name::Name,
    pack::Class,
    people,
};

/// A full name that people have confirmed. Its example leans on names that are invented in [`crate::known`].
pub const RULE: Rule = Rule {
    name: "person-confirmed",
    example: Example {
        text: "Anna Berg, Director-General of UNESCO, met Hana Okabe in Paris on 3 May 2021.",
        reads: &["person Hana Okabe"],
    },
    apply,
};

const BY: By = By { rule: RULE.name, confidence: 0.8 };

fn apply(draft: &mut Draft<'_, '_>) {
    let known = draft.known;
    if known.people.is_empty() {
        return;
    }
    let names = known.people.iter().enumerate();
    let names = names.flat_map(|(index, person)| person.spellings().map(move |name| (index, name)));
    for (tokens, _) in known::hits(draft.document, names) {
        if let Some(name) = name(draft, tokens) {
            people::introduce(draft, &name, None, BY);
        }
    }
    people::mark_mentions(draft);
}

/// The name as it stands there, unless it is part of another name, of a post or of words that are none.
fn name(draft: &Draft<'_, '_>, tokens: Tokens) -> Option<Name> {
    let document = draft.document;
    let posts = draft.posts.partition_point(|post| post.label.end <= tokens.start);
    let is_taken = draft.mentions_in(tokens.clone()).next().is_some()
        || draft.mentions_before(tokens.start).next().is_some_and(|(before, _)| before.end > tokens.start)
        || draft.posts[posts..].iter().take(1).any(|post| post.label.start < tokens.end);
    let are_words = tokens.clone().all(|at| document.is_in(at, Class::Function) || document.is_in(at, Class::Calendar));
    if is_taken || are_words {
        return None;
    }
    let around = draft.names.get(draft.names.partition_point(|name| name.tokens.end <= tokens.start));
    let around = around.filter(|name| name.tokens.start < tokens.end);
    match around {
        // "Omar Tall Diop" is somebody else than Omar Tall.
        Some(name) if name.tokens.end > tokens.end => None,
        Some(name) if (name.tokens.start..tokens.start).any(|at| !document.is_in(at, Class::Honorific)) => None,
        Some(name) => Some(name.clone()),
        None => Some(Name { honorifics: tokens.start..tokens.start, tokens, female: None }),
    }
}
