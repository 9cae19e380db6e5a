//! Keeps every fact at its place: a span that does not stand in the stored text is looked up again, or given up.

use extract::{
    Reading,
    reading::{Basis, Doubt},
};
use vocab::{DoubtCode, evidence::Span};

/// A text that can be asked by character.
pub(crate) struct Text {
    chars: Vec<char>,
    text: String,
}

impl Text {
    pub(crate) fn new(text: &str) -> Self {
        Self { chars: text.chars().collect(), text: text.to_owned() }
    }

    fn stands(&self, span: &Span) -> bool {
        let cut = self.chars.get(span.start..span.end).unwrap_or_default();
        !cut.is_empty() && cut.iter().copied().eq(span.quote.chars())
    }

    /// The span at its place in this text: where it says, else at the nearest place with the same words.
    pub(crate) fn place(&self, span: &Span) -> Option<Span> {
        if self.stands(span) {
            return Some(span.clone());
        }
        if span.quote.is_empty() {
            return None;
        }
        let starts = self.text.match_indices(&span.quote).map(|(byte, _)| self.text[..byte].chars().count());
        let start = starts.min_by_key(|start| start.abs_diff(span.start))?;
        Some(Span { start, end: start + span.quote.chars().count(), quote: span.quote.clone() })
    }
}

/// The reading with every span in its place in the stored text.
///
/// An engine may clean a report otherwise than the one that read it first; the stored text is what evidence counts in,
/// so it stays. What is not found in it is no finding any more but a doubt.
pub(crate) fn settle(read: &mut Reading, stored: &str) {
    let text = Text::new(stored);
    let mut lost = Vec::new();
    macro_rules! keep_placed {
        ($($list:ident),+) => {$(
            read.$list.retain_mut(|entry| placed(&text, &mut entry.basis, &mut lost));
        )+};
    }
    keep_placed!(states, organizations, people, meetings, areas, actions);
    for doubt in &mut read.doubts {
        doubt.evidence = doubt.evidence.iter().filter_map(|span| text.place(span)).collect();
    }
    read.doubts.extend(lost.into_iter().map(|quote| Doubt {
        code: DoubtCode::LowConfidence,
        message: format!("Left out, because these words are not in the stored text: “{quote}”"),
        evidence: Vec::new(),
    }));
}

fn placed(text: &Text, basis: &mut Basis, lost: &mut Vec<String>) -> bool {
    let found: Vec<Span> = basis.evidence.iter().filter_map(|span| text.place(span)).collect();
    if found.is_empty() {
        lost.push(basis.evidence.first().map(|span| span.quote.clone()).unwrap_or_default());
    }
    basis.evidence = found;
    !basis.evidence.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(start: usize, end: usize, quote: &str) -> Span {
        Span { start, end, quote: quote.to_owned() }
    }

    #[test]
    fn a_span_is_kept_moved_or_given_up() {
        let text = Text::new("Éva met Omar. Later Omar spoke.");
        for (asked, found) in [
            (span(8, 12, "Omar"), Some(span(8, 12, "Omar"))),
            (span(18, 22, "Omar"), Some(span(20, 24, "Omar"))),
            (span(0, 4, "Omar"), Some(span(8, 12, "Omar"))),
            (span(0, 4, "Amal"), None),
            (span(5, 5, ""), None),
            (span(500, 504, "Éva"), Some(span(0, 3, "Éva"))),
        ] {
            assert_eq!(text.place(&asked), found, "{asked:?}");
        }
    }
}
