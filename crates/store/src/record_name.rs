//! The names of organizations, people and posts: in which language, in which part, from when to when.

use sea_orm::{
    FromQueryResult,
    entity::prelude::*,
    sea_query::{Alias, Expr, ExprTrait, Func, Query, SelectStatement, UnionType},
};
use serde::{Deserialize, Serialize};
use vocab::{Language, NameRole, fold};

use crate::{
    Code, Concept, RecordRef, Result, UnitOfWork, error::text, organization, person, rejected_link,
    unit_of_work::recorded,
};

/// A name of a record.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize, Deserialize)]
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

/// A person or an organization that goes by a name.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Called {
    /// Which of the two.
    pub concept: Code<Concept>,
    /// The record.
    pub record_id: Uuid,
    /// The name.
    pub name: String,
}

/// The people and organizations that go by one of these folded names or acronyms, with each name by which they do; not
/// those of which people have said since that the name does not mean them. One statement, by the keys of the names.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn called(db: &impl ConnectionTrait, folded: &[String]) -> Result<Vec<Called>> {
    if folded.is_empty() {
        return Ok(Vec::new());
    }
    let names = || folded.iter().map(String::as_str);
    let acronym = Func::lower(Expr::col((organization::Entity, organization::Column::Acronym)));
    let by_acronym = Expr::expr(acronym).is_in(names());
    let mut called = labels(Concept::Person, person::Entity, (person::Column::Id, person::Column::Label));
    called.and_where(person::Column::Folded.is_in(names()));
    let organizations = |name| labels(Concept::Organization, organization::Entity, (organization::Column::Id, name));
    let by_label =
        organizations(organization::Column::Label).and_where(organization::Column::Folded.is_in(names())).take();
    let by_acronym = organizations(organization::Column::Acronym).and_where(by_acronym).take();
    let mut kept = Query::select();
    kept.columns([(Entity, Column::Concept), (Entity, Column::RecordId), (Entity, Column::Name)])
        .from(Entity)
        .and_where(Column::Concept.is_in([Concept::Person, Concept::Organization].map(Code)))
        .and_where(Column::Folded.is_in(names()))
        .and_where(Expr::exists(rejected_link::of_name((Entity, Column::RecordId), (Entity, Column::Folded))).not());
    for others in [by_label, by_acronym, kept] {
        called.union(UnionType::All, others);
    }
    Ok(Called::find_by_statement(db.get_database_backend().build(&called)).all(db).await?)
}

/// The labels or acronyms of the records of a concept, as [`Called`].
fn labels<E: EntityTrait>(concept: Concept, entity: E, (id, name): (E::Column, E::Column)) -> SelectStatement {
    Query::select()
        .expr_as(Expr::val(vocab::Word::code(concept)), Alias::new("concept"))
        .expr_as(Expr::col((entity, id)), Alias::new("record_id"))
        .expr_as(Expr::col((entity, name)), Alias::new("name"))
        .from(entity)
        .take()
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
