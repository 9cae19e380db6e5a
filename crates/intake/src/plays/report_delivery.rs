//! We promised something: somebody reports that it is done.

use vocab::{ActionKind, Side};

use super::Play;

pub(super) const PLAY: Play = Play {
    name: "report-delivery",
    step: "Report on the delivery of our commitment",
    applies: |deed| deed.kind == ActionKind::Commitment && deed.is_ours(),
    examples: [(ActionKind::Commitment, Side::Ours), (ActionKind::Commitment, Side::Theirs)],
};
