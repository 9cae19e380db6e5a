//! Doubts: what an engine was not sure of in a report.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use vocab::DoubtCode;

use crate::{Code, Result, UnitOfWork, unit_of_work::recorded};

/// A doubt.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "doubt")]
pub struct Model {
    /// Identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The reading it belongs to.
    pub reading_id: Uuid,
    /// Its place in the reading.
    pub position: i32,
    /// Why.
    pub code: Code<DoubtCode>,
    /// What a reviewer should look at.
    pub message: String,
    /// Where: a list of `{start, end, quote}`, empty where it is about the whole text.
    pub spans: Json,
}

/// To its reading.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

recorded!(Doubt, fixed);

/// A new doubt.
#[derive(Debug, Clone)]
pub struct Draft {
    /// The reading it belongs to.
    pub reading_id: Uuid,
    /// Its place in the reading.
    pub position: i32,
    /// Why.
    pub code: DoubtCode,
    /// What a reviewer should look at.
    pub message: String,
    /// Where.
    pub spans: Json,
}

/// Keeps a new doubt.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn create(work: &mut UnitOfWork, draft: Draft) -> Result<Model> {
    let Draft { reading_id, position, code, message, spans } = draft;
    let row = Model { id: work.fresh_id(), reading_id, position, code: code.into(), message, spans };
    work.insert(row).await
}
