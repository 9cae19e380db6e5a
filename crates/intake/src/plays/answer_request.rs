//! We are asked for something: somebody has to answer.

use vocab::{ActionKind, Side};

use super::Play;

pub(super) const PLAY: Play = Play {
    name: "answer-request",
    step: "Answer the request",
    applies: |deed| deed.kind == ActionKind::Request && deed.is_ours_to_answer(),
    examples: [(ActionKind::Request, Side::Theirs), (ActionKind::Offer, Side::Theirs)],
};
