//! Forms of a verb, so that a pack lists `propose*` and means every form of it.

/// The forms of a regular English verb, its base form first.
fn regular(base: &str) -> Vec<String> {
    let stem = base.strip_suffix('e');
    let consonant_y = base.strip_suffix('y').filter(|s| !s.ends_with(['a', 'e', 'i', 'o', 'u']));
    let third = match consonant_y {
        Some(s) => format!("{s}ies"),
        None if base.ends_with(['s', 'x', 'z']) || base.ends_with("ch") || base.ends_with("sh") => format!("{base}es"),
        None => format!("{base}s"),
    };
    let past = match (consonant_y, stem) {
        (Some(s), _) => format!("{s}ied"),
        (None, Some(_)) => format!("{base}d"),
        (None, None) => format!("{base}ed"),
    };
    let participle = match stem {
        Some(s) if !base.ends_with("ee") => format!("{s}ing"),
        _ => format!("{base}ing"),
    };
    vec![base.to_owned(), third, past, participle]
}

/// Expands every word marked with `*` into its forms: the pack's irregular forms if it lists the verb, else regular ones.
pub fn expand(pattern: &str, irregular: &[Vec<&str>]) -> Vec<String> {
    let mut phrases = vec![String::new()];
    for word in pattern.split_whitespace() {
        let forms = match word.strip_suffix('*') {
            None => vec![word.to_owned()],
            Some(base) => match irregular.iter().find(|forms| forms[0] == base) {
                Some(forms) => forms.iter().map(|form| (*form).to_owned()).collect(),
                None => regular(base),
            },
        };
        phrases = phrases.iter().flat_map(|phrase| forms.iter().map(move |form| join(phrase, form))).collect();
    }
    phrases
}

/// Expands a `~`: nothing, or one of the small words.
pub fn choices(pattern: &str, small_words: &[&str]) -> Vec<String> {
    match pattern.split_once(" ~ ") {
        None => vec![pattern.to_owned()],
        Some((before, after)) => std::iter::once(format!("{before} {after}"))
            .chain(small_words.iter().map(|word| format!("{before} {word} {after}")))
            .collect(),
    }
}

fn join(phrase: &str, word: &str) -> String {
    if phrase.is_empty() { word.to_owned() } else { format!("{phrase} {word}") }
}

#[cfg(test)]
mod tests {
    use super::{choices, expand};

    #[test]
    fn a_starred_word_stands_for_all_its_forms() {
        let irregular = [vec!["sign", "signs", "signed", "signing"], vec!["put", "puts", "putting"]];
        assert_eq!(expand("propose*", &[]), ["propose", "proposes", "proposed", "proposing"]);
        assert_eq!(expand("carry*", &[]), ["carry", "carries", "carried", "carrying"]);
        assert_eq!(expand("stress* need", &[])[1], "stresses need");
        assert_eq!(expand("agree*", &[])[3], "agreeing");
        assert_eq!(choices("see* ~ need", &["a", "the"]), ["see* need", "see* a need", "see* the need"]);
        assert_eq!(expand("put* forward", &irregular), ["put forward", "puts forward", "putting forward"]);
    }
}
