//! What was done, told of the action that it fulfils: an update on the track of news, with the words that say so.

use extract::reading::Fulfilment;
use store::{Concept, RecordRef, Result, UnitOfWork, update};
use uuid::Uuid;
use vocab::Track;

use crate::{desk::Desk, wording};

/// Records what the report tells of the action.
pub(super) async fn accept(
    work: &mut UnitOfWork,
    desk: &Desk,
    finding_id: Uuid,
    entry: &Fulfilment,
    action_id: Uuid,
) -> Result<()> {
    let today = work.today();
    let on = entry.on.map(vocab::PartialDate::last_day).or_else(|| desk.told_on()).unwrap_or(today);
    let draft = update::Draft {
        action_id,
        track: Track::Evidence,
        says: entry.says,
        on: on.min(today),
        note: Some(wording::clip(&entry.quote, 2_000)),
        report_id: Some(desk.report.id),
    };
    let (update, _) = update::record(work, draft, None).await?;
    desk.lay_evidence(work, finding_id, RecordRef::new(Concept::Update, update.id), None).await
}
