//! What tables of others are taken in.

crate::word::words! {
    /// Of what a table is that comes in.
    "import kind" ImportKind {
        /// Of follow-up actions.
        Actions = "actions",
        /// Of meetings.
        Meetings = "meetings",
        /// Of people and the posts they hold.
        Contacts = "contacts",
    }
}
