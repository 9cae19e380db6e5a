//! Tables of others that are taken in, and taken back.

mod query;
mod revert;
mod take_in;

pub use query::{Import, ImportQuery};
pub use revert::RevertImportMutation;
pub use take_in::ImportRecordsMutation;
