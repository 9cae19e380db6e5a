//! The GraphQL face: thin coats over `store`, `intake` and `briefing`. Knows nothing of HTTP.
//!
//! A file is a concept: the type over its row, what can be asked of it, and what can be done with it. The doc comment of
//! a field is its sentence in the schema.

mod ask;
mod batch;
pub mod bulk;
mod coat;
pub mod connection;
pub mod fault;
mod filter;
pub mod id;
pub mod input;
mod names;
pub mod node;
pub mod payload;
pub mod rights;
mod root;
pub mod scalars;
mod schema;
pub mod words;

pub mod access_token;
pub mod account;
pub mod appointment;
pub mod assignment;
pub mod audit_entry;
pub mod brief;
pub mod calendar_feed;
pub mod change;
mod clock;
pub mod cooperation_area;
pub mod council_pack;
pub mod delivery;
pub mod digest;
pub mod doubt;
pub mod event;
pub mod evidence;
pub mod extraction_quality;
pub mod finding;
pub mod follow_up_action;
pub mod import;
pub mod meeting;
pub mod member_state;
pub mod merge;
pub mod merge_candidate;
pub mod news_report;
pub mod organization;
pub mod participation;
mod partnership;
mod past;
pub mod person;
pub mod post;
pub mod question;
pub mod reading;
pub mod receipt;
pub mod search;
pub mod standing;
pub mod task;
pub mod update;
pub mod witness;

pub use event::{Feed, Resume};
pub use schema::{Schema, schema, sdl};
