//! Which language a text is in: the script first, then its words.

use whatlang::{Detector, Lang};

/// As much of a text as is looked at, in characters.
const ENOUGH: usize = 4000;

/// The language of a text (ISO 639-1), if it has letters.
pub fn recognize(text: &str) -> Option<String> {
    let sample = match text.len() {
        0..=ENOUGH => text,
        _ => &text[..text.char_indices().nth(ENOUGH).map_or(text.len(), |(end, _)| end)],
    };
    if is_plainly_english(sample) {
        return Some("en".to_owned());
    }
    let letters = sample.chars().filter(|c| c.is_alphabetic());
    let (arabic, latin, all) = letters.fold((0, 0, 0), |(arabic, latin, all), c| {
        (arabic + usize::from(is_arabic(c)), latin + usize::from(is_latin(c)), all + 1)
    });
    if all == 0 {
        return None;
    }
    if arabic * 2 > all {
        return Some("ar".to_owned());
    }
    if latin * 2 <= all {
        return whatlang::detect_lang(sample).map(|lang| lang.code().to_owned());
    }
    let detector = Detector::with_allowlist(vec![Lang::Eng, Lang::Fra, Lang::Ara]);
    match detector.detect_lang(sample) {
        Some(Lang::Fra) => Some("fr".to_owned()),
        _ => Some("en".to_owned()),
    }
}

/// The small words that tell a language are no longer than this.
const LONGEST: usize = 5;

/// Words that make up a fifth of an English text and more, and are none of the other languages.
fn is_english(word: &str) -> bool {
    matches!(
        word,
        "the"
            | "of"
            | "and"
            | "to"
            | "in"
            | "that"
            | "with"
            | "was"
            | "his"
            | "its"
            | "their"
            | "which"
            | "has"
            | "will"
    )
}

/// The same of French.
fn is_french(word: &str) -> bool {
    matches!(word, "le" | "la" | "les" | "de" | "des" | "du" | "et" | "une" | "dans" | "que" | "pour" | "par")
}

/// Whether the small words alone tell that a text is English, which is so for nearly every English report.
fn is_plainly_english(sample: &str) -> bool {
    // Sums of single bytes are taken many at a time.
    let in_block = |block: &[u8]| block.iter().map(|byte| u8::from(byte.is_ascii_alphabetic())).sum::<u8>();
    let letters: usize = sample.as_bytes().chunks(128).map(|block| usize::from(in_block(block))).sum();
    let (mut english, mut french, mut all) = (0, 0, 0);
    for word in sample.split_ascii_whitespace() {
        all += 1;
        if word.len() <= LONGEST {
            english += usize::from(is_english(word));
            french += usize::from(is_french(word));
        }
    }
    letters * 2 > sample.len() && english >= 8 && english * 8 > all && english > french * 8
}

fn is_arabic(c: char) -> bool {
    matches!(c, '\u{600}'..='\u{6ff}' | '\u{750}'..='\u{77f}' | '\u{8a0}'..='\u{8ff}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}')
}

fn is_latin(c: char) -> bool {
    c.is_ascii_alphabetic() || matches!(c, '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}')
}

#[cfg(test)]
mod tests {
    use super::recognize;

    #[test]
    fn a_language_is_recognized_by_script_and_words() {
        for (text, expected) in [
            ("The minister received the ambassador and spoke of water.", Some("en")),
            ("Le ministre a reçu l’ambassadeur et a parlé de l’eau.", Some("fr")),
            ("استقبل الوزير السفير وتحدثا عن المياه", Some("ar")),
            ("12 — 34 …", None),
        ] {
            assert_eq!(recognize(text).as_deref(), expected);
        }
    }
}
