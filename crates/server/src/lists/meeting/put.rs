//! A line of a table of meetings in.

use sea_orm::ConnectionTrait;
use store::{
    Concept, Result, UnitOfWork,
    meeting::{self, Draft, Revision},
};
use uuid::Uuid;

use crate::lists::{
    asked,
    fields::{Fields, given, needed},
    put::Line,
};

pub(in crate::lists) async fn line(work: &mut UnitOfWork, fields: &Fields<'_>) -> Result<Line> {
    let states = states(work.connection(), fields).await?;
    let (id, line) = match fields.id("id", Concept::Meeting)?.flatten() {
        Some(id) => (id, revise(work, fields, id).await?),
        None => create(work, fields).await?,
    };
    if let Some(states) = states {
        meeting::state::put(work, id, &states).await?;
    }
    Ok(line)
}

async fn states(db: &impl ConnectionTrait, fields: &Fields<'_>) -> Result<Option<Vec<Uuid>>> {
    let Some(codes) = fields.several("states") else { return Ok(None) };
    let mut ids = Vec::with_capacity(codes.len());
    for code in codes {
        ids.push(asked::state(db, "states", &code).await?);
    }
    Ok(Some(ids))
}

async fn revise(work: &mut UnitOfWork, fields: &Fields<'_>, id: Uuid) -> Result<Line> {
    let version = given("version", fields.number("version")?.flatten())?;
    let revision = Revision {
        kind: needed("kind", fields.word("kind")?)?,
        title: needed("title", fields.text("title"))?.map(str::to_owned),
        date: fields.date("heldOn")?,
        mode: fields.word("mode")?,
        place: fields.text("place").map(|place| place.map(str::to_owned)),
    };
    let row = meeting::revise(work, id, Some(version), revision).await?;
    Ok(Line::Known(row.title))
}

async fn create(work: &mut UnitOfWork, fields: &Fields<'_>) -> Result<(Uuid, Line)> {
    let draft = Draft {
        kind: given("kind", fields.word("kind")?.flatten())?,
        title: given("title", fields.text("title").flatten())?.to_owned(),
        date: fields.date("heldOn")?.flatten(),
        mode: fields.word("mode")?.flatten(),
        place: fields.text("place").flatten().map(str::to_owned),
    };
    let row = meeting::create(work, draft).await?;
    Ok((row.id, Line::New(row.title)))
}
