//! The city of the contact, else the state that was visited.

use super::meeting_told::contact_sentences;
use super::{Example, Rule};
use crate::{
    date,
    document::Document,
    draft::{Draft, Tokens},
    pack::{Class, lexicon::Hit},
    text::Gap,
};
use vocab::MeetingMode;

/// The city of the contact, else the state that was visited.
pub const RULE: Rule = Rule {
    name: "meeting-place",
    example: Example {
        text: "Anna Berg, Director-General of UNESCO, met Hana Sato, Minister of Water of Japan, at the Ministry in Osaka on 3 May 2021.",
        reads: &["meeting meeting 2021-05-03 in-person Osaka"],
    },
    apply,
};

fn apply(draft: &mut Draft<'_, '_>) {
    let document = draft.document;
    let virtually = draft.meetings.first().is_none_or(|meeting| meeting.mode == Some(MeetingMode::Virtual));
    if virtually {
        return;
    }
    if let (Some((place, tokens)), Some(meeting)) = (place(document), draft.meetings.first_mut()) {
        meeting.place = Some(place);
        meeting.basis.evidence.push(document.span(tokens));
    }
}

/// A city in the sentences of the contact, then in the first sentences and the headline, then a state visited.
fn place(document: &Document<'_>) -> Option<(String, Tokens)> {
    let contact = contact_sentences(document);
    let first = |headline: bool| {
        document.sentences.iter().filter(move |s| s.headline == headline).take(EARLY).map(|s| s.tokens.clone())
    };
    let all: Vec<Tokens> = contact.iter().take(3).cloned().chain(first(false)).collect();
    let city = all.iter().find_map(|s| city_in(document, s.clone(), true));
    let city = city.or_else(|| first(true).find_map(|s| city_in(document, s, false)));
    let city = city.or_else(|| first(false).take(2).chain(first(true)).find_map(|s| unlisted(document, s)));
    city.or_else(|| all.iter().take(2).find_map(|s| visited(document, s.clone())))
}

/// The first sentences, in which the place is told if it is told at all.
const EARLY: usize = 8;

/// A city after `in`, `at`, `to` or in a dateline, that is not told as the place of something else.
fn city_in(document: &Document<'_>, sentence: Tokens, dateline: bool) -> Option<(String, Tokens)> {
    for hit in document.hits_in(sentence.clone(), Class::City) {
        if goes_on_as_a_name(document, &hit) {
            continue;
        }
        let before = hit.first.wrapping_sub(1);
        let before = before_the_capital(document, before);
        let of_state = document.is_possessive(before)
            && document
                .hits_in(before.saturating_sub(4)..before, Class::State)
                .any(|state| state.end == before && document.is_word(state.first.wrapping_sub(1), "in"));
        let brought = document.is_word(before, "to")
            && document.is_any(before.wrapping_sub(1), &["brought", "came", "visit", "trip", "arrived", "travelled"]);
        let told = hit.first > sentence.start
            && (document.is_any(before, &["in", "at", "near"]) || in_district(document, before) || of_state || brought);
        let seat = document.is_any(before, &["its", "the", "their"])
            && document.is_any(hit.end, &["headquarters", "office", "offices", "hq"]);
        let office = document.is_word(before, "in")
            && document.is_any(before.wrapping_sub(1), &["office", "bureau", "centre", "center"])
            && !document.is_any(before.wrapping_sub(2), &["his", "her", "its", "their"]);
        let opens = dateline
            && hit.first == sentence.start
            && (super::meeting_date::dateline(document, sentence.clone()) > hit.end
                || document.is_any(hit.end, &["was", "hosted"]));
        let near = hit.first.saturating_sub(12).max(sentence.start)..hit.first;
        let elsewhere = near.clone().any(|i| {
            document.is_any(
                i,
                &[
                    "due",
                    "expected",
                    "scheduled",
                    "summit",
                    "next",
                    "will",
                    "university",
                    "born",
                    "died",
                    "decided",
                    "decisions",
                ],
            )
        });
        if ((told || seat) && !elsewhere && !office) || opens || is_dated(document, sentence.clone(), &hit) {
            let city = &document.pack.cities[hit.value as usize];
            return Some((city.name.to_owned(), hit.first..hit.end));
        }
    }
    None
}

