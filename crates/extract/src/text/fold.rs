//! Folding, which is what most texts are compared by.

/// The folded form of a text, as [`vocab::fold`] writes it. Most texts are ASCII with dashes and curly quotation marks,
/// and for them a plain walk is enough.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let word = rest.bytes().position(|byte| !IS_PLAIN[usize::from(byte)]).unwrap_or(rest.len());
        if word > 0 {
            if !folded.is_empty() {
                folded.push(' ');
            }
            folded.push_str(&rest[..word]);
            rest = &rest[word..];
        } else if first.is_ascii() || is_punctuation(first) {
            rest = &rest[first.len_utf8()..];
        } else {
            return vocab::fold(text);
        }
    }
    folded.make_ascii_lowercase();
    folded
}

/// For each byte whether it is a plain letter or a digit: most of the work is asking that.
static IS_PLAIN: [bool; 256] = {
    let mut plain = [false; 256];
    let mut byte = 0;
    while byte < plain.len() {
        plain[byte] = (byte as u8).is_ascii_alphanumeric();
        byte += 1;
    }
    plain
};

/// Dashes, quotation marks, bullets and dots.
fn is_punctuation(c: char) -> bool {
    matches!(c, '\u{2010}'..='\u{2027}')
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn a_text_folds_to_the_same_on_both_ways() {
        let marks: String = ('\u{2010}'..='\u{2027}').flat_map(|mark| ['a', mark, 'b', ' ', mark]).collect();
        for text in ["", " - ", "H.E. Dr. Al-Malik's  VISIT!", "Ministère de l’Éducation", "a_b\t2,000 %", &marks] {
            assert_eq!(fold(text), vocab::fold(text), "{text}");
        }
    }
}
