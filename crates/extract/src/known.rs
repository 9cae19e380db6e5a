//! What people have confirmed before, and where a text names it.
//!
//! Names come in as a value, so that the same text and the same known names give the same reading. [`names`] tells what
//! to look up before a report is read; what the engine then takes for a known name is always one of those.

use std::collections::{BTreeSet, HashMap, HashSet};

use vocab::{Language, OrganizationKind, fold};

use crate::{
    Page, Report,
    document::Document,
    draft::Tokens,
    pack,
    text::{Gap, Kind, Token, token},
};

/// Organizations and people that are known by names which people have confirmed, as far as a report may hold them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Known {
    /// The organizations.
    pub organizations: Vec<Organization>,
    /// The people.
    pub people: Vec<Person>,
}

/// An organization with its confirmed names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organization {
    /// The name that is shown.
    pub name: String,
    /// Other names, spellings and acronyms.
    pub also: Vec<String>,
    /// What it is.
    pub kind: OrganizationKind,
    /// Its acronym.
    pub acronym: Option<String>,
    /// The state it belongs to, alpha-3.
    pub state: Option<String>,
}

/// A person with their confirmed names, and the post in which they were last known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The name that is shown.
    pub name: String,
    /// Other spellings.
    pub also: Vec<String>,
    /// The post.
    pub post: Option<String>,
    /// The name or acronym of the organization that the post belongs to.
    pub organization: Option<String>,
    /// The state that they acted for, alpha-3.
    pub state: Option<String>,
}

static NOTHING: Known = Known { organizations: Vec::new(), people: Vec::new() };

impl Known {
    /// Nobody and nothing.
    pub fn nothing() -> &'static Self {
        &NOTHING
    }
}

impl Organization {
    /// Every name it goes by.
    pub(crate) fn spellings(&self) -> impl Iterator<Item = &str> {
        self.also.iter().chain(&self.acronym).chain([&self.name]).map(String::as_str)
    }
}

impl Person {
    /// Every full name they go by; one word alone may be anybody or anything.
    pub(crate) fn spellings(&self) -> impl Iterator<Item = &str> {
        self.also.iter().chain([&self.name]).map(String::as_str).filter(|name| is_full_name(name))
    }
}

/// Whether a name has two words or more, initials not counted.
pub fn is_full_name(name: &str) -> bool {
    fold(name).split(' ').filter(|word| word.chars().count() > 1).count() > 1
}

/// The longest name, in tokens.
const LONGEST: usize = 12;
/// The most small words between two capitalised ones of a name, as in `Institute for the Study of the Sahel`.
const SMALL: usize = 3;
/// The most names that are looked up for one report; a text with more is no report.
const MOST: usize = 4_000;

/// The folded phrases of a report's page that are written like names: what is worth looking up before it is read.
pub fn names(report: &Report<'_>, page: &Page) -> Vec<String> {
    if report.language.is_some_and(|language| language != Language::En) {
        return Vec::new();
    }
    let text = page.text.as_str();
    let (tokens, _) = token::tokens(text, pack::english().lexicon.words());
    let mut names = BTreeSet::new();
    for first in 0..tokens.len() {
        if names.len() >= MOST {
            break;
        }
        phrases(text, &tokens, first, |_, phrase| {
            if !names.contains(phrase) {
                names.insert(phrase.to_owned());
            }
        });
    }
    names.into_iter().take(MOST).collect()
}

/// Hands the phrases that begin at a token and are written like a name, folded, shorter ones first: from one capitalised
/// word to another in the same sentence, or an acronym.
fn phrases(text: &str, tokens: &[Token], first: usize, mut found: impl FnMut(usize, &str)) {
    if !tokens[first].capital || tokens[first].kind != Kind::Word {
        return;
    }
    let mut phrase = String::new();
    let mut small = 0;
    for (at, token) in tokens.iter().enumerate().skip(first).take(LONGEST) {
        match token.kind {
            Kind::Word | Kind::Number => {}
            // Folding leaves them out of a kept name, too.
            Kind::Mark(',' | '&' | '"' | '“' | '”') if at > first => continue,
            Kind::Mark(_) | Kind::Possessive => return,
        }
        small = if token.capital || token.kind == Kind::Number { 0 } else { small + 1 };
        if small > SMALL || (token.gap == Gap::Paragraph && at > first) {
            return;
        }
        let raw = &text[token.start as usize..token.end as usize];
        add_folded(raw, &mut phrase);
        if token.capital && (at > first || is_acronym(raw)) {
            found(at + 1, &phrase);
        }
    }
}

