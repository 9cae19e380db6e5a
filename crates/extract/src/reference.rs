//! Whom the words mean: "the Minister", "she", "the two sides", "the Organization".

use crate::{
    draft::{Draft, Side, Tokens, Who},
    pack::{Class, Cue, HeadKind},
    post::Post,
};

/// Who acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Actor {
    /// One person or body.
    One(Who),
    /// Both sides together.
    Both,
}

/// Words before which no subject stands: what follows them is not who acts.
const PREPOSITIONS: [&str; 28] = [
    "of",
    "with",
    "to",
    "by",
    "from",
    "in",
    "for",
    "at",
    "on",
    "between",
    "into",
    "about",
    "through",
    "among",
    "towards",
    "under",
    "during",
    "after",
    "before",
    "following",
    "within",
    "since",
    "until",
    "despite",
    "upon",
    "throughout",
    "via",
    "as",
];

/// Words after which somebody else may act.
const SUBORDINATORS: [&str; 9] = ["that", "which", "who", "where", "because", "said", "when", "what", "how"];

/// Whether who acts stands right before the verb, with at most one small word between.
pub fn stands_right_before(draft: &Draft<'_, '_>, before: Tokens) -> bool {
    let near = before.end.saturating_sub(SHORT).max(before.start);
    let ends = |at: usize| candidate(draft, at, before.end).map(|(tokens, _)| tokens.end);
    (near..before.end).any(|at| ends(at).is_some_and(|end| end + 1 >= before.end))
}

/// The longest subject that is looked for right before a verb, in tokens.
const SHORT: usize = 12;

/// Who acts in the words `before` a verb: the first one named there, after the last word that opens a clause inside the
/// clause, whom no preposition governs.
pub fn subject(draft: &Draft<'_, '_>, before: Tokens) -> Option<Actor> {
    let document = draft.document;
    let before = after_introduction(draft, before);
    let goes_on = before.end > before.start && document.is_any(before.end - 1, &["and", "also", "then"]);
    let opened = before.clone().rev().find(|i| document.is_any(*i, &SUBORDINATORS)).filter(|_| !goes_on);
    let inner = opened.and_then(|at| first_subject(draft, at + 1..before.end));
    inner.or_else(|| first_subject(draft, before))
}

/// `If Chad asks, the Bank will …`: what stands after the clause that introduces the sentence.
fn after_introduction(draft: &Draft<'_, '_>, before: Tokens) -> Tokens {
    let document = draft.document;
    let introduced =
        document.is_any(before.start, &["if", "should", "since", "when", "while", "although", "because", "once", "as"]);
    let comma = before.clone().find(|i| introduced && document.tokens[*i].is(','));
    comma.map_or(before.clone(), |comma| comma + 1..before.end)
}

fn first_subject(draft: &Draft<'_, '_>, before: Tokens) -> Option<Actor> {
    let mut found: Option<(Tokens, Actor)> = None;
    let mut at = before.start;
    while at < before.end {
        let Some((tokens, actor)) = candidate(draft, at, before.end) else {
            at += 1;
            continue;
        };
        at = tokens.end.max(at + 1);
        if governed(draft, tokens.start) {
            continue;
        }
        match &found {
            None if actor == Actor::Both => return Some(Actor::Both),
            None => found = Some((tokens, actor)),
            Some((_, first))
                if joined(draft, tokens.start)
                    && differ(draft, actor, *first)
                    && !is_in_governed_list(draft, tokens.start, actor) =>
            {
                return Some(Actor::Both);
            }
            Some(_) => {}
        }
    }
    found.map(|(_, actor)| actor)
}

/// Whether "and" stands right before, perhaps with an article or a title between.
fn joined(draft: &Draft<'_, '_>, start: usize) -> bool {
    (1..=2).any(|back| start >= back && draft.document.is_word(start - back, "and"))
}

/// Whether the two act for different sides.
pub fn differ(draft: &Draft<'_, '_>, a: Actor, b: Actor) -> bool {
    match (a, b) {
        (Actor::One(a), Actor::One(b)) => a != b && draft.side(a) != draft.side(b),
        _ => true,
    }
}

fn governed(draft: &Draft<'_, '_>, start: usize) -> bool {
    let document = draft.document;
    let start = draft.post_of_holder(start).map_or(start, |post| post.tokens.start);
    let article = usize::from(start > 0 && document.is_any(start - 1, &["the", "a", "his", "her", "its"]));
    start > article && document.is_any(start - 1 - article, &PREPOSITIONS)
}

