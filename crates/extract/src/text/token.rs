//! Words, numbers and marks.

use crate::pack::lexicon::{Spelled, UNKNOWN, WordId, Words};

/// What stands before a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gap {
    /// Nothing, or a hyphen.
    None,
    /// White space in the line.
    Space,
    /// A new line.
    Line,
    /// An empty line, or the beginning of the text.
    Paragraph,
}

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Letters, perhaps with digits.
    Word,
    /// Digits.
    Number,
    /// The `'s` or `'` after an owner.
    Possessive,
    /// One mark.
    Mark(char),
}

/// A word, a number or a mark of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// Its first byte.
    pub start: u32,
    /// One past its last byte; the dot of an abbreviation belongs to it.
    pub end: u32,
    /// What it is.
    pub kind: Kind,
    /// What stands before it.
    pub gap: Gap,
    /// Whether it begins with a capital letter.
    pub capital: bool,
    /// Whether it is an acronym: two letters or more, none of them small.
    pub acronym: bool,
    /// Whether a dot was taken into it.
    pub dotted: bool,
}

impl Token {
    /// Whether it is this mark.
    pub fn is(&self, mark: char) -> bool {
        self.kind == Kind::Mark(mark)
    }
}

/// The tokens of a text. Beyond the last one stands an end that is no word and no mark, so that a rule may look ahead.
#[derive(Debug, Default)]
pub struct TokenList(Vec<Token>);

static END: Token = Token {
    start: u32::MAX,
    end: u32::MAX,
    kind: Kind::Mark('\u{0}'),
    gap: Gap::Paragraph,
    capital: false,
    acronym: false,
    dotted: false,
};

impl From<Vec<Token>> for TokenList {
    fn from(tokens: Vec<Token>) -> Self {
        Self(tokens)
    }
}

impl std::ops::Index<usize> for TokenList {
    type Output = Token;
    fn index(&self, at: usize) -> &Token {
        self.0.get(at).unwrap_or(&END)
    }
}

impl TokenList {
    /// How many tokens there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The token at a place, if there is one.
    pub fn get(&self, at: usize) -> Option<&Token> {
        self.0.get(at)
    }

    /// The tokens, in order.
    pub fn iter(&self) -> std::slice::Iter<'_, Token> {
        self.0.iter()
    }

    /// The tokens as they are.
    pub fn as_slice(&self) -> &[Token] {
        &self.0
    }
}

/// Cuts a text into tokens, and tells the word of each in the lexicon. A hyphen inside a word parts it and is no token
/// of its own: `co-operate` and `co operate` are the same two words.
pub fn tokens(text: &str, words: &Words) -> (Vec<Token>, Vec<WordId>) {
    let mut out = Vec::with_capacity(text.len() / 5);
    let mut ids = Vec::with_capacity(text.len() / 5);
    let mut at = 0;
    let mut gap = Gap::Paragraph;
    let mut folded = String::new();
    while at < text.len() {
        if text.as_bytes()[at] == b' ' {
            gap = gap.max(Gap::Space);
            at += 1;
            continue;
        }
        if let Some((token, id)) = plain_word(text, at, gap, words, &mut folded) {
            at = token.end as usize;
            gap = Gap::None;
            out.push(token);
            ids.push(id);
            continue;
        }
        let Some(c) = text[at..].chars().next() else { break };
        if c.is_whitespace() {
            gap = wider(gap, c);
            at += c.len_utf8();
            continue;
        }
        if is_hyphen(c) && gap == Gap::None && text[at + c.len_utf8()..].starts_with(char::is_alphanumeric) {
            at += c.len_utf8();
            continue;
        }
        let (token, id) = if c.is_alphanumeric() {
            word(text, at, gap, words, &mut folded)
        } else {
            (mark(text, at, c, gap, out.last()), UNKNOWN)
        };
        at = token.end as usize;
        gap = Gap::None;
        out.push(token);
        ids.push(id);
    }
    (out, ids)
}

fn wider(gap: Gap, c: char) -> Gap {
    match (gap, c) {
        (Gap::Paragraph, _) => Gap::Paragraph,
        (Gap::Line, '\n') => Gap::Paragraph,
        (_, '\n') => Gap::Line,
        (gap, _) => gap.max(Gap::Space),
    }
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}')
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | '`')
}

fn word(text: &str, start: usize, gap: Gap, words: &Words, folded: &mut String) -> (Token, WordId) {
    let end = word_end(text, start);
    let raw = &text[start..end];
    words.fold_into(raw, folded);
    let id = words.id(folded);
    let letters = || raw.chars().filter(|c| c.is_alphabetic());
    let number = raw.starts_with(char::is_numeric) && letters().next().is_none();
    let capital = raw.starts_with(char::is_uppercase);
    let acronym = letters().nth(1).is_some() && letters().all(char::is_uppercase);
    let initial = || capital && letters().count() == 1;
    let abbreviated =
        !number && text[end..].starts_with('.') && (words.is_abbreviation(id) || raw.contains('.') || initial());
    let token = Token {
        start: start as u32,
        end: (end + usize::from(abbreviated)) as u32,
        kind: if number { Kind::Number } else { Kind::Word },
        gap,
        capital,
        acronym,
        dotted: abbreviated,
    };
    (token, id)
}

/// What tells a small ASCII letter from its capital.
const SMALL: u8 = b'a' ^ b'A';

