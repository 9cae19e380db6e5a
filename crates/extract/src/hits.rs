//! The phrases that stand in a text, laid out small: a long text holds more of them than words.

use std::ops::Range;

use crate::pack::{Class, lexicon::Hit};

/// The phrases in the order of their first tokens; at one token the longest first.
#[derive(Debug)]
pub struct Hits {
    found: Vec<Found>,
    /// For each token, where the phrases that begin there start in `found`.
    begins: Vec<u32>,
    /// For each token, the classes of the phrases that it is part of, a bit each.
    covers: Vec<u32>,
}

/// A phrase in a third of the room of a [`Hit`].
#[derive(Debug, Clone, Copy)]
struct Found {
    first: u32,
    /// No table of a pack has as many rows as this can count.
    value: u16,
    class: Class,
    /// How many tokens it takes.
    length: u8,
}

impl From<&Found> for Hit<Class> {
    fn from(found: &Found) -> Self {
        let Found { first, value, class, length } = *found;
        let first = first as usize;
        Self { class, value: value.into(), first, end: first + usize::from(length) }
    }
}

impl Hits {
    /// No phrases yet, in a text of some tokens.
    pub fn new(tokens: usize) -> Self {
        Self { found: Vec::with_capacity(tokens), begins: Vec::with_capacity(tokens + 1), covers: vec![0; tokens] }
    }

    /// Goes on to the next token, or behind the last one.
    pub fn next_token(&mut self) {
        self.begins.push(self.found.len() as u32);
    }

    /// Adds a phrase that begins at the token gone on to last.
    pub fn add(&mut self, hit: &Hit<Class>) {
        let Hit { class, value, first, end } = *hit;
        debug_assert!(value <= u16::MAX.into());
        // Nothing but commas without end, which are passed over, makes a phrase longer than can be counted.
        let Ok(length) = u8::try_from(end - first) else { return };
        self.covers[first..end].iter_mut().for_each(|bits| *bits |= class.bit());
        self.found.push(Found { first: first as u32, value: value as u16, class, length });
    }

    /// The phrases that begin at a token.
    pub fn at(&self, token: usize) -> impl Iterator<Item = Hit<Class>> + '_ {
        self.between(token, token + 1).iter().map(Hit::from)
    }

    /// The longest phrase of a class that begins at a token.
    pub fn of(&self, token: usize, class: Class) -> Option<Hit<Class>> {
        let found = if self.cover(token, class.bit()) { self.between(token, token + 1) } else { &[] };
        found.iter().find(|found| found.class == class).map(Hit::from)
    }

    /// The phrases of a class that begin in a range of tokens.
    pub fn within(&self, tokens: Range<usize>, class: Class) -> impl Iterator<Item = Hit<Class>> + '_ {
        self.between(tokens.start, tokens.end).iter().filter(move |found| found.class == class).map(Hit::from)
    }

    /// Whether a token is part of a phrase of some classes, a bit each.
    pub fn cover(&self, token: usize, classes: u32) -> bool {
        self.covers.get(token).is_some_and(|bits| bits & classes != 0)
    }

    fn between(&self, first: usize, end: usize) -> &[Found] {
        let begin = |token: usize| self.begins.get(token).copied().unwrap_or_default() as usize;
        self.found.get(begin(first)..begin(end.max(first))).unwrap_or_default()
    }
}
