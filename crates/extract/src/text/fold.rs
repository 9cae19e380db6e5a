//! Folding, which is what most texts are compared by.

/// The folded form of a text, as [`vocab::fold`] writes it. Most texts are ASCII with dashes and curly quotation marks,
/// and for them a plain walk is enough.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut apart = false;
    for c in text.chars() {
        if c.is_ascii_alphanumeric() {
            if apart && !folded.is_empty() {
                folded.push(' ');
            }
            apart = false;
            folded.push(c.to_ascii_lowercase());
        } else if c.is_ascii() || is_punctuation(c) {
            apart = true;
        } else {
            return vocab::fold(text);
        }
    }
    folded
}

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
