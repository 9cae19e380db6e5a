//! Sentences cut into clauses, one for each act.

use chrono::Datelike;

use crate::{
    date,
    document::Document,
    draft::{Draft, Tokens, Who},
    pack::{Built, Class, Cue, Needs, ThingKind, Trigger, lexicon::Hit},
    reference,
    text::Gap,
};

/// A clause with the words that make it something to follow up.
#[derive(Debug, Clone)]
pub struct Clause {
    /// Its tokens.
    pub tokens: Tokens,
    /// The words that make it so.
    pub trigger: Hit<Class>,
    /// The clause before it in the same sentence began here; what it leaves out is said there.
    pub sentence: Tokens,
}

impl Clause {
    /// The trigger's row.
    pub fn told(&self, document: &Document<'_>) -> &'static Trigger {
        &document.pack.triggers[self.trigger.value as usize]
    }

    /// Where the clause names its areas: after the trigger, or anywhere in a passive clause.
    pub fn about(&self, document: &Document<'_>) -> Tokens {
        match self.told(document).built {
            Built::Says | Built::Topic => self.content(document),
            Built::Told | Built::Set => self.tokens.clone(),
        }
    }

    /// What the clause is about: what stands after the trigger, or the whole clause of a passive.
    pub fn content(&self, document: &Document<'_>) -> Tokens {
        match self.told(document).built {
            Built::Says | Built::Topic => self.trigger.end..self.tokens.end,
            Built::Told | Built::Set => self.tokens.clone(),
        }
    }
}

/// How far a subject can stand before its verb.
const SUBJECT: usize = 10;
/// More acts than this no sentence has.
const ACTS: usize = 12;

/// The clauses of a sentence that could be followed up.
pub fn clauses(draft: &Draft<'_, '_>, sentence: Tokens) -> Vec<Clause> {
    let document = draft.document;
    let mut triggers: Vec<Hit<Class>> = Vec::new();
    for hit in document.hits_in(sentence.clone(), Class::Trigger) {
        if triggers.len() < 4 * ACTS && !is_noun(document, &hit) && !in_name(draft, hit.first) {
            triggers.push(hit);
        }
    }
    let mut found: Vec<Clause> = Vec::new();
    let mut start = sentence.start;
    let mut busy = sentence.start;
    for (at, hit) in triggers.iter().enumerate() {
        if hit.first < busy {
            continue;
        }
        if let Some(last) = found.last_mut().filter(|last| last.tokens.start >= start) {
            let Some(cut) = separator(draft, last.trigger.end, hit.first) else { continue };
            last.tokens.end = cut;
            start = cut;
        }
        let until = triggers[at..]
            .iter()
            .find(|next| next.first > hit.first && separator(draft, hit.end, next.first).is_some());
        let end = until.and_then(|next| separator(draft, hit.end, next.first)).unwrap_or(sentence.end);
        let from = if start == sentence.start { start } else { after_separator(document, start) };
        let fits = |trigger: &Hit<Class>| {
            let clause = Clause { tokens: from..end, trigger: *trigger, sentence: sentence.clone() };
            meets_needs(draft, &clause).then_some(clause)
        };
        if let Some(clause) = triggers.iter().filter(|t| t.first == hit.first).find_map(fits) {
            busy = clause.trigger.end;
            found.push(clause);
            if found.len() == ACTS {
                break;
            }
        }
    }
    found
}

/// `the proposed bill`, `an offer`, `agreed programme`: the word describes a thing, and tells no act.
fn is_noun(document: &Document<'_>, hit: &Hit<Class>) -> bool {
    let Some(before) = hit.first.checked_sub(1) else { return false };
    let described = document.is_possessive(before)
        || document
            .is_any(before, &["the", "a", "an", "this", "these", "its", "his", "her", "their", "of", "newly", "any"])
        || document.is_in(before, Class::Demonym) && !document.is_in(before, Class::State);
    let length = hit.end - hit.first;
    described && (length == 1 || length == 2 && document.pack.triggers[hit.value as usize].verb)
}

fn in_name(draft: &Draft<'_, '_>, at: usize) -> bool {
    draft.mentions_before(at + 1).next().is_some_and(|(tokens, _)| tokens.end > at)
}

/// Whether a token is part of the name of a person or of a body; the name of a programme tells what it is about.
fn in_name_of_party(draft: &Draft<'_, '_>, at: usize) -> bool {
    let named = draft.mentions_before(at + 1).next().filter(|(tokens, _)| tokens.end > at);
    named.is_some_and(|(_, who)| match who {
        Who::Organization(index) => draft.organizations[index].kind != vocab::OrganizationKind::Other,
        _ => true,
    })
}

/// Where one act ends and the next begins: a semicolon, or a comma, `and`, `but`, `while`, `which` with nothing but a
/// subject and small words between it and the verb.
fn separator(draft: &Draft<'_, '_>, from: usize, verb: usize) -> Option<usize> {
    let document = draft.document;
    let infinitive = verb > 0 && document.is_any(verb - 1, &["to", "that", "who", "not"]);
    if let Some(semicolon) = (from..verb).rev().find(|i| document.is_mark(*i, ';')) {
        return Some(semicolon);
    }
    if infinitive {
        return None;
    }
    let near = verb.saturating_sub(SUBJECT).max(from);
    let cut = (near..verb).rev().find(|i| {
        document.tokens[*i].is(',') || document.is_any(*i, &["and", "but", "while", "which", "whereas", "as"])
    })?;
    // `projects which would …` goes on; `, which will be held …` tells when the same thing is.
    let relative = document.is_word(cut, "which");
    if relative && (!document.is_mark(cut.wrapping_sub(1), ',') || is_set(document, verb)) {
        return None;
    }
    // `agreed that A and B would …`
    let joins_nouns = document.is_word(cut, "and")
        && from > 0
        && (document.is_word(from - 1, "that") || document.is_word(from, "that"));
    if joins_nouns {
        return None;
    }
    let participle = document.raw(verb..verb + 1).ends_with("ing");
    let follows_directly =
        (cut + 1..verb).all(|i| document.is_any(i, &["also", "then", "further", "he", "she", "they", "it", "both"]));
    let has_subject = reference::subject(draft, cut + 1..verb).is_some();
    let comma = document.tokens[cut].is(',');
    let governed = (cut + 1..verb).any(|i| document.is_any(i, &["that", "how", "what", "whether", "who", "where"]));
    if governed {
        return None;
    }
    (has_subject || (follows_directly && (!comma || participle))).then_some(cut)
}

fn is_set(document: &Document<'_>, verb: usize) -> bool {
    let told = document.hit(verb, Class::Trigger).map(|hit| &document.pack.triggers[hit.value as usize]);
    told.is_some_and(|told| told.built == Built::Set)
}

fn after_separator(document: &Document<'_>, cut: usize) -> usize {
    let mut at = cut;
    while document.tokens[at].is(',')
        || document.tokens[at].is(';')
        || document.is_any(at, &["and", "but", "while", "which", "whereas", "as"])
    {
        at += 1;
    }
    at
}

/// `will deal with`, `to look at`, `considering`: the words tell no talks.
fn tells_no_talks(document: &Document<'_>, clause: &Clause) -> bool {
    let first = clause.trigger.first;
    let before = first > clause.tokens.start
        && document.is_any(first - 1, &["will", "would", "to", "can", "could", "should", "not"]);
    let participle = document.raw(first..first + 1).ends_with("ing");
    clause.told(document).built == Built::Topic && (before && !is_what_they_met_for(document, clause) || participle)
}

/// `received the Minister to discuss`: what people meet for is what they talk about.
pub fn is_what_they_met_for(document: &Document<'_>, clause: &Clause) -> bool {
    let first = clause.trigger.first;
    let before = clause.sentence.start..first.saturating_sub(1);
    let mut contacts = document.hits_in(before, Class::Contact);
    let met = |hit: Hit<Class>| {
        let ahead = document.is_any(hit.first.wrapping_sub(1), &["will", "would", "to"]);
        document.pack.contacts[hit.value as usize].strong && !ahead
    };
    first > 0 && document.is_word(first - 1, "to") && contacts.any(met)
}

/// Whether the clause has what its trigger asks for.
fn meets_needs(draft: &Draft<'_, '_>, clause: &Clause) -> bool {
    let document = draft.document;
    let content = clause.content(document);
    let near = content.start..content.end.min(clause.trigger.end + 12);
    let negated = clause.trigger.first.saturating_sub(3).max(clause.tokens.start)..clause.trigger.first;
    let modal = match clause.trigger.end - clause.trigger.first {
        1 => document.is_any(clause.trigger.first, &["will", "would", "could", "might", "may", "should"]),
        2 => document.is_any(clause.trigger.first, &["is", "are"]) && document.is_word(clause.trigger.first + 1, "to"),
        _ => false,
    };
    if modal && !reference::stands_right_before(draft, clause.tokens.start..clause.trigger.first) {
        return false;
    }
    let hindered = document.cue(negated, Cue::Negated).is_some()
        || is_purpose(document, clause)
        || is_courtesy(document, content.clone())
        || is_past(document, clause)
        || tells_no_talks(document, clause)
        || is_said_of_a_thing(draft, clause);
    if hindered {
        return false;
    }
    match clause.told(document).needs {
        Needs::Party if clause.trigger.first > clause.tokens.start + 5 => true,
        Needs::Any | Needs::Party => {
            content.len() > 1
                || clause.told(document).built == Built::Told
                || clause.trigger.end - clause.trigger.first > 2
        }
        Needs::Subject | Needs::Doing => is_specific(draft, content),
        Needs::Needed => {
            let needed = document.cue(content.clone(), Cue::Needed).map(|cue| cue.first);
            needed.is_some_and(|at| !tells_more(draft, clause, content.start..at)) && is_specific(draft, content)
        }
        Needs::Visit => document.thing(near, ThingKind::Visit).is_some(),
        Needs::Instrument => document.thing(near, ThingKind::Instrument).is_some(),
        Needs::Help => document.thing(near, ThingKind::Help).is_some(),
        Needs::Invitation => document.thing(clause.tokens.clone(), ThingKind::Invitation).is_some(),
        Needs::Event => document.thing(clause.tokens.clone(), ThingKind::Event).is_some(),
        Needs::Infinitive => urges(draft, near),
    }
}

/// `stressed that Chad is ready to give the necessary aid`: before what is needed somebody binds himself.
fn tells_more(draft: &Draft<'_, '_>, clause: &Clause, said: Tokens) -> bool {
    use vocab::ActionKind::{Commitment, Invitation, Offer, Request};
    let document = draft.document;
    document.hits_in(said, Class::Trigger).take(ACTS).any(|hit| {
        let inner = Clause { trigger: hit, ..clause.clone() };
        let binds = matches!(inner.told(document).kind, Commitment | Invitation | Offer | Request);
        binds && meets_needs(draft, &inner)
    })
}

/// `the visit of the Minister would give`, `our mission is to support`: not a party is what the verb is said of.
fn is_said_of_a_thing(draft: &Draft<'_, '_>, clause: &Clause) -> bool {
    let document = draft.document;
    let first = clause.trigger.first;
    let binds = clause.told(document).kind == vocab::ActionKind::Commitment;
    if !binds || !document.is_any(first, &["will", "would", "could", "should", "may", "might", "is", "are"]) {
        return false;
    }
    let opened = (clause.tokens.start..first).rev().find(|i| document.is_any(*i, &["that", "which"]));
    let from = opened.map_or(clause.tokens.start, |at| at + 1);
    let thing = (from..first.min(from + NOUN)).find(|i| document.is_any(*i, &NO_PARTY));
    thing.is_some_and(|thing| (from..thing).all(|i| reference::candidate(draft, i, first).is_none()))
}

/// How far from the beginning the noun stands that a verb is said of.
const NOUN: usize = 4;

/// What gives, supports and opens, but owes nothing.
const NO_PARTY: [&str; 15] = [
    "aim",
    "aims",
    "goal",
    "meeting",
    "mission",
    "move",
    "objective",
    "priority",
    "purpose",
    "role",
    "step",
    "task",
    "this",
    "vision",
    "visit",
];

/// `so that they agree`: what is told is what for; a comma ends it.
fn is_purpose(document: &Document<'_>, clause: &Clause) -> bool {
    let before = clause.tokens.start..clause.trigger.first;
    let purpose = document.cue(before.clone(), Cue::Purpose);
    purpose.is_some_and(|hit| !(hit.end..before.end).any(|i| document.is_mark(i, ',')))
}

/// `offered his condolences`; but `accepted with thanks` is more than thanks.
fn is_courtesy(document: &Document<'_>, content: Tokens) -> bool {
    let near = content.start..content.end.min(content.start + COURTESY);
    let kind = document.cue(near, Cue::Courtesy);
    kind.is_some_and(|hit| !document.is_word(hit.first.wrapping_sub(1), "with"))
}

/// How near a verb its object stands: `offered his condolences`.
const COURTESY: usize = 5;

/// `called on the Bank to`, `called on all states to`: whoever is called on is no person, which would be a visit.
fn urges(draft: &Draft<'_, '_>, near: Tokens) -> bool {
    let document = draft.document;
    let Some(to) = near.clone().find(|i| document.is_word(*i, "to")) else { return false };
    let body = draft.mentions_in(near.start..to).any(|(_, who)| !matches!(who, Who::Person(_)));
    let plural = (near.start..to).any(|i| {
        document.is_any(i, &["states", "countries", "community", "partners", "donors", "bodies", "institutions", "all"])
    });
    body || plural || document.hits_in(near.start..to, Class::State).next().is_some()
}

/// Whether the words say that the act lies in the past.
fn is_past(document: &Document<'_>, clause: &Clause) -> bool {
    let near = clause.tokens.clone();
    let first = clause.trigger.first;
    let before = first.saturating_sub(BEFORE).max(clause.tokens.start)..first;
    document.cue(near, Cue::Past).is_some()
        || document.cue(before, Cue::Done).is_some()
        || is_of_an_earlier_year(document, clause)
}

/// How far before a verb `already` stands that belongs to it.
const BEFORE: usize = 3;

/// `was signed in 2019` in a report of 2021.
fn is_of_an_earlier_year(document: &Document<'_>, clause: &Clause) -> bool {
    let signed = clause.told(document).strength == vocab::Strength::Signed;
    let Some(on) = document.published_on.filter(|_| signed) else { return false };
    let near = clause.trigger.first..clause.tokens.end.min(clause.trigger.end + NEAR_DATE);
    date::dates(document, near).iter().any(|date| date.year.is_some_and(|year| year < on.year()))
}

/// Tokens without marks and joining words at its ends.
pub fn trimmed(draft: &Draft<'_, '_>, tokens: Tokens) -> Tokens {
    let document = draft.document;
    let mark = |i: usize| matches!(document.tokens[i].kind, crate::text::Kind::Mark(_));
    let joins = |i: usize| document.is_any(i, &["and", "but", "while"]);
    let mut tokens = tokens;
    while tokens.len() > 1 && (mark(tokens.end - 1) && !document.is_mark(tokens.end - 1, ')') || joins(tokens.end - 1))
    {
        tokens.end -= 1;
    }
    while tokens.len() > 1 && (mark(tokens.start) || joins(tokens.start)) {
        tokens.start += 1;
    }
    tokens
}

/// How far behind a verb its date stands.
const NEAR_DATE: usize = 12;

/// Whether the words name an area, or a thing that can be seen to be there.
pub fn is_specific(draft: &Draft<'_, '_>, content: Tokens) -> bool {
    let document = draft.document;
    let thing = |kind| document.thing(content.clone(), kind).is_some_and(|hit| !in_name(draft, hit.first));
    free_areas(draft, content.clone()).next().is_some()
        || [ThingKind::Event, ThingKind::Thing, ThingKind::Instrument].into_iter().any(thing)
}

/// The areas that the words name, outside names and posts: the place in the taxonomy and where it stands.
pub fn areas(draft: &Draft<'_, '_>, content: Tokens) -> Vec<(usize, Tokens)> {
    let all = vocab::cooperation_area::all();
    let mut found: Vec<(usize, Tokens)> =
        free_areas(draft, content).map(|hit| (hit.value as usize, hit.first..hit.end)).collect();
    // A whole field counts only where nothing inside it is named.
    let general = |area: usize| all[area].slug.ends_with("-general");
    let specific: Vec<_> =
        found.iter().filter(|(area, _)| !general(*area)).map(|(area, _)| all[*area].sector).collect();
    found.retain(|(area, tokens)| match all[*area].slug {
        EVENTS => !is_name_of_event(draft.document, tokens),
        _ => !general(*area) || !specific.contains(&all[*area].sector),
    });
    found
}

/// The area of events that are held together.
const EVENTS: &str = "joint-events";

/// `the World Water Forum`: a name, which tells what it is about, and not that such events are to be held.
fn is_name_of_event(document: &Document<'_>, tokens: &Tokens) -> bool {
    let capital = |at: usize| document.tokens[at].capital;
    let goes_on = tokens.start > 0 && capital(tokens.start - 1) && document.tokens[tokens.start].gap <= Gap::Space;
    tokens.clone().all(capital) && (goes_on || document.is_word(tokens.end, "of"))
}

/// The phrases of areas outside names and posts.
fn free_areas<'a>(draft: &'a Draft<'_, '_>, content: Tokens) -> impl Iterator<Item = Hit<Class>> + 'a {
    let in_post = move |at: usize| {
        let index = draft.posts.partition_point(|post| post.tokens.end <= at);
        draft.posts.get(index).is_some_and(|post| post.label.contains(&at))
    };
    let hits = draft.document.hits_in(content.clone(), Class::Area);
    hits.filter(move |hit| hit.end <= content.end && !in_name_of_party(draft, hit.first) && !in_post(hit.first))
}