/// `to Togo, Benin and Chad`: the preposition before the list governs each of its states.
fn is_in_governed_list(draft: &Draft<'_, '_>, start: usize, actor: Actor) -> bool {
    let document = draft.document;
    let inside =
        |i: &usize| document.tokens[*i].capital || document.is_mark(*i, ',') || document.is_any(*i, &["and", "the"]);
    let opens = (0..start).rev().find(|i| !inside(i));
    matches!(actor, Actor::One(Who::State(_))) && opens.is_some_and(|at| document.is_any(at, &PREPOSITIONS))
}

/// Who says so, told at the sentence's end: `…, she added`, `…, the Minister said`.
pub fn attribution(draft: &Draft<'_, '_>, sentence: Tokens) -> Option<Actor> {
    let own = attribution_in(draft, sentence.clone());
    let document = draft.document;
    let number = document.sentence_of(sentence.start);
    let quoted = document.tokens[sentence.start].is('"') || document.tokens[sentence.start].is('“');
    let next = document.sentences.iter().skip(number + 1).take(2).filter(|_| quoted);
    own.or_else(|| next.into_iter().find_map(|s| attribution_in(draft, s.tokens.clone())))
}

fn attribution_in(draft: &Draft<'_, '_>, sentence: Tokens) -> Option<Actor> {
    let document = draft.document;
    let comma = (sentence.start..sentence.end).rev().take(10).find(|i| document.tokens[*i].is(','))?;
    let (tokens, actor) =
        (comma + 1..(comma + 3).min(sentence.end)).find_map(|at| candidate(draft, at, sentence.end))?;
    let told =
        document.cue_at(tokens.end, Cue::Said).is_some() || document.is_any(tokens.end, &["promised", "hoped", "said"]);
    told.then_some(actor)
}

/// Who is named or meant at a token.
pub fn candidate(draft: &Draft<'_, '_>, at: usize, end: usize) -> Option<(Tokens, Actor)> {
    let document = draft.document;
    if let Some((index, post)) = post_at(draft, at)
        && post.tokens.end <= end
        && !document.is_possessive(post.tokens.end)
    {
        let who = holder(draft, post).or_else(|| unnamed(draft, index));
        return who.map(|who| (post.tokens.clone(), Actor::One(who)));
    }
    if let Some((last, who)) = draft.mentions.get(&at).filter(|(last, _)| *last <= end) {
        let owner = document.is_possessive(*last);
        return (!owner).then_some((at..*last, Actor::One(*who)));
    }
    if inside_mention(draft, at) {
        return None;
    }
    if is_people(draft, at) && document.is_word(at + 1, "of") {
        let named = at + 2 + usize::from(document.is_word(at + 2, "the"));
        if let Some(hit) = document.hit(named, Class::State).filter(|hit| !document.is_possessive(hit.end)) {
            return Some((at..hit.end, Actor::One(Who::State(hit.value))));
        }
    }
    if let Some(hit) = document.hit(at, Class::State).filter(|hit| !document.is_possessive(hit.end)) {
        return Some((at..hit.end, Actor::One(Who::State(hit.value))));
    }
    if let Some(hit) = document.hit(at, Class::Demonym).filter(|hit| is_people(draft, hit.end)) {
        return Some((at..hit.end + 1, Actor::One(Who::State(hit.value))));
    }
    let cue = |cue| document.cue_at(at, cue).filter(|hit| hit.end <= end).map(|hit| at..hit.end);
    if let Some(tokens) = cue(Cue::Both) {
        return Some((tokens, Actor::Both));
    }
    let meant =
        [Cue::He, Cue::She, Cue::Guest, Cue::Organization, Cue::Ministry, Cue::Country].into_iter().find_map(|kind| {
            let tokens = cue(kind)?;
            Some((tokens, kind))
        });
    let (tokens, kind) = meant?;
    pronoun(draft, at, kind).map(|who| (tokens, Actor::One(who)))
}

/// Whether who is called by a demonym stands for the state: `the Chadian side`, `Chadian officials`.
fn is_people(draft: &Draft<'_, '_>, at: usize) -> bool {
    draft.document.is_any(
        at,
        &[
            "side",
            "delegation",
            "party",
            "government",
            "authorities",
            "officials",
            "experts",
            "leadership",
            "team",
            "embassy",
        ],
    )
}

