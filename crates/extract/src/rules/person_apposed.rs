//! A name, then the post: `Hana Sato, Minister of Water`, `Hana Sato, who is Japan's minister`, `Hana Sato (Minister)`.

use std::rc::Rc;

use super::{Example, Rule};
use crate::{
    document::Document,
    draft::{By, Draft},
    name::Name,
    people,
    post::Post,
};

/// A name, then the post.
pub const RULE: Rule = Rule {
    name: "person-apposed",
    example: Example {
        text: "Hana Sato, who is Japan's Minister of Water, met Anna Berg, Director-General of UNESCO, in Tokyo.",
        reads: &[
            "person Hana Sato, Minister of Water, Ministry of Water, JPN",
            "person Anna Berg, Director-General, UNESCO",
        ],
    },
    apply,
};

const BY: By = By { rule: RULE.name, confidence: 0.93 };

fn apply(draft: &mut Draft<'_, '_>) {
    let mut at = 0;
    for name in Rc::clone(&draft.names).iter() {
        while draft.posts.get(at).is_some_and(|post| post.tokens.end <= name.tokens.end) {
            at += 1;
        }
        let Some(post) = draft.posts.get(at) else { break };
        let sure = name.tokens.len() > 1 || !name.honorifics.is_empty();
        if sure
            && !post.held
            && joins(draft.document, name.tokens.end, post.tokens.start)
            && !is_of_the_next(draft, at, name)
        {
            let post = post.clone();
            people::introduce(draft, name, Some(&post), BY);
            draft.posts[at].held = true;
        }
    }
}

/// `the Dean, Hana Sato, the Rector, Omar Tall`: each post stands before its own name.
fn is_of_the_next(draft: &Draft<'_, '_>, at: usize, name: &Name) -> bool {
    let document = draft.document;
    let follows = |post: &Post, name: &Name| {
        document.is_mark(post.tokens.end, ',') && post.tokens.end + 1 == name.honorifics.start
    };
    let before = at.checked_sub(1).map(|before| &draft.posts[before]);
    let own = before.is_some_and(|post| follows(post, name) && post.definite && !post.held);
    let next = draft.names.partition_point(|other| other.honorifics.start < draft.posts[at].tokens.end);
    own && draft.names.get(next).is_some_and(|next| follows(&draft.posts[at], next))
}

/// Whether nothing but a comma, a bracket, `who is`, `as` or an article stands between the two.
fn joins(document: &Document<'_>, from: usize, to: usize) -> bool {
    // "(L)", "(right)" after a name in a caption.
    let aside = document.is_mark(from, '(') && document.is_mark(from + 2, ')');
    let from = if aside { from + 3 } else { from };
    if to < from + 1 || to > from + 5 || document.sentence_of(from - 1) != document.sentence_of(to) {
        return false;
    }
    let first = document.tokens[from].is(',')
        || document.tokens[from].is('(')
        || document.is_any(from, &["is", "as", "was", "became", "officially"]);
    let rest = |i: usize| {
        document.is_any(
            i,
            &[
                "who",
                "is",
                "was",
                "the",
                "a",
                "an",
                "as",
                "also",
                "new",
                "then",
                "currently",
                "became",
                "officially",
                "serves",
                "newly",
                "appointed",
                "elected",
            ],
        ) || document.is_mark(i, ',')
    };
    first && (from + 1..to).all(rest)
}
