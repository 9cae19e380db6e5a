//! What a follow-up action is: its kind, how binding it is, whose it is, and what it lacks to be checkable.

crate::word::words! {
    /// What the words of the report do. When two readings compete, the stronger one is taken.
    "action kind" ActionKind {
        /// Proposes, suggests, explores or calls for cooperation in something specific.
        Proposal = "proposal",
        /// Asks another for support, help, a decision or membership.
        Request = "request",
        /// Offers, or declares readiness to give or do, something specific.
        Offer = "offer",
        /// Invites another to visit, attend, join or take part.
        Invitation = "invitation",
        /// Promises, pledges or undertakes to do something, or accepts an invitation.
        Commitment = "commitment",
        /// Agrees with another to do something, or signs an instrument.
        Agreement = "agreement",
        /// Reports something set to happen, with no other speech act.
        Plan = "plan",
    }
}

crate::word::words! {
    /// How binding an action is; the list is a ladder, weakest first.
    "strength" Strength {
        /// The sides talked about it.
        Explored = "explored",
        /// One side proposed, asked, offered or invited.
        Proposed = "proposed",
        /// Both sides agreed, without an instrument.
        AgreedInPrinciple = "agreed-in-principle",
        /// A named side promised a named deliverable.
        Promised = "promised",
        /// A memorandum, agreement or action plan is signed.
        Signed = "signed",
        /// Budget, staff and date stand behind it.
        Resourced = "resourced",
    }
}

impl Strength {
    /// Whether an action of this strength is a commitment: promised or more.
    pub fn is_commitment(self) -> bool {
        self >= Self::Promised
    }
}

crate::word::words! {
    /// The side of an action, seen from the host organization.
    "side" Side {
        /// The host organization.
        Ours = "ours",
        /// The partner.
        Theirs = "theirs",
        /// Both together.
        Both = "both",
        /// Neither: a third party.
        Other = "other",
    }
}

impl Side {
    /// The side across the table, where there is one.
    pub fn across(self) -> Option<Self> {
        match self {
            Self::Ours => Some(Self::Theirs),
            Self::Theirs => Some(Self::Ours),
            Self::Both | Self::Other => None,
        }
    }
}

crate::word::words! {
    /// What a wording must have before anyone can check whether it was kept.
    "checkable element" CheckableElement {
        /// A named body or person that is to act.
        Owner = "owner",
        /// A thing that can be seen to be there.
        Deliverable = "deliverable",
        /// A time by which.
        Date = "date",
        /// A document that binds: memorandum, agreement, plan.
        Instrument = "instrument",
    }
}

/// Who owes the next move on a fresh action: the one who was asked, or the one who promised.
///
/// `None` where both act or neither does, and a person has to say.
pub fn awaits(kind: ActionKind, actor: Side) -> Option<Side> {
    match kind {
        ActionKind::Proposal | ActionKind::Request | ActionKind::Offer | ActionKind::Invitation => match actor {
            Side::Both => Some(Side::Both),
            side => side.across(),
        },
        ActionKind::Commitment | ActionKind::Agreement | ActionKind::Plan => match actor {
            Side::Other => None,
            side => Some(side),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Word;

    #[test]
    fn a_commitment_begins_at_promised() {
        let commitments: Vec<_> = Strength::ALL.iter().filter(|s| s.is_commitment()).map(|s| s.code()).collect();
        assert_eq!(commitments, ["promised", "signed", "resourced"]);
    }

    #[test]
    fn the_one_who_was_asked_owes_the_answer() {
        for (kind, actor, expected) in [
            (ActionKind::Invitation, Side::Theirs, Some(Side::Ours)),
            (ActionKind::Request, Side::Ours, Some(Side::Theirs)),
            (ActionKind::Proposal, Side::Both, Some(Side::Both)),
            (ActionKind::Commitment, Side::Theirs, Some(Side::Theirs)),
            (ActionKind::Agreement, Side::Both, Some(Side::Both)),
            (ActionKind::Request, Side::Other, None),
            (ActionKind::Plan, Side::Other, None),
        ] {
            assert_eq!(awaits(kind, actor), expected, "{kind} by {actor}");
        }
    }
}
