//! Something was agreed: a plan says who does what by when.

use vocab::{ActionKind, Side};

use super::Play;

pub(super) const PLAY: Play = Play {
    name: "draft-implementation-plan",
    step: "Draft the implementation plan",
    applies: |deed| deed.kind == ActionKind::Agreement && deed.actor != Side::Other,
    examples: [(ActionKind::Agreement, Side::Both), (ActionKind::Agreement, Side::Other)],
};
