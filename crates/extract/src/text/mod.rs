//! A text as tokens, sentences and places.

pub mod offset;
pub mod sentence;
pub mod token;

pub use offset::Offsets;
pub use token::{Gap, Kind, Token, TokenList};
