//! From a clause to what is to be followed up: who acts, for whom, about what.

use std::borrow::Cow;

use vocab::{ActionKind, Strength};

use crate::{
    clause::{self, Clause},
    date,
    document::Document,
    draft::{Act, By, Draft, Side, Who},
    pack::{Built, Class, Cue, Needs, ThingKind},
    reference::{self, Actor},
    side,
    undertaking::{Names, Undertaking},
};

/// Walks every clause of a kind and notes what becomes of it.
pub fn read_clauses(draft: &mut Draft<'_, '_>, built: Built, by: By) {
    let cut = draft.clauses.take();
    if cut.is_none() && !side::is_between_parties(draft) {
        return;
    }
    let sides = side::sides(draft);
    let acts = cut.unwrap_or_else(|| acts(draft, &sides));
    let mut undertakings = std::mem::take(&mut draft.undertakings);
    let mut names = std::mem::take(&mut draft.acting);
    let of_kind = acts.iter().filter(|act| act.clause.told(draft.document).built == built);
    undertakings.extend(of_kind.filter_map(|act| read(draft, act, &sides, by, &mut names)));
    (draft.undertakings, draft.acting) = (undertakings, names);
    draft.clauses = Some(acts);
}

/// All clauses, each with the one who acts.
fn acts(draft: &Draft<'_, '_>, sides: &[Side]) -> Vec<Act> {
    let mut acts = Vec::new();
    for sentence in draft.document.sentences.iter().filter(|sentence| !sentence.headline) {
        let mut last = None;
        for clause in clause::clauses(draft, sentence.tokens.clone()) {
            let inherits = clause.tokens.start != sentence.tokens.start && bare(draft, &clause);
            let actor = actor(draft, &clause, sides).or(last.filter(|_| inherits));
            last = actor;
            acts.push(Act { clause, actor });
        }
    }
    acts
}

/// Whether the verb stands right at the clause's beginning, so that its subject is said before.
fn bare(draft: &Draft<'_, '_>, clause: &Clause) -> bool {
    let before = clause.tokens.start..clause.trigger.first;
    before.into_iter().all(|i| draft.document.is_any(i, &["also", "then", "further", "has", "had"]))
}

/// Who acts in a clause.
fn actor(draft: &Draft<'_, '_>, clause: &Clause, sides: &[Side]) -> Option<Actor> {
    let told = clause.told(draft.document);
    if let Some(owner) = owner(draft, clause) {
        return Some(Actor::One(owner));
    }
    let subject = reference::subject(draft, clause.tokens.start..clause.trigger.first);
    match told.built {
        Built::Says if is_a_way(draft, clause) && sides.len() > 1 => Some(Actor::Both),
        Built::Topic => match subject {
            Some(Actor::One(who)) if sides.len() < 2 => Some(Actor::One(who)),
            Some(Actor::One(Who::Person(_))) if !with_somebody(draft, clause) => None,
            _ => Some(Actor::Both),
        },
        Built::Says if told.kind == ActionKind::Agreement => match subject {
            Some(Actor::One(who)) if draft.side(who).is_none() => None,
            Some(_) if sides.len() > 1 => Some(Actor::Both),
            other => other,
        },
        Built::Says => subject.or_else(|| reference::attribution(draft, clause.sentence.clone())),
        Built::Told => agent(draft, clause).or_else(|| told_by(draft, clause, told.kind, sides)),
        // What is set to happen is no one who acts.
        Built::Set if is_passive(draft, clause) => agent(draft, clause)
            .or_else(|| reference::attribution(draft, clause.sentence.clone()))
            .or(Some(Actor::Both).filter(|_| sides.len() > 1)),
        Built::Set
            if matches!(subject, None | Some(Actor::Both))
                && reference::attribution(draft, clause.sentence.clone()).is_some() =>
        {
            reference::attribution(draft, clause.sentence.clone())
        }
        Built::Set => subject
            .or_else(|| organization_before(draft, clause).filter(|_| told.needs != Needs::Event))
            .or(Some(Actor::Both).filter(|_| sides.len() > 1)),
    }
}

/// `talked about preparations for the session`.
fn names_what_is_set(draft: &Draft<'_, '_>, clause: &Clause) -> bool {
    let document = draft.document;
    let near = clause.trigger.end..clause.tokens.end.min(clause.trigger.end + 3);
    let set = document.hits_in(near, Class::Trigger).any(|hit| {
        let told = &document.pack.triggers[hit.value as usize];
        told.built == Built::Set && told.needs == Needs::Event
    });
    set && document.thing(clause.content(document), ThingKind::Event).is_some()
}

