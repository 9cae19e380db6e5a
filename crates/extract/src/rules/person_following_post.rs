//! A post and a comma, then the name of its holder: `the Minister of Water, Hana Sato`.

use super::{Example, Rule};
use crate::{
    draft::{By, Draft},
    people,
};

/// A post and a comma, then the name of its holder.
pub const RULE: Rule = Rule {
    name: "person-following-post",
    example: Example {
        text: "The Minister of Water of Japan, Dr. Hana Sato, met the Director-General of UNESCO, Anna Berg, in Tokyo.",
        reads: &["person Hana Sato, Minister of Water of Japan, Ministry of Water, JPN"],
    },
    apply,
};

const BY: By = By { rule: RULE.name, confidence: 0.9 };

fn apply(draft: &mut Draft<'_, '_>) {
    let mut names = draft.names.clone().into_iter().peekable();
    for at in 0..draft.posts.len() {
        let post = draft.posts[at].clone();
        while names.next_if(|name| name.honorifics.start < post.label.end).is_some() {}
        let Some(name) = names.peek().cloned() else { break };
        let comma = draft.document.is_mark(post.label.end, ',') && name.honorifics.start == post.label.end + 1;
        let other_post_follows = draft.posts.get(at + 1).is_some_and(|next| {
            next.held && next.tokens.start > name.tokens.end && next.tokens.start <= name.tokens.end + 2
        });
        if comma && !post.held && post.definite && !other_post_follows {
            people::introduce(draft, &name, Some(&post), BY);
            draft.posts[at].held = true;
        }
    }
}
