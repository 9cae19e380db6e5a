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

/// The organizations of this kind, state and parent that are called so. Two databases that were seeded each have their own
/// of many.
pub(super) async fn organizations(
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
pub(super) async fn people(db: &impl ConnectionTrait, name: &str, posts: &[Uuid]) -> Result<Vec<person::Model>> {
    if posts.is_empty() {
        return Ok(Vec::new());
    }
    let mut bearing = person::bearing(db, &[fold(name)]).await?;
    let held = appointment::Entity::find()
        .filter(appointment::Column::PostId.is_in(posts.iter().copied()))
        .filter(appointment::Column::PersonId.is_in(bearing.iter().map(|person| person.id)));
    let held = held.all(db).await?;
    bearing.retain(|person| held.iter().any(|one| one.person_id == person.id));
    Ok(bearing)
}

/// The appointments of this person to this post that began, and were seen, on these days.
pub(super) async fn appointments(
    db: &impl ConnectionTrait,
    person_id: Uuid,
    post_id: Uuid,
    [started_on, seen_on]: [Option<NaiveDate>; 2],
) -> Result<Vec<appointment::Model>> {
    let same = appointment::Entity::find()
        .filter(appointment::Column::PersonId.eq(person_id))
        .filter(appointment::Column::PostId.eq(post_id));
    let mut same = same.all(db).await?;
    same.retain(|one| [one.started_on, one.seen_on] == [started_on, seen_on]);
    Ok(same)
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
