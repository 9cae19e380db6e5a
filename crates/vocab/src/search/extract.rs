//! Short extracts of what was found, with the words marked in the text as it stands.

use std::ops::Range;

use super::{Part, Place, Query, Token, tokens};

/// The most extracts of a record.
const MOST: usize = 4;
/// About so many characters are shown of a long text.
const LENGTH: usize = 200;
/// About so many of them stand before the first word that was found.
const LEAD: usize = 60;

/// A stretch of a text in which something was found. Marks are counted in its characters (Unicode scalar values), from 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extract {
    /// Where in the record.
    pub place: Place,
    /// The stretch, as it is.
    pub text: String,
    /// The words that were found: in order, none in another.
    pub marks: Vec<Range<usize>>,
    /// Whether the text begins before it.
    pub cut_before: bool,
    /// Whether the text goes on behind it.
    pub cut_after: bool,
}

/// Words of a text that a term means, as places in the text.
struct Mark {
    term: usize,
    place: Range<usize>,
}

/// The stretches in which what was searched for stands: each word once in a title and once in the rest, at most four.
pub fn extracts(parts: &[Part], query: &Query) -> Vec<Extract> {
    let mut shown: Vec<(Place, usize)> = Vec::new();
    let mut found = Vec::new();
    for part in parts {
        let tokens = tokens(&part.text);
        let marks = marks(&tokens, query);
        let length = part.text.chars().count();
        let mut from = 0;
        while let Some(next) = marks[from..].iter().position(|mark| !shown.contains(&(part.place, mark.term))) {
            if found.len() == MOST {
                return found;
            }
            let window = window(&marks[from + next].place, &tokens, length);
            let inside = |mark: &&Mark| window.start <= mark.place.start && mark.place.end <= window.end;
            let marked: Vec<_> = marks.iter().filter(inside).collect();
            shown.extend(marked.iter().map(|mark| (part.place, mark.term)));
            found.push(cut(part, &window, &marked, length));
            from += next + 1;
        }
    }
    found
}

/// Where the terms stand, in the order of the text.
fn marks(tokens: &[Token], query: &Query) -> Vec<Mark> {
    let mut marks = Vec::new();
    for at in 0..tokens.len() {
        for (term, wanted) in query.terms().iter().enumerate() {
            if let Some(words) = wanted.means(&tokens[at..]) {
                marks.push(Mark { term, place: tokens[at].start..tokens[at + words - 1].end });
            }
        }
    }
    marks
}

/// What is shown around a place: all of a short text, else whole words.
fn window(place: &Range<usize>, tokens: &[Token], length: usize) -> Range<usize> {
    if length <= LENGTH {
        return 0..length;
    }
    let earliest = place.start.saturating_sub(LEAD).min(length - LENGTH);
    let start = if earliest == 0 {
        0
    } else {
        let word = tokens.iter().map(|token| token.start).find(|start| *start >= earliest);
        word.unwrap_or(place.start).min(place.start)
    };
    let latest = start + LENGTH;
    if latest >= length {
        return start..length;
    }
    let end = tokens.iter().map(|token| token.end).take_while(|end| *end <= latest).last();
    start..end.unwrap_or(place.end).max(place.end)
}

fn cut(part: &Part, window: &Range<usize>, marked: &[&Mark], length: usize) -> Extract {
    let mut marks: Vec<Range<usize>> = Vec::new();
    for mark in marked {
        let place = mark.place.start - window.start..mark.place.end - window.start;
        match marks.last_mut() {
            Some(before) if place.start < before.end => before.end = before.end.max(place.end),
            _ => marks.push(place),
        }
    }
    Extract {
        place: part.place,
        text: part.text.chars().skip(window.start).take(window.len()).collect(),
        marks,
        cut_before: window.start > 0,
        cut_after: window.end < length,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The extracts with what is marked in brackets.
    fn shown(parts: &[Part], typed: &str) -> Vec<String> {
        let query = Query::parse(typed).expect("a query");
        let show = |extract: Extract| {
            let mut text = String::new();
            for (at, c) in extract.text.chars().chain(['\0']).enumerate() {
                text.extend(extract.marks.iter().filter(|mark| mark.end == at).map(|_| ']'));
                text.extend(extract.marks.iter().filter(|mark| mark.start == at).map(|_| '['));
                text.extend((c != '\0').then_some(c));
            }
            let dots = |cut: bool| if cut { "…" } else { "" };
            format!("{}{text}{}", dots(extract.cut_before), dots(extract.cut_after))
        };
        extracts(parts, &query).into_iter().map(show).collect()
    }

    #[test]
    fn words_are_marked_in_the_text_as_it_stands() {
        for (text, typed, marked) in [
            ("👍🏽 E\u{301}tat: Coopération, <b>", "cooper", "👍🏽 E\u{301}tat: [Coopération], <b>"),
            ("شارك مُحَمَّد وبالتعاون", "التعاون محمد", "شارك [مُحَمَّد] [وبالتعاون]"),
            ("Water talks and talks", "\"water talks\" talks", "[Water talks] and [talks]"),
            ("PAK-14 Train archivists", "pak-14", "[PAK-14] Train archivists"),
            ("Nothing of that", "water", ""),
        ] {
            let expected: Vec<_> = (!marked.is_empty()).then(|| marked.to_owned()).into_iter().collect();
            assert_eq!(shown(&[Part::title(text)], typed), expected, "{typed}");
        }
    }

    #[test]
    fn of_a_long_text_stretches_are_shown_and_each_word_once() {
        let filler = "lorem ipsum dolor sit amet ".repeat(20);
        let text = format!("{filler}The river rose. {filler}A bridge was built over the river. {filler}");
        let found = shown(&[Part::title("River"), Part::text(text)], "bridge river");
        assert_eq!(found.len(), 3, "{found:#?}");
        assert_eq!(found[0], "[River]");
        assert!(
            found[1].starts_with('…') && found[1].contains("The [river] rose") && found[1].ends_with('…'),
            "{found:#?}"
        );
        assert!(found[2].contains("A [bridge] was built over the [river]."), "{found:#?}");
        assert!(found.iter().all(|text| text.chars().count() < LENGTH + 10), "{found:#?}");
    }

    #[test]
    fn the_end_of_a_long_text_is_shown_to_its_end() {
        let text = format!("{}river", "lorem ipsum ".repeat(40));
        let found = shown(&[Part::text(text)], "river");
        assert!(
            found.len() == 1 && found[0].starts_with('…') && found[0].ends_with("lorem ipsum [river]"),
            "{found:#?}"
        );
    }
}
