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

/// Writes out a pattern that names a group of words: `@voice ~ readiness` stands for one pattern for each of its words.
pub fn ungroup(pattern: &str, groups: &[(&str, Vec<&str>)]) -> Vec<String> {
    let named = groups.iter().find(|(name, _)| pattern.split(' ').any(|word| word.strip_prefix('@') == Some(name)));
    match named {
        None => vec![pattern.to_owned()],
        Some((name, words)) => words.iter().map(|word| pattern.replace(&format!("@{name}"), word)).collect(),
    }
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

/// Small words after which a verb still is one verb, as in `touch* on` and `put* forward`.
const PARTICLES: [&str; 11] = ["on", "upon", "over", "through", "at", "into", "about", "up", "forward", "for", "to"];

/// The passive forms of a verb, alone or with its particle; none for a longer phrase, whose object stands in it.
pub fn passive(pattern: &str, irregular: &[Vec<&str>]) -> Vec<String> {
    let mut words = pattern.split(' ');
    let verb = words.next().and_then(|word| word.strip_suffix('*')).filter(|verb| *verb != "be" && *verb != "have");
    let particle = words.next();
    let (Some(verb), true) = (verb, words.next().is_none() && particle.is_none_or(|word| PARTICLES.contains(&word)))
    else {
        return Vec::new();
    };
    let forms = expand(&format!("{verb}*"), irregular);
    let Some(participle) = forms.iter().take_while(|form| !form.ends_with("ing")).last() else { return Vec::new() };
    let tail = particle.map(|word| format!(" {word}")).unwrap_or_default();
    let be = ["is", "are", "was", "were", "been", "being"].into_iter();
    be.flat_map(|be| [format!("{be} {participle}{tail}"), format!("{be} also {participle}{tail}")]).collect()
}

fn join(phrase: &str, word: &str) -> String {
    if phrase.is_empty() { word.to_owned() } else { format!("{phrase} {word}") }
}

#[cfg(test)]
mod tests {
    use super::{expand, passive, ungroup};

    #[test]
    fn a_verb_has_a_passive_and_a_phrase_with_an_object_has_none() {
        let irregular = [vec!["take", "takes", "took", "taken", "taking"]];
        assert_eq!(passive("discuss*", &[])[2], "are discussed");
        assert_eq!(passive("take* up", &irregular)[4], "was taken up");
        assert!(passive("stress* ~ need", &[]).is_empty() && passive("be* due", &[]).is_empty());
    }

    #[test]
    fn a_starred_word_stands_for_all_its_forms() {
        let irregular = [vec!["sign", "signs", "signed", "signing"], vec!["put", "puts", "putting"]];
        assert_eq!(expand("propose*", &[]), ["propose", "proposes", "proposed", "proposing"]);
        assert_eq!(expand("carry*", &[]), ["carry", "carries", "carried", "carrying"]);
        assert_eq!(expand("stress* need", &[])[1], "stresses need");
        assert_eq!(expand("agree*", &[])[3], "agreeing");
        let groups = [("say", vec!["state*", "voice*"])];
        assert_eq!(ungroup("@say ~ hope", &groups), ["state* ~ hope", "voice* ~ hope"]);
        assert_eq!(expand("put* forward", &irregular), ["put forward", "puts forward", "putting forward"]);
    }
}
