//! The words of a text, folded, each with its place in the text as it is written.
//!
//! Folding goes beyond [`crate::fold`], whose results are kept in tables and compared as wholes: here characters that
//! nobody sees part no word, and more spellings are levelled.

use unicode_normalization::char::{decompose_compatible, is_combining_mark};

use crate::fold::level;

/// The longest word; what is longer goes on as another one. Databases do not take words without an end.
const LONGEST: usize = 64;

/// A word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// The word, folded.
    pub word: String,
    /// Its first character in the text, counted in Unicode scalar values from 0.
    pub start: usize,
    /// One past its last character.
    pub end: usize,
    /// What stands between it and the word before.
    pub joint: Joint,
}

/// What stands between two words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Joint {
    /// Space, or marks.
    Apart,
    /// One hyphen, as in `PAK-14`.
    Hyphen,
    /// One apostrophe, as in `l’éducation`.
    Apostrophe,
    /// Nothing: they are one word that is too long.
    Nothing,
}

impl Joint {
    fn of(c: char) -> Self {
        match c {
            '-' | '\u{2010}' | '\u{2011}' => Self::Hyphen,
            '\'' | '’' | '‘' | '`' => Self::Apostrophe,
            _ => Self::Apart,
        }
    }
}

/// Letters that are written for one another, beyond [`crate::fold::level`].
fn spelled(c: char) -> Option<&'static str> {
    Some(match c {
        'œ' => "oe",
        'æ' => "ae",
        'ß' => "ss",
        'ς' => "σ",
        'ی' => "ي",
        'ک' => "ك",
        'ہ' | 'ھ' | 'ە' => "ه",
        '۰' => "0",
        '۱' => "1",
        '۲' => "2",
        '۳' => "3",
        '۴' => "4",
        '۵' => "5",
        '۶' => "6",
        '۷' => "7",
        '۸' => "8",
        '۹' => "9",
        _ => return None,
    })
}

/// Characters that are not read: marks, the tatweel, what steers the direction and the joining of letters, and the signs
/// by which ʿayn and hamza are written in Latin letters.
fn is_unread(c: char) -> bool {
    is_combining_mark(c)
        || matches!(c, 'ـ' | '\u{ad}' | '\u{61c}' | '\u{feff}')
        || matches!(c, '\u{2b9}'..='\u{2bf}' | '\u{200c}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}')
}

/// What stands before words in Arabic and is written with them: the article, "and", "with" and "for". A prefix is taken
/// away where so many letters are left.
const PREFIXES: &[(&str, usize)] = &[("ال", 2), ("و", 3), ("ب", 3), ("ل", 3)];

/// A word as it stands, then each time with one prefix less.
pub fn forms(word: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(word), |word| {
        PREFIXES.iter().find_map(|(prefix, least)| {
            let rest = word.strip_prefix(prefix)?;
            rest.chars().nth(least - 1).map(|_| rest)
        })
    })
}

/// A word without its prefixes. Words that share a form have the same.
pub fn stem(word: &str) -> &str {
    forms(word).last().unwrap_or(word)
}

/// The words of a text.
pub fn tokens(text: &str) -> Vec<Token> {
    let mut reading = Reading::default();
    for (place, c) in text.chars().enumerate() {
        if c.is_ascii_alphanumeric() {
            reading.letter(c.to_ascii_lowercase(), place);
        } else if is_unread(c) {
            reading.stretch(place);
        } else if c.is_ascii() {
            reading.part(c);
        } else {
            decompose_compatible(c, |part| reading.read(part, place));
        }
    }
    reading.end();
    reading.found
}

/// A text that is being read.
#[derive(Default)]
struct Reading {
    found: Vec<Token>,
    /// The word that has begun, and how many letters it has.
    open: Option<(Token, usize)>,
    /// What came since the last word.
    joint: Option<Joint>,
}

impl Reading {
    /// A part of a character.
    fn read(&mut self, part: char, place: usize) {
        for c in part.to_lowercase().filter(|c| !is_unread(*c)).map(level) {
            match spelled(c) {
                Some(letters) => letters.chars().for_each(|letter| self.letter(letter, place)),
                None if c.is_alphanumeric() => self.letter(c, place),
                None => self.part(c),
            }
        }
    }

    fn letter(&mut self, letter: char, place: usize) {
        if self.open.as_ref().is_some_and(|(_, letters)| *letters == LONGEST) {
            self.end();
            self.joint = Some(Joint::Nothing);
        }
        let joint = self.joint.take();
        let (token, letters) = self.open.get_or_insert_with(|| {
            let joint = joint.unwrap_or(Joint::Apart);
            (Token { word: String::new(), start: place, end: place, joint }, 0)
        });
        token.word.push(letter);
        token.end = place + 1;
        *letters += 1;
    }

    /// A character that is not read, but belongs to the word before it.
    fn stretch(&mut self, place: usize) {
        if let Some((token, _)) = &mut self.open {
            token.end = place + 1;
        }
    }

    /// A character between words.
    fn part(&mut self, c: char) {
        self.end();
        self.joint = Some(if self.joint.is_none() { Joint::of(c) } else { Joint::Apart });
    }

