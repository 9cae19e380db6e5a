//! What becomes of a report: taken in, reviewed, matched, read again. Told on both databases.

mod ingesting;
mod matching;
mod rereading;
mod reviewing;
mod sample;
#[allow(dead_code, reason = "the frame of the end-to-end suite has more than these stories use")]
#[path = "../../../../tests/src/world/mod.rs"]
mod world;
