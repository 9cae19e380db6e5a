//! What a meeting is.

crate::word::words! {
    /// The kind of contact.
    "meeting kind" MeetingKind {
        /// Talks, a reception, an audience.
        Meeting = "meeting",
        /// One side travels to the other.
        Visit = "visit",
        /// An instrument is signed.
        Signing = "signing",
        /// Many parties under one agenda.
        Conference = "conference",
        /// By telephone or video between two.
        Call = "call",
    }
}

crate::word::words! {
    /// How the parties were together.
    "meeting mode" MeetingMode {
        /// In one room.
        InPerson = "in-person",
        /// By video or telephone.
        Virtual = "virtual",
        /// Some in the room, some by video.
        Hybrid = "hybrid",
    }
}

crate::word::words! {
    /// What somebody did in a meeting.
    "participation role" ParticipationRole {
        /// One of those the meeting was between.
        Principal = "principal",
        /// In attendance.
        Attendee = "attendee",
    }
}
