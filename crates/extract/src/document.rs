//! A cleaned text with its tokens, its sentences and every phrase of the pack that stands in it.

use std::{cell::OnceCell, ops::Range};

use chrono::NaiveDate;
use vocab::evidence::Span;

use crate::{
    date::{self, Written},
    hits::Hits,
    pack::{
        self, Class, Cue, Pack, ThingKind,
        lexicon::{Hit, Told, WordId},
    },
    text::{Kind, Offsets, TokenList, sentence, sentence::Sentence, token},
};

/// A text made ready for the rules.
#[derive(Debug)]
pub struct Document<'t> {
    /// The cleaned text.
    pub text: &'t str,
    /// The words of its language.
    pub pack: &'static Pack,
    /// When it was published.
    pub published_on: Option<NaiveDate>,
    /// Its tokens.
    pub tokens: TokenList,
    /// Its sentences.
    pub sentences: Vec<Sentence>,
    hits: Hits,
    offsets: Offsets<'t>,
    dates: OnceCell<Vec<Written>>,
}

impl<'t> Document<'t> {
    /// Looks through a text once. What stands before byte `headline_end` is its headline.
    pub fn new(text: &'t str, headline_end: usize, published_on: Option<NaiveDate>) -> Self {
        let pack = pack::english();
        let (tokens, words) = token::tokens(text, pack.lexicon.words());
        let sentences = sentence::sentences(&tokens, headline_end);
        let mut document = Self {
            text,
            pack,
            published_on,
            hits: Hits::new(tokens.len()),
            offsets: Offsets::new(text),
            dates: OnceCell::new(),
            tokens: tokens.into(),
            sentences,
        };
        document.look_through(&words);
        document
    }

    fn look_through(&mut self, words: &[WordId]) {
        let mut busy_until = [0; 32];
        let mut found = Vec::new();
        for first in 0..self.tokens.len() {
            self.hits.next_token();
            found.clear();
            let text = Told { tokens: self.tokens.as_slice(), words };
            self.pack.lexicon.phrases_at(text, first, |hit| found.push(hit));
            if found.is_empty() {
                continue;
            }
            found.retain(|hit| self.is_written_as_a_name(hit));
            if found.len() > 1 {
                found.sort_by_key(|hit| std::cmp::Reverse(hit.end));
            }
            for hit in &found {
                let busy = &mut busy_until[hit.class as usize];
                let overlaps = !matches!(hit.class, Class::Trigger | Class::Cue);
                // Of those of a class that begin here the longest came first.
                if overlaps && first < *busy {
                    continue;
                }
                *busy = hit.end;
                self.hits.add(hit);
            }
        }
        self.hits.next_token();
    }

    /// Names of states, cities and bodies must look like names: `who` is no organization, `us` no state.
    fn is_written_as_a_name(&self, hit: &Hit<Class>) -> bool {
        let token = &self.tokens[hit.first];
        let single = hit.end == hit.first + 1;
        let raw = || self.raw(hit.first..hit.end);
        let capitals = || raw().chars().filter(|c| c.is_uppercase()).count();
        match hit.class {
            Class::State if single && raw().chars().count() <= 3 => token.acronym,
            Class::State | Class::Demonym | Class::City => token.capital,
            Class::Organization if single => {
                let acronym = self.pack.organizations[hit.value as usize].acronym;
                token.capital && (acronym.is_none() || capitals() >= 2)
            }
            Class::Organization => token.capital && (capitals() >= 2),
            Class::Calendar if single && raw().len() <= 5 => token.capital || raw() == "today",
            Class::Area if single && raw().len() == 2 => token.acronym,
            // A comma parts a verb from what it no longer governs.
            Class::Trigger => (hit.first..hit.end).all(|i| !self.tokens[i].is(',')),
            _ => true,
        }
    }

    /// The places of a word that is written with a capital.
    pub fn capitalised(&self, word: &'static str) -> impl Iterator<Item = usize> + '_ {
        let capital = self.tokens.iter().enumerate().filter(|(_, token)| token.capital);
        capital.map(|(at, _)| at).filter(move |at| self.is_word(*at, word))
    }

    /// The phrases that begin at a token.
    pub fn hits_at(&self, token: usize) -> impl Iterator<Item = Hit<Class>> + '_ {
        self.hits.at(token)
    }

