//! A line of a table of contacts: a person, and the post that they hold.

use store::{
    Concept, Error, RecordRef, Result, UnitOfWork,
    appointment::{self, Draft, Revision},
    by_id, organization, person, post, record_name,
};
use uuid::Uuid;
use vocab::{Language, NameRole, PartialDate, fold};

use super::{
    Put,
    date::End,
    fields::{Fields, given, needed},
    known::Known,
};
use crate::{matching, same};

/// Takes a line in.
pub(super) async fn line(work: &mut UnitOfWork, known: &mut Known, fields: &Fields<'_>, kept: &str) -> Result<Put> {
    let post_id = held(work, known, fields).await?;
    let found = match fields.id("id", Concept::Person)?.flatten() {
        Some(id) => Some(revise(work, fields, id).await?),
        None => find(work, fields, post_id).await?,
    };
    let (row, is_new) = match found {
        Some(row) => (row, false),
        None => {
            let label = given("name", fields.text("name").flatten())?.to_owned();
            let honorific = fields.plain("honorific").map(str::to_owned);
            (person::create(work, person::Draft { label, honorific, also: Vec::new() }).await?, true)
        }
    };
    for (field, language) in [("nameFr", Language::Fr), ("nameAr", Language::Ar)] {
        if let Some(name) = fields.plain(field) {
            call(work, row.id, language, name).await?;
        }
    }
    if let Some(post_id) = post_id {
        appoint(work, fields, row.id, post_id).await?;
    }
    let notes = if kept.is_empty() { Vec::new() } else { vec![format!("not kept, a contact has no notes: {kept}")] };
    Ok(Put { is_new, record: RecordRef::new(Concept::Person, row.id), called: row.label, notes })
}

/// The post that a line tells of, with the body that it belongs to; each is made where it is not there.
async fn held(work: &mut UnitOfWork, known: &mut Known, fields: &Fields<'_>) -> Result<Option<Uuid>> {
    if let Some(id) = fields.there::<post::Entity>(work, known, "postId").await?.flatten() {
        return Ok(Some(id));
    }
    let body = match fields.there::<organization::Entity>(work, known, "organizationId").await?.flatten() {
        Some(id) => Some(id),
        None => match fields.plain("organization") {
            Some(name) => {
                let (state, kind) =
                    (fields.state(known, "state")?.flatten(), fields.word("organizationKind")?.flatten());
                Some(known.organization(work, "organization", name, state, kind).await?)
            }
            None => None,
        },
    };
    match (body, fields.plain("post")) {
        (Some(body), Some(title)) => Ok(Some(post(work, known, body, title).await?)),
        (None, Some(_)) => Err(Error::invalid("organization", "a post belongs to an organization: tell which")),
        (Some(_), None) => Err(Error::invalid("post", "people belong to a body by a post: tell which they hold")),
        (None, None) => Ok(None),
    }
}

/// The post in a body that a title means, as in a report; a new one where there is none.
pub(super) async fn post(work: &mut UnitOfWork, known: &Known, organization_id: Uuid, title: &str) -> Result<Uuid> {
    let db = work.connection();
    // Most titles are written as they were before, and a body may have many posts to look through.
    if let Some(row) = post::titled(db, organization_id, title).await? {
        return Ok(row.id);
    }
    let body = by_id::<organization::Entity>(db, organization_id).await?;
    if let Some(row) = matching::post::known(db, organization_id, title, known.code(body.state_id)).await? {
        return Ok(row.id);
    }
    Ok(post::create(work, post::Draft { organization_id, label: title.to_owned() }).await?.id)
}

async fn revise(work: &mut UnitOfWork, fields: &Fields<'_>, id: Uuid) -> Result<person::Model> {
    let version = given("version", fields.number("version")?.flatten())?;
    let revision = person::Revision {
        label: needed("name", fields.text("name"))?.map(str::to_owned),
        honorific: fields.text("honorific").map(|honorific| honorific.map(str::to_owned)),
    };
    person::revise(work, id, Some(version), revision).await
}

/// The only person of that name in the same post; without a post, the only one of that name at all.
async fn find(work: &mut UnitOfWork, fields: &Fields<'_>, post_id: Option<Uuid>) -> Result<Option<person::Model>> {
    let name = given("name", fields.plain("name"))?;
    let db = work.connection();
    let mut fitting = match post_id {
        Some(post) => same::people(db, name, &[post]).await?,
        None => person::bearing(db, &[fold(name)]).await?,
    };
    if fitting.len() > 1 {
        let message = format!("name: {} people are called \"{name}\": give the id of one", fitting.len());
        return Err(Error::invalid("name", message));
    }
    let Some(row) = fitting.pop() else { return Ok(None) };
    match fields.plain("honorific") {
        Some(honorific) => {
            let revision = person::Revision { label: None, honorific: Some(Some(honorific.to_owned())) };
            person::revise(work, row.id, None, revision).await.map(Some)
        }
        None => Ok(Some(row)),
    }
}

/// Keeps a name in a language, unless the person is called so in it.
async fn call(work: &mut UnitOfWork, id: Uuid, language: Language, name: &str) -> Result<()> {
    let names = same::names(work.connection(), Concept::Person, id).await?;
    if names.iter().any(|known| known.language.map(|code| code.0) == Some(language) && known.name == name) {
        return Ok(());
    }
    let record = RecordRef::new(Concept::Person, id);
    record_name::create(work, record_name::Draft::new(record, Some(language), NameRole::Official, name)).await?;
    Ok(())
}

/// Keeps that the person holds the post: where that is known, what the line tells of it; else as a new appointment.
async fn appoint(work: &mut UnitOfWork, fields: &Fields<'_>, person_id: Uuid, post_id: Uuid) -> Result<()> {
    let (start, end) = (fields.date("since", End::First)?.flatten(), fields.date("until", End::Last)?.flatten());
    let (seen_on, source) = (fields.day("seenOn")?.flatten(), fields.plain("source").map(str::to_owned));
    let held = same::held(work.connection(), person_id, post_id).await?;
    let begins = start.map(PartialDate::first_day);
    // One that begins on the same day; one of which nobody has said when; any, where the line does not say.
    let same = held.iter().find(|one| begins.is_some() && one.started_on == begins);
    let same = same.or_else(|| held.iter().find(|one| begins.is_some() && one.started_on.is_none()));
    let same =
        same.or_else(|| held.iter().rfind(|one| begins.is_none() && (seen_on.is_none() || one.seen_on == seen_on)));
    match same {
        Some(one) => {
            let revision = Revision { start: start.map(Some), end: end.map(Some), seen_on, source };
            appointment::revise(work, one.id, None, revision).await?;
        }
        None => {
            appointment::create(work, Draft { person_id, post_id, start, end, seen_on, source }).await?;
        }
    }
    Ok(())
}
