//! The fonts of the system, and which of them a paper needs.

use std::{collections::BTreeSet, ops::RangeInclusive};

use typst::text::{FontBook, FontStyle, FontVariant, FontWeight, is_default_ignorable};
use typst_kit::fonts::FontStore;
use vocab::Language;

use crate::Failure;

/// Some letters, and what we like to set them in, the best first. Where none of that is there, any other font will do.
type Taste = (RangeInclusive<char>, [&'static str; 6]);

const LATIN: Taste =
    ('\0'..='\u{24F}', ["Noto Sans", "DejaVu Sans", "Liberation Sans", "Segoe UI", "Helvetica Neue", "Arial"]);
const ARABIC: Taste =
    ('\u{600}'..='\u{8FF}', ["Noto Naskh Arabic", "Noto Sans Arabic", "Amiri", "Geeza Pro", "Segoe UI", "DejaVu Sans"]);

/// What stands for a sign that no font has.
const STAND_IN: char = '\u{FFFD}';

/// The most letters that a refusal names.
const MOST_TOLD: usize = 20;

/// Which font is to be installed for a letter that none has; the last line is for all others.
const REMEDIES: [(RangeInclusive<char>, &str); 4] = [
    (LATIN.0, "Noto Sans or DejaVu Sans (Debian, Ubuntu: the package fonts-noto-core or fonts-dejavu-core)"),
    (ARABIC.0, "Noto Naskh Arabic (Debian, Ubuntu: the package fonts-noto-core)"),
    ('\u{2E80}'..='\u{D7FF}', "Noto Sans CJK (Debian, Ubuntu: the package fonts-noto-cjk)"),
    ('\0'..=char::MAX, "that of the Noto fonts for this script (Debian, Ubuntu: the package fonts-noto-core)"),
];

/// The fonts that there are.
#[derive(Default)]
pub(super) struct Fonts(FontStore);

/// How the words of a paper are set.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Setting {
    /// The families, the first that has a letter first.
    pub(super) families: Vec<String>,
    /// The words, with a sign in the place of those that no font has.
    pub(super) words: String,
}

impl Fonts {
    /// Those of the system whose family is wanted.
    pub(super) fn of_the_system(wanted: impl Fn(&str) -> bool) -> Self {
        let fonts = typst_kit::fonts::system().filter(|(_, info)| !info.is_last_resort() && wanted(&info.family));
        let mut fonts: Vec<_> = fonts.collect();
        // A folder is read in any order, and the same paper is to be the same.
        fonts.sort_by(|(one, _), (other, _)| (&one.path, one.index).cmp(&(&other.path, other.index)));
        let mut store = FontStore::new();
        store.extend(fonts);
        Self(store)
    }

    /// The fonts, as the compiler looks them up.
    pub(super) fn store(&self) -> &FontStore {
        &self.0
    }

    /// How words are set, so that every letter can be read.
    ///
    /// # Errors
    /// Where no font has one of the letters.
    pub(super) fn setting(&self, words: &str, language: Language) -> Result<Setting, Failure> {
        let book = self.0.book();
        let mut left: BTreeSet<char> = words.chars().chain([STAND_IN]).filter(|c| is_seen(*c)).collect();
        let preferred = if language == Language::Ar { [ARABIC, LATIN] } else { [LATIN, ARABIC] };
        let preferred =
            preferred.into_iter().flat_map(|(range, families)| families.map(|family| (range.clone(), family)));
        let others = book.families().map(|(family, _)| ('\0'..=char::MAX, family));
        let mut families = Vec::new();
        for (range, family) in preferred.chain(others) {
            if left.iter().any(|letter| range.contains(letter) && has(book, family, *letter)) {
                left.retain(|letter| !has(book, family, *letter));
                families.push(family.to_owned());
            }
        }
        let letters: Vec<char> = left.iter().copied().filter(|c| c.is_alphanumeric() || c.is_ascii()).collect();
        if letters.is_empty() { Ok(Setting { families, words: without(words, &left) }) } else { Err(refusal(&letters)) }
    }
}

/// Whether something is to be seen where the character stands.
fn is_seen(c: char) -> bool {
    !c.is_control() && c != ' ' && !is_default_ignorable(c)
}

/// Whether a family has a letter, plain and bold.
fn has(book: &FontBook, family: &str, letter: char) -> bool {
    [FontWeight::REGULAR, FontWeight::BOLD].into_iter().all(|weight| {
        let variant = FontVariant { style: FontStyle::Normal, weight, ..FontVariant::default() };
        let info = book.select(&family.to_lowercase(), variant).and_then(|index| book.info(index));
        info.is_some_and(|info| info.coverage.contains(letter.into()))
    })
}

fn without(words: &str, missing: &BTreeSet<char>) -> String {
    let stand_in = if missing.contains(&STAND_IN) { '?' } else { STAND_IN };
    let replaced = |c: char| match c {
        c if !missing.contains(&c) => c,
        c if c.is_whitespace() => ' ',
        _ => stand_in,
    };
    words.chars().map(replaced).collect()
}

fn refusal(letters: &[char]) -> Failure {
    let remedy = |letter| REMEDIES.iter().find(|(range, _)| range.contains(letter)).map(|(_, remedy)| *remedy);
    let mut remedies: Vec<_> = letters.iter().filter_map(remedy).collect();
    remedies.dedup();
    let (letters, remedies) = (letters.iter().take(MOST_TOLD).collect::<String>(), remedies.join(" and "));
    Failure::asked_wrong(format!(
        "no PDF is written, since it could not be read: no font of this system has the letters {letters}\n\
         install {remedies}, or take the page, which a browser prints (--format html, or over HTTP .html)"
    ))
}
