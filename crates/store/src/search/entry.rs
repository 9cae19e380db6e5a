//! What can be found: a row for each record that is indexed. Its words lie beside, in the way of each engine.

use sea_orm::entity::prelude::*;

use crate::{Code, Concept, unit_of_work::Bookkeeping};

/// A record that can be found.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "search_entry")]
pub struct Model {
    /// The record.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The number of its words.
    pub no: i32,
    /// Its concept.
    pub concept: Code<Concept>,
    /// The day by which it is late or early among what is found.
    pub day: Date,
    /// The version of the folding by which its words were made.
    pub folding: i32,
}

/// It follows from its record alone.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Bookkeeping for Model {}
