//! What becomes of a report: taken in, reviewed, matched, read again. Told on both databases.

mod ingesting;
mod matching;
mod rereading;
mod reviewing;
mod sample;
mod world;
