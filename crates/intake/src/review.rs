//! What a person decides: to accept a reading or one finding of it, to correct one, to reject one.

use serde_json::Value;
use store::{Concept, Error, RecordRef, Result, UnitOfWork, by_id, finding, follow_up_action, meeting, reading};
use uuid::Uuid;
use vocab::FindingState;

use crate::{
    Accepted, Decided,
    desk::Desk,
    entry::Entry,
    matching::Candidate,
    plays,
    record::{self, Becoming, Link},
    weave::weave,
};

pub(crate) async fn accept_reading(work: &mut UnitOfWork, reading_id: Uuid, except: &[Uuid]) -> Result<Accepted> {
    let mut desk = Desk::open(work, reading_id).await?;
    if let Some(stranger) = except.iter().find(|id| desk.finding(**id).is_err()) {
        return Err(Error::invalid("except", format!("{stranger} is no finding of this reading")));
    }
    let waiting = desk.findings.iter().filter(|finding| finding.state.0 == FindingState::Waiting);
    let waiting: Vec<Uuid> = waiting.map(|finding| finding.id).collect();
    if waiting.is_empty() {
        let current = desk.reading.version;
        return Err(Error::Conflict { concept: Concept::Reading, id: reading_id, expected: 1, current });
    }
    // What the readers do not agree on, or the second alone has read, waits for a look of its own.
    let (held, agreed): (Vec<Uuid>, Vec<Uuid>) = waiting.into_iter().partition(|id| desk.is_held(*id));
    if agreed.is_empty() {
        return Err(disagreement(held.len()));
    }
    let chosen: Vec<Uuid> = agreed.into_iter().filter(|id| !except.contains(id)).collect();
    let (mut taken, mut open) = (0, None);
    for id in &chosen {
        let at = desk.waiting(*id)?;
        let entry = desk.pieces[at].entry.clone();
        match record::of(work, &mut desk, *id, &entry, Link::Found).await? {
            Becoming::Record(record) => {
                desk.decide(work, *id, accepted(record)).await?;
                taken += 1;
            }
            // It waits for the one who can tell.
            Becoming::Question(candidates) => open = open.or(Some(question(&entry, &candidates))),
        }
    }
    match open {
        Some(fault) if taken == 0 => Err(fault),
        _ => finish(work, desk).await,
    }
}

pub(crate) async fn accept_finding(work: &mut UnitOfWork, finding_id: Uuid, link: Link) -> Result<Decided> {
    let (mut desk, at) = open(work, finding_id).await?;
    let entry = desk.pieces[at].entry.clone();
    if let Some(rival) =
        desk.rivals(finding_id).find(|rival| rival.record.is_some()).filter(|_| matches!(link, Link::Found))
    {
        let message = format!(
            "“{}” was accepted, which says something else of the same: reject this one, or link it to that record",
            rival.entry.summary()
        );
        return Err(Error::invalid("findingId", message));
    }
    let record = becoming(work, &mut desk, finding_id, &entry, link).await?;
    desk.decide(work, finding_id, accepted(record)).await?;
    decided(work, desk, finding_id).await
}

pub(crate) async fn correct_finding(
    work: &mut UnitOfWork,
    finding_id: Uuid,
    value: Value,
    reason: Option<String>,
) -> Result<Decided> {
    let reason = store::error::optional_text("reason", reason.as_deref(), 2_000)?;
    let (mut desk, at) = open(work, finding_id).await?;
    let entry = Entry::corrected(desk.finding(finding_id)?, &value)?;
    // The steps of the acceptance are to see what the person says, not what the engine read.
    desk.pieces[at].entry = entry.clone();
    let record = becoming(work, &mut desk, finding_id, &entry, Link::Found).await?;
    let (state, correction) = (FindingState::Corrected, Some(entry.value()));
    let decision = finding::Decision { state, correction, result: Some(record), reason };
    desk.decide(work, finding_id, decision).await?;
    decided(work, desk, finding_id).await
}

pub(crate) async fn reject_finding(work: &mut UnitOfWork, finding_id: Uuid, reason: Option<String>) -> Result<Decided> {
    let reason = store::error::optional_text("reason", reason.as_deref(), 2_000)?;
    let (mut desk, _) = open(work, finding_id).await?;
    let decision = finding::Decision { state: FindingState::Rejected, correction: None, result: None, reason };
    desk.decide(work, finding_id, decision).await?;
    decided(work, desk, finding_id).await
}

/// The desk with the reading of a finding that waits.
async fn open(work: &mut UnitOfWork, finding_id: Uuid) -> Result<(Desk, usize)> {
    let finding = by_id::<finding::Entity>(work.connection(), finding_id).await?;
    let desk = Desk::open(work, finding.reading_id).await?;
    let at = desk.waiting(finding_id)?;
    Ok((desk, at))
}

/// The record that one finding becomes; which of several is for the reviewer to say.
async fn becoming(
    work: &mut UnitOfWork,
    desk: &mut Desk,
    finding_id: Uuid,
    entry: &Entry,
    link: Link,
) -> Result<RecordRef> {
    match record::of(work, desk, finding_id, entry, link).await? {
        Becoming::Record(record) => Ok(record),
        Becoming::Question(candidates) => Err(question(entry, &candidates)),
    }
}

fn accepted(record: RecordRef) -> finding::Decision {
    finding::Decision { state: FindingState::Accepted, correction: None, result: Some(record), reason: None }
}

fn disagreement(held: usize) -> Error {
    let message = format!(
        "the {held} that wait were read by a second reader alone, or the readers differ: accept or reject each by itself"
    );
    Error::invalid("readingId", message)
}

fn question(entry: &Entry, candidates: &[Candidate]) -> Error {
    let known: Vec<_> = candidates.iter().map(|candidate| format!("{} ({})", candidate.label, candidate.id)).collect();
    let message = match known.as_slice() {
        [] => format!("nothing that is open fits “{}”: link it to what it is about, or reject it", entry.summary()),
        [only] => format!("“{}” may be about {only}: link it to that if it is", entry.summary()),
        known => format!("“{}” fits several known records: link it to one of {}", entry.summary(), known.join(", ")),
    };
    Error::invalid("linkTo", message)
}

/// Brings together what was decided, and proposes what follows from it.
async fn finish(work: &mut UnitOfWork, mut desk: Desk) -> Result<Accepted> {
    weave(work, &desk).await?;
    for id in desk.made.actions.clone() {
        let action = by_id::<follow_up_action::Entity>(work.connection(), id).await?;
        desk.made.tasks.extend(plays::propose(work, &action).await?);
    }
    let reading = reading::settle(work, desk.reading.id).await?;
    let db = work.connection();
    let (mut meetings, mut actions) = (Vec::new(), Vec::new());
    for id in &desk.made.meetings {
        meetings.push(by_id::<meeting::Entity>(db, *id).await?);
    }
    for id in &desk.made.actions {
        actions.push(by_id::<follow_up_action::Entity>(db, *id).await?);
    }
    Ok(Accepted { reading, meetings, actions, tasks: desk.made.tasks })
}

async fn decided(work: &mut UnitOfWork, desk: Desk, finding_id: Uuid) -> Result<Decided> {
    let finding = desk.finding(finding_id)?.clone();
    Ok(Decided { finding, accepted: finish(work, desk).await? })
}
