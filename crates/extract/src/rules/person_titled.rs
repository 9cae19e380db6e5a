//! A post, then the name of its holder: `Foreign Minister Hana Sato`.

use std::rc::Rc;

use super::{Example, Rule};
use crate::{
    draft::{By, Draft},
    pack::Class,
    people,
    text::Gap,
};

/// A post, then the name of its holder.
pub const RULE: Rule = Rule {
    name: "person-titled",
    example: Example {
        text: "Japanese Foreign Minister Hana Sato received the Director-General of UNESCO, Anna Berg, in Tokyo.",
        reads: &["person Hana Sato, Foreign Minister, Ministry of Foreign Affairs, JPN"],
    },
    apply,
};

const BY: By = By { rule: RULE.name, confidence: 0.87 };

fn apply(draft: &mut Draft<'_, '_>) {
    let names = Rc::clone(&draft.names);
    let mut names = names.iter().peekable();
    for at in 0..draft.posts.len() {
        let post = &draft.posts[at];
        while names.next_if(|name| name.honorifics.start < post.tokens.end).is_some() {}
        let Some(name) = names.peek().copied() else { break };
        let document = draft.document;
        let next = name.honorifics.start == post.tokens.end && document.tokens[post.tokens.end].gap <= Gap::Space;
        let adverb = name.honorifics.start == post.tokens.end + 1 && document.is_mark(post.tokens.end, ':');
        if next || adverb {
            let mut post = post.clone();
            // `Foreign Minister Hana Sato of Japan`
            if post.state.is_none() && document.is_word(name.tokens.end, "of") {
                let at = name.tokens.end + 1 + usize::from(document.is_word(name.tokens.end + 1, "the"));
                post.state = document.hit(at, Class::State).map(|hit| hit.value);
            }
            people::introduce(draft, name, Some(&post), BY);
            draft.posts[at].held = true;
        }
    }
}
