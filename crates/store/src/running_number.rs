//! The running numbers: how far each series has been counted. Counted on by the unit of work alone.

use sea_orm::entity::prelude::*;

/// A series.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "running_number")]
pub struct Model {
    /// What is numbered, such as the actions of a state.
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub series: String,
    /// The last number that was given.
    pub last: i32,
}

/// A series stands alone.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