fn inside_mention(draft: &Draft<'_, '_>, at: usize) -> bool {
    draft.mentions_before(at).next().is_some_and(|(tokens, _)| tokens.end > at)
}

/// The post whose title begins at a token, without its holder's name.
fn post_at<'a>(draft: &'a Draft<'_, '_>, at: usize) -> Option<(usize, &'a Post)> {
    let index = draft.posts.partition_point(|post| post.tokens.start < at);
    let post = draft.posts.get(index).filter(|post| post.tokens.start == at && (post.definite || post.held))?;
    Some((index, post))
}

/// The holder of a post whom the text does not name, if it tells for whom they act.
fn unnamed(draft: &Draft<'_, '_>, index: usize) -> Option<Who> {
    let post = &draft.posts[index];
    let acts = post.called(draft.document).kind != HeadKind::Relay && draft.side(Who::Office(index)).is_some();
    (acts && !post.held).then_some(Who::Office(index))
}

/// The person in a post: named beside it, or the one who holds such a post.
pub fn holder(draft: &Draft<'_, '_>, post: &Post) -> Option<Who> {
    if post.held {
        let evidence = |person: &crate::draft::Person| person.evidence.contains(&post.tokens);
        if let Some(index) = draft.people.iter().position(evidence) {
            return Some(Who::Person(index));
        }
    }
    candidates(draft, post).first().map(|index| Who::Person(*index))
}

/// The people who could hold a post, the most likely first.
pub fn candidates(draft: &Draft<'_, '_>, post: &Post) -> Vec<usize> {
    let head = post.called(draft.document);
    let owned = |index: &usize| {
        let person = &draft.people[*index];
        let state = post.state.is_none_or(|state| person.state.is_none_or(|own| own == state));
        state
            && (post.organization.is_none()
                || person.organization.is_none()
                || person.organization == post.organization)
    };
    let people = || (0..draft.people.len()).filter(|i| draft.people[*i].named.start < post.tokens.start);
    let same_title = |index: &usize| draft.people[*index].title.contains(head.form);
    let same_kind = |index: &usize| {
        draft.people[*index]
            .head
            .is_some_and(|(kind, owner)| kind == head.kind || (related(kind, head.kind) && owner == head.owner))
    };
    let mut found: Vec<usize> = people().filter(same_title).filter(owned).collect();
    if found.is_empty() {
        found = people().filter(same_kind).filter(owned).collect();
    }
    found.sort_by_key(|index| {
        (!draft.people[*index].present, std::cmp::Reverse(last_mention(draft, *index, post.tokens.start)))
    });
    found
}

fn last_mention(draft: &Draft<'_, '_>, person: usize, before: usize) -> usize {
    draft
        .mentions_before(before)
        .take(40)
        .find(|(_, who)| *who == Who::Person(person))
        .map_or(0, |(tokens, _)| tokens.start)
}

/// Kinds of post that one word may stand for: "the minister" also means his deputy.
fn related(a: HeadKind, b: HeadKind) -> bool {
    use HeadKind::{Chief, Deputy, HeadOfGovernment, Minister, Official, Representative};
    let groups: [&[HeadKind]; 2] = [&[Minister, Deputy, HeadOfGovernment], &[Chief, Representative, Official]];
    groups.iter().any(|group| group.contains(&a) && group.contains(&b))
}

/// Whom a pronoun or a bare noun means.
fn pronoun(draft: &Draft<'_, '_>, at: usize, cue: Cue) -> Option<Who> {
    let sentence = draft.document.sentences[draft.document.sentence_of(at)].tokens.start;
    match cue {
        Cue::He => person_before(draft, at, sentence, Some(false)),
        Cue::She => person_before(draft, at, sentence, Some(true)),
        Cue::Guest => guest(draft),
        Cue::Organization => organization(draft, at),
        Cue::Ministry => body(draft, at, |b| b.kind == vocab::OrganizationKind::Ministry)
            .or_else(|| person_before(draft, at, sentence, None)),
        Cue::Country => country(draft, at, sentence),
        _ => None,
    }
}