/// Adds a word to a folded phrase, as [`fold`] would; most words are plain letters, for which that is dear.
fn add_folded(raw: &str, phrase: &mut String) {
    let mut apart = !phrase.is_empty();
    let mut add = |c: char| {
        if c.is_ascii_alphanumeric() || !c.is_ascii() {
            if std::mem::take(&mut apart) {
                phrase.push(' ');
            }
            phrase.push(c.to_ascii_lowercase());
        } else {
            apart = !phrase.is_empty();
        }
    };
    if raw.is_ascii() { raw.chars().for_each(&mut add) } else { fold(raw).chars().for_each(&mut add) }
}

/// Whether one word is written as nothing but a name is: with two capital letters or more.
fn is_acronym(word: &str) -> bool {
    word.chars().filter(|c| c.is_uppercase()).nth(1).is_some()
}

/// Where names stand in a text, the longest one at each place, and whose they are.
pub(crate) fn hits<'n>(
    document: &Document<'_>,
    names: impl Iterator<Item = (usize, &'n str)>,
) -> Vec<(Tokens, Vec<usize>)> {
    let mut whose: HashMap<String, Vec<usize>> = HashMap::new();
    for (index, name) in names {
        let of = whose.entry(fold(name)).or_default();
        if !of.contains(&index) {
            of.push(index);
        }
    }
    let opening = |name: &str| name.split(' ').next().unwrap_or_default().to_owned();
    let openings: HashSet<String> = whose.keys().map(|name| opening(name)).collect();
    let tokens = document.tokens.as_slice();
    let mut hits = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let first = at;
        at += 1;
        if !tokens[first].capital || !openings.contains(&opening(&fold(document.raw(first..first + 1)))) {
            continue;
        }
        let mut longest = None;
        phrases(document.text, tokens, first, |end, phrase| {
            longest = whose.get(phrase).map(|of| (end, of)).or(longest);
        });
        if let Some((end, of)) = longest {
            hits.push((first..end, of.clone()));
            at = end;
        }
    }
    hits
}

/// Invented names that the examples of the rules lean on.
#[cfg(test)]
pub(crate) fn invented() -> &'static Known {
    static INVENTED: std::sync::LazyLock<Known> = std::sync::LazyLock::new(|| Known {
        organizations: vec![Organization {
            name: "Dune Link".to_owned(),
            also: vec!["Lien des Dunes".to_owned()],
            kind: OrganizationKind::Ngo,
            acronym: Some("DLK".to_owned()),
            state: None,
        }],
        people: vec![Person {
            name: "Hana Okabe".to_owned(),
            also: vec!["Okabe Hana".to_owned(), "Okabe".to_owned()],
            post: Some("Minister of Fisheries".to_owned()),
            organization: Some("Ministry of Fisheries".to_owned()),
            state: Some("JPN".to_owned()),
        }],
    });
    &INVENTED
}

#[cfg(test)]
mod tests {
    use vocab::ReportFormat;

    use super::*;

    fn names_of(text: &str) -> Vec<String> {
        let (format, known) = (ReportFormat::Plain, Known::nothing());
        let report = Report { text, format, published_on: None, language: None, known };
        names(&report, &crate::clean(&report))
    }

    #[test]
    fn what_is_written_like_a_name_is_looked_up() {
        let found = names_of(
            "On Monday the head of the Institute for the Study of Dunes, Ms. Hana Al-Sato, met DLK’s experts in Fez.",
        );
        for name in ["institute for the study of dunes", "hana al sato", "hana al", "dlk"] {
            assert!(found.iter().any(|other| other == name), "{name}: {found:?}");
        }
        for none in ["monday", "fez", "hana", "dlk s", "the study of dunes"] {
            assert!(!found.iter().any(|other| other == none), "{none}: {found:?}");
        }
    }

    #[test]
    fn a_text_of_names_alone_stays_within_bounds() {
        let text: String = (0..20_000).map(|number| format!("Name{number} ")).collect();
        assert_eq!(names_of(&text).len(), MOST);
    }

    #[test]
    fn a_phrase_is_folded_as_a_kept_name_is() {
        for text in
            ["Hana Al-Sato", "U.N. Office", "Tom O’Neil", "Tom O'Neil", "Côte d’Ivoire", "H. E. Sato", "G20", "Zoë Łuk"]
        {
            let mut phrase = String::new();
            text.split(' ').for_each(|word| add_folded(word, &mut phrase));
            assert_eq!(phrase, fold(text));
        }
    }

    #[test]
    fn a_full_name_has_two_words() {
        for (name, full) in [("Hana Sato", true), ("Al-Sato", true), ("Sato", false), ("H. Sato", false), ("", false)] {
            assert_eq!(is_full_name(name), full, "{name}");
        }
    }
}
