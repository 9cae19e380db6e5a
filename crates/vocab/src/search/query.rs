//! What people type into a search, understood.

use std::fmt;

use super::{Joint, Token, forms, stem, tokens};

/// The most characters that are searched for.
const LONGEST: usize = 200;
/// The most words.
const MOST_WORDS: usize = 12;
/// From so many letters on a word may be the beginning of another.
const SHORTEST_BEGINNING: usize = 2;

/// What is searched for: every term has to be found.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Query(Vec<Term>);

/// A word, or words one after the other.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Term {
    /// The folded words.
    words: Vec<String>,
    /// Whether the last of them may be the beginning of a longer word.
    open: bool,
}

/// Why something cannot be searched for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unsearchable {
    /// There is no word in it.
    Nothing,
    /// It is too long.
    TooLong,
    /// It has so many words, which are too many.
    TooManyWords(usize),
}

impl fmt::Display for Unsearchable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nothing => write!(f, "there is no letter and no digit in it: write a word to look for"),
            Self::TooLong => write!(f, "it is longer than {LONGEST} characters: look for fewer words"),
            Self::TooManyWords(count) => {
                write!(f, "it has {count} words, and {MOST_WORDS} are the most: look for fewer words")
            }
        }
    }
}

impl Query {
    /// Understands what was typed. Words in quotation marks stand one after the other, as do those that a hyphen joins; the
    /// last word may be the beginning of a longer one, unless it is quoted or the number of a reference. There are no
    /// operators: whatever else is typed parts words.
    ///
    /// # Errors
    /// [`Unsearchable`].
    pub fn parse(text: &str) -> Result<Self, Unsearchable> {
        if text.chars().nth(LONGEST).is_some() {
            return Err(Unsearchable::TooLong);
        }
        let pieces: Vec<_> = text.split(is_quotation_mark).map(tokens).collect();
        let last = pieces.len() - 1;
        let count = pieces.iter().map(Vec::len).sum();
        match count {
            0 => return Err(Unsearchable::Nothing),
            1..=MOST_WORDS => {}
            _ => return Err(Unsearchable::TooManyWords(count)),
        }
        let mut terms: Vec<Term> = Vec::new();
        for (at, piece) in pieces.into_iter().enumerate().filter(|(_, piece)| !piece.is_empty()) {
            // What was typed last is still being typed.
            terms.iter_mut().for_each(|term| term.open = false);
            if at % 2 == 0 {
                terms.extend(plain(piece, count));
            } else {
                terms.push(Term { words: piece.into_iter().map(|token| token.word).collect(), open: at == last });
            }
        }
        terms.iter_mut().for_each(|term| term.open &= term.can_be_open());
        Ok(Self(terms))
    }

    /// What has to be found.
    pub fn terms(&self) -> &[Term] {
        &self.0
    }
}

fn is_quotation_mark(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '«' | '»')
}

/// The terms of words that are not quoted, of `count` in all; the last is open.
fn plain(piece: Vec<Token>, count: usize) -> Vec<Term> {
    let joined: Vec<_> = piece.iter().map(|token| token.joint).skip(1).chain([Joint::Apart]).collect();
    let mut terms: Vec<Term> = Vec::new();
    for (token, next) in piece.into_iter().zip(joined) {
        // The article of `l’éducation` and the end of `ministry’s` are no words to look for.
        let leans = token.joint == Joint::Apostrophe || next == Joint::Apostrophe;
        if leans && count > 1 && token.word.chars().nth(1).is_none() {
            continue;
        }
        match terms.last_mut() {
            Some(before) if matches!(token.joint, Joint::Hyphen | Joint::Nothing) => before.words.push(token.word),
            _ => terms.push(Term { words: vec![token.word], open: false }),
        }
    }
    if let Some(last) = terms.last_mut() {
        last.open = true;
    }
    terms
}

impl Term {
    /// The words without their prefixes, one after the other.
    pub fn stems(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(|word| stem(word))
    }

    /// Whether the last word may be the beginning of a longer one.
    pub fn is_open(&self) -> bool {
        self.open
    }

