//! The program around the records: the command line, HTTP, the settings, the clock.
//!
//! The application is a value: [`http::app`] makes a router of settings and an open store, so that tests need no port.

pub mod background;
pub mod backup;
pub mod cli;
pub mod desk;
pub mod doctor;
pub mod failure;
pub mod follow;
pub mod http;
pub mod iati;
mod ical;
pub mod jobs;
pub mod lists;
pub mod log;
pub mod mail;
pub mod metrics;
pub mod outbound;
pub mod password;
mod pdf;
pub mod popolo;
pub mod provider;
pub mod receipts;
pub mod samples;
pub mod search;
pub mod second_reader;
mod secret;
pub mod settings;
mod sheet;
pub mod surroundings;
pub mod tables;
pub mod telemetry;
pub mod told;
pub mod trail;
pub mod transmission;
pub mod webhook;

pub use failure::Failure;
pub use http::app;
pub use settings::Settings;
