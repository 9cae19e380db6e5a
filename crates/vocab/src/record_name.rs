//! What a name of a record is.

crate::word::words! {
    /// The part a name plays.
    "name role" NameRole {
        /// The name it gives itself.
        Official = "official",
        /// Another spelling or a short form.
        Alias = "alias",
        /// Its initials.
        Acronym = "acronym",
        /// A name it no longer has.
        Former = "former",
    }
}
