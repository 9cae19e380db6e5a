//! What a post is for: the words of a portfolio, before and after the head.

use crate::{
    document::Document,
    draft::Draft,
    pack::{Class, HeadKind},
    post::{self, Post},
    text::{Gap, Kind},
};

/// `Turkish Agriculture and Forest Minister`, `the Media Supervisor`: capitalised words between the owner and the head are
/// the portfolio, also those that no table lists.
pub fn unknown(draft: &Draft<'_, '_>, post: &Post, at: usize, from: usize) -> Option<usize> {
    let document = draft.document;
    let kind = post.called(document).kind;
    let staff = kind == HeadKind::Official && document.tokens[post.head.start].capital;
    if !staff && !matches!(kind, HeadKind::Minister | HeadKind::Deputy) {
        return None;
    }
    let mut start = at;
    while start > from && at - start < UNKNOWN {
        let before = start - 1;
        let apart = staff && (document.is_word(before, "the") || document.is_mark(before, ','));
        let owner = document.is_in(before, Class::Demonym) || document.is_possessive(before) || apart;
        if owner {
            return (start < at).then_some(start);
        }
        let token = &document.tokens[before];
        let inside = token.kind == Kind::Word && token.capital && !post::is_person(document, before)
            || document.is_mark(before, '&')
            || document.is_word(before, "and");
        if !inside || document.tokens[start].gap >= Gap::Line {
            return None;
        }
        start = before;
    }
    None
}

/// How many words of a portfolio may be unknown.
const UNKNOWN: usize = 5;

/// Whether a token is a word of portfolios and no state.
pub fn is_word(document: &Document<'_>, at: usize) -> bool {
    document.is_in(at, Class::Portfolio) && !document.is_in(at, Class::State)
}

/// `Research and Publications,`: a capitalised word that no table lists ends the portfolio.
pub fn ends(document: &Document<'_>, at: usize, end: usize) -> bool {
    let last = at + 1;
    let unknown = document.tokens[last].capital
        && document.tokens[last].kind == Kind::Word
        && document.tokens[last].gap <= Gap::Space
        && [Class::Portfolio, Class::Head, Class::Honorific, Class::State].iter().all(|c| !document.is_in(last, *c));
    let closed = document.is_mark(last + 1, ',') || document.is_mark(last + 1, '.') || document.is_word(last + 1, "of");
    (document.is_word(at, "and") || document.is_mark(at, '&')) && last < end && unknown && closed
}

/// `,` and `and` inside a list of portfolio words.
pub fn joins(document: &Document<'_>, at: usize, end: usize, portfolio: bool) -> bool {
    let mark = document.is_mark(at, ',')
        || document.is_mark(at, '&')
        || document.is_any(at, &["and", "with", "for", "of", "the"]);
    let skip = usize::from(document.is_mark(at, ',') && document.is_word(at + 1, "and"));
    let next = at + 1 + skip;
    let follows = next < end && document.is_in(next, Class::Portfolio) && !document.is_in(next, Class::Head);
    let portfolio = portfolio || (document.is_word(at, "and") && document.tokens[next].capital);
    let head_after = document.hit(next, Class::Head).is_some() || document.hit(next + 1, Class::Head).is_some();
    portfolio && mark && follows && !head_after
}
