//! Something is set to happen: somebody prepares our part in it.

use vocab::{ActionKind, Side};

use super::Play;

pub(super) const PLAY: Play = Play {
    name: "prepare-plan",
    step: "Prepare for what is planned",
    applies: |deed| deed.kind == ActionKind::Plan && deed.actor != Side::Other,
    examples: [(ActionKind::Plan, Side::Theirs), (ActionKind::Proposal, Side::Theirs)],
};
