//! The tracks on which progress is told.

crate::word::words! {
    /// Who says how an action stands.
    "track" Track {
        /// Our own report.
        Ours = "ours",
        /// The counterpart's report.
        Counterpart = "counterpart",
        /// Evidence from a news report.
        Evidence = "evidence",
    }
}
