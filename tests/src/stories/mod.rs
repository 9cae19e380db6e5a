//! What users do, a file for each side of it.

mod bad_input;
mod brief;
mod calendar;
mod charts;
mod clocks;
mod exchange;
mod extraction_quality;
mod filters;
mod fulfilment;
mod handover;
mod intake;
mod jobs;
mod journey;
mod keeping;
mod levels;
mod live;
mod operations;
mod posts;
mod reference;
mod reminders;
mod search;
mod second_reader;
mod shapes;
mod sheets;
mod sign_in;
mod tables;