/// The word that begins here, if it is made of plain letters only and needs no closer look, as most are.
fn plain_word(text: &str, start: usize, gap: Gap, words: &Words, folded: &mut String) -> Option<(Token, WordId)> {
    let rest = &text.as_bytes()[start..];
    let (mut length, mut capitals, mut small) = (0, 0, Spelled::default());
    for letter in rest.iter().take_while(|byte| byte.is_ascii_alphabetic()) {
        capitals += usize::from(letter & SMALL == 0);
        length += 1;
        small = small.then(letter | SMALL);
    }
    let next = rest.get(length);
    let ends = match next {
        None => true,
        Some(b'.') => length > 1,
        Some(byte) => byte.is_ascii() && !byte.is_ascii_digit() && !matches!(byte, b'\'' | b'`'),
    };
    if length == 0 || !ends {
        return None;
    }
    let end = start + length;
    let word = words.id_of(small).unwrap_or_else(|| {
        words.fold_into(&text[start..end], folded);
        words.id(folded)
    });
    let abbreviated = next == Some(&b'.') && words.is_abbreviation(word);
    let token = Token {
        start: start as u32,
        end: (end + usize::from(abbreviated)) as u32,
        kind: Kind::Word,
        gap,
        capital: rest[0].is_ascii_uppercase(),
        acronym: length > 1 && capitals == length,
        dotted: abbreviated,
    };
    Some((token, word))
}

/// One past the last byte of the word that begins here: letters and digits, an apostrophe between letters, a comma or
/// a dot between digits, and the dots of `U.N.`; but `s` after an apostrophe stands alone.
fn word_end(text: &str, start: usize) -> usize {
    let mut end = start;
    let mut last = ' ';
    let mut initials = true;
    let mut run = 0;
    let mut rest = text[start..].chars().peekable();
    while let Some(c) = rest.next() {
        let next = rest.peek().copied().unwrap_or(' ');
        let inside = c.is_alphanumeric()
            || is_combining(c)
            || (is_apostrophe(c) && last.is_alphabetic() && next.is_alphabetic() && !is_owner(next, &rest))
            || (matches!(c, ',' | '.') && last.is_ascii_digit() && next.is_ascii_digit())
            || (c == '.' && initials && run == 1 && next.is_alphabetic() && is_initial(&rest));
        if !inside {
            break;
        }
        run = if c.is_alphanumeric() { run + 1 } else { 0 };
        initials &= run <= 1;
        end += c.len_utf8();
        last = c;
    }
    end
}

fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{65f}' | '\u{200c}' | '\u{200d}')
}

/// Whether what follows an apostrophe is the `s` of an owner.
fn is_owner(next: char, rest: &std::iter::Peekable<std::str::Chars<'_>>) -> bool {
    let mut after = rest.clone();
    after.next();
    matches!(next, 's' | 'S') && after.peek().is_none_or(|c| !c.is_alphanumeric())
}

/// Whether one letter alone stands after the dot, as in `H.E` or `U.N`.
fn is_initial(rest: &std::iter::Peekable<std::str::Chars<'_>>) -> bool {
    let mut after = rest.clone();
    after.next();
    after.peek().is_none_or(|c| !c.is_alphanumeric())
}

fn mark(text: &str, start: usize, c: char, gap: Gap, last: Option<&Token>) -> Token {
    let owner = last.filter(|last| gap == Gap::None && is_apostrophe(c) && last.kind == Kind::Word);
    let possessive = owner.and_then(|owner| possessive(text, owner.end as usize, start, c));
    let (kind, length) = possessive.map_or((Kind::Mark(c), c.len_utf8()), |length| (Kind::Possessive, length));
    Token {
        start: start as u32,
        end: (start + length) as u32,
        kind,
        gap,
        capital: false,
        acronym: false,
        dotted: false,
    }
}

/// How long the owner's mark is that an apostrophe behind a word begins, in bytes, if it is one.
fn possessive(text: &str, word_end: usize, start: usize, apostrophe: char) -> Option<usize> {
    let length = apostrophe.len_utf8();
    let mut letters = text[start + length..].chars();
    let s = matches!(letters.next(), Some('s' | 'S')) && !letters.next().is_some_and(char::is_alphanumeric);
    let plural = || text[..word_end].ends_with(['s', 'S']) && apostrophe != '‘';
    if s { Some(length + 1) } else { plural().then_some(length) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        let (tokens, _) = tokens(text, crate::pack::english().lexicon.words());
        tokens.iter().map(|t| &text[t.start as usize..t.end as usize]).collect()
    }

    #[test]
    fn words_are_cut_where_people_cut_them() {
        for (text, expected) in [
            ("Dr. Sami A. Noor’s visit", &["Dr.", "Sami", "A.", "Noor", "’s", "visit"][..]),
            ("the Director-General (DG)", &["the", "Director", "General", "(", "DG", ")"]),
            ("H.E. the chargé d’affaires", &["H.E.", "the", "chargé", "d’affaires"]),
            ("2,000 students' grants", &["2,000", "students", "'", "grants"]),
            ("B.Temir came in 2021.", &["B.", "Temir", "came", "in", "2021", "."]),
            ("U.N. — so", &["U.N.", "—", "so"]),
            ("…", &["…"]),
        ] {
            assert_eq!(cut(text), expected, "{text}");
        }
    }
}
