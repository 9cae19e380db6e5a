//! Follow-up actions: forward-looking acts between two sides, and who owes the next move.

mod bulk;
mod list;
mod mutation;
mod progress;
mod query;

pub use bulk::BulkMutation;
pub use list::{Actions, FollowUpActionFilter, FollowUpActionOrder, FollowUpActionQuery};
pub use mutation::FollowUpActionMutation;
pub use query::FollowUpAction;
