//! The working languages.

crate::word::words! {
    /// A language that names are kept in and reports are read in (ISO 639-1).
    "language" Language {
        /// English.
        En = "en",
        /// French.
        Fr = "fr",
        /// Arabic.
        Ar = "ar",
    }
}
