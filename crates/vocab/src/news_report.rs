//! The forms a news report comes in.

crate::word::words! {
    /// How the text of a report was handed in.
    "report format" ReportFormat {
        /// Plain text, as pasted.
        Plain = "plain",
        /// An HTML page or fragment.
        Html = "html",
    }
}
