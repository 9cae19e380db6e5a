//! We offered something: somebody asks whether the partner takes it.

use vocab::{ActionKind, Side};

use super::Play;

pub(super) const PLAY: Play = Play {
    name: "follow-up-offer",
    step: "Ask for the answer to our offer",
    applies: |deed| deed.kind == ActionKind::Offer && deed.actor == Side::Ours,
    examples: [(ActionKind::Offer, Side::Ours), (ActionKind::Offer, Side::Theirs)],
};
