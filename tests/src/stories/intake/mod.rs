//! What becomes of a report: taken in, matched, reviewed, read again.

mod bulk;
mod ingesting;
mod learning;
mod matching;
mod rereading;
mod reviewing;
pub(super) mod sample;
