//! Who works with the system: desk officers, reviewers, managers.

use sea_orm::{entity::prelude::*, sea_query::Order};
use serde::{Deserialize, Serialize};

use crate::{
    Result, UnitOfWork,
    error::{optional_text, text},
    page::Key,
    unit_of_work::recorded,
};

/// An account.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "account")]
pub struct Model {
    /// Identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The name that is shown.
    pub name: String,
    /// Where reminders go; unique.
    pub email: Option<String>,
    /// When it was made.
    pub created_at: DateTimeUtc,
    /// Counts the revisions.
    pub version: i32,
}

/// Referred to by others alone.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

recorded!(Account);

/// A new account.
#[derive(Debug, Clone, Default)]
pub struct Draft {
    /// The name that is shown.
    pub name: String,
    /// Where reminders go.
    pub email: Option<String>,
}

/// Keeps a new account.
///
/// # Errors
/// [`crate::Error::Invalid`] for an empty name; [`crate::Error::Database`].
pub async fn create(work: &mut UnitOfWork, draft: Draft) -> Result<Model> {
    let Draft { name, email } = draft;
    let row = Model {
        id: work.fresh_id(),
        name: text("name", &name, 200)?,
        email: optional_text("email", email.as_deref(), 320)?,
        created_at: work.now(),
        version: 1,
    };
    work.insert(row).await
}

/// By name.
pub fn by_name() -> Vec<Key> {
    vec![Key::text(Column::Name, Order::Asc)]
}
