//! All phrases of a pack in one tree of words, so that a text is looked through once.

use std::collections::HashMap;

use crate::text::{Token, token};

/// A word's number in the lexicon.
pub type WordId = u32;

/// The number of every word that no pack knows.
pub const UNKNOWN: WordId = 0;

/// Stands for up to [`GAP_WORDS`] words that a phrase leaves open.
const GAP: WordId = WordId::MAX;
/// How a pack writes a gap.
const GAP_SIGN: &str = "~";
/// The most words that a gap takes in.
const GAP_WORDS: usize = 4;

/// The words that the phrases of a pack are made of.
#[derive(Debug, Default)]
pub struct Words {
    ids: HashMap<String, WordId>,
    abbreviations: Vec<WordId>,
}

impl Words {
    /// The number of a folded word.
    pub fn id(&self, folded: &str) -> WordId {
        self.ids.get(folded).copied().unwrap_or(UNKNOWN)
    }

    /// Writes the folded form of a word: small letters, no accents, one kind of apostrophe.
    pub fn fold_into(&self, raw: &str, folded: &mut String) {
        folded.clear();
        if raw.is_ascii() {
            folded.push_str(raw);
            folded.make_ascii_lowercase();
        } else {
            let parts = raw.split(['’', '‘', '`']);
            parts.enumerate().for_each(|(i, part)| {
                if i > 0 {
                    folded.push('\'');
                }
                folded.push_str(&vocab::fold(part));
            });
        }
    }

    /// Whether a dot after this word belongs to it.
    pub fn is_abbreviation(&self, id: WordId) -> bool {
        id != UNKNOWN && self.abbreviations.contains(&id)
    }

    fn learn(&mut self, folded: &str) -> WordId {
        let next = self.ids.len() as WordId + 1;
        *self.ids.entry(folded.to_owned()).or_insert(next)
    }
}

/// A phrase's meaning: its class, and a number that means something in that class.
pub type Term<C> = (C, u32);

/// A tree of phrases. `C` tells the classes of phrase apart.
#[derive(Debug)]
pub struct Lexicon<C> {
    words: Words,
    branches: HashMap<(u32, WordId), u32>,
    terms: Vec<Vec<Term<C>>>,
}

/// A phrase that stands in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit<C> {
    /// What kind of phrase it is.
    pub class: C,
    /// Which one of its class.
    pub value: u32,
    /// Its first token.
    pub first: usize,
    /// One past its last token.
    pub end: usize,
}

impl<C: Copy + PartialEq> Lexicon<C> {
    /// An empty lexicon that takes a dot after each of these words into the word.
    pub fn new(abbreviations: &[&str]) -> Self {
        let mut words = Words::default();
        words.abbreviations = abbreviations.iter().map(|word| words.learn(word)).collect();
        Self { words, branches: HashMap::new(), terms: vec![Vec::new()] }
    }

    /// The words it knows.
    pub fn words(&self) -> &Words {
        &self.words
    }

    /// Learns a phrase. Marks in it are passed over, as they are when a text is looked through; ` ~ ` leaves up to four
    /// words open.
    pub fn learn(&mut self, phrase: &str, class: C, value: u32) {
        let mut node = 0;
        let mut folded = String::new();
        for (at, part) in phrase.split(GAP_SIGN).enumerate() {
            if at > 0 {
                node = self.branch(node, GAP);
            }
            for Token { start, end, kind, dotted, .. } in token::tokens(part, &self.words) {
                if matches!(kind, token::Kind::Mark(_) | token::Kind::Possessive) {
                    continue;
                }
                let end = end as usize - usize::from(dotted);
                self.words.fold_into(&part[start as usize..end], &mut folded);
                let word = self.words.learn(&folded);
                node = self.branch(node, word);
            }
        }
        let terms = &mut self.terms[node as usize];
        if node != 0 && !terms.contains(&(class, value)) {
            terms.push((class, value));
        }
    }

    /// Hands every phrase that begins at token `first` to `found`, shorter ones first. An owner's `'s` and a comma
    /// inside a phrase are passed over, so that a list and a name match with and without them.
    pub fn phrases_at(&self, tokens: &[Token], first: usize, mut found: impl FnMut(Hit<C>)) {
        self.walk(tokens, first, first, 0, &mut found);
    }

    fn branch(&mut self, node: u32, word: WordId) -> u32 {
        let next = self.terms.len() as u32;
        let node = *self.branches.entry((node, word)).or_insert(next);
        if node == next {
            self.terms.push(Vec::new());
        }
        node
    }

    /// Goes on from a node of the tree at token `from`.
    fn walk(&self, tokens: &[Token], first: usize, from: usize, mut node: u32, found: &mut impl FnMut(Hit<C>)) {
        for (at, token) in tokens.iter().enumerate().skip(from) {
            let skipped = matches!(token.kind, token::Kind::Possessive | token::Kind::Mark(','));
            if skipped && at > first {
                continue;
            }
            if token.gap == token::Gap::Paragraph && at > first {
                return;
            }
            let Some(next) = self.branches.get(&(node, token.word)).filter(|_| token.word != UNKNOWN) else { return };
            node = *next;
            for (class, value) in &self.terms[node as usize] {
                found(Hit { class: *class, value: *value, first, end: at + 1 });
            }
            if let Some(open) = self.branches.get(&(node, GAP)) {
                let left_open = |token: &&Token| {
                    matches!(token.kind, token::Kind::Word | token::Kind::Possessive) && token.gap <= token::Gap::Line
                };
                let words = tokens[at + 1..].iter().take(GAP_WORDS).take_while(left_open).count();
                (0..=words).for_each(|open_words| self.walk(tokens, first, at + 1 + open_words, *open, found));
            }
        }
    }
}
