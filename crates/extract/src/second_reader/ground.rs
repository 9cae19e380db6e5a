//! What a text itself says to what somebody claims to have read in it.

use std::{collections::BTreeSet, ops::Range};

use chrono::NaiveDate;
use vocab::{PartialDate, fold, member_state};

use super::{CONFIDENCE, ENGINE, Why, fields::Fields, places::Places};
use crate::{
    date::{self, Written},
    document::Document,
    pack::{Class, Cue, ThingKind},
    reading::Basis,
    text::Kind,
};

/// The most quotes of one entry that are looked up.
const QUOTES: usize = 6;
/// How far before a quote a word can deny it, in tokens.
const DENIAL: usize = 12;
/// Words that the names of ministries share.
const SMALL: [&str; 8] = ["ministry", "of", "the", "and", "for", "in", "s", "state"];

/// A text made ready for checking.
pub struct Ground<'t> {
    document: Document<'t>,
    places: Places<'t>,
    /// Between blanks, so that a name can be asked for as whole words.
    folded: String,
    words: BTreeSet<String>,
    /// The states that are named in it, by themselves, their people or their capitals.
    states: BTreeSet<&'static str>,
}

/// The words that an entry rests on.
pub struct Said {
    /// As they are kept.
    pub basis: Basis,
    /// Their tokens, quote by quote.
    tokens: Vec<Range<usize>>,
}

impl<'t> Ground<'t> {
    /// Looks through a text once.
    pub fn new(text: &'t str, published_on: Option<NaiveDate>) -> Self {
        let document = Document::new(text, 0, published_on);
        let all = member_state::all();
        let every = 0..document.tokens.len();
        let named = [Class::State, Class::Demonym]
            .into_iter()
            .flat_map(|class| document.hits_in(every.clone(), class))
            .filter_map(|hit| all.get(hit.value as usize).map(|state| state.alpha3));
        let capitals = document.hits_in(every.clone(), Class::City);
        let capitals = capitals.filter_map(|hit| document.pack.cities[hit.value as usize].capital_of);
        let states = named.chain(capitals).collect();
        let folded = fold(text);
        let words = folded.split(' ').map(str::to_owned).collect();
        Self { places: Places::new(text), folded: format!(" {folded} "), words, states, document }
    }

    /// The words an entry rests on, where every quote stands in the text.
    pub fn said(&self, entry: &Fields) -> Result<Said, Why> {
        let mut quotes = entry.quotes();
        quotes.truncate(QUOTES);
        if quotes.is_empty() {
            return Err("it quotes no words of the text".to_owned());
        }
        let lost = |quote: &str| format!("these words are not in the text: “{}”", clipped(quote));
        let bytes = self.places.all(&quotes).map_err(lost)?;
        let tokens = bytes.iter().map(|bytes| self.tokens(bytes)).collect();
        let evidence = bytes.into_iter().map(|bytes| self.places.span(bytes)).collect();
        Ok(Said { basis: Basis { evidence, confidence: CONFIDENCE, rule: ENGINE.to_owned() }, tokens })
    }

    fn tokens(&self, bytes: &Range<usize>) -> Range<usize> {
        let tokens = self.document.tokens.as_slice();
        let first = tokens.partition_point(|token| token.end as usize <= bytes.start);
        first..tokens.partition_point(|token| (token.start as usize) < bytes.end).max(first)
    }

    /// Whether a name stands in the text, in whatever case and accents.
    pub fn names(&self, name: &str) -> bool {
        let folded = fold(name);
        !folded.is_empty() && self.folded.contains(&format!(" {folded} "))
    }

    /// Whether the telling words of a name stand in the text, as those of a ministry do that is implied by its minister.
    pub fn implies(&self, name: &str) -> bool {
        let folded = fold(name);
        let mut telling = folded.split(' ').filter(|word| !SMALL.contains(word)).peekable();
        telling.peek().is_some() && telling.all(|word| self.words.contains(word))
    }

