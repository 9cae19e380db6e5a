//! The words by which a record is found, as databases keep them.

use std::collections::{BTreeSet, HashMap};

use super::{forms, tokens};

/// Of the texts of a record so many characters are searched, from the first on. The longest report of a newspaper has a
/// tenth of them.
pub const MOST_CHARACTERS: usize = 200_000;
/// The same in folded bytes: a single character can fold to three words.
const MOST_BYTES: usize = 500_000;
/// Bytes of words with prefixes, beyond which they are found without these alone.
const MOST_LOOSE_BYTES: usize = 100_000;
/// How often a word keeps its place: PostgreSQL knows no more places of a word.
const MOST_PLACES: usize = 255;

/// The folded words of some texts. Words in their places can be found one after the other; an empty one is a gap.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Indexed {
    /// The words without their prefixes, in their places.
    pub placed: Vec<String>,
    /// Words as they stand with a prefix, for beginnings; and words for which there was no place any more.
    pub loose: BTreeSet<String>,
}

impl Indexed {
    /// Folds texts. At most so many words get a place, and at most [`MOST_CHARACTERS`] are looked at; no words are taken for
    /// neighbours over the end of a text.
    pub fn of<'t>(texts: impl IntoIterator<Item = &'t str>, most_placed: usize) -> Self {
        let mut indexed = Self::default();
        let mut places: HashMap<String, usize> = HashMap::new();
        let (mut characters, mut bytes, mut loose_bytes) = (MOST_CHARACTERS, MOST_BYTES, MOST_LOOSE_BYTES);
        for text in texts {
            let text = first(text, &mut characters);
            indexed.place("", most_placed);
            for token in tokens(text) {
                let Some(left) = bytes.checked_sub(token.word.len()) else { return indexed };
                bytes = left;
                let mut stem = "";
                for form in forms(&token.word) {
                    if form.len() < stem.len() && stem.len() <= loose_bytes && indexed.loose.insert(stem.to_owned()) {
                        loose_bytes -= stem.len();
                    }
                    stem = form;
                }
                let places = places.entry(stem.to_owned()).or_default();
                if *places == MOST_PLACES {
                    indexed.place("", most_placed);
                } else if indexed.place(stem, most_placed) {
                    *places += 1;
                } else if *places == 0 {
                    indexed.loose.insert(stem.to_owned());
                }
            }
        }
        indexed
    }

    /// Gives a word the next place, where there is one.
    fn place(&mut self, word: &str, most: usize) -> bool {
        let fits = self.placed.len() < most;
        if fits {
            self.placed.push(word.to_owned());
        }
        fits
    }
}

/// As many characters of a text as are left.
fn first<'t>(text: &'t str, left: &mut usize) -> &'t str {
    match text.char_indices().nth(*left) {
        Some((end, _)) => {
            *left = 0;
            &text[..end]
        }
        None => {
            *left -= text.chars().count();
            text
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_places_and_prefixes_stand_beside() {
        let indexed = Indexed::of(["والتعاون مع", "Oman"], 10);
        assert_eq!(indexed.placed, ["", "تعاون", "مع", "", "oman"]);
        assert_eq!(indexed.loose.iter().collect::<Vec<_>>(), ["التعاون", "والتعاون"]);
    }

    #[test]
    fn what_has_no_place_is_found_all_the_same() {
        let indexed = Indexed::of(["one two three two"], 3);
        assert_eq!(
            (indexed.placed.len(), indexed.loose.into_iter().collect::<Vec<_>>()),
            (3, vec!["three".to_owned()])
        );
        let often = Indexed::of(["a ".repeat(300).as_str()], 1_000);
        assert_eq!(often.placed.iter().filter(|word| *word == "a").count(), MOST_PLACES);
        assert_eq!(often.placed.len(), 301);
    }

    #[test]
    fn a_text_without_an_end_stays_within_bounds() {
        let long = Indexed::of(["ﷺ ".repeat(MOST_CHARACTERS).as_str(), "behind"], 1_000);
        assert!(!long.loose.contains("behind"));
        let prefixed: String = (0..MOST_CHARACTERS / 60).map(|n| format!("{}{n} ", "و".repeat(54))).collect();
        let prefixed = Indexed::of([prefixed.as_str()], 100_000);
        assert!(prefixed.loose.iter().map(String::len).sum::<usize>() <= MOST_LOOSE_BYTES);
        let exactly = format!("{}b c", "a ".repeat(MOST_CHARACTERS / 2 - 1));
        assert!(Indexed::of([exactly.as_str()], 200_000).placed.ends_with(&["b".to_owned()]));
    }
}
