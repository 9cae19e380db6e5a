//! How work in the background goes.

crate::word::words! {
    /// Where a piece of work stands.
    "job state" JobState {
        /// To be done, or under way.
        Waiting = "waiting",
        /// Done.
        Done = "done",
        /// Given up.
        Failed = "failed",
    }
}
