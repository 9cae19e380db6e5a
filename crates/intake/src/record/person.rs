//! A person that was accepted, with the post in which the report shows them.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use store::{Concept, RecordRef, Result, UnitOfWork, appointment, by_id, organization, person, post};
use uuid::Uuid;

use crate::{
    desk::{Desk, Posting},
    matching,
    wording::clip,
};

/// Makes or links the person, their post and the appointment.
pub(super) async fn accept(
    work: &mut UnitOfWork,
    desk: &mut Desk,
    finding_id: Uuid,
    entry: &extract::reading::Person,
    to: Option<Uuid>,
) -> Result<Uuid> {
    let id = match to {
        Some(id) => id,
        None => create(work, entry).await?,
    };
    if let Some(title) = entry.post.as_deref().filter(|title| !title.trim().is_empty()) {
        appoint(work, desk, finding_id, (entry, title), id).await?;
    }
    Ok(id)
}

async fn create(work: &mut UnitOfWork, entry: &extract::reading::Person) -> Result<Uuid> {
    let draft = person::Draft {
        label: clip(&entry.name, 200),
        honorific: entry.honorific.as_deref().map(|honorific| clip(honorific, 40)),
        also: Vec::new(),
    };
    Ok(person::create(work, draft).await?.id)
}

/// Puts a person into the post that the report gives them, if it can be told whose post that is.
async fn appoint(
    work: &mut UnitOfWork,
    desk: &mut Desk,
    finding_id: Uuid,
    (entry, title): (&extract::reading::Person, &str),
    person_id: Uuid,
) -> Result<()> {
    let Some(organization_id) = super::post::organization(work, desk, finding_id, entry, title).await? else {
        return Ok(());
    };
    let post = match matching::post::known(work.connection(), organization_id, title, entry.state.as_deref()).await? {
        Some(post) => post,
        None => post::create(work, post::Draft { organization_id, label: clip(title, 300) }).await?,
    };
    let held = appointment::Entity::find()
        .filter(appointment::Column::PersonId.eq(person_id))
        .filter(appointment::Column::PostId.eq(post.id));
    let seen_on = desk.told_on();
    let held = held.all(work.connection()).await?;
    let appointment = match held.iter().find(|held| seen_on.is_none_or(|day| held.holds_on(day))) {
        Some(held) => held.id,
        None => {
            // A report shows that a post is held, not since when.
            let draft =
                appointment::Draft { person_id, post_id: post.id, start: None, end: None, seen_on, source: None };
            appointment::create(work, draft).await?.id
        }
    };
    for record in [RecordRef::new(Concept::Post, post.id), RecordRef::new(Concept::Appointment, appointment)] {
        desk.lay_evidence(work, finding_id, record, None).await?;
    }
    let state_id = by_id::<organization::Entity>(work.connection(), organization_id).await?.state_id;
    desk.postings.insert(person_id, Posting { post_id: post.id, organization_id, state_id });
    Ok(())
}
