//! A post without a name that two people in the text hold.

use super::{Example, Rule};
use crate::{
    draft::{Draft, Who},
    reading::Doubt,
    reference,
};
use vocab::DoubtCode;

/// A post without a name that two people in the text hold.
pub const RULE: Rule = Rule {
    name: "ambiguous-reference",
    example: Example {
        text: "Hana Sato, Minister of Water of Japan, and Omar Tall, Minister of Water of Senegal, met in Dakar. The Minister proposed a joint workshop on irrigation.",
        reads: &["doubt ambiguous-reference"],
    },
    apply,
};

fn apply(draft: &mut Draft<'_, '_>) {
    let document = draft.document;
    let acts = draft.clauses.as_deref().unwrap_or_default();
    let quoted = |at: usize| {
        let index = acts.partition_point(|act| act.clause.tokens.end <= at);
        acts.get(index).is_some_and(|act| act.clause.tokens.contains(&at))
    };
    let mut doubts = Vec::new();
    for post in draft
        .posts
        .iter()
        .filter(|post| post.definite && !post.held && post.state.is_none() && quoted(post.tokens.start))
    {
        let candidates: Vec<usize> =
            reference::candidates(draft, post).into_iter().filter(|index| draft.people[*index].present).collect();
        let sides: Vec<_> = candidates.iter().map(|index| draft.side(Who::Person(*index))).collect();
        let span = document.span(post.tokens.clone());
        if sides.windows(2).any(|pair| pair[0] != pair[1]) {
            let names: Vec<&str> = candidates.iter().map(|index| draft.people[*index].name.as_str()).collect();
            let message = format!("\"{}\" may be {}.", span.quote, names.join(" or "));
            doubts.push(Doubt { code: DoubtCode::AmbiguousReference, message, evidence: vec![span] });
        }
        if doubts.len() >= LIMIT {
            break;
        }
    }
    draft.doubts.extend(doubts);
}

/// More doubts than this help nobody.
const LIMIT: usize = 20;
