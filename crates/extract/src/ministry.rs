//! How a ministry's name is formed.

use crate::{document::Document, draft::Tokens, pack::Class, post::Post};

/// The names of the ministries behind a post: of its portfolio, and of a second one after `and Minister of`.
pub fn names_of(document: &Document<'_>, post: &Post) -> Vec<String> {
    let heads: Vec<_> = document.hits_in(post.label.clone(), Class::Head).collect();
    let mut names: Vec<String> = Vec::new();
    if let Some(portfolio) = &post.portfolio {
        names.push(name_of(document, portfolio.clone()));
    }
    for (at, hit) in heads.iter().enumerate().skip(1) {
        let end = heads.get(at + 1).map_or(post.label.end, |next| next.first);
        let after = hit.end + 1;
        let before = (heads[at - 1].end..hit.first).rev().take_while(|i| document.is_in(*i, Class::Portfolio)).last();
        let foreign = document.is_word(hit.first, "foreign");
        let names_a_portfolio = !document.is_in(after, Class::State) && !document.is_word(after, "the")
            || document.is_in(after + 1, Class::Portfolio);
        let told_after = document.is_any(hit.end, &["of", "for"]) && after < end && names_a_portfolio;
        match (told_after, before) {
            (_, _) if foreign => names.push("Ministry of Foreign Affairs".to_owned()),
            (true, _) => names.push(name_of(document, after..end)),
            (false, Some(first)) => names.push(name_of(document, first..hit.first)),
            (false, None) => {}
        }
    }
    if post.portfolio.is_none() && document.is_word(post.head.start, "foreign") {
        names.push("Ministry of Foreign Affairs".to_owned());
    }
    names.dedup();
    names
}

/// `Ministry of` and the portfolio, each word with a capital.
pub fn name_of(document: &Document<'_>, portfolio: Tokens) -> String {
    let start = portfolio.start + usize::from(document.is_word(portfolio.start, "the"));
    let portfolio = start..portfolio.end;
    let whole = document.hit(start, Class::Portfolio).filter(|hit| hit.end == portfolio.end);
    let canonical = whole.and_then(|hit| document.pack.portfolios[hit.value as usize]);
    let words = canonical.map_or_else(|| document.words(portfolio), str::to_owned);
    let capital = |word: &str| {
        let small = matches!(word, "of" | "and" | "for" | "the" | "in" | "with" | "to" | "-e-");
        let mut letters = word.chars();
        match letters.next() {
            Some(first) if !small => first.to_uppercase().chain(letters).collect::<String>(),
            _ => word.to_owned(),
        }
    };
    let parts: Vec<String> = words.split(' ').map(capital).collect();
    format!("Ministry of {}", parts.join(" "))
}
