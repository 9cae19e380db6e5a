//! Which record is meant by what comes from elsewhere without an identifier of ours: where there can be no doubt, and never by
//! guessing between two.

use chrono::NaiveDate;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use store::{Code, Concept, Result, appointment, organization, person, post, record_name};
use uuid::Uuid;
use vocab::{OrganizationKind, fold};

/// The organizations of this kind, state and parent that are called so. Two databases that were seeded each have their own
/// of many.
///
/// # Errors
/// [`store::Error::Database`].
pub async fn organizations(
    db: &impl ConnectionTrait,
    kind: OrganizationKind,
    [state_id, parent_id]: [Option<Uuid>; 2],
    name: &str,
) -> Result<Vec<organization::Model>> {
    let called = organization::Entity::find()
        .filter(organization::Column::Kind.eq(Code(kind)))
        .filter(organization::Column::Folded.eq(fold(name)));
    let mut called = called.all(db).await?;
    called.retain(|row| [row.state_id, row.parent_id] == [state_id, parent_id]);
    Ok(called)
}

/// The people of this name, in any spelling, who hold or held one of these posts.
///
/// # Errors
/// [`store::Error::Database`].
pub async fn people(db: &impl ConnectionTrait, name: &str, posts: &[Uuid]) -> Result<Vec<person::Model>> {
    if posts.is_empty() {
        return Ok(Vec::new());
    }
    holding(db, person::bearing(db, &[fold(name)]).await?, posts).await
}

/// Those of some people who hold or held one of these posts.
pub(crate) async fn holding(
    db: &impl ConnectionTrait,
    mut people: Vec<person::Model>,
    posts: &[Uuid],
) -> Result<Vec<person::Model>> {
    if people.is_empty() || posts.is_empty() {
        return Ok(Vec::new());
    }
    let held = appointment::Entity::find()
        .filter(appointment::Column::PostId.is_in(posts.iter().copied()))
        .filter(appointment::Column::PersonId.is_in(people.iter().map(|person| person.id)));
    let held = held.all(db).await?;
    people.retain(|person| held.iter().any(|one| one.person_id == person.id));
    Ok(people)
}

/// The appointments of this person to this post that began, and were seen, on these days.
///
/// # Errors
/// [`store::Error::Database`].
pub async fn appointments(
    db: &impl ConnectionTrait,
    person_id: Uuid,
    post_id: Uuid,
    [started_on, seen_on]: [Option<NaiveDate>; 2],
) -> Result<Vec<appointment::Model>> {
    let mut same = held(db, person_id, post_id).await?;
    same.retain(|one| [one.started_on, one.seen_on] == [started_on, seen_on]);
    Ok(same)
}

/// The appointments of this person to this post, in the order of their making.
pub(crate) async fn held(db: &impl ConnectionTrait, person_id: Uuid, post_id: Uuid) -> Result<Vec<appointment::Model>> {
    let same = appointment::Entity::find()
        .filter(appointment::Column::PersonId.eq(person_id))
        .filter(appointment::Column::PostId.eq(post_id));
    Ok(same.order_by_asc(appointment::Column::Id).all(db).await?)
}

/// The posts of a body.
pub(crate) async fn posts(db: &impl ConnectionTrait, organization_id: Uuid) -> Result<Vec<Uuid>> {
    let posts = post::Entity::find().filter(post::Column::OrganizationId.eq(organization_id));
    Ok(posts.select_only().column(post::Column::Id).into_tuple().all(db).await?)
}

/// The names of a record.
pub(crate) async fn names(db: &impl ConnectionTrait, concept: Concept, id: Uuid) -> Result<Vec<record_name::Model>> {
    Ok(record_name::of(concept).filter(record_name::Column::RecordId.eq(id)).all(db).await?)
}
