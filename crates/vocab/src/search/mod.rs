//! Searching: how texts are folded into words, how what people type is understood, and which words of a text it means.
//!
//! Both databases get the same folded words and are asked for the same folded words, so that neither has to know Arabic
//! or French; and the words that were found are marked in the text as it stands, not as it was folded.

mod extract;
mod index;
mod query;
mod token;

pub use extract::{Extract, extracts};
pub use index::{Indexed, MOST_CHARACTERS};
pub use query::{Query, Term, Unsearchable};
pub use token::{Joint, Token, forms, stem, tokens};

/// The version of the folding: counted on when a text folds to other words than before, so that all is indexed anew.
pub const FOLDING: i32 = 1;

/// Where in a record a text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// What it is called.
    Title,
    /// What else it says.
    Text,
}

/// A text by which a record is found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Where it stands.
    pub place: Place,
    /// The text, as it is.
    pub text: String,
}

impl Part {
    /// What a record is called.
    pub fn title(text: impl Into<String>) -> Self {
        Self { place: Place::Title, text: text.into() }
    }

    /// What else it says.
    pub fn text(text: impl Into<String>) -> Self {
        Self { place: Place::Text, text: text.into() }
    }
}
