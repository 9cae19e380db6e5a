//! Something told as done, which may be what was promised before: `delivered thirty laptops to the school`.

use super::{Example, Rule};
use crate::{
    clause, date,
    document::Document,
    draft::{By, Draft, Tokens},
    pack::{Class, Cue, Done, Sign, ThingKind, lexicon::Hit},
    reading::{Basis, Fulfilment},
    undertaking,
};
use vocab::{ActionStatus, DatePrecision, PartialDate};

/// Something told as done.
pub const RULE: Rule = Rule {
    name: "deed-told",
    example: Example {
        text: "Hana Sato, Minister of Water of Japan, met Anna Berg, Director-General of UNESCO, in Paris. UNESCO delivered thirty laptops to the school on irrigation in Kyoto on 3 May 2021. A second delivery will be handed over in June.",
        reads: &[
            "fulfilment delivery [water-management] on 2021-05-03: UNESCO delivered thirty laptops to the school on irrigation in Kyoto on 3 May 2021",
        ],
    },
    apply,
};

/// It is put before a person only where something that is open fits it, so it may be read freely.
const BY: By = By { rule: RULE.name, confidence: 0.6 };

/// More deeds than this no report tells of.
const DEEDS: usize = 30;

fn apply(draft: &mut Draft<'_, '_>) {
    let document = draft.document;
    let mut read = Vec::new();
    for sentence in document.sentences.iter().filter(|sentence| !sentence.headline) {
        let tokens = sentence.tokens.clone();
        let mut told = Vec::new();
        for hit in document.hits_in(tokens.clone(), Class::Deed) {
            let done = &document.pack.deeds[hit.value as usize];
            if !told.contains(&done.deed) && is_done(document, &tokens, hit) && names(draft, &tokens, done) {
                told.push(done.deed);
                read.push(fulfilment(draft, tokens.clone(), done));
            }
        }
        if read.len() >= DEEDS {
            break;
        }
    }
    draft.fulfilments.extend(read);
}

/// Whether the words stand in the past: nothing before them puts them ahead, in doubt or denies them.
fn is_done(document: &Document<'_>, sentence: &Tokens, hit: Hit<Class>) -> bool {
    const AHEAD: [&str; 14] =
        ["to", "be", "being", "will", "would", "shall", "should", "could", "can", "may", "might", "must", "if", "once"];
    let before = hit.first.saturating_sub(3).max(sentence.start)..hit.first;
    let ahead = before.clone().any(|at| document.is_any(at, &AHEAD));
    // `the signed agreement`: the word describes a thing.
    let described = hit.end - hit.first == 1
        && hit.first > sentence.start
        && document.is_any(hit.first - 1, &["the", "a", "an", "its", "their"]);
    !ahead && !described && document.cue(before, Cue::Negated).is_none()
}

/// Whether the sentence names something that can be fulfilled. An invitation that is handed over is one that is made.
fn names(draft: &Draft<'_, '_>, sentence: &Tokens, done: &Done) -> bool {
    let thing = |kind| draft.document.thing(sentence.clone(), kind).is_some();
    let named = |sign: &Sign| match *sign {
        Sign::Thing(kind) => thing(kind),
        Sign::Area => !clause::areas(draft, sentence.clone()).is_empty(),
    };
    done.needs.is_empty() || done.needs.iter().any(named) && !thing(ThingKind::Invitation)
}

fn fulfilment(draft: &Draft<'_, '_>, sentence: Tokens, done: &Done) -> Fulfilment {
    let document = draft.document;
    let areas = undertaking::slugs(&clause::areas(draft, sentence.clone()));
    let span = document.span(clause::trimmed(draft, sentence.clone()));
    Fulfilment {
        deed: done.deed,
        says: ActionStatus::Delivered,
        on: on(document, sentence),
        areas,
        quote: span.quote.clone(),
        basis: Basis { evidence: vec![span], confidence: BY.confidence, rule: BY.rule.to_owned() },
    }
}

/// The first date of the sentence that does not lie ahead.
fn on(document: &Document<'_>, sentence: Tokens) -> Option<PartialDate> {
    let published_on = document.published_on;
    let told = |written: &date::Written| match (written.day_before(published_on), written.year, written.month) {
        (Some(day), ..) => Some(PartialDate::new(day, DatePrecision::Day)),
        (None, Some(_), _) => written.due(published_on),
        _ => None,
    };
    let past = |date: &PartialDate| published_on.is_none_or(|on| date.first_day() <= on);
    date::dates(document, sentence).iter().filter_map(told).find(past)
}
