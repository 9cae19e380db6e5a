//! A line of a table of follow-up actions in.

use store::{
    Concept, Error, Result, UnitOfWork, account, by_id,
    follow_up_action::{self, Draft, Revision},
    meeting,
    party::Party,
};
use vocab::Strength;

use crate::lists::{
    fields::{Fields, given, needed},
    put::Line,
};

const ACTOR: [&str; 4] = ["actorPersonId", "actorPostId", "actorOrganizationId", "actorState"];
const COUNTERPART: [&str; 4] =
    ["counterpartPersonId", "counterpartPostId", "counterpartOrganizationId", "counterpartState"];

pub(in crate::lists) async fn line(work: &mut UnitOfWork, fields: &Fields<'_>) -> Result<Line> {
    match fields.id("id", Concept::FollowUpAction)?.flatten() {
        Some(id) => revise(work, fields, id).await,
        None => create(work, fields).await,
    }
}

async fn revise(work: &mut UnitOfWork, fields: &Fields<'_>, id: uuid::Uuid) -> Result<Line> {
    let before = by_id::<follow_up_action::Entity>(work.connection(), id).await?;
    let version = given("version", fields.number("version")?.flatten())?;
    if let Some(state) = fields.state(work.connection(), "state").await?
        && state != before.state_id
    {
        let message = format!("{} begins with its state, which stays: make a new action", before.reference);
        return Err(Error::invalid("state", message));
    }
    let db = work.connection();
    let revision = Revision {
        kind: needed("kind", fields.word("kind")?)?,
        title: needed("title", fields.text("title"))?.map(str::to_owned),
        strength: needed("strength", fields.word("strength")?)?,
        missing: fields.words("missing")?,
        meeting_id: fields.there::<meeting::Entity>(db, "meetingId").await?,
        actor_side: needed("actorSide", fields.word("actorSide")?)?,
        actor: fields.party(db, ACTOR, before.actor()).await?,
        counterpart: fields.party(db, COUNTERPART, before.counterpart()).await?,
        awaits: fields.word("awaits")?,
        due: fields.date("due")?,
        said_on: fields.day("saidOn")?.flatten(),
        owner_id: fields.there::<account::Entity>(db, "ownerId").await?,
        areas: fields.several("areas"),
    };
    let row = follow_up_action::revise(work, id, Some(version), revision).await?;
    Ok(Line::Known(format!("{} {}", row.reference, row.title)))
}

async fn create(work: &mut UnitOfWork, fields: &Fields<'_>) -> Result<Line> {
    let db = work.connection();
    let kind = given("kind", fields.word("kind")?.flatten())?;
    let actor_side = given("actorSide", fields.word("actorSide")?.flatten())?;
    let draft = Draft {
        kind,
        title: given("title", fields.text("title").flatten())?.to_owned(),
        strength: needed("strength", fields.word("strength")?)?.unwrap_or(Strength::Proposed),
        missing: fields.words("missing")?.unwrap_or_default(),
        state_id: fields.state(db, "state").await?.flatten(),
        meeting_id: fields.there::<meeting::Entity>(db, "meetingId").await?.flatten(),
        actor_side,
        actor: fields.party(db, ACTOR, Party::default()).await?.unwrap_or_default(),
        counterpart: fields.party(db, COUNTERPART, Party::default()).await?.unwrap_or_default(),
        awaits: fields.word("awaits")?.unwrap_or_else(|| vocab::follow_up_action::awaits(kind, actor_side)),
        due: fields.date("due")?.flatten(),
        said_on: fields.day("saidOn")?.flatten(),
        owner_id: fields.there::<account::Entity>(db, "ownerId").await?.flatten(),
        areas: fields.several("areas").unwrap_or_default(),
    };
    let row = follow_up_action::create(work, draft).await?;
    Ok(Line::New(format!("{} {}", row.reference, row.title)))
}
