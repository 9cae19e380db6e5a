//! We are offered something: somebody has to answer.

use vocab::{ActionKind, Side};

use super::Play;

pub(super) const PLAY: Play = Play {
    name: "answer-offer",
    step: "Answer the offer",
    applies: |deed| deed.kind == ActionKind::Offer && deed.is_ours_to_answer(),
    examples: [(ActionKind::Offer, Side::Theirs), (ActionKind::Request, Side::Theirs)],
};
