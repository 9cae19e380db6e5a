//! The questions of staff and management, one file each.
//!
//! A question is a value in [`questions`]: what it asks, its columns, and how it is answered from the [`book`]. Whoever
//! serves questions (the API, the command line) walks that list; a new question is its file and its line there. What is
//! asked of the reading itself stands beside the list: [`reviews`].

pub mod answer;
pub mod book;
mod clock;
mod found;
mod inquiry;
pub mod partnership;
mod question;
pub mod reviews;

pub use answer::{Answer, Asked, Cell, Column, ColumnKind, Question};
pub use book::Shelf;
pub use clock::Clock;
pub use inquiry::{Inquiry, Told};
pub use question::{question, questions};