/// Whose proposal it is: `welcomed Chad's proposals for`.
fn owner(draft: &Draft<'_, '_>, clause: &Clause) -> Option<Who> {
    let document = draft.document;
    let owned = (clause.trigger.first.saturating_sub(1)..clause.trigger.end).find(|i| document.is_possessive(*i))?;
    let named = draft.mentions_before(owned).next().filter(|(tokens, _)| tokens.end == owned).map(|(_, who)| who);
    let near = owned.saturating_sub(5)..owned;
    let state = near.flat_map(|i| document.hits_at(i)).find(|hit| hit.class == Class::State && hit.end == owned);
    named.or_else(|| state.map(|hit| Who::State(hit.value)))
}

/// `how cooperation could be enhanced`: what is told is what was talked about.
fn is_a_way(draft: &Draft<'_, '_>, clause: &Clause) -> bool {
    let document = draft.document;
    let modal = document.is_any(clause.trigger.first, &["could", "can", "might", "may"]);
    modal && (clause.tokens.start..clause.trigger.first).any(|i| document.is_word(i, "how"))
}

/// `will be opened`, `to be held`: the verb tells what becomes of its subject.
fn is_passive(draft: &Draft<'_, '_>, clause: &Clause) -> bool {
    let document = draft.document;
    let participle = |i: usize| document.raw(i..i + 1).ends_with("ed") || document.is_any(i, &["held", "set", "built"]);
    let be = clause.trigger.first..clause.trigger.end;
    be.clone().any(|i| document.is_word(i, "be")) && (be.start..be.end + 1).any(participle)
}

/// Whether one who talks does so with somebody.
fn with_somebody(draft: &Draft<'_, '_>, clause: &Clause) -> bool {
    let document = draft.document;
    let with = (clause.sentence.start..clause.tokens.end).any(|i| document.is_word(i, "with"));
    let met = clause::is_what_they_met_for(document, clause);
    with || met || document.is_any(clause.trigger.first, &["discussed", "explored"])
}

/// The one after "by".
fn agent(draft: &Draft<'_, '_>, clause: &Clause) -> Option<Actor> {
    let document = draft.document;
    // `it was agreed that a school will be built by Chad`: what is agreed has an agent of its own.
    let mut own = (clause.trigger.end..clause.tokens.end).take_while(|i| !document.is_word(*i, "that"));
    let by = own.find(|i| document.is_word(*i, "by"))?;
    let end = clause.tokens.end;
    let (first, actor) = (by + 1..(by + 4).min(end)).find_map(|at| reference::candidate(draft, at, end))?;
    let joined = (first.end..end).filter(|i| document.is_word(*i, "and")).any(|and| {
        let mut near = (and + 1..(and + 4).min(end)).filter_map(|at| reference::candidate(draft, at, end));
        let other = near.next().map(|(_, other)| other);
        // Behind the post of the first one only a person is meant by `and`.
        let named = and == first.end || matches!(other, Some(Actor::One(Who::Person(_))));
        named && other.is_some_and(|other| reference::differ(draft, actor, other))
    });
    Some(if joined { Actor::Both } else { actor })
}

/// Who acts where the text does not say: both in talks and agreements, else the one who spoke last.
fn told_by(draft: &Draft<'_, '_>, clause: &Clause, kind: ActionKind, sides: &[Side]) -> Option<Actor> {
    let together = matches!(kind, ActionKind::Proposal | ActionKind::Agreement) && sides.len() > 1;
    if together {
        return Some(Actor::Both);
    }
    let named = draft.mentions_before(clause.trigger.first).take(6).map(|(_, who)| who);
    let mut people = named.filter(|who| matches!(who, Who::Person(i) if draft.people[*i].present));
    people.next().map(Actor::One)
}

fn organization_before(draft: &Draft<'_, '_>, clause: &Clause) -> Option<Actor> {
    let named = draft.mentions_in(clause.tokens.clone()).map(|(_, who)| who).next();
    let from = |hit: &crate::pack::lexicon::Hit<Class>| hit.first > 0 && draft.document.is_word(hit.first - 1, "from");
    let state = draft.document.hits_in(clause.tokens.clone(), Class::State).find(from).map(|hit| Who::State(hit.value));
    named.or(state).map(Actor::One)
}

