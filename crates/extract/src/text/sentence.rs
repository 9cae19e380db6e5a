//! Where sentences begin and end.

use std::ops::Range;

use super::{Gap, Kind, Token};

/// A sentence as a range of tokens; and whether it stands in the headline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// Whether it belongs to the headline.
    pub headline: bool,
}

/// Lines of at least this many characters that do not end a sentence are taken for wrapped.
const WRAPPED: Range<usize> = 40..101;

/// No sentence that somebody wrote is longer, in tokens; what is longer is cut, so that work within a sentence stays small.
const LONGEST: usize = 200;

/// Parts the tokens into sentences. An empty line always ends one; a single line break does, unless the text is
/// wrapped at a fixed width.
pub fn sentences(text: &str, tokens: &[Token], headline_end: usize) -> Vec<Sentence> {
    let breaks_at_lines = !is_wrapped(text);
    let mut out = Vec::new();
    let mut first = 0;
    for next in 1..=tokens.len() {
        if next == tokens.len() || next - first >= LONGEST || ends_between(tokens, next, breaks_at_lines) {
            let headline = (tokens[first].start as usize) < headline_end;
            out.push(Sentence { tokens: first..next, headline });
            first = next;
        }
    }
    out
}

/// Whether a sentence ends before token `next`.
fn ends_between(tokens: &[Token], next: usize, breaks_at_lines: bool) -> bool {
    let token = &tokens[next];
    match token.gap {
        Gap::Paragraph => true,
        Gap::Line if breaks_at_lines => true,
        Gap::None => false,
        Gap::Space | Gap::Line => {
            let closing = tokens[..next].iter().rev().take(3).position(|t| !is_closing(t)).unwrap_or(0);
            let last = &tokens[next - 1 - closing];
            let opens =
                token.capital || token.kind == Kind::Number || matches!(token.kind, Kind::Mark('“' | '"' | '‘' | '('));
            matches!(last.kind, Kind::Mark('.' | '!' | '?' | '…')) && (opens || !is_latin_small(token))
        }
    }
}

fn is_closing(token: &Token) -> bool {
    matches!(token.kind, Kind::Mark('”' | '"' | '’' | ')' | '\'' | ']'))
}

fn is_latin_small(token: &Token) -> bool {
    token.kind == Kind::Word && !token.capital
}

/// Whether the text has been wrapped at a fixed width: most long lines stop in the middle of a sentence.
fn is_wrapped(text: &str) -> bool {
    let lengths = || text.lines().filter(|line| !line.is_empty()).map(|line| (line.chars().count(), line));
    if lengths().any(|(length, _)| length > WRAPPED.end) {
        return false;
    }
    let long = lengths().filter(|(length, _)| WRAPPED.contains(length));
    let (open, all) = long.fold((0, 0), |(open, all), (_, line)| {
        (open + usize::from(!line.ends_with(['.', '!', '?', ':', '”', '"'])), all + 1)
    });
    all >= 3 && open * 2 > all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<String> {
        let tokens = crate::text::token::tokens(text, crate::pack::english().lexicon.words());
        let bytes = |r: &Range<usize>| tokens[r.start].start as usize..tokens[r.end - 1].end as usize;
        sentences(text, &tokens, 0).iter().map(|s| text[bytes(&s.tokens)].to_owned()).collect()
    }

    #[test]
    fn a_dot_after_a_title_or_an_initial_ends_nothing() {
        assert_eq!(cut("Dr. A. Noor met Mr. Bello. They spoke (at length.) Then he left.").len(), 3);
        assert_eq!(cut("It cost 2.5 million. \"Why?\" she asked. No. 5 was empty.").len(), 3);
        assert_eq!(cut("A headline\nThe text begins here.").len(), 2);
    }

    #[test]
    fn a_wrapped_line_ends_nothing() {
        let text = "The minister and the head of the organization met\nin the capital in order to look at what may be\n\
                    done together in the years that lie before both\nof them. They agreed.";
        assert_eq!(cut(text).len(), 2);
    }
}
