//! Names of people.

use crate::{
    document::Document,
    draft::Tokens,
    pack::Class,
    post,
    text::{self, Gap, Kind},
};

/// A name as it stands in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// Its tokens, without honorifics that are no part of it.
    pub tokens: Tokens,
    /// The tokens of the honorifics before it; empty if there are none.
    pub honorifics: Tokens,
    /// Whether an honorific tells a woman or a man.
    pub female: Option<bool>,
}

/// Where a name must not go on: what these words are, no name is; nor are words of posts and dates, but for a few.
const NO_NAME: u32 = Class::State.bit()
    | Class::Demonym.bit()
    | Class::Honorific.bit()
    | Class::Organization.bit()
    | Class::OrganizationNoun.bit()
    | Class::Portfolio.bit()
    | Class::Contact.bit()
    | Class::Trigger.bit();

/// The longest name, in tokens.
const LONGEST: usize = 9;

/// The names in a range of tokens.
pub fn names(document: &Document<'_>, range: Tokens) -> Vec<Name> {
    let mut found = Vec::new();
    let mut at = range.start;
    while at < range.end {
        let may_begin = document.tokens[at].capital || document.is_in(at, Class::Honorific);
        match Some(at).filter(|_| may_begin).and_then(|at| read(document, at, range.end)) {
            Some(name) => {
                at = name.tokens.end;
                found.push(name);
            }
            None => at += 1,
        }
    }
    found
}

/// The name that begins at a token, with the honorifics before it.
fn read(document: &Document<'_>, at: usize, end: usize) -> Option<Name> {
    let mut start = at;
    let mut first = None;
    let mut female = None;
    while let Some(hit) =
        document.hit(start, Class::Honorific).filter(|_| start < end && !document.is_in(start, Class::Head))
    {
        let honorific = &document.pack.honorifics[hit.value as usize];
        female = female.or(honorific.female);
        if honorific.kept && first.is_none() {
            first = Some(start);
        }
        start = hit.end + usize::from(document.is_mark(hit.end, '.'));
        // `Lt. Gen. (R)`, `Hon. (Dr.)`
        if document.is_mark(start, '(') && document.is_mark(start + 2, ')') {
            start += 3;
        }
    }
    let after_honorific = start > at;
    let last = run(document, start, end, after_honorific)?;
    if last - start == 1 && !after_honorific && document.is_in(start, Class::City) {
        return None;
    }
    if !after_honorific && document.is_in(last - 1, Class::Thing) {
        return None;
    }
    let tokens = first.unwrap_or(start)..last;
    Some(Name { honorifics: at..first.unwrap_or(start), tokens, female })
}

/// One past the last token of the name that begins here.
fn run(document: &Document<'_>, start: usize, end: usize, after_honorific: bool) -> Option<usize> {
    if start >= end || !begins_name(document, start, after_honorific) {
        return None;
    }
    let mut last = start + 1;
    while last < end && last - start < LONGEST {
        let step = goes_on(document, last, end);
        if step == 0 {
            break;
        }
        last += step;
    }
    Some(last)
}

fn begins_name(document: &Document<'_>, at: usize, after_honorific: bool) -> bool {
    let token = &document.tokens[at];
    let shout = token.acronym && !token.dotted && !after_honorific && !is_family_name(document, at);
    let small = document.is_in(at, Class::Function) && !token.dotted;
    is_name_word(document, at) && !shout && (after_honorific || !small)
}

/// `Director-General LI Na`: a family name in capitals stands between the post and the given name.
fn is_family_name(document: &Document<'_>, at: usize) -> bool {
    let next = document.tokens.get(at + 1);
    let given = next.is_some_and(|t| t.gap == Gap::Space && !t.acronym) && is_name_word(document, at + 1);
    at > 0 && document.is_in(at - 1, Class::Head) && document.tokens[at].gap == Gap::Space && given
}

fn is_name_word(document: &Document<'_>, at: usize) -> bool {
    let token = &document.tokens[at];
    let function = || document.is_in(at, Class::Function) && !token.dotted && token.gap >= Gap::Line;
    let date = || document.is_in(at, Class::Calendar) && !is_no_date(document, at);
    let post = || document.is_in(at, Class::Head) && !post::is_given_name(document, at);
    let word = token.capital && token.kind == Kind::Word && !document.is_in_any(at, NO_NAME);
    word && !function() && !date() && !post()
}

/// `Han Jun`, `met Jan Berg`: the short name of a month with no number beside it, and no preposition that opens a date.
fn is_no_date(document: &Document<'_>, at: usize) -> bool {
    let number = |i: usize| document.tokens.get(i).is_some_and(|t| t.kind == Kind::Number);
    let named_on = document.tokens.get(at + 1).is_some_and(|t| t.capital && t.gap == Gap::Space && !t.acronym)
        && !document.is_in_any(at + 1, NO_NAME | Class::Head.bit() | Class::Calendar.bit())
        && document.is_any(at.wrapping_sub(1), &["with", "by", "and", "met", "received", "welcomed", "told"]);
    let small = at > 0 && !document.tokens[at - 1].capital && !named_on;
    let before = at > 0 && (number(at - 1) || small || document.tokens[at].gap >= Gap::Line);
    let short = document.raw(at..at + 1).len() <= 5;
    short && !before && !number(at + 1) && !document.is_mark(at + 1, '.') && !document.is_mark(at + 2, '.')
}

