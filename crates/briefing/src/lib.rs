//! The questions of staff and management, one file each.
//!
//! A question is a value in [`questions`]: what it asks, its columns, and how it is answered from the [`book`]. Whoever
//! serves questions (the API, the command line) walks that list; a new question is its file and its line there. What is
//! asked of the reading itself stands beside the list: [`reviews`]. Two [`paper`]s are made of the same book: the [`brief`] that
//! is taken into a meeting or handed over with a post, and the [`council_pack`] that is laid on a table once and can be made
//! again. Beside them stand the [`digest`], by which each person is reminded of what they look after, the [`calendar`] that calendar
//! programs follow, and the [`chart`]s that are drawn of answers.

pub mod answer;
pub mod book;
pub mod brief;
pub mod calendar;
pub mod chart;
mod clock;
pub mod council_pack;
pub mod digest;
mod found;
mod inquiry;
mod ledger;
pub mod paper;
pub mod partnership;
mod question;
pub mod reviews;

pub use answer::{Answer, Asked, Cell, Column, ColumnKind, Question};
pub use book::Shelf;
pub use brief::Brief;
pub use calendar::Calendar;
pub use clock::Clock;
pub use council_pack::CouncilPack;
pub use digest::Digest;
pub use inquiry::{Inquiry, Told};
pub use paper::Paper;
pub use question::{question, questions};
