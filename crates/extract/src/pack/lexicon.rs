//! All phrases of a pack in one tree of words, so that a text is looked through once.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::text::{self, Token, token};

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
    /// Those that are short, as most are.
    short: FxHashMap<Spelled, WordId>,
    long: FxHashMap<String, WordId>,
    abbreviations: Vec<WordId>,
}

impl Words {
    /// The number of a folded word.
    pub fn id(&self, folded: &str) -> WordId {
        let long = || self.long.get(folded).copied().unwrap_or(UNKNOWN);
        self.id_of(Spelled::from(folded)).unwrap_or_else(long)
    }

    /// The number of a folded word as it was spelled, if it is a short one.
    pub fn id_of(&self, word: Spelled) -> Option<WordId> {
        word.is_short().then(|| self.short.get(&word).copied().unwrap_or(UNKNOWN))
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
                folded.push_str(&text::fold(part));
            });
        }
    }

    /// Whether a dot after this word belongs to it.
    pub fn is_abbreviation(&self, id: WordId) -> bool {
        id != UNKNOWN && self.abbreviations.contains(&id)
    }

    fn learn(&mut self, folded: &str) -> WordId {
        let next = self.count() as WordId + 1;
        match Spelled::from(folded) {
            word if word.is_short() => *self.short.entry(word).or_insert(next),
            _ => *self.long.entry(folded.to_owned()).or_insert(next),
        }
    }

    fn count(&self) -> usize {
        self.short.len() + self.long.len()
    }
}

/// The bytes of a short word as one number, which is quicker to look up than a text. No word holds a zero.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Spelled(u128);

impl Spelled {
    /// With one byte more.
    pub fn then(self, byte: u8) -> Self {
        Self(self.0 << 8 | u128::from(byte))
    }

    /// Whether all its bytes are kept: none of them was pushed out, or stands where the next one would push it out.
    fn is_short(self) -> bool {
        self.0 >> 120 == 0
    }
}

impl From<&str> for Spelled {
    fn from(word: &str) -> Self {
        word.bytes().fold(Self::default(), Self::then)
    }
}

/// A phrase's meaning: its class, and a number that means something in that class.
pub type Term<C> = (C, u32);

/// A tree of phrases while it grows. `C` tells the classes of phrase apart.
#[derive(Debug)]
pub struct Lexicon<C> {
    words: Words,
    branches: FxHashMap<(u32, WordId), u32>,
    terms: Vec<Vec<Term<C>>>,
}

/// A tree of phrases that has grown, laid out for looking texts through.
#[derive(Debug)]
pub struct Tree<C> {
    words: Words,
    /// For each word the node of the phrases that begin with it; 0 where none does.
    beginnings: Vec<u32>,
    nodes: Vec<Node>,
    /// The words that lead on from a node, in order, and the nodes they lead to.
    branches: Vec<(WordId, u32)>,
    terms: Vec<Term<C>>,
}

/// A node: ranges of the lists of its tree.
#[derive(Debug)]
struct Node {
    branches: Range<u32>,
    terms: Range<u32>,
    gap: Option<u32>,
}

