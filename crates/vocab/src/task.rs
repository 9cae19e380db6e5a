//! Where a task stands.

crate::word::words! {
    /// Where a next step for staff stands.
    "task state" TaskState {
        /// Proposed by a follow-up play; a person has yet to confirm it.
        Proposed = "proposed",
        /// To be done.
        Open = "open",
        /// Done.
        Done = "done",
        /// Found not to be needed.
        Dismissed = "dismissed",
    }
}
