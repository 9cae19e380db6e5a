//! How a name sounds, in whichever letters it is written: its consonants, of which those that languages write for one
//! another are the same.

/// What an Arabic letter is in Latin ones; a vowel, and what is not heard everywhere, is nothing.
const ARABIC: &[(char, &str)] = &[
    ('ب', "b"),
    ('ت', "t"),
    ('ث', "t"),
    ('ج', "j"),
    ('ح', "h"),
    ('خ', "k"),
    ('د', "d"),
    ('ذ', "d"),
    ('ر', "r"),
    ('ز', "z"),
    ('س', "s"),
    ('ش', "s"),
    ('ص', "s"),
    ('ض', "d"),
    ('ط', "t"),
    ('ظ', "z"),
    ('غ', "g"),
    ('ف', "f"),
    ('ق', "k"),
    ('ك', "k"),
    ('ل', "l"),
    ('م', "m"),
    ('ن', "n"),
    ('ه', "h"),
];

/// Letters that stand for one sound, and for which one.
const LATIN: &[(&str, &str)] =
    &[("kh", "k"), ("sh", "s"), ("ch", "s"), ("th", "t"), ("dh", "d"), ("gh", "g"), ("ou", "")];

/// The consonants of a part of a folded name. `h` at the end is mute in most spellings.
pub(super) fn sound(part: &str) -> String {
    let mut heard = String::new();
    let mut rest = part;
    while let Some(c) = rest.chars().next() {
        let (written, sounds) = match LATIN.iter().find(|(written, _)| rest.starts_with(written)) {
            Some((written, sounds)) => (written.len(), (*sounds).to_owned()),
            None => (c.len_utf8(), letter(c)),
        };
        rest = &rest[written..];
        if !heard.ends_with(&sounds) || sounds.is_empty() {
            heard.push_str(&sounds);
        }
    }
    heard.trim_end_matches('h').to_owned()
}

fn letter(c: char) -> String {
    if let Some((_, latin)) = ARABIC.iter().find(|(arabic, _)| *arabic == c) {
        return (*latin).to_owned();
    }
    match c {
        'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'w' => String::new(),
        'q' | 'c' => "k".to_owned(),
        c if c.is_ascii_alphanumeric() => c.to_string(),
        _ => String::new(),
    }
}

/// Whether a text is written in Arabic letters.
pub(super) fn is_arabic(text: &str) -> bool {
    text.chars().any(|c| ('\u{621}'..='\u{64a}').contains(&c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_name_sounds_alike_in_all_its_spellings() {
        for (one, other) in [
            ("khalid", "khaled"),
            ("yusuf", "youssef"),
            ("محمد", "muhammad"),
            ("خالد", "khaled"),
            ("شريف", "cherif"),
            ("فاطمه", "fatima"),
        ] {
            assert_eq!(sound(one), sound(other), "{one} / {other}");
        }
        for (one, other) in [("karim", "salim"), ("omar", "amal"), ("خالد", "حامد")] {
            assert_ne!(sound(one), sound(other), "{one} / {other}");
        }
    }
}
