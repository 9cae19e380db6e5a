//! A line of a table of meetings.

use store::{
    Concept, RecordRef, Result, UnitOfWork,
    meeting::{self, Draft, Model, Revision},
    participation,
};
use uuid::Uuid;

use super::{
    Put,
    date::End,
    fields::{Fields, given, needed},
    known::Known,
    part,
};

/// Takes a line in.
pub(super) async fn line(work: &mut UnitOfWork, known: &mut Known, fields: &Fields<'_>, kept: &str) -> Result<Put> {
    let states = states(known, fields)?;
    let (row, is_new) = match fields.id("id", Concept::Meeting)?.flatten() {
        Some(id) => (revise(work, fields, id).await?, false),
        None => (create(work, fields).await?, true),
    };
    if let Some(states) = &states {
        meeting::state::put(work, row.id, states).await?;
    }
    let states = match states {
        Some(states) => states,
        None if is_new || fields.plain("participants").is_none() => Vec::new(),
        None => meeting::state::of(work.connection(), row.id).await?,
    };
    let of = part::Of { meeting_id: row.id, day: row.held_on, states };
    if let Some(parts) = part::read(work, known, fields, &of).await? {
        participation::put(work, row.id, parts).await?;
    }
    let notes = if kept.is_empty() { Vec::new() } else { vec![format!("not kept, a meeting has no notes: {kept}")] };
    Ok(Put { is_new, record: RecordRef::new(Concept::Meeting, row.id), called: row.title, notes })
}

fn states(known: &Known, fields: &Fields<'_>) -> Result<Option<Vec<Uuid>>> {
    fields.several("states").map(|names| names.iter().map(|name| known.state("states", name)).collect()).transpose()
}

async fn revise(work: &mut UnitOfWork, fields: &Fields<'_>, id: Uuid) -> Result<Model> {
    let version = given("version", fields.number("version")?.flatten())?;
    let revision = Revision {
        kind: needed("kind", fields.word("kind")?)?,
        title: needed("title", fields.text("title"))?.map(str::to_owned),
        date: fields.date("heldOn", End::First)?,
        mode: fields.word("mode")?,
        place: fields.text("place").map(|place| place.map(str::to_owned)),
    };
    meeting::revise(work, id, Some(version), revision).await
}

async fn create(work: &mut UnitOfWork, fields: &Fields<'_>) -> Result<Model> {
    let draft = Draft {
        kind: given("kind", fields.word("kind")?.flatten())?,
        title: given("title", fields.text("title").flatten())?.to_owned(),
        date: fields.date("heldOn", End::First)?.flatten(),
        mode: fields.word("mode")?.flatten(),
        place: fields.text("place").flatten().map(str::to_owned),
    };
    meeting::create(work, draft).await
}