/// `in the German capital Berlin`, `in the city of Osaka`: from the city back to the word before the article.
fn before_the_capital(document: &Document<'_>, before: usize) -> usize {
    let mut at = before;
    let passed = |i: usize| {
        document.is_any(i, &["capital", "city", "of", "the", "historic"]) || document.is_in(i, Class::Demonym)
    };
    let named = document.is_any(at, &["capital", "of"]) && document.is_any(at.wrapping_sub(1), &["capital", "city"])
        || document.is_any(at, &["capital", "city"]);
    while named && at > 0 && before - at < 5 && passed(at) {
        at -= 1;
    }
    at
}

/// `Ministry of Water, Osaka, 3 May 2021.`, `Venue: Osaka`: a line that tells place and day.
fn is_dated(document: &Document<'_>, sentence: Tokens, hit: &Hit<Class>) -> bool {
    let venue = (sentence.start..hit.first).any(|i| document.is_word(i, "venue"));
    let next = hit.end + usize::from(document.is_mark(hit.end, ','));
    let dated = document.is_mark(hit.end, ',')
        && date::dates(document, next..sentence.end.min(next + 4)).first().is_some_and(|date| date.day.is_some());
    let opens =
        hit.first < sentence.start + 12 && document.hits_in(sentence.start..hit.first, Class::Contact).next().is_none();
    let hosts = hit.end + usize::from(document.is_word(hit.end, "city"));
    let hosting = document.is_any(hosts, &["hosts", "hosted"]) || document.is_word(hosts + 1, "hosting");
    let first = hit.first == sentence.start;
    let alone = sentence.len() == 2 && first && document.is_mark(hit.end, '.');
    // `Manama, The Coordinator …`, `Islamabad  That the programmes …`
    let begins = hit.end + usize::from(document.is_mark(hit.end, ','));
    let opened = first && document.tokens[begins].capital && document.is_in(begins, Class::Function);
    let the_capital = document.is_mark(hit.first.wrapping_sub(1), ',')
        && document.is_word(hit.first.wrapping_sub(2), "capital")
        && document.is_any(hit.first.wrapping_sub(4), &["in", "at"]);
    opened || the_capital || venue || dated && opens || hosting || alone
}

/// `Aden Abdulle Airport`: the city is part of another name.
fn goes_on_as_a_name(document: &Document<'_>, hit: &Hit<Class>) -> bool {
    let next = &document.tokens[hit.end];
    let other = [Class::Calendar, Class::Head, Class::Honorific, Class::State, Class::Function, Class::Demonym];
    next.capital
        && next.gap == Gap::Space
        && !next.acronym
        && !document.is_any(hit.end, &["headquarters", "office", "city"])
        && !other.iter().any(|class| document.is_in(hit.end, *class))
}

/// `Khankendi, September 23, AZERTAC`: the place of a dateline that no table lists.
fn unlisted(document: &Document<'_>, sentence: Tokens) -> Option<(String, Tokens)> {
    let end = (sentence.start..sentence.end.min(sentence.start + 3)).find(|i| document.is_mark(*i, ','))?;
    let name = sentence.start..end;
    let place = name.clone().all(|i| {
        let token = &document.tokens[i];
        let other =
            [Class::Calendar, Class::Function, Class::Honorific, Class::Head, Class::State, Class::Organization];
        token.capital && !token.acronym && !other.iter().any(|class| document.is_in(i, *class))
    });
    let dated = date::dates(document, end + 1..sentence.end.min(end + 4)).first()?.tokens.start == end + 1;
    (place && dated && !name.is_empty()).then(|| (document.words(name.clone()), name))
}

/// `visiting Guinea`, `on a visit to Guinea`.
fn visited(document: &Document<'_>, sentence: Tokens) -> Option<(String, Tokens)> {
    let hit = document.hits_in(sentence.clone(), Class::State).find(|hit| {
        let near = hit.first.saturating_sub(3).max(sentence.start)..hit.first;
        near.into_iter()
            .any(|i| document.is_any(i, &["visiting", "visit", "visited", "visits", "trip", "stay", "tour", "arrived"]))
    })?;
    let state = &vocab::member_state::all()[hit.value as usize];
    Some((state.name(vocab::Language::En).to_owned(), hit.first..hit.end))
}

/// `at Old Port, Dakar`: a place before the comma, and `in` or `at` before it.
fn in_district(document: &Document<'_>, comma: usize) -> bool {
    let near = comma.saturating_sub(4)..comma;
    document.is_mark(comma, ',')
        && document.tokens[comma - 1].capital
        && near.into_iter().any(|i| document.is_any(i, &["in", "at"]))
}