    /// The code of a state that the text names.
    pub fn state(&self, said: &str) -> Option<&'static str> {
        let named = || {
            let folded = fold(said);
            member_state::all().iter().find(|state| fold(state.name(vocab::Language::En)) == folded)
        };
        let code = member_state::by_code(said.trim()).or_else(named)?.alpha3;
        self.states.contains(code).then_some(code)
    }

    /// Whether a word in the quoted words, or before them in their clause, denies them.
    pub fn is_denied(&self, said: &Said) -> bool {
        let document = &self.document;
        let denies = |at: usize| {
            document.cue_at(at, Cue::Negated).is_some_and(|cue| !document.is_any(cue.end, &["only", "just", "merely"]))
        };
        said.tokens.iter().any(|tokens| (self.clause_start(tokens.start)..tokens.end).any(denies))
    }

    /// Where the clause begins that a token stands in: behind a mark or a joining word, or with its sentence.
    fn clause_start(&self, token: usize) -> usize {
        let document = &self.document;
        let Some(sentence) = document.sentences.get(document.sentence_of(token)) else { return token };
        let parts = |at: &usize| {
            matches!(document.tokens[*at].kind, Kind::Mark(',' | ';' | ':' | '.' | '—' | '–' | '(' | '“' | '"'))
                || document.is_any(*at, &["and", "but", "while", "whereas"])
        };
        let from = sentence.tokens.start.max(token.saturating_sub(DENIAL)).min(token);
        (from..token).rev().find(parts).map_or(from, |mark| mark + 1)
    }

    /// Whether the quoted words say that it only may be so. The month of May does not.
    pub fn is_hedged(&self, said: &Said) -> bool {
        let document = &self.document;
        let hedges = |at| document.cue_at(at, Cue::Hypothetical).is_some() && !document.is_in(at, Class::Calendar);
        said.tokens.iter().any(|tokens| tokens.clone().any(hedges))
    }

    /// The most binding words of a kind among the quoted ones.
    pub fn strength(&self, said: &Said, kind: vocab::ActionKind) -> Option<vocab::Strength> {
        let triggers = said.tokens.iter().flat_map(|tokens| self.document.hits_in(tokens.clone(), Class::Trigger));
        let triggers = triggers.map(|hit| &self.document.pack.triggers[hit.value as usize]);
        triggers.filter(|trigger| trigger.kind == kind).map(|trigger| trigger.strength).max()
    }

    /// Whether a thing of one of these kinds stands in the quoted words.
    pub fn has_thing(&self, said: &Said, kinds: &[ThingKind]) -> bool {
        let has = |tokens: &Range<usize>| kinds.iter().any(|kind| self.document.thing(tokens.clone(), *kind).is_some());
        said.tokens.iter().any(has)
    }

    /// The day of a contact, as the quoted words say it; of several, the one that was told.
    pub fn day(&self, said: &Said, told: Option<&str>) -> Option<PartialDate> {
        let published_on = self.document.published_on;
        let dates = self.dates(said);
        let days = dates.iter().filter_map(|date| date.day_before(published_on));
        chosen(days.map(|day| PartialDate::new(day, vocab::DatePrecision::Day)).collect(), told)
    }

    /// The time that the quoted words tie something to; of several, the one that was told.
    pub fn due(&self, said: &Said, told: Option<&str>) -> Option<PartialDate> {
        let published_on = self.document.published_on;
        let times = self.dates(said).iter().filter_map(|date| date.due(published_on)).collect();
        chosen(times, told)
    }

    fn dates(&self, said: &Said) -> Vec<Written> {
        said.tokens.iter().flat_map(|tokens| date::dates(&self.document, tokens.clone())).collect()
    }

    /// A name without what stands before it out of politeness, and that.
    pub fn bare<'n>(&self, name: &'n str) -> (Option<&'n str>, &'n str) {
        let document = Document::new(name, 0, None);
        let mut first = 0;
        while let Some(hit) = document.hit(first, Class::Honorific) {
            if document.pack.honorifics[hit.value as usize].kept {
                break;
            }
            first = hit.end;
        }
        match document.tokens.get(first).map(|token| token.start as usize) {
            Some(at) if at > 0 => (Some(name[..at].trim()), name[at..].trim()),
            _ => (None, name.trim()),
        }
    }
}

/// The one time there is; of several, the one that was told. Words win over what somebody made of them.
fn chosen(mut times: Vec<PartialDate>, told: Option<&str>) -> Option<PartialDate> {
    let told: Option<PartialDate> = Some(told?.parse().ok()?);
    times.dedup();
    match times[..] {
        [only] => Some(only),
        _ => told.filter(|told| times.contains(told)),
    }
}

/// The beginning of a quote.
pub fn clipped(quote: &str) -> String {
    let mut short: String = quote.chars().take(120).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if quote.chars().nth(120).is_some() {
        short.push('…');
    }
    short
}