    /// The beginnings that are looked for, where it is the beginning of one word.
    pub fn beginnings(&self) -> Option<impl Iterator<Item = &str>> {
        match self.words.as_slice() {
            [word] if self.open => Some(forms(word)),
            _ => None,
        }
    }

    fn can_be_open(&self) -> bool {
        let Some(last) = self.words.last() else { return false };
        let is_reference = self.words.len() > 1 && last.chars().all(char::is_numeric);
        last.chars().nth(SHORTEST_BEGINNING - 1).is_some() && !is_reference
    }

    /// How many words from this one on it means, in the way in which databases are asked for it; none, where it means others.
    pub fn means(&self, tokens: &[Token]) -> Option<usize> {
        if let Some(mut beginnings) = self.beginnings() {
            let first = tokens.first()?;
            return beginnings.any(|begun| forms(&first.word).any(|form| form.starts_with(begun))).then_some(1);
        }
        let tokens = tokens.get(..self.words.len())?;
        let last = self.words.len() - 1;
        let mut pairs = tokens.iter().zip(self.stems()).enumerate();
        let same = pairs.all(|(at, (token, wanted))| {
            let found = stem(&token.word);
            found == wanted || (self.open && at == last && found.starts_with(wanted))
        });
        same.then_some(tokens.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is understood: phrases joined by `+`, an open end as `*`.
    fn understood(text: &str) -> Result<Vec<String>, Unsearchable> {
        let shown = |term: &Term| format!("{}{}", term.words.join("+"), if term.open { "*" } else { "" });
        Query::parse(text).map(|query| query.terms().iter().map(shown).collect())
    }

    #[test]
    fn words_are_told_from_phrases_and_beginnings() {
        for (text, terms) in [
            ("water talks", &["water", "talks*"][..]),
            ("\"water talks\"", &["water+talks"]),
            ("map \"water talks\"", &["map", "water+talks"]),
            ("«water talks» ma", &["water+talks", "ma*"]),
            ("\"water tal", &["water+tal*"]),
            ("PAK-14", &["pak+14"]),
            ("pak-1 wa", &["pak+1", "wa*"]),
            ("Al-Mal", &["al+mal*"]),
            ("l’éducation", &["education*"]),
            ("the ministry's", &["the", "ministry*"]),
            ("l'", &["l"]),
            ("a", &["a"]),
            ("AND NEAR(water*, ^talks) -x title:y %", &["and", "near", "water", "talks", "x", "title", "y"]),
            ("\"\" water \"\"", &["water*"]),
            ("", &[]),
        ] {
            let terms = terms.iter().map(|term| (*term).to_owned()).collect::<Vec<_>>();
            let expected = if terms.is_empty() { Err(Unsearchable::Nothing) } else { Ok(terms) };
            assert_eq!(understood(text), expected, "{text}");
        }
    }

    #[test]
    fn what_cannot_be_searched_for_says_why() {
        for nothing in ["  ", "\"\"", "—*%", "\u{64b}\u{651}", "👍"] {
            assert_eq!(understood(nothing), Err(Unsearchable::Nothing), "{nothing}");
        }
        assert_eq!(understood(&"a".repeat(201)), Err(Unsearchable::TooLong));
        assert_eq!(understood(&"a ".repeat(13)), Err(Unsearchable::TooManyWords(13)));
        assert!(Unsearchable::TooManyWords(13).to_string().contains("13 words, and 12 are the most"));
    }

    #[test]
    fn a_term_means_the_words_that_the_databases_find() {
        let means = |typed: &str, text: &str| Query::parse(typed).expect("a query").0[0].means(&tokens(text));
        for (typed, text, words) in [
            ("محمد", "مُحَمَّد", Some(1)),
            ("التعاون", "وبالتعاون", Some(1)),
            ("الت", "التعاون", Some(1)),
            ("وزي", "وزير", Some(1)),
            ("cooper", "Coopération", Some(1)),
            ("\"cooper\"", "Coopération", None),
            ("\"water talks\"", "Water talks went on", Some(2)),
            ("\"water talks\"", "Water and talks", None),
            ("\"وزارة الثقافة\"", "لوزارة الثقافة", Some(2)),
            ("PAK-14", "PAK-140", None),
        ] {
            assert_eq!(means(typed, text), words, "{typed}: {text}");
        }
    }
}
