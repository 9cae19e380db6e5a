//! We asked for something: somebody reminds the partner.

use vocab::{ActionKind, Side};

use super::Play;

pub(super) const PLAY: Play = Play {
    name: "remind-of-request",
    step: "Remind the partner of our request",
    applies: |deed| deed.kind == ActionKind::Request && deed.actor == Side::Ours,
    examples: [(ActionKind::Request, Side::Ours), (ActionKind::Request, Side::Theirs)],
};
