//! Where the words of a quote stand in a text.

use std::{cell::OnceCell, ops::Range};

use vocab::evidence::Span;

use crate::text::Offsets;

/// The most places of one quote that are told apart.
const MOST: usize = 50;

/// A text in which quotes are looked up.
#[derive(Debug)]
pub struct Places<'t> {
    text: &'t str,
    offsets: Offsets<'t>,
    plain: OnceCell<Plain>,
}

/// A text with one kind of blank, quotation mark and dash.
#[derive(Debug)]
struct Plain {
    text: String,
    /// For each character, where it begins here and in the text.
    begins: Vec<(usize, usize)>,
}

impl<'t> Places<'t> {
    /// Walks the text once.
    pub fn new(text: &'t str) -> Self {
        Self { text, offsets: Offsets::new(text), plain: OnceCell::new() }
    }

    /// The bytes of quotes that belong together, in their order; the quote that is not there, where one is not.
    ///
    /// Where the words of one stand more than once, the place nearest to another of them is taken, else the first.
    pub fn all<'q>(&self, quotes: &[&'q str]) -> Result<Vec<Range<usize>>, &'q str> {
        let mut found = Vec::with_capacity(quotes.len());
        for &quote in quotes {
            let places = self.find(quote);
            if places.is_empty() {
                return Err(quote);
            }
            found.push(places);
        }
        let sure: Vec<usize> = found.iter().filter(|places| places.len() == 1).map(|places| places[0].start).collect();
        let far = |place: &Range<usize>| sure.iter().map(|at| at.abs_diff(place.start)).min().unwrap_or(place.start);
        Ok(found.iter().filter_map(|places| places.iter().min_by_key(|place| far(place)).cloned()).collect())
    }

    /// The span of a stretch of bytes.
    pub fn span(&self, bytes: Range<usize>) -> Span {
        self.offsets.span(bytes)
    }

    /// Every place of a quote: letter for letter, else whatever blanks, quotation marks and dashes it is written with.
    fn find(&self, quote: &str) -> Vec<Range<usize>> {
        let quote = quote.trim();
        if !quote.contains(char::is_alphanumeric) {
            return Vec::new();
        }
        let exact = self.text.match_indices(quote).map(|(at, words)| at..at + words.len());
        let exact: Vec<_> = exact.filter(|place| self.is_bounded(place)).take(MOST).collect();
        if exact.is_empty() { self.find_plain(quote) } else { exact }
    }

    fn find_plain(&self, quote: &str) -> Vec<Range<usize>> {
        let plain = self.plain.get_or_init(|| Plain::new(self.text));
        let quote = Plain::new(quote).text;
        let place = |(at, words): (usize, &str)| {
            let last = plain.text[..at + words.len()].char_indices().next_back()?.0;
            let (start, last) = (plain.in_text(at)?, plain.in_text(last)?);
            Some(start..last + self.text[last..].chars().next()?.len_utf8())
        };
        let found = plain.text.match_indices(&*quote).filter_map(place);
        found.filter(|place| self.is_bounded(place)).take(MOST).collect()
    }

    /// Whether no word goes on beyond the place: `Mali` does not stand in `AlMalik`.
    fn is_bounded(&self, place: &Range<usize>) -> bool {
        let words = &self.text[place.clone()];
        let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let before = is_letter(words.chars().next()) && is_letter(self.text[..place.start].chars().next_back());
        let after = is_letter(words.chars().next_back()) && is_letter(self.text[place.end..].chars().next());
        !before && !after
    }
}

impl Plain {
    fn new(text: &str) -> Self {
        let mut plain = Self { text: String::with_capacity(text.len()), begins: Vec::new() };
        for (at, c) in text.char_indices() {
            let c = match c {
                '’' | '‘' | '`' | '´' => '\'',
                '“' | '”' | '«' | '»' => '"',
                '–' | '—' | '−' | '‑' => '-',
                c if c.is_whitespace() => ' ',
                c => c,
            };
            if c == ' ' && plain.text.ends_with(' ') {
                continue;
            }
            plain.begins.push((plain.text.len(), at));
            plain.text.push(c);
        }
        plain
    }

    /// Where the character that begins at this byte here begins in the text.
    fn in_text(&self, byte: usize) -> Option<usize> {
        let at = self.begins.binary_search_by_key(&byte, |(here, _)| *here).ok()?;
        Some(self.begins[at].1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str =
        "Dr. AlMalik met Éva. He said:  “Mali’s\nminister — Éva’s friend — came”.\n\nÉva met Mali again.";

    fn place(quotes: &[&str]) -> Result<Vec<String>, String> {
        let places = Places::new(TEXT);
        let spans = places.all(quotes).map_err(str::to_owned)?.into_iter().map(|bytes| places.span(bytes));
        let spans: Vec<Span> = spans.collect();
        assert!(spans.iter().all(|span| span.stands_in(TEXT)), "{spans:?}");
        Ok(spans.into_iter().map(|span| format!("{} {}", span.start, span.quote)).collect())
    }

    #[test]
    fn a_quote_is_found_however_its_blanks_and_marks_are_written() {
        for (quote, found) in [
            ("met Éva", "12 met Éva"),
            ("Mali's minister", "32 Mali’s\nminister"),
            ("\"Mali's minister - Éva's friend - came\"", "31 “Mali’s\nminister — Éva’s friend — came”"),
            (" said: “Mali ", "24 said:  “Mali"),
        ] {
            assert_eq!(place(&[quote]), Ok(vec![found.to_owned()]), "{quote}");
        }
        for lost in ["met eva", "AlMali", "the minister", "—", "", "Mali’s minister came"] {
            assert_eq!(place(&[lost]), Err(lost.to_owned()));
        }
        assert_eq!(place(&["met Éva", "gone"]), Err("gone".to_owned()));
    }

    #[test]
    fn the_place_near_another_quote_is_taken_else_the_first() {
        assert_eq!(place(&["Éva"]).map(|found| found[0].clone()), Ok("16 Éva".to_owned()));
        assert_eq!(place(&["Éva", "again"]).map(|found| found[0].clone()), Ok("73 Éva".to_owned()));
        assert_eq!(place(&["Mali"]).map(|found| found[0].clone()), Ok("32 Mali".to_owned()));
    }
}
