//! We are invited: somebody has to answer.

use vocab::{ActionKind, Side};

use super::Play;

pub(super) const PLAY: Play = Play {
    name: "answer-invitation",
    step: "Answer the invitation",
    applies: |deed| deed.kind == ActionKind::Invitation && deed.is_ours_to_answer(),
    examples: [(ActionKind::Invitation, Side::Theirs), (ActionKind::Invitation, Side::Ours)],
};
