//! The names of organizations, people and posts: in which language, in which part, from when to when.

use sea_orm::entity::prelude::*;
use serde::Serialize;
use vocab::{Language, NameRole, fold};

use crate::{Code, Concept, RecordRef, Result, UnitOfWork, error::text, unit_of_work::recorded};

/// A name of a record.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "record_name")]
pub struct Model {
    /// Identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The concept of the record.
    pub concept: Code<Concept>,
    /// The record.
    pub record_id: Uuid,
    /// The language; none for a name that is the same in all.
    pub language: Option<Code<Language>>,
    /// The part it plays.
    pub role: Code<NameRole>,
    /// The name.
    pub name: String,
    /// The name, folded for matching.
    pub folded: String,
    /// From when it was used, where known.
    pub valid_from: Option<Date>,
    /// Until when it was used, where known.
    pub valid_to: Option<Date>,
    /// Who says so, where it is not a report.
    pub source: Option<String>,
}

/// A name may belong to a record of several concepts.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

recorded!(RecordName, fixed);

/// A new name.
#[derive(Debug, Clone)]
pub struct Draft {
    /// The record it names.
    pub record: RecordRef,
    /// The language; none for a name that is the same in all.
    pub language: Option<Language>,
    /// The part it plays.
    pub role: NameRole,
    /// The name.
    pub name: String,
    /// From when.
    pub valid_from: Option<Date>,
    /// Until when.
    pub valid_to: Option<Date>,
    /// Who says so.
    pub source: Option<String>,
}

impl Draft {
    /// An undated name.
    pub fn new(record: RecordRef, language: Option<Language>, role: NameRole, name: impl Into<String>) -> Self {
        Self { record, language, role, name: name.into(), valid_from: None, valid_to: None, source: None }
    }
}

/// Keeps a new name.
///
/// # Errors
/// [`crate::Error::Invalid`] for an empty name; [`crate::Error::Database`].
pub async fn create(work: &mut UnitOfWork, draft: Draft) -> Result<Model> {
    let Draft { record, language, role, name, valid_from, valid_to, source } = draft;
    let name = text("name", &name, 500)?;
    let row = Model {
        id: work.fresh_id(),
        concept: record.concept.into(),
        record_id: record.id,
        language: language.map(Code),
        role: role.into(),
        folded: fold(&name),
        name,
        valid_from,
        valid_to,
        source,
    };
    work.insert(row).await
}

/// The names of the records of one concept.
pub fn of(concept: Concept) -> Select<Entity> {
    Entity::find().filter(Column::Concept.eq(Code(concept)))
}

/// The records of a concept that bear one of these folded names.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn bearers(db: &impl ConnectionTrait, concept: Concept, folded: &[String]) -> Result<Vec<Model>> {
    let named = Entity::find().filter(Column::Concept.eq(Code(concept)));
    Ok(named.filter(Column::Folded.is_in(folded.iter().cloned())).all(db).await?)
}

/// The name in a language among the names of one record: the official one that is in use, else any of that language.
pub fn in_language(names: &[Model], language: Language) -> Option<&Model> {
    let mut fitting: Vec<_> = names
        .iter()
        .filter(|name| name.language == Some(Code(language)))
        .filter(|name| !matches!(name.role.0, NameRole::Former | NameRole::Acronym))
        .collect();
    fitting.sort_by_key(|name| (name.role, name.valid_to.is_some()));
    fitting.first().copied()
}
