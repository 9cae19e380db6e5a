//! What becomes of a report: taken in, matched, reviewed, read again.

mod ingesting;
mod matching;
mod rereading;
mod reviewing;
pub(super) mod sample;
