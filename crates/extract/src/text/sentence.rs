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

/// No sentence that somebody wrote is longer, in tokens; what is longer is cut, so that work within a sentence stays small.
const LONGEST: usize = 200;

/// Parts the tokens into sentences. A line break always ends one: cleaning has put wrapped lines together.
pub fn sentences(tokens: &[Token], headline_end: usize) -> Vec<Sentence> {
    let mut out = Vec::new();
    let mut first = 0;
    for next in 1..=tokens.len() {
        if next == tokens.len() || next - first >= LONGEST || ends_between(tokens, next) {
            let headline = (tokens[first].start as usize) < headline_end;
            out.push(Sentence { tokens: first..next, headline });
            first = next;
        }
    }
    out
}

/// Whether a sentence ends before token `next`.
fn ends_between(tokens: &[Token], next: usize) -> bool {
    let token = &tokens[next];
    match token.gap {
        Gap::Paragraph | Gap::Line => true,
        Gap::None => false,
        Gap::Space if !may_end(&tokens[next - 1]) => false,
        Gap::Space => {
            let closing = tokens[..next].iter().rev().take(3).position(|t| !is_closing(t)).unwrap_or(0);
            let last = &tokens[next - 1 - closing];
            let opens =
                token.capital || token.kind == Kind::Number || matches!(token.kind, Kind::Mark('“' | '"' | '‘' | '('));
            is_end(last) && (opens || !is_latin_small(token))
        }
    }
}

/// Whether a sentence can end with this token, which hardly any does.
fn may_end(token: &Token) -> bool {
    is_closing(token) || is_end(token)
}

fn is_end(token: &Token) -> bool {
    matches!(token.kind, Kind::Mark('.' | '!' | '?' | '…'))
}

fn is_closing(token: &Token) -> bool {
    matches!(token.kind, Kind::Mark('”' | '"' | '’' | ')' | '\'' | ']'))
}

fn is_latin_small(token: &Token) -> bool {
    token.kind == Kind::Word && !token.capital
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<String> {
        let (tokens, _) = crate::text::token::tokens(text, crate::pack::english().lexicon.words());
        let bytes = |r: &Range<usize>| tokens[r.start].start as usize..tokens[r.end - 1].end as usize;
        sentences(&tokens, 0).iter().map(|s| text[bytes(&s.tokens)].to_owned()).collect()
    }

    #[test]
    fn a_dot_after_a_title_or_an_initial_ends_nothing() {
        assert_eq!(cut("Dr. A. Noor met Mr. Bello. They spoke (at length.) Then he left.").len(), 3);
        assert_eq!(cut("It cost 2.5 million. \"Why?\" she asked. No. 5 was empty.").len(), 3);
        assert_eq!(cut("A headline\nThe text begins here.").len(), 2);
    }
}
