//! The contact that a report tells of, its kind, and how the parties were together.

use super::{Example, Rule};
use crate::{
    document::Document,
    draft::{By, Draft, Tokens},
    pack::{Class, Cue},
    reading::{Basis, Meeting},
    side,
};
use vocab::{MeetingKind, MeetingMode};

/// The contact that a report tells of, its kind, and how the parties were together.
pub const RULE: Rule = Rule {
    name: "meeting-told",
    example: Example {
        text: "Hana Sato, Minister of Water of Japan, received Anna Berg, Director-General of UNESCO, on 3 May 2021 in Tokyo.",
        reads: &["meeting meeting 2021-05-03 in-person Tokyo"],
    },
    apply,
};

const BY: By = By { rule: RULE.name, confidence: 0.84 };

fn apply(draft: &mut Draft<'_, '_>) {
    let document = draft.document;
    if !draft.people.iter().any(|person| person.present) || !side::is_between_parties(draft) {
        return;
    }
    let sentences: Vec<Tokens> = contact_sentences(document);
    let Some(first) = sentences.first().cloned() else { return };
    let kinds = |range: Tokens| {
        document
            .hits_in(range, Class::Contact)
            .map(|hit| (hit.first..hit.end, &document.pack.contacts[hit.value as usize]))
    };
    let Some((tokens, contact)) = kinds(first.clone()).find(|(_, c)| c.strong).or_else(|| kinds(first.clone()).next())
    else {
        return;
    };
    let by_phone = contact.kind == MeetingKind::Call && document.cue(first.clone(), Cue::InPerson).is_none();
    let mode = mode(document, &sentences).filter(|_| !by_phone).or(by_phone.then_some(MeetingMode::Virtual));
    let kind = if mode == Some(MeetingMode::Virtual) && contact.kind == MeetingKind::Meeting {
        MeetingKind::Call
    } else {
        contact.kind
    };
    let basis = Basis { evidence: vec![document.span(tokens)], confidence: BY.confidence, rule: BY.rule.to_owned() };
    draft.meetings.push(Meeting { kind, date: None, mode, place: None, basis });
}

/// The sentences that tell of a contact: the first of the body in which a clear word of one stands, and those near it.
pub fn contact_sentences(document: &Document<'_>) -> Vec<Tokens> {
    let strong = |range: Tokens| {
        document.hits_in(range, Class::Contact).any(|hit| document.pack.contacts[hit.value as usize].strong)
    };
    let any = |range: Tokens| document.hits_in(range, Class::Contact).next().is_some();
    let body = document.sentences.iter().filter(|s| !s.headline).map(|s| s.tokens.clone());
    let body: Vec<Tokens> = body.take(2 * EARLY).collect();
    let first = body
        .iter()
        .take(EARLY)
        .position(|s| strong(s.clone()))
        .or_else(|| body.iter().take(EARLY).position(|s| any(s.clone())));
    let Some(first) = first else { return Vec::new() };
    body[first..].iter().take(EARLY).filter(|s| any((*s).clone())).cloned().collect()
}

/// A report tells of its contact in one of its first sentences.
const EARLY: usize = 12;

/// By video, in a room, or some by video and the others in the room.
fn mode(document: &Document<'_>, sentences: &[Tokens]) -> Option<MeetingMode> {
    let first = sentences.first()?;
    let body: Vec<Tokens> =
        document.sentences.iter().filter(|s| !s.headline).take(NEAR).map(|s| s.tokens.clone()).collect();
    let near = || body.iter().chain(sentences.iter().take(NEAR));
    let told = |cue| near().any(|s| document.cue(s.clone(), cue).is_some());
    let headline = document
        .sentences
        .iter()
        .filter(|s| s.headline)
        .any(|s| document.cue(s.tokens.clone(), Cue::Virtual).is_some());
    let some_only = near().any(|s| {
        let video = document.cue(s.clone(), Cue::Virtual);
        video.is_some_and(|video| (s.start..video.first).any(|i| document.is_any(i, &["while", "attended", "joined"])))
    });
    let contact_only =
        document.cue(first.clone(), Cue::Contact).is_some() && document.cue(first.clone(), Cue::InPerson).is_none();
    match (headline || told(Cue::Virtual), told(Cue::InPerson)) {
        (true, _) if some_only && !headline => Some(MeetingMode::Hybrid),
        (true, _) => Some(MeetingMode::Virtual),
        (false, _) if contact_only => None,
        (false, true) => Some(MeetingMode::InPerson),
        (false, false) => None,
    }
}

/// How the parties were together is told in the first sentences.
const NEAR: usize = 4;
