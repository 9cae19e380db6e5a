//! Something was proposed, by us or to us: a concept note says what it would take.

use vocab::{ActionKind, Side};

use super::Play;

pub(super) const PLAY: Play = Play {
    name: "prepare-concept-note",
    step: "Prepare a concept note",
    applies: |deed| deed.kind == ActionKind::Proposal && (deed.is_ours() || deed.is_ours_to_answer()),
    examples: [(ActionKind::Proposal, Side::Both), (ActionKind::Plan, Side::Both)],
};