/// How many tokens the name takes in from here: 0 ends it.
fn goes_on(document: &Document<'_>, at: usize, end: usize) -> usize {
    let token = &document.tokens[at];
    if token.gap == Gap::Paragraph {
        return 0;
    }
    if token.gap == Gap::None && token.kind == Kind::Word && !document.tokens[at - 1].dotted {
        return 1; // glued on by a hyphen
    }
    let named_on = |at: usize| at < end && is_name_word(document, at) && !document.is_in(at, Class::Function);
    let apart = |at: usize| named_on(at) || document.is_mark(at, ',');
    if named_on(at) || (is_name_word(document, at) && token.gap == Gap::Space && apart(at + 1)) {
        return 1;
    }
    // Some people are called like a state or a city.
    let place = [Class::State, Class::City, Class::Demonym].iter().any(|class| document.is_in(at, *class));
    if place
        && token.capital
        && token.gap == Gap::Space
        && document.is_mark(at + 1, ',')
        && !document.tokens[at - 1].dotted
    {
        return 1;
    }
    if document.is_in(at, Class::Particle) && at + 1 < end {
        return goes_on_after_particle(document, at, end);
    }
    // A nickname in quotation marks stands inside the name.
    let quoted = matches!(token.kind, Kind::Mark('"' | '“')) && at + 2 < end && is_name_word(document, at + 1);
    if quoted && matches!(document.tokens[at + 2].kind, Kind::Mark('"' | '”')) { 3 } else { 0 }
}

fn goes_on_after_particle(document: &Document<'_>, at: usize, end: usize) -> usize {
    let particles = (at..end.min(at + 3)).take_while(|i| document.is_in(*i, Class::Particle)).count();
    let next = at + particles;
    if next < end && is_name_word(document, next) { particles + 1 } else { 0 }
}

/// The name as it is printed: on one line, without quotation marks.
pub fn printed(document: &Document<'_>, tokens: Tokens) -> String {
    let mut printed = document.words(tokens);
    printed.retain(|c| !matches!(c, '"' | '“' | '”'));
    printed
}

/// The folded words of a name, with `al` joined to what follows, so that `Al-Malik` and `AlMalik` are one.
pub fn key(name: &str) -> Vec<String> {
    let folded = text::fold(name);
    let mut words: Vec<String> = Vec::new();
    let mut article = false;
    for word in folded.split(' ') {
        if matches!(word, "al" | "el") {
            article = true;
            continue;
        }
        let bare = word.strip_prefix("al").filter(|rest| rest.len() > 3 && !article).unwrap_or(word);
        words.push(bare.to_owned());
        article = false;
    }
    words
}

/// Whether `short` can be another way to write `full`: each of its words, or its initial, stands in `full` in the same
/// order, and the last one whole.
pub fn is_short_for(short: &[String], full: &[String]) -> bool {
    let Some(last) = short.last() else { return false };
    let mut rest = full.iter();
    let fits = |word: &String, other: &String| word == other || (word.len() == 1 && other.starts_with(word.as_str()));
    // An initial behind the first word may stand for a name that the other spelling leaves out.
    let mut words = short
        .iter()
        .enumerate()
        .filter(|(at, word)| *at == 0 || word.len() > 1 || full.iter().any(|other| other.starts_with(word.as_str())));
    full.contains(last) && words.all(|(_, word)| rest.any(|other| fits(word, other) || fits(other, word)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        let document = Document::new(text, 0, None);
        names(&document, 0..document.tokens.len()).iter().map(|name| printed(&document, name.tokens.clone())).collect()
    }

    #[test]
    fn names_are_told_from_what_stands_around_them() {
        for (text, expected) in [
            (
                "H.E. Dr. Omar bin Saleh Al-Harbi met Ms. Leyla T. Kaya in Rabat",
                &["Omar bin Saleh Al-Harbi", "Leyla T. Kaya"][..],
            ),
            ("Foreign Minister Sheikh Nasser Ould Brahim", &["Sheikh Nasser Ould Brahim"]),
            ("The Minister of Culture Aisha Bello received Ambassador Tom O’Neil", &["Aisha Bello", "Tom O’Neil"]),
            ("He said that they had met on Monday", &[]),
            ("Director General LI Na met with Jan Berg in Oslo", &["LI Na", "Jan Berg"]),
            ("Minister A. M. Faris met Sultan Kaya of TURKSOY", &["A. M. Faris", "Sultan Kaya"]),
            ("They signed it in May Tunisia’s way", &[]),
        ] {
            assert_eq!(found(text), expected, "{text}");
        }
    }

    #[test]
    fn a_short_name_fits_its_full_one_only() {
        let fits = |short: &str, full: &str| is_short_for(&key(short), &key(full));
        assert!(fits("Al-Harbi", "Omar bin Saleh AlHarbi"));
        assert!(fits("O. AlHarbi", "Omar bin Saleh Al Harbi"));
        assert!(!fits("Omar Kaya", "Omar bin Saleh Al Harbi"));
        assert!(!fits("Ahmed", "Mohammed Khan"));
    }
}
