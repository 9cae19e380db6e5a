//! Posts: `Deputy Minister of Water of Pakistan`, `ICESCO’s Director-General (DG)`, `the Saudi education minister`.

use crate::{
    document::Document,
    draft::{Draft, Tokens},
    pack::{Class, Head, HeadKind, Owner},
    portfolio,
    text::{Gap, Kind},
};

/// A post as it stands in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Post {
    /// All its tokens, with the owner before it.
    pub tokens: Tokens,
    /// The tokens of its title, without the owner before it.
    pub label: Tokens,
    /// The tokens of what it is called.
    pub head: Tokens,
    /// Which head, in the pack.
    pub number: u32,
    /// The portfolio words, if they tell any: before or after the head.
    pub portfolio: Option<Tokens>,
    /// The state named as its owner, the first one if there are more.
    pub state: Option<u32>,
    /// The state it is accredited to.
    pub accredited: Option<u32>,
    /// The organization named as its owner.
    pub organization: Option<usize>,
    /// Whether the text gives it to a single holder: it begins with a capital, an owner or an article.
    pub definite: bool,
    /// Whether its holder is named beside it.
    pub held: bool,
}

impl Post {
    /// What it is called.
    pub fn called(&self, document: &Document<'_>) -> &'static Head {
        &document.pack.heads[self.number as usize]
    }

    /// Its title on one line, without what stands in brackets.
    pub fn printed(&self, document: &Document<'_>) -> String {
        let whole = document.words(self.label.clone());
        match (whole.find(" ("), whole.find(')')) {
            (Some(open), Some(close)) if open < close => format!("{}{}", &whole[..open], &whole[close + 1..]),
            _ => whole,
        }
    }
}

/// The furthest that a post goes to the left and to the right of its head.
const REACH: usize = 24;

/// The posts in a sentence.
pub fn posts(draft: &Draft<'_, '_>, sentence: Tokens) -> Vec<Post> {
    let mut found: Vec<Post> = Vec::new();
    let heads: Vec<_> = draft.document.hits_in(sentence.clone(), Class::Head).collect();
    for hit in heads {
        let inside = found.last().is_some_and(|post| hit.first < post.tokens.end);
        if !inside && !is_given_name(draft.document, hit.first) {
            let from = found.last().map_or(sentence.start, |post| post.tokens.end);
            found.push(read(draft, hit.first..hit.end, hit.value, from, sentence.end));
        }
    }
    found
}

/// `Amir Piric`, `Dean Brown`: some people are called like a post.
pub fn is_given_name(document: &Document<'_>, at: usize) -> bool {
    let before = at.wrapping_sub(1);
    let post = document.is_word(at + 1, "of")
        || document.is_any(before, &["the", "his", "her", "highness", "majesty"])
        || document.is_possessive(before)
        || document.is_in(before, Class::Demonym);
    document.is_any(at, &["amir", "sultan", "dean"]) && document.tokens[at + 1].capital && !post
}

fn read(draft: &Draft<'_, '_>, head: Tokens, number: u32, from: usize, end: usize) -> Post {
    let mut post = Post {
        tokens: head.clone(),
        label: head.clone(),
        head,
        number,
        portfolio: None,
        state: None,
        accredited: None,
        organization: None,
        definite: false,
        held: false,
    };
    look_left(draft, &mut post, from);
    look_right(draft, &mut post, end);
    let document = draft.document;
    let first = post.tokens.start;
    if first > 0 && document.is_word(first - 1, "its") && post.organization.is_none() {
        let mut bodies = draft.mentions_before(first).take(6).map(|(_, who)| who);
        post.organization =
            bodies.find_map(|who| if let crate::draft::Who::Organization(index) = who { Some(index) } else { None });
    }
    let article = first > 0 && document.is_any(first - 1, &["the", "his", "her", "its", "their"]);
    post.definite = article || document.tokens[post.head.start].capital || first < post.label.start;
    post
}

/// Words before the head: modifiers and portfolios belong to the title, a state, a demonym or an organization owns it.
fn look_left(draft: &Draft<'_, '_>, post: &mut Post, from: usize) {
    let document = draft.document;
    let mut at = post.head.start;
    while at > from && post.head.start - at < REACH {
        let before = at - 1;
        if document.tokens[at].gap >= Gap::Line {
            break;
        }
        let joined = document.is_word(before, "and") && before > from && document.is_in(before - 1, Class::Portfolio);
        let kept_open = joined && post.portfolio.is_some();
        if document.is_in(before, Class::Portfolio) && is_title_word(document, before) || kept_open {
            at = before;
            let end = post.portfolio.as_ref().map_or(post.head.start, |p| p.end);
            post.portfolio = Some(at..end);
        } else if document.is_in(before, Class::Modifier) && is_title_word(document, before) {
            at = before;
        } else {
            break;
        }
    }
    if let Some(start) = portfolio::unknown(draft, post, at, from) {
        post.portfolio = Some(start..post.portfolio.as_ref().map_or(post.head.start, |p| p.end));
        at = start;
    }
    post.label.start = at;
    post.tokens.start = at;
    while document.is_any(post.label.start, &NEW) && post.label.start < post.head.start {
        post.label.start += 1;
    }
    while let Some(start) = owner_before(draft, post, from) {
        post.tokens.start = start;
    }
}

/// Words that tell how long a holder is in the post, and are no part of what it is called.
const NEW: [&str; 9] =
    ["new", "newly", "appointed", "elected", "outgoing", "incoming", "current", "designated", "former"];

/// `education minister` in small letters is a title; `cooperation` before `director` at the end of a clause is none.
fn is_title_word(document: &Document<'_>, at: usize) -> bool {
    let next = &document.tokens[at + 1];
    next.gap <= Gap::Space && !document.is_mark(at + 1, ',')
}

/// Takes in the owner that ends right before the post.
fn owner_before(draft: &Draft<'_, '_>, post: &mut Post, from: usize) -> Option<usize> {
    let document = draft.document;
    let end = post.tokens.start;
    if end <= from || document.tokens[end].gap >= Gap::Line {
        return None;
    }
    let owned = document.is_possessive(end - 1);
    let last = end - usize::from(owned);
    // `World Health Organization (WHO) Representative`
    let bracketed = last > from + 3 && document.is_mark(last - 1, ')') && document.is_mark(last - 3, '(');
    let last = if bracketed { last - 3 } else { last };
    for first in (from..last).rev().take(8) {
        let organization = draft.organization_at(first).filter(|(_, e)| *e == last);
        if let Some((index, _)) = organization {
            post.organization = post.organization.or(Some(index));
            return Some(first);
        }
        let state = document.hits_at(first).find(|h| matches!(h.class, Class::State | Class::Demonym) && h.end == last);
        if let Some(hit) = state {
            post.state = post.state.or(Some(hit.value));
            return Some(first);
        }
    }
    None
}

/// Words after the head: `(DG)`, `of …`, `for …`, `to …`, `and` another post of the same person.
fn look_right(draft: &Draft<'_, '_>, post: &mut Post, end: usize) {
    let document = draft.document;
    let end = end.min(post.head.end + REACH);
    let mut at = post.head.end;
    let mut title_end = None;
    loop {
        if document.is_mark(at, '(') && document.is_mark(at + 2, ')') && at + 3 <= end {
            at += 3;
            continue;
        }
        let before = post.organization;
        let Some(after) = part_after(draft, post, at, end).filter(|after| *after > at) else { break };
        // An international organization owns the title and is no part of it.
        if before.is_none() && owned_by_organization(draft, post) {
            title_end = title_end.or(Some(at));
        }
        at = after;
    }
    post.tokens.end = at.max(post.head.end);
    post.label.end = title_end.unwrap_or(post.tokens.end);
}

/// One part after the head, and where it ends.
fn part_after(draft: &Draft<'_, '_>, post: &mut Post, at: usize, end: usize) -> Option<usize> {
    let document = draft.document;
    let kind = post.called(document).kind;
    if at + 1 >= end {
        return None;
    }
    let abroad = matches!(kind, HeadKind::Envoy | HeadKind::Representative | HeadKind::StateOfficial);
    let ministerial = matches!(kind, HeadKind::Minister | HeadKind::Deputy);
    if document.is_any(at, &["of", "for"]) {
        return object(draft, post, at + 1, end);
    }
    if (document.is_word(at, "to") && abroad) || (document.is_word(at, "in") && (abroad || ministerial)) {
        return accredited(draft, post, at + 1, end);
    }
    if document.is_word(at, "at") && kind == HeadKind::Official {
        return object(draft, post, at + 1, end);
    }
    if document.is_mark(at, ',')
        && matches!(kind, HeadKind::Official | HeadKind::Chief | HeadKind::Deputy | HeadKind::Minister)
    {
        let unit = draft.organization_at(at + 1).filter(|(index, _)| is_unit(draft, *index))?;
        return (unit.1 <= end && document.is_mark(unit.1, ',')).then_some(unit.1);
    }
    if document.is_word(at, "and") {
        let state = abroad.then(|| document.hit(at + 1, Class::State)).flatten().map(|hit| hit.end);
        return state.or_else(|| second_post(document, at + 1, end));
    }
    None
}

/// `Secretary, Department of Works,`: a body that is part of another.
fn is_unit(draft: &Draft<'_, '_>, index: usize) -> bool {
    use vocab::OrganizationKind::{Government, Ministry, Unit};
    matches!(draft.organizations[index].kind, Unit | Government | Ministry)
}

fn owned_by_organization(draft: &Draft<'_, '_>, post: &Post) -> bool {
    let international = |index: usize| draft.organizations[index].kind == vocab::OrganizationKind::International;
    post.organization.is_some_and(international)
}

/// Another post that the same person holds: `Minister of X and Minister of Y`, `Prime Minister and Foreign Minister`.
fn second_post(document: &Document<'_>, at: usize, end: usize) -> Option<usize> {
    let own = document.is_any(at, &["its", "his", "her", "their"]);
    let at = at + usize::from(own);
    let skipped =
        (at..end).take_while(|i| document.is_in(*i, Class::Portfolio) || document.is_in(*i, Class::Modifier)).count();
    // `Foreign Minister` is a head as a whole, `Minister` in `Water Minister` behind its portfolio.
    let heads = (at..=at + skipped).filter_map(|i| document.hit(i, Class::Head));
    let head = heads.into_iter().find(|hit| hit.end <= end && (own || document.tokens[hit.first].capital))?;
    let named = document.tokens.get(head.end).is_some_and(|t| t.capital && t.gap == Gap::Space);
    let followed = named && !document.is_any(head.end, &["of", "for"]);
    (!followed || document.is_in(head.end, Class::Portfolio)).then_some(head.end)
}

/// `to Morocco`, `in the Kingdom of Morocco`, `to the Organization`.
fn accredited(draft: &Draft<'_, '_>, post: &mut Post, at: usize, end: usize) -> Option<usize> {
    let document = draft.document;
    let article = document.is_word(at, "the");
    let at = at + usize::from(article);
    if article && document.is_any(at, &REALMS) && !document.is_word(at + 1, "of") {
        return Some(at + 1);
    }
    if let Some((index, after)) = draft.organization_at(at).filter(|(_, after)| *after <= end) {
        if post.called(document).owner == Owner::Organization {
            post.organization = post.organization.or(Some(index));
        }
        return Some(after);
    }
    for first in at..end.min(at + 4) {
        if let Some(hit) = document.hit(first, Class::State).or_else(|| document.hit(first, Class::City)) {
            if hit.class == Class::State {
                post.accredited = post.accredited.or(Some(hit.value));
            }
            return Some(hit.end);
        }
        if !document.tokens[first].capital && !document.is_word(first, "of") {
            return None;
        }
    }
    None
}

/// What stands after `of` or `for`: a state, an organization, a portfolio or the name of a unit.
fn object(draft: &Draft<'_, '_>, post: &mut Post, at: usize, end: usize) -> Option<usize> {
    let document = draft.document;
    let start = at + usize::from(document.is_word(at, "the"));
    let mut at = start;
    let mut portfolio = false;
    let mut unit = false;
    while at < end {
        let token = &document.tokens[at];
        if token.gap >= Gap::Line && !portfolio && !unit {
            break;
        }
        if let Some((index, after)) = draft.organization_at(at).filter(|_| !portfolio) {
            post.organization = post.organization.or(Some(index));
            at = after;
            break;
        }
        let republic = document.hit(at, Class::Demonym).filter(|hit| document.is_any(hit.end, &REALMS));
        if let Some(hit) = document.hit(at, Class::State).or(republic).filter(|_| !portfolio) {
            post.state = post.state.or(Some(hit.value));
            at = hit.end + usize::from(hit.class == Class::Demonym);
            break;
        }
        if portfolio::is_word(document, at) {
            portfolio = true;
            at += 1;
            continue;
        }
        if portfolio && portfolio::ends(document, at, end) {
            at += 2;
            break;
        }
        if portfolio::joins(document, at, end, portfolio) {
            at += if document.is_mark(at, ',') && document.is_word(at + 1, "and") { 2 } else { 1 };
            continue;
        }
        let noun = document.is_in(at, Class::OrganizationNoun) && token.capital;
        unit |= noun;
        let joins = unit && document.is_any(at, &["of", "for", "and", "the"]) && continues(document, at + 1, end);
        let glued = token.kind == Kind::Word && token.gap == Gap::None;
        let unknown = token.kind == Kind::Word && token.capital && (unit || !portfolio) && !is_person(document, at);
        if !(noun || joins || glued || unknown) {
            break;
        }
        at += 1;
    }
    if portfolio && post.portfolio.is_none() || (at > start && post.portfolio.is_none() && post.state.is_none()) {
        post.portfolio = Some(start..at);
    }
    (at > start).then_some(at)
}

/// What a state calls itself behind its demonym: `the Hungarian Republic`.
const REALMS: [&str; 7] = ["republic", "kingdom", "sultanate", "state", "federation", "government", "side"];

fn continues(document: &Document<'_>, at: usize, end: usize) -> bool {
    let at = at + usize::from(document.is_word(at, "the"));
    at < end && document.tokens[at].capital
}

/// Whether a person is named here, and no longer the post.
pub fn is_person(document: &Document<'_>, at: usize) -> bool {
    document.is_in(at, Class::Honorific) || document.is_in(at, Class::Head)
}