/// A text that is looked through.
#[derive(Debug, Clone, Copy)]
pub struct Told<'t> {
    /// Its tokens.
    pub tokens: &'t [Token],
    /// The word of each token.
    pub words: &'t [WordId],
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
        Self { words, branches: FxHashMap::default(), terms: vec![Vec::new()] }
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
            for Token { start, end, kind, dotted, .. } in token::tokens(part, &self.words).0 {
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

    fn branch(&mut self, node: u32, word: WordId) -> u32 {
        let next = self.terms.len() as u32;
        let node = *self.branches.entry((node, word)).or_insert(next);
        if node == next {
            self.terms.push(Vec::new());
        }
        node
    }

    /// Lays the tree out.
    pub fn grown(self) -> Tree<C> {
        let mut edges: Vec<(u32, WordId, u32)> =
            self.branches.iter().map(|(&(node, word), &to)| (node, word, to)).collect();
        edges.sort_unstable();
        let mut tree = Tree {
            beginnings: vec![0; self.words.count() + 1],
            words: self.words,
            nodes: Vec::with_capacity(self.terms.len()),
            branches: Vec::with_capacity(edges.len()),
            terms: Vec::new(),
        };
        let mut edges = edges.into_iter().peekable();
        for (number, own) in (0..).zip(&self.terms) {
            let mut node =
                Node { branches: tree.branches.len() as u32..0, terms: tree.terms.len() as u32..0, gap: None };
            while let Some((_, word, to)) = edges.next_if(|(from, _, _)| *from == number) {
                match (number, word) {
                    (_, GAP) => node.gap = Some(to),
                    (0, word) => tree.beginnings[word as usize] = to,
                    (_, word) => tree.branches.push((word, to)),
                }
            }
            tree.terms.extend(own);
            (node.branches.end, node.terms.end) = (tree.branches.len() as u32, tree.terms.len() as u32);
            tree.nodes.push(node);
        }
        tree
    }
}

impl<C: Copy + PartialEq> Tree<C> {
    /// The words it knows.
    pub fn words(&self) -> &Words {
        &self.words
    }

    /// Hands every phrase that begins at token `first` to `found`, shorter ones first. An owner's `'s` and a comma
    /// inside a phrase are passed over, so that a list and a name match with and without them.
    pub fn phrases_at(&self, text: Told<'_>, first: usize, mut found: impl FnMut(Hit<C>)) {
        match text.words.get(first).and_then(|word| self.beginnings.get(*word as usize)) {
            None | Some(0) => {}
            Some(node) => self.walk(text, first, first, *node, &mut found),
        }
    }

    /// The node that a word leads to.
    fn branch(&self, node: u32, word: WordId) -> Option<u32> {
        let branches = self.branches(node);
        branches.binary_search_by_key(&word, |(word, _)| *word).ok().map(|at| branches[at].1)
    }

    fn branches(&self, node: u32) -> &[(WordId, u32)] {
        let Range { start, end } = self.nodes[node as usize].branches;
        &self.branches[start as usize..end as usize]
    }

    /// Goes on from a node of the tree that token `last` has led to.
    fn walk(&self, text: Told<'_>, first: usize, mut last: usize, mut node: u32, found: &mut impl FnMut(Hit<C>)) {
        loop {
            let Node { terms, gap, .. } = &self.nodes[node as usize];
            for (class, value) in &self.terms[terms.start as usize..terms.end as usize] {
                found(Hit { class: *class, value: *value, first, end: last + 1 });
            }
            if let Some(open) = *gap {
                let left_open = |token: &&Token| {
                    matches!(token.kind, token::Kind::Word | token::Kind::Possessive) && token.gap <= token::Gap::Line
                };
                let words = text.tokens[last + 1..].iter().take(GAP_WORDS).take_while(left_open).count();
                // A gap ends at the first word that the phrase goes on with: `ask ~ to` at the first `to`.
                let closed = (0..=words).find_map(|open_words| self.next(text, last + open_words, open));
                if let Some((at, next)) = closed {
                    self.walk(text, first, at, next, found);
                }
            }
            let Some(next) = self.next(text, last, node) else { return };
            (last, node) = next;
        }
    }

    /// The next word after token `last` and the node that it leads to.
    fn next(&self, text: Told<'_>, last: usize, node: u32) -> Option<(usize, u32)> {
        // Most nodes lead nowhere.
        if self.branches(node).is_empty() {
            return None;
        }
        let passed_over = |token: &Token| matches!(token.kind, token::Kind::Possessive | token::Kind::Mark(','));
        let at = (last + 1..text.tokens.len()).find(|at| !passed_over(&text.tokens[*at]))?;
        let word = text.words[at];
        let goes_on = word != UNKNOWN && text.tokens[at].gap != token::Gap::Paragraph;
        goes_on.then(|| self.branch(node, word)).flatten().map(|node| (at, node))
    }
}
