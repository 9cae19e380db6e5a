//! Everything that is kept: one file per concept with its row, its draft and its verbs.
//!
//! Reading is plain functions over sea-orm's [`sea_orm::ConnectionTrait`]; writing goes through [`UnitOfWork`], which
//! also writes the history. Nothing here reads the clock or makes identifiers: both come in through [`Surroundings`].

mod code;
mod concept;
mod connect;
pub mod dump;
pub mod error;
mod load;
pub mod page;
mod past;
mod surroundings;
mod together;
mod unit_of_work;
mod who;

pub mod access_token;
pub mod account;
pub mod appointment;
pub mod assignment;
pub mod audit_entry;
pub mod bulk;
pub mod calendar_feed;
pub mod change;
pub mod cooperation_area;
pub mod credential;
pub mod delivery;
pub mod doubt;
pub mod evidence;
pub mod finding;
pub mod follow_up_action;
pub mod history;
pub mod identity;
pub mod import;
pub mod job;
pub mod meeting;
pub mod member_state;
pub mod merge;
pub mod news_report;
pub mod organization;
pub mod participation;
pub mod party;
pub mod person;
pub mod post;
pub mod reading;
pub mod receipt;
pub mod record_name;
pub mod reference;
pub mod rejected_link;
pub mod rejected_merge;
pub mod running_number;
pub mod search;
pub mod seed;
pub mod session;
pub mod standing;
pub mod task;
pub mod ticket;
pub mod update;
pub mod verify;
pub mod witness;

pub use code::{Code, Codes};
pub use concept::{Concept, RecordRef};
pub use connect::{Store, StoreSettings};
pub use error::{Error, Result};
pub use history::{by_ids_at, by_parents_at};
pub use load::{by_id, by_ids, by_parents};
pub use surroundings::Surroundings;
pub use together::Together;
pub use unit_of_work::{Elsewhere, Recorded, UnitOfWork, Written};
pub use who::{Rights, Who};
