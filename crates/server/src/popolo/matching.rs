//! Which record here a record of a document is: by its identifier, else where there can be no doubt.

use chrono::NaiveDate;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use sha2::{Digest, Sha256};
use store::{Code, Result, appointment, organization, person};
use uuid::{Builder, Uuid};
use vocab::{OrganizationKind, fold};

/// The key of an identifier: of one that is no UUID always the same, so that its document can come again.
pub(super) fn key(id: &str) -> Uuid {
    id.trim().parse().unwrap_or_else(|_| {
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&Sha256::digest(id.trim())[..16]);
        Builder::from_custom_bytes(bytes).into_uuid()
    })
}

/// The organization of this kind and state that is called so. Two databases that were seeded each have their own of many.
pub(super) async fn organization(
    db: &impl ConnectionTrait,
    kind: OrganizationKind,
    state_id: Option<Uuid>,
    name: &str,
) -> Result<Option<organization::Model>> {
    let called = organization::Entity::find()
        .filter(organization::Column::Kind.eq(Code(kind)))
        .filter(organization::Column::Folded.eq(fold(name)));
    let called = match state_id {
        Some(id) => called.filter(organization::Column::StateId.eq(id)),
        None => called.filter(organization::Column::StateId.is_null()),
    };
    one(called.all(db).await?)
}

/// The person of this name, in any spelling, who holds or held one of these posts.
pub(super) async fn person(db: &impl ConnectionTrait, name: &str, posts: &[Uuid]) -> Result<Option<person::Model>> {
    if posts.is_empty() {
        return Ok(None);
    }
    let mut bearing = person::bearing(db, &[fold(name)]).await?;
    let held = appointment::Entity::find()
        .filter(appointment::Column::PostId.is_in(posts.iter().copied()))
        .filter(appointment::Column::PersonId.is_in(bearing.iter().map(|person| person.id)));
    let held = held.all(db).await?;
    bearing.retain(|person| held.iter().any(|one| one.person_id == person.id));
    one(bearing)
}

/// The appointment of this person to this post that began, or was seen, on these days.
pub(super) async fn appointment(
    db: &impl ConnectionTrait,
    person_id: Uuid,
    post_id: Uuid,
    [started_on, seen_on]: [Option<NaiveDate>; 2],
) -> Result<Option<appointment::Model>> {
    let same = appointment::Entity::find()
        .filter(appointment::Column::PersonId.eq(person_id))
        .filter(appointment::Column::PostId.eq(post_id));
    let same = same.all(db).await?.into_iter().filter(|one| [one.started_on, one.seen_on] == [started_on, seen_on]);
    one(same.collect())
}

/// The only one; of several nobody can say which is meant.
fn one<T>(found: Vec<T>) -> Result<Option<T>> {
    let mut found = found.into_iter();
    Ok(found.next().filter(|_| found.next().is_none()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identifier_always_has_the_same_key() {
        let id = "019aa000-0000-7000-8000-000000000001";
        assert_eq!(key(id).to_string(), id);
        assert_eq!(key("org/ministry-of-water"), key(" org/ministry-of-water "));
        assert_ne!(key("org/ministry-of-water"), key("org/ministry-of-wine"));
    }
}
