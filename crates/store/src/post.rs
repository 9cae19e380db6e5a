//! Posts: what is owed hangs on them, not on their holders.

use sea_orm::{ConnectionTrait, entity::prelude::*};
use serde::{Deserialize, Serialize};
use vocab::fold;

use crate::{Result, UnitOfWork, error::text, unit_of_work::recorded};

/// A post in an organization.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "post")]
pub struct Model {
    /// Identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The organization it belongs to.
    pub organization_id: Uuid,
    /// The title that is shown.
    pub label: String,
    /// The title, folded for matching.
    pub folded: String,
    /// When it was first kept.
    pub created_at: DateTimeUtc,
    /// Counts the revisions.
    pub version: i32,
}

/// To its organization.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

recorded!(Post);

/// A new post.
#[derive(Debug, Clone)]
pub struct Draft {
    /// The organization it belongs to.
    pub organization_id: Uuid,
    /// The title that is shown.
    pub label: String,
}

/// Keeps a new post.
///
/// # Errors
/// [`crate::Error::Invalid`] for an empty title; [`crate::Error::Database`].
pub async fn create(work: &mut UnitOfWork, draft: Draft) -> Result<Model> {
    let id = work.fresh_id();
    create_as(work, id, draft).await
}

/// Keeps one that has its identifier already, as one that comes from elsewhere.
///
/// # Errors
/// As [`create`].
pub async fn create_as(work: &mut UnitOfWork, id: Uuid, draft: Draft) -> Result<Model> {
    let Draft { organization_id, label } = draft;
    let label = text("title", &label, 300)?;
    let row = Model { id, organization_id, folded: fold(&label), label, created_at: work.now(), version: 1 };
    work.insert(row).await
}

/// What may be changed of a post; what is `None` stays.
#[derive(Debug, Clone, Default)]
pub struct Revision {
    /// The organization it belongs to.
    pub organization_id: Option<Uuid>,
    /// The title that is shown.
    pub label: Option<String>,
}

/// Revises a post.
///
/// # Errors
/// As [`UnitOfWork::revise`]; [`crate::Error::Invalid`].
pub async fn revise(work: &mut UnitOfWork, id: Uuid, expected: Option<i32>, revision: Revision) -> Result<Model> {
    let Revision { organization_id, label } = revision;
    let id = work.kept::<Model>(id, expected).await?;
    work.revise(id, expected, |row: &mut Model| {
        if let Some(label) = label {
            row.label = text("title", &label, 300)?;
            row.folded = fold(&row.label);
        }
        row.organization_id = organization_id.unwrap_or(row.organization_id);
        Ok(())
    })
    .await
}

/// The post of this title in an organization.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn titled(db: &impl ConnectionTrait, organization_id: Uuid, title: &str) -> Result<Option<Model>> {
    let posts = Entity::find().filter(Column::OrganizationId.eq(organization_id));
    Ok(posts.filter(Column::Folded.eq(fold(title))).one(db).await?)
}
