//! A post and a comma, then the name of its holder: `the Minister of Water, Hana Sato`.

use std::rc::Rc;

use super::{Example, Rule};
use crate::{
    document::Document,
    draft::{By, Draft},
    pack::HeadKind,
    people,
    post::Post,
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

const BY: By = By { rule: RULE.name, confidence: 0.93 };

fn apply(draft: &mut Draft<'_, '_>) {
    let names = Rc::clone(&draft.names);
    let mut names = names.iter().peekable();
    for at in 0..draft.posts.len() {
        let post = &draft.posts[at];
        while names.next_if(|name| name.honorifics.start < post.tokens.end).is_some() {}
        let Some(name) = names.peek().copied() else { break };
        let after = post.tokens.end + 1;
        let rank = draft.posts.get(at + 1).and_then(|next| rank(draft.document, next, after));
        let comma = draft.document.is_mark(post.tokens.end, ',') && name.honorifics.start == rank.unwrap_or(after);
        let other_post_follows = draft.posts.get(at + 1).is_some_and(|next| {
            next.held && next.tokens.start > name.tokens.end && next.tokens.start <= name.tokens.end + 2
        });
        let sure = post.definite || !name.honorifics.is_empty() || name.tokens.len() > 1;
        if comma && !post.held && sure && !other_post_follows {
            let told = told_before(draft, at);
            people::introduce(draft, name, Some(&draft.posts[told].clone()), BY);
            draft.posts[at].held = true;
            draft.posts[told].held = true;
        }
    }
}

/// `the Director of the Agency, Ambassador Omar Tall`: where a rank that begins here ends, which is no post by itself.
fn rank(document: &Document<'_>, post: &Post, at: usize) -> Option<usize> {
    let alone = post.tokens == post.head && post.head.start == at;
    (alone && post.called(document).kind == HeadKind::Envoy).then_some(post.tokens.end)
}

/// `The minister, Omar Tall` after `the Minister of Water`: the post that was told in full.
fn told_before(draft: &Draft<'_, '_>, at: usize) -> usize {
    let bare = |post: &Post| post.portfolio.is_none() && post.state.is_none() && post.organization.is_none();
    let same = |post: &Post| !post.held && !bare(post) && post.number == draft.posts[at].number;
    let full = (at.saturating_sub(10)..at).rev().find(|index| same(&draft.posts[*index]));
    full.filter(|_| bare(&draft.posts[at])).unwrap_or(at)
}
