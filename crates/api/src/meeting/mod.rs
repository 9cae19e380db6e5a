//! Meetings: the contacts between the sides.

mod mutation;
mod query;

pub use mutation::MeetingMutation;
pub use query::{Meeting, MeetingFilter, MeetingOrder, MeetingQuery, Meetings};
