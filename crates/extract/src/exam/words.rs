//! Words as the exam compares them. Not by [`vocab::fold`], which levels more with time: the same reading must give the
//! same figures wherever it is marked.

use std::{collections::BTreeSet, ops::Range};

use unicode_normalization::{
    UnicodeNormalization,
    char::{canonical_combining_class, is_combining_mark},
};

/// Words that tell no name from another.
const SMALL: [&str; 17] =
    ["the", "of", "and", "for", "de", "la", "le", "les", "des", "du", "et", "d", "l", "to", "in", "a", "an"];

/// Compatibility forms, Arabic letter variants, accents and case levelled; all between words is one space.
pub(super) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.nfkd().filter_map(level).filter(|c| canonical_combining_class(*c) == 0).flat_map(casefold) {
        if c == '_' || c.is_alphanumeric() && !is_combining_mark(c) {
            folded.push(c);
        } else if !folded.is_empty() && !folded.ends_with(' ') {
            folded.push(' ');
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

/// Decomposition has taken the hamza and the madda off already.
fn level(c: char) -> Option<char> {
    match c {
        'ى' => Some('ي'),
        'ة' => Some('ه'),
        'ـ' => None,
        _ => Some(c),
    }
}

/// The full case folding of a letter, as far as it differs from its small letter in the scripts that reports are in.
fn casefold(c: char) -> impl Iterator<Item = char> {
    let full: &'static [char] = match c {
        'ß' | 'ẞ' => &['s', 's'],
        'ς' => &['σ'],
        'ſ' => &['s'],
        'µ' => &['μ'],
        'ﬀ' => &['f', 'f'],
        'ﬁ' => &['f', 'i'],
        'ﬂ' => &['f', 'l'],
        _ => &[],
    };
    full.iter().copied().chain(c.to_lowercase().take(if full.is_empty() { 3 } else { 0 }))
}

/// The words of a name that tell it from another, in order.
pub(super) fn tokens(text: &str) -> Vec<String> {
    fold(text).split_whitespace().filter(|word| !SMALL.contains(word)).map(str::to_owned).collect()
}

/// How much two names overlap: the share of their words that both have.
pub(super) fn overlap(a: &str, b: &str) -> f64 {
    share_of_words(&tokens(a), &tokens(b))
}

fn share_of_words(a: &[String], b: &[String]) -> f64 {
    let (a, b): (BTreeSet<&String>, BTreeSet<&String>) = (a.iter().collect(), b.iter().collect());
    ratio(a.intersection(&b).count(), a.union(&b).count())
}

/// Whether two names are one person's: half of the words, or the last word and the first letter.
pub(super) fn same_person(a: &str, b: &str) -> bool {
    let (a, b) = (tokens(a), tokens(b));
    let (Some((first_a, last_a)), Some((first_b, last_b))) = (a.first().zip(a.last()), b.first().zip(b.last())) else {
        return false;
    };
    share_of_words(&a, &b) >= 0.5 || last_a == last_b && first_a.chars().next() == first_b.chars().next()
}

/// A part of a whole; 0 where there is no whole.
pub(super) fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// A text in which quotes are looked for, wherever its lines are broken.
pub(super) struct Page {
    flat: String,
    folded: String,
}

impl Page {
    pub(super) fn new(text: &str) -> Self {
        let flat = squeeze(text);
        let folded = flat.chars().flat_map(casefold).collect();
        Self { flat, folded }
    }

    /// The characters between which a quote stands, its case aside where it must be.
    pub(super) fn place(&self, quote: &str) -> Option<Range<usize>> {
        let quote = squeeze(quote);
        if quote.is_empty() {
            return None;
        }
        let find = |text: &str, words: &str| text.find(words).map(|at| text[..at].chars().count());
        let folded = || quote.chars().flat_map(casefold).collect::<String>();
        let start = find(&self.flat, &quote).or_else(|| find(&self.folded, &folded()))?;
        Some(start..start + quote.chars().count())
    }
}

#[cfg(test)]
impl Page {
    /// Whether a quote stands here letter for letter.
    pub(super) fn holds(&self, quote: &str) -> bool {
        self.flat.contains(&squeeze(quote))
    }
}

/// The text with every run of white space as one space.
fn squeeze(text: &str) -> String {
    let is_space = |c: char| c.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&c);
    text.split(is_space).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}
