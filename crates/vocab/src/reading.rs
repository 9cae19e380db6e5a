//! What an engine reads in a report, and what becomes of it.

crate::word::words! {
    /// Where a reading stands.
    "reading state" ReadingState {
        /// Nobody has decided on any finding.
        Waiting = "waiting",
        /// Some findings are decided.
        InReview = "in-review",
        /// Every finding is decided.
        Done = "done",
        /// A newer engine has read the report since, and nobody had decided on this one.
        Superseded = "superseded",
        /// The report is in a language that the engine does not read; it is kept.
        Unread = "unread",
        /// A second reader's: what it read stands beside the findings of the first, and is decided on there.
        Joined = "joined",
    }
}

crate::word::words! {
    /// What a finding is about.
    "finding kind" FindingKind {
        /// A state that is party to the contact.
        State = "state",
        /// An organization or ministry.
        Organization = "organization",
        /// A person, with the post they hold.
        Person = "person",
        /// The contact itself.
        Meeting = "meeting",
        /// A cooperation area.
        Area = "area",
        /// Something to follow up.
        Action = "action",
        /// Something that was promised earlier and is told as done.
        Fulfilment = "fulfilment",
    }
}

crate::word::words! {
    /// What a person decided on a finding.
    "finding state" FindingState {
        /// Not decided.
        Waiting = "waiting",
        /// Taken as it was read.
        Accepted = "accepted",
        /// Taken with another value.
        Corrected = "corrected",
        /// Not taken.
        Rejected = "rejected",
    }
}

crate::word::words! {
    /// Why an engine is not sure.
    "doubt code" DoubtCode {
        /// A weekday and a date contradict each other.
        WeekdayMismatch = "weekday-mismatch",
        /// Two statements of the same date differ.
        DateConflict = "date-conflict",
        /// A word could stand for more than one party.
        AmbiguousReference = "ambiguous-reference",
        /// The language is not one the engine reads.
        UnsupportedLanguage = "unsupported-language",
        /// A name fits more than one known record, or none quite.
        AmbiguousName = "ambiguous-name",
        /// Something was found with too little confidence to be a finding.
        LowConfidence = "low-confidence",
        /// The page holds no text to read.
        NoText = "no-text",
    }
}
