//! A person that was accepted, with the post in which the report shows them.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use store::{Concept, RecordRef, Result, UnitOfWork, appointment, by_id, organization, person, post, record_name};
use uuid::Uuid;
use vocab::{DatePrecision, fold};

use crate::{
    desk::{Desk, Posting},
    entry::Entry,
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
        Some(id) => {
            learn(work, id, &entry.name).await?;
            id
        }
        None => create(work, entry).await?,
    };
    if let Some(title) = entry.post.as_deref().filter(|title| !title.trim().is_empty()) {
        appoint(work, desk, finding_id, (entry, title), id).await?;
    }
    Ok(id)
}

async fn create(work: &mut UnitOfWork, entry: &extract::reading::Person) -> Result<Uuid> {
    let parts = |name: &str| fold(name).split(' ').count();
    // "Mr Diallo" is how a text refers back, not another way to write the name.
    let also = entry.also.iter().filter(|also| parts(also) >= parts(&entry.name)).map(|also| clip(also, 500));
    let draft = person::Draft {
        label: clip(&entry.name, 200),
        honorific: entry.honorific.as_deref().map(|honorific| clip(honorific, 40)),
        also: also.collect(),
    };
    Ok(person::create(work, draft).await?.id)
}

/// Keeps a spelling that a known person did not have yet, so that it is sure the next time.
async fn learn(work: &mut UnitOfWork, id: Uuid, name: &str) -> Result<()> {
    let row = by_id::<person::Entity>(work.connection(), id).await?;
    let folded = fold(name);
    let there = record_name::Entity::find()
        .filter(record_name::Column::RecordId.eq(id))
        .filter(record_name::Column::Folded.eq(&*folded));
    if row.folded != folded && there.one(work.connection()).await?.is_none() {
        person::add_spelling(work, id, &clip(name, 500)).await?;
    }
    Ok(())
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
    let seen_on = seen_on(desk);
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

/// The day on which the report shows who holds a post: the day of the meeting, else of publication.
fn seen_on(desk: &Desk) -> Option<chrono::NaiveDate> {
    let held = desk.meeting_at(0).and_then(|piece| match &piece.entry {
        Entry::Meeting(meeting) => meeting.date.filter(|date| date.precision() == DatePrecision::Day),
        _ => None,
    });
    held.map(|date| date.first_day()).or(desk.report.published_on)
}
