//! The partner promised something: somebody asks whether it is done.

use vocab::{ActionKind, Side};

use super::Play;

pub(super) const PLAY: Play = Play {
    name: "check-delivery",
    step: "Check whether the partner has delivered",
    applies: |deed| deed.kind == ActionKind::Commitment && deed.actor == Side::Theirs,
    examples: [(ActionKind::Commitment, Side::Theirs), (ActionKind::Commitment, Side::Ours)],
};