    /// The longest phrase of a class that begins at a token.
    pub fn hit(&self, token: usize, class: Class) -> Option<Hit<Class>> {
        self.hits.of(token, class)
    }

    /// The phrases of a class that begin in a range of tokens.
    pub fn hits_in(&self, range: Range<usize>, class: Class) -> impl Iterator<Item = Hit<Class>> + '_ {
        self.hits.within(range, class)
    }

    /// Whether a token is part of a phrase of a class.
    pub fn is_in(&self, token: usize, class: Class) -> bool {
        self.is_in_any(token, class.bit())
    }

    /// Whether a token is part of a phrase of some classes, a bit each.
    pub fn is_in_any(&self, token: usize, classes: u32) -> bool {
        self.hits.cover(token, classes)
    }

    /// The first place in a range where a cue stands.
    pub fn cue(&self, range: Range<usize>, cue: Cue) -> Option<Hit<Class>> {
        self.hits_in(range, Class::Cue).find(|hit| hit.value == cue.number())
    }

    /// Whether a cue begins at this token.
    pub fn cue_at(&self, token: usize, cue: Cue) -> Option<Hit<Class>> {
        self.hits_at(token).find(|hit| hit.class == Class::Cue && hit.value == cue.number())
    }

    /// The first thing of a kind in a range.
    pub fn thing(&self, range: Range<usize>, kind: ThingKind) -> Option<Hit<Class>> {
        self.hits_in(range, Class::Thing).find(|hit| hit.value == kind.number())
    }

    /// All its dates, looked for once.
    pub fn dates(&self) -> &[Written] {
        self.dates.get_or_init(|| date::dates(self, 0..self.tokens.len()))
    }

    /// The bytes of a range of tokens.
    pub fn bytes(&self, tokens: Range<usize>) -> Range<usize> {
        let last = tokens.end.max(tokens.start + 1) - 1;
        let end = (self.tokens[last].end as usize).min(self.text.len());
        (self.tokens[tokens.start].start as usize).min(end)..end
    }

    /// The words of a range of tokens, as they stand.
    pub fn raw(&self, tokens: Range<usize>) -> &'t str {
        &self.text[self.bytes(tokens)]
    }

    /// The words of a range of tokens on one line.
    pub fn words(&self, tokens: Range<usize>) -> String {
        let raw = self.raw(tokens);
        let mut line = String::with_capacity(raw.len());
        for word in raw.split_whitespace() {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        line
    }

    /// The place of a range of tokens.
    pub fn span(&self, tokens: Range<usize>) -> Span {
        self.offsets.span(self.bytes(tokens))
    }

    /// From bytes to characters.
    pub fn offsets(&self) -> &Offsets<'t> {
        &self.offsets
    }

    /// From bytes to characters; all the rest is let go.
    pub fn into_offsets(self) -> Offsets<'t> {
        self.offsets
    }

    /// The sentence that a token stands in.
    pub fn sentence_of(&self, token: usize) -> usize {
        self.sentences
            .partition_point(|sentence| sentence.tokens.end <= token)
            .min(self.sentences.len().saturating_sub(1))
    }

    /// Whether a token is this word, in small letters.
    pub fn is_word(&self, token: usize, word: &str) -> bool {
        self.written(token).is_some_and(|written| written.eq_ignore_ascii_case(word.as_bytes()))
    }

    /// Whether a token is one of these words.
    pub fn is_any(&self, token: usize, words: &[&str]) -> bool {
        self.written(token)
            .is_some_and(|written| words.iter().any(|word| written.eq_ignore_ascii_case(word.as_bytes())))
    }

    /// The letters of a token that is a word.
    fn written(&self, token: usize) -> Option<&'t [u8]> {
        let token = self.tokens.get(token).filter(|token| token.kind == Kind::Word)?;
        Some(&self.text.as_bytes()[token.start as usize..token.end as usize])
    }

    /// Whether a token is this mark.
    pub fn is_mark(&self, token: usize, mark: char) -> bool {
        self.tokens.get(token).is_some_and(|t| t.is(mark))
    }

    /// Whether a token is an owner's `'s`.
    pub fn is_possessive(&self, token: usize) -> bool {
        self.tokens.get(token).is_some_and(|t| t.kind == Kind::Possessive)
    }
}
