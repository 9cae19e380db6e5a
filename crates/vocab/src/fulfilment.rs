//! What is told as done, and which follow-up that may fulfil.

use crate::ActionKind;

crate::word::words! {
    /// What was done.
    "deed" Deed {
        /// One side travelled to the other.
        Visit = "visit",
        /// An instrument was signed.
        Signing = "signing",
        /// Something was given: aid, equipment, scholarships.
        Delivery = "delivery",
        /// An event took place, people were trained.
        Event = "event",
        /// Something was set up, launched or opened.
        Opening = "opening",
    }
}

/// Whether a deed is of the kind that an action waits for. What was only talked about can be fulfilled by anything but
/// a visit; whoever invited or was invited waits for a visit or an event.
pub fn can_fulfil(deed: Deed, kind: ActionKind) -> bool {
    match deed {
        Deed::Visit => matches!(kind, ActionKind::Invitation | ActionKind::Plan | ActionKind::Commitment),
        Deed::Event => true,
        Deed::Signing | Deed::Delivery | Deed::Opening => kind != ActionKind::Invitation,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Word;

    #[test]
    fn an_invitation_waits_for_people_and_nothing_else() {
        let fulfilled = |deed: &&Deed| can_fulfil(**deed, ActionKind::Invitation);
        assert_eq!(Deed::ALL.iter().filter(fulfilled).collect::<Vec<_>>(), [&Deed::Visit, &Deed::Event]);
    }

    #[test]
    fn every_kind_of_action_can_be_fulfilled_and_no_request_by_a_visit() {
        for kind in ActionKind::ALL {
            assert!(Deed::ALL.iter().any(|deed| can_fulfil(*deed, *kind)), "{kind}");
        }
        assert!(!can_fulfil(Deed::Visit, ActionKind::Request));
    }
}