/// The last one who acted before here: in this sentence, or the subject of one of the sentences before.
fn person_before(draft: &Draft<'_, '_>, at: usize, sentence: usize, female: Option<bool>) -> Option<Who> {
    let document = draft.document;
    let fits = |who: &Who| match who {
        Who::Person(index) => {
            let person = &draft.people[*index];
            person.present && (female.is_none() || person.female.is_none() || person.female == female)
        }
        _ => false,
    };
    let named = subjects(draft, sentence..at);
    let here = named.into_iter().filter(|(governed, _)| !governed).map(|(_, who)| who).find(|who| fits(who));
    if here.is_some() {
        return here;
    }
    let number = document.sentence_of(at);
    let told = document.sentences[..number].iter().rev().filter(|s| !s.headline).take(BACK);
    let told = told.filter(|s| !goes_on_about_the_same(draft, s.tokens.clone(), female));
    for sentence in told.take(4) {
        let named = subjects(draft, sentence.tokens.clone());
        let free = named.iter().find(|(governed, who)| !governed && fits(who)).map(|(_, who)| *who);
        if let Some(who) = free.or_else(|| named.iter().map(|(_, who)| *who).find(|who| fits(who))) {
            return Some(who);
        }
    }
    None
}

/// How many sentences back one who acts may be named.
const BACK: usize = 12;

/// `He added … He also asked`: a sentence that is said of him tells of others only as objects.
fn goes_on_about_the_same(draft: &Draft<'_, '_>, sentence: Tokens, female: Option<bool>) -> bool {
    let Some(female) = female else { return false };
    let cue = if female { Cue::She } else { Cue::He };
    let Some(meant) = draft.document.cue(sentence.clone(), cue) else { return false };
    subjects(draft, sentence.start..meant.first).iter().all(|(governed, _)| *governed)
}

/// The people named or meant by their posts in a sentence, in order, and whether a preposition governs each.
fn subjects(draft: &Draft<'_, '_>, sentence: Tokens) -> Vec<(bool, Who)> {
    let mut found: Vec<(usize, Who)> =
        draft.mentions_in(sentence.clone()).map(|(tokens, who)| (tokens.start, who)).collect();
    let from = draft.posts.partition_point(|post| post.tokens.start < sentence.start);
    let posts = draft.posts[from..].iter().take_while(|post| post.tokens.start < sentence.end);
    found.extend(
        posts
            .filter(|post| post.definite && !post.held)
            .filter_map(|post| Some((post.tokens.start, holder(draft, post)?))),
    );
    let guests = draft.document.hits_in(sentence, Class::Cue).filter(|hit| hit.value == Cue::Guest.number());
    found.extend(guests.filter_map(|hit| Some((hit.first, guest(draft)?))));
    found.sort_by_key(|(at, _)| *at);
    found.into_iter().map(|(at, who)| (governed(draft, at), who)).collect()
}

/// The one who came: the person who acts for an organization, if there is one only.
fn guest(draft: &Draft<'_, '_>) -> Option<Who> {
    let of_organization =
        |i: &usize| draft.people[*i].present && matches!(draft.side(Who::Person(*i)), Some(Side::Organization(_)));
    (0..draft.people.len()).find(of_organization).map(Who::Person)
}

/// The organization named last before here, the first one of the text if none is.
fn organization(draft: &Draft<'_, '_>, at: usize) -> Option<Who> {
    let kinds = [vocab::OrganizationKind::Ministry, vocab::OrganizationKind::Embassy, vocab::OrganizationKind::Unit];
    body(draft, at, |body| !kinds.contains(&body.kind))
}

fn body(draft: &Draft<'_, '_>, at: usize, fits: impl Fn(&crate::draft::Organization) -> bool) -> Option<Who> {
    let named = draft.mentions_before(at).take(30).map(|(_, who)| who);
    let mut bodies = named.filter(|who| matches!(who, Who::Organization(index) if fits(&draft.organizations[*index])));
    bodies.next()
}

/// The state of the one who speaks, else the only state that is party.
fn country(draft: &Draft<'_, '_>, at: usize, sentence: usize) -> Option<Who> {
    let speaker = person_before(draft, at, sentence, None).and_then(|who| draft.side(who));
    match speaker {
        Some(Side::State(state)) => Some(Who::State(state)),
        _ if draft.states.len() == 1 => draft.states.keys().next().map(|state| Who::State(*state)),
        _ => None,
    }
}
