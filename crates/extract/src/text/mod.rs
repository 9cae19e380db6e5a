//! A text as tokens, sentences and places.

pub mod fold;
pub mod offset;
pub mod sentence;
pub mod token;

pub use fold::fold;
pub use offset::Offsets;
pub use token::{Gap, Kind, Token, TokenList};