/// What a clause tells to follow up, if it is known who acts.
fn read(draft: &Draft<'_, '_>, act: &Act, sides: &[Side], by: By, names: &mut Names) -> Option<Undertaking> {
    let document = draft.document;
    let Act { clause, actor } = act;
    let actor = *actor;
    let told = clause.told(document);
    let (name, side) = match actor {
        Some(Actor::Both) => (Some(Cow::Borrowed("both")), None),
        Some(Actor::One(who)) => {
            let side = draft.side(who);
            if matches!(who, Who::Person(i) if !draft.people[i].present) {
                return None;
            }
            (Some(name_of(draft, who)), side)
        }
        None if told.built == Built::Set => (None, None),
        None => return None,
    };
    let by_they = clause.tokens.clone().take(8).any(|i| document.is_word(i, "they"));
    let one_sided = matches!(told.kind, ActionKind::Request | ActionKind::Offer | ActionKind::Commitment);
    if actor == Some(Actor::Both) && one_sided && by_they {
        return None;
    }
    let kind = match told.kind {
        // Talks about an event that is set to come tell a plan.
        ActionKind::Proposal if told.built == Built::Topic && names_what_is_set(draft, clause) => ActionKind::Plan,
        ActionKind::Commitment if actor == Some(Actor::Both) && document.is_any(clause.trigger.first, &["decided"]) => {
            ActionKind::Agreement
        }
        kind => kind,
    };
    let actor_side = match actor {
        Some(Actor::Both) => Some("both"),
        _ => side.map(|side| draft.side_name(side)),
    };
    let counterpart = side.and_then(|side| side::counterpart(draft, side, sides)).map(|side| draft.side_name(side));
    let content = clause.content(document);
    let thing = |kind| document.thing(content.clone(), kind).is_some();
    Some(Undertaking {
        kind,
        strength: strength(draft, clause, told.strength),
        actor: name.map(|name| names.keep(&name)),
        actor_side: actor_side.map(|name| names.keep(name)),
        counterpart: counterpart.map(|name| names.keep(name)),
        about: clause::areas(draft, clause.about(document)),
        due: due(draft, clause),
        deliverable: thing(ThingKind::Event) || thing(ThingKind::Thing),
        instrument: document.thing(clause.tokens.clone(), ThingKind::Instrument).is_some(),
        quote: document.bytes(clause::trimmed(draft, clause.tokens.clone())),
        by: By { confidence: by.confidence * certainty(clause, document, actor), ..by },
    })
}

/// What is left of a rule's confidence for how the text tells who acts.
fn certainty(clause: &Clause, document: &Document<'_>, actor: Option<Actor>) -> f64 {
    match (clause.told(document).built, actor) {
        // The agent of a passive is as often the one who was told of it.
        (Built::Told, Some(Actor::One(_))) if clause.about(document).into_iter().any(|i| document.is_word(i, "by")) => {
            0.7
        }
        (Built::Says, Some(Actor::Both)) | (Built::Told, Some(Actor::Both)) => 0.95,
        _ => 1.0,
    }
}

fn name_of<'a>(draft: &'a Draft<'_, '_>, who: Who) -> Cow<'a, str> {
    match who {
        Who::Person(index) => Cow::Borrowed(&draft.people[index].name),
        Who::Organization(index) => Cow::Borrowed(draft.side_name_of_body(index)),
        Who::Office(index) => Cow::Owned(draft.posts[index].printed(draft.document)),
        Who::State(state) => Cow::Borrowed(vocab::member_state::all()[state as usize].name(vocab::Language::En)),
    }
}

/// The time the act is tied to: the first date after the trigger that lies ahead, and is no range of years.
fn due(draft: &Draft<'_, '_>, clause: &Clause) -> Option<vocab::PartialDate> {
    let document = draft.document;
    let on = document.published_on;
    let dates = date::dates(document, clause.content(document));
    let range = |at: usize| {
        let joint = |i: usize| document.is_mark(i, '–') || document.is_mark(i, '-') || document.is_word(i, "to");
        let glued = |i: usize| {
            document
                .tokens
                .get(i)
                .is_some_and(|t| t.gap == crate::text::Gap::None && t.kind == crate::text::Kind::Number)
        };
        joint(at) || glued(at)
    };
    let ahead = |date: &vocab::PartialDate| on.is_none_or(|on| date.last_day() >= on);
    dates
        .iter()
        .filter(|d| !range(d.tokens.end) && d.relative != Some(crate::pack::Calendar::Day(0)))
        .filter_map(|d| d.due(on))
        .find(ahead)
}

/// Binding words make a promise; a document makes it signed.
fn strength(draft: &Draft<'_, '_>, clause: &Clause, told: Strength) -> Strength {
    let hedged = draft.document.cue(clause.content(draft.document), Cue::Hypothetical).is_some();
    if hedged && told.is_commitment() && told != Strength::Signed { Strength::Proposed } else { told }
}
