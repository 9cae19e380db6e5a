//! We invited: the formal letter goes out, and the answer is looked after.

use vocab::{ActionKind, Side};

use super::Play;

pub(super) const PLAY: Play = Play {
    name: "send-invitation",
    step: "Send the formal invitation and follow up the answer",
    applies: |deed| deed.kind == ActionKind::Invitation && deed.actor == Side::Ours,
    examples: [(ActionKind::Invitation, Side::Ours), (ActionKind::Invitation, Side::Theirs)],
};
