//! The day of the contact.

use super::meeting_told::contact_sentences;
use super::{Example, Rule};
use crate::{
    date::{self, Written},
    document::Document,
    draft::{Draft, Tokens},
    pack::{Calendar, Class, Cue},
};
use vocab::{DatePrecision, PartialDate};

/// The day of the contact.
pub const RULE: Rule = Rule {
    name: "meeting-date",
    example: Example {
        text: "Anna Berg, Director-General of UNESCO, visited Hana Sato, Minister of Water of Japan, on Monday, 3 May 2021, in Tokyo.",
        reads: &["meeting visit 2021-05-03 in-person Tokyo"],
    },
    apply,
};

fn apply(draft: &mut Draft<'_, '_>) {
    let document = draft.document;
    if draft.meetings.is_empty() {
        return;
    }
    let found = candidates(document).into_iter().find_map(|date| {
        let day = date.day_before(document.published_on)?;
        Some((PartialDate::new(day, DatePrecision::Day), document.span(date.tokens)))
    });
    if let (Some((date, span)), Some(meeting)) = (found, draft.meetings.first_mut()) {
        meeting.date = Some(date);
        meeting.basis.evidence.push(span);
    }
}

/// Dates in the sentences of the contact, the sentence that tells it first, without datelines, dates of statements and
/// dates of other events.
fn candidates(document: &Document<'_>) -> Vec<Written> {
    let sentences = contact_sentences(document);
    let body = document.sentences.iter().filter(|s| !s.headline).map(|s| s.tokens.clone());
    let before = body.take_while(|s| sentences.first().is_none_or(|first| s.start < first.start)).take(3);
    let mut found = Vec::new();
    for sentence in sentences.iter().take(3).cloned().chain(before) {
        let from = dateline(document, sentence.clone());
        let dates = date::dates(document, from..sentence.end);
        found.extend(dates.into_iter().filter(|date| is_of_contact(document, sentence.clone(), date)));
    }
    found
}

/// Where the text begins after a dateline such as `Paris, 3 May 2021 –` or `PARIS (Agency) –`.
pub fn dateline(document: &Document<'_>, sentence: Tokens) -> usize {
    let near = sentence.start..sentence.end.min(sentence.start + 16);
    let opens = document.tokens[sentence.start].capital;
    let ends = near.clone().rev().find(|i| {
        document.tokens[*i].is('–')
            || document.tokens[*i].is('—')
            || document.tokens[*i].is(':')
            || (document.tokens[*i].is('-') && document.tokens[*i].gap == crate::text::Gap::Space)
    });
    let agency = document
        .hit(sentence.start, Class::City)
        .map(|city| city.end)
        .filter(|at| document.is_mark(*at, '(') && document.tokens[*at + 1].capital);
    let closed = agency.and_then(|open| (open..(open + 10).min(sentence.end)).find(|i| document.is_mark(*i, ')')));
    if let Some(close) = closed.filter(|close| ends.is_none_or(|end| end < *close)) {
        let dates = date::dates(document, close + 1..(close + 8).min(sentence.end));
        return dates.first().filter(|date| date.tokens.start == close + 1).map_or(close + 1, |date| date.tokens.end);
    }
    let place = near.clone().take(3).any(|i| document.is_in(i, Class::City) || document.tokens[i].acronym);
    ends.filter(|_| opens && place).map_or(sentence.start, |end| end + 1)
}

fn is_of_contact(document: &Document<'_>, sentence: Tokens, date: &Written) -> bool {
    let near = date.tokens.start.saturating_sub(4).max(sentence.start)..date.tokens.start;
    let statement = document.cue(near.clone(), Cue::Statement).is_some()
        || near.clone().any(|i| {
            document.is_any(
                i,
                &[
                    "dated",
                    "opened",
                    "opens",
                    "began",
                    "started",
                    "issued",
                    "appointed",
                    "founded",
                    "said",
                    "until",
                    "since",
                    "after",
                    "before",
                    "due",
                    "expected",
                    "scheduled",
                    "decided",
                    "held",
                ],
            ) && document.cue(near.clone(), Cue::InPerson).is_none()
        });
    let statement = statement || document.is_word(date.tokens.start.wrapping_sub(1), "by");
    let event = near.clone().any(|i| document.is_any(i, &["summit", "session", "anniversary", "signed"]))
        && document.is_word(date.tokens.start.wrapping_sub(1), "of");
    let ahead = date.day_before(document.published_on).zip(document.published_on).is_some_and(|(day, on)| day > on);
    !in_dateline(document, sentence, date)
        && (date.day.is_some()
            || date.weekday.is_some()
            || matches!(date.relative, Some(Calendar::Day(days)) if days <= 0))
        && !statement
        && !event
        && !ahead
}

/// `Bishkek, Kyrgyzstan, June 21.`: nothing but places stands before the date.
fn in_dateline(document: &Document<'_>, sentence: Tokens, date: &Written) -> bool {
    let before = sentence.start..date.tokens.start;
    let place = |i: usize| document.tokens[i].capital && !document.is_in(i, Class::Function);
    date.weekday.is_none()
        && (1..=6).contains(&before.len())
        && place(before.start)
        && before.into_iter().all(|i| place(i) || document.is_mark(i, ',') || document.is_mark(i, '.'))
}
