//! Sentences cut into clauses, one for each act.

use crate::{
    document::Document,
    draft::{Draft, Tokens},
    pack::{Built, Class, Cue, Needs, ThingKind, Trigger, lexicon::Hit},
    reference,
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

    /// What the clause is about: what stands after the trigger, or the whole clause where the trigger stands at its end.
    pub fn content(&self, document: &Document<'_>) -> Tokens {
        match self.told(document).built {
            Built::Says | Built::Topic => self.trigger.end..self.tokens.end,
            Built::Told if self.trigger.first > self.tokens.start + 2 => self.tokens.start..self.trigger.first,
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
        if triggers.len() < 4 * ACTS && !is_noun(document, hit) && !in_name(draft, hit.first) {
            triggers.push(*hit);
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
    hit.first > 0
        && hit.end - hit.first == 1
        && document
            .is_any(hit.first - 1, &["the", "a", "an", "this", "these", "its", "his", "her", "their", "of", "newly"])
}

fn in_name(draft: &Draft<'_, '_>, at: usize) -> bool {
    draft.mentions_before(at + 1).next().is_some_and(|(tokens, _)| tokens.end > at)
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
    clause.told(document).built == Built::Topic && (before || participle)
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
    if document.cue(negated, Cue::Negated).is_some() || is_past(document, clause) || tells_no_talks(document, clause) {
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
        Needs::Visit => document.thing(near, ThingKind::Visit).is_some(),
        Needs::Instrument => document.thing(near, ThingKind::Instrument).is_some(),
        Needs::Help => document.thing(near, ThingKind::Help).is_some(),
        Needs::Event => document.thing(clause.tokens.clone(), ThingKind::Event).is_some(),
        Needs::Infinitive => urges(draft, near),
    }
}

/// `called on the Bank to`, `called on all states to`: whoever is called on is no person, which would be a visit.
fn urges(draft: &Draft<'_, '_>, near: Tokens) -> bool {
    let document = draft.document;
    let Some(to) = near.clone().find(|i| document.is_word(*i, "to")) else { return false };
    let body = draft.mentions_in(near.start..to).any(|(_, who)| !matches!(who, crate::draft::Who::Person(_)));
    let plural = (near.start..to).any(|i| {
        document.is_any(i, &["states", "countries", "community", "partners", "donors", "bodies", "institutions", "all"])
    });
    body || plural || document.hits_in(near.start..to, Class::State).next().is_some()
}

/// Whether words up to shortly behind the trigger say that the act lies in the past; further on they tell of something else.
fn is_past(document: &Document<'_>, clause: &Clause) -> bool {
    let near = clause.tokens.start..clause.tokens.end.min(clause.trigger.end + BEHIND);
    document.cue(near, Cue::Past).is_some()
}

/// How far behind a verb `last year` still tells when it was.
const BEHIND: usize = 3;

/// Whether the words name an area, or a thing that can be seen to be there.
pub fn is_specific(draft: &Draft<'_, '_>, content: Tokens) -> bool {
    let document = draft.document;
    let thing = |kind| document.thing(content.clone(), kind).is_some_and(|hit| !in_name(draft, hit.first));
    !areas(draft, content.clone()).is_empty()
        || [ThingKind::Event, ThingKind::Thing, ThingKind::Instrument].into_iter().any(thing)
}

/// The areas that the words name, outside names and posts: the place in the taxonomy and where it stands.
pub fn areas(draft: &Draft<'_, '_>, content: Tokens) -> Vec<(usize, Tokens)> {
    let document = draft.document;
    let all = vocab::cooperation_area::all();
    let in_post = |at: usize| {
        let index = draft.posts.partition_point(|post| post.tokens.end <= at);
        draft.posts.get(index).is_some_and(|post| post.label.contains(&at))
    };
    let free = |hit: &&Hit<Class>| hit.end <= content.end && !in_name(draft, hit.first) && !in_post(hit.first);
    let found: Vec<(usize, Tokens)> = document
        .hits_in(content.clone(), Class::Area)
        .filter(free)
        .map(|hit| (hit.value as usize, hit.first..hit.end))
        .collect();
    // A whole field counts only where nothing inside it is named.
    let specific = |area: usize| {
        found.iter().any(|(other, _)| all[*other].sector == all[area].sector && !all[*other].slug.ends_with("-general"))
    };
    found.iter().filter(|(area, _)| !all[*area].slug.ends_with("-general") || !specific(*area)).cloned().collect()
}