    fn end(&mut self) {
        self.found.extend(self.open.take().map(|(token, _)| token));
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn words(text: &str) -> Vec<String> {
        tokens(text).into_iter().map(|token| token.word).collect()
    }

    #[test]
    fn each_rule_of_folding_does_what_it_says() {
        for (rule, text, folded) in [
            ("case", "UNESCO Talks", &["unesco", "talks"][..]),
            ("French accents", "Coopération çà où", &["cooperation", "ca", "ou"]),
            ("French letters", "Œuvre ex æquo", &["oeuvre", "ex", "aequo"]),
            (
                "German, Turkish and Greek letters",
                "Straße İzmir ısı Σωκράτης",
                &["strasse", "izmir", "isi", "σωκρατησ"],
            ),
            ("an apostrophe parts", "l’éducation d'Oman", &["l", "education", "d", "oman"]),
            ("a hyphen parts", "PAK-14", &["pak", "14"]),
            ("compatibility forms", "ﬁeld ＡＢ① ﷺ", &["field", "ab1", "صلي", "الله", "عليه", "وسلم"]),
            ("Arabic marks", "مُحَمَّد", &["محمد"]),
            ("tatweel", "التعـــاون", &["التعاون"]),
            ("alif", "أحمد إلى آل ٱلله", &["احمد", "الي", "ال", "الله"]),
            ("alif maqsura and ta marbuta", "مصطفى وزارة", &["مصطفي", "وزاره"]),
            ("hamza on its seats", "مؤتمر هيئة", &["موتمر", "هييه"]),
            ("Persian and Urdu letters", "پاکستان کی", &["پاكستان", "كي"]),
            ("digits", "٢٠٢٦ ۲۰۲۶", &["2026", "2026"]),
            ("what is not seen parts nothing", "co\u{ad}operation مح\u{200d}مد\u{200f}", &["cooperation", "محمد"]),
            ("signs for ʿayn and hamza", "Saʿūd Qurʾān", &["saud", "quran"]),
            ("marks alone are no words", "— … 👍🏽 \u{301} ـ", &[]),
            ("a fraction is two numbers", "½", &["1", "2"]),
        ] {
            assert_eq!(words(text), folded, "{rule}");
        }
    }

    #[test]
    fn prefixes_are_split_off_as_long_as_a_word_is_left() {
        for (word, stemmed) in [
            ("التعاون", "تعاون"),
            ("وبالتعاون", "تعاون"),
            ("للتعاون", "تعاون"),
            ("ولباكستان", "باكستان".strip_prefix('ب').expect("a rest")),
            ("باكستان", "اكستان"),
            ("محمد", "محمد"),
            ("ومحمد", "محمد"),
            ("اليد", "يد"),
            ("بلد", "بلد"),
            ("البلد", "بلد"),
            ("الي", "الي"),
            ("water", "water"),
        ] {
            assert_eq!(stem(word), stemmed, "{word}");
        }
        assert_eq!(forms("وبالتعاون").collect::<Vec<_>>(), ["وبالتعاون", "بالتعاون", "التعاون", "تعاون"]);
    }

    #[test]
    fn a_word_knows_its_place_in_characters() {
        let text = "👍🏽 l’É\u{301}tat مُحَمَّد.";
        let found = tokens(text);
        let cut = |token: &Token| text.chars().skip(token.start).take(token.end - token.start).collect::<String>();
        assert_eq!(found.iter().map(cut).collect::<Vec<_>>(), ["l", "É\u{301}tat", "مُحَمَّد"]);
        assert_eq!(found[1].joint, Joint::Apostrophe);
        let joints = |text| tokens(text).iter().map(|token| token.joint).collect::<Vec<_>>();
        assert_eq!(joints("PAK-14 - a--b"), [Joint::Apart, Joint::Hyphen, Joint::Apart, Joint::Apart]);
    }

    #[test]
    fn a_word_without_an_end_is_several() {
        let found = tokens(&"ab".repeat(100));
        assert_eq!(found.iter().map(|token| token.word.len()).collect::<Vec<_>>(), [64, 64, 64, 8]);
        assert!(found[1..].iter().all(|token| token.joint == Joint::Nothing));
    }

    /// A letter that is not read, by itself.
    fn unread() -> impl Strategy<Value = char> {
        prop::sample::select(vec!['\u{64b}', '\u{64e}', '\u{651}', '\u{652}', '\u{670}', 'ـ', '\u{301}', '\u{200d}'])
    }

    proptest! {
        #[test]
        fn folding_twice_is_folding_once(text in "\\PC{0,60}") {
            let once = words(&text);
            prop_assert_eq!(words(&once.join(" ")), once);
        }

        #[test]
        fn marks_and_accents_do_not_matter(letters in prop::collection::vec(("[a-zéèçœ محدوىة]", prop::option::of(unread())), 0..40)) {
            let plain: String = letters.iter().map(|(letter, _)| letter.as_str()).collect();
            let marked: String = letters.iter().flat_map(|(letter, mark)| letter.chars().chain(*mark)).collect();
            prop_assert_eq!(words(&marked), words(&plain));
        }

        #[test]
        fn places_are_in_order_and_in_the_text(text in "\\PC{0,60}") {
            let length = text.chars().count();
            let mut before = 0;
            for token in tokens(&text) {
                prop_assert!(before <= token.start + 1 && token.start < token.end && token.end <= length);
                prop_assert!(!token.word.is_empty() && token.word.chars().all(char::is_alphanumeric));
                before = token.end;
            }
        }

        #[test]
        fn words_that_share_a_form_share_the_stem(word in "[وبلاتعن]{1,9}") {
            for form in forms(&word) {
                prop_assert_eq!(stem(form), stem(&word));
            }
        }
    }
}
