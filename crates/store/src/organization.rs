//! Organizations: any body, ministries and the host's own units among them.

use sea_orm::{
    Condition, ConnectionTrait, QuerySelect, QueryTrait,
    entity::prelude::*,
    sea_query::{ColumnRef, Expr, ExprTrait, Func, IntoColumnRef, LockType, Order},
};
use serde::{Deserialize, Serialize};
use vocab::{NameRole, OrganizationKind, fold};

use crate::{
    Code, Concept, Error, RecordRef, Result, Together, UnitOfWork,
    error::{optional_text, text},
    page::Key,
    record_name,
    unit_of_work::recorded,
};

/// An organization.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "organization")]
pub struct Model {
    /// Identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// What it is.
    pub kind: Code<OrganizationKind>,
    /// The name that is shown where no name in the asked language is kept.
    pub label: String,
    /// The label, folded for matching.
    pub folded: String,
    /// Its acronym.
    pub acronym: Option<String>,
    /// The state it belongs to.
    pub state_id: Option<Uuid>,
    /// The organization it is part of.
    pub parent_id: Option<Uuid>,
    /// Whether it is the organization whose follow-up this is.
    pub is_host: bool,
    /// When it was first kept.
    pub created_at: DateTimeUtc,
    /// Counts the revisions.
    pub version: i32,
}

/// To its state and its parent.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

recorded!(Organization);

/// A new organization.
#[derive(Debug, Clone)]
pub struct Draft {
    /// What it is.
    pub kind: OrganizationKind,
    /// The name that is shown.
    pub label: String,
    /// Its acronym.
    pub acronym: Option<String>,
    /// The state it belongs to; a ministry has one.
    pub state_id: Option<Uuid>,
    /// The organization it is part of.
    pub parent_id: Option<Uuid>,
    /// Whether it is the host.
    pub is_host: bool,
}

impl Draft {
    /// An organization of which no more than kind and name is known.
    pub fn new(kind: OrganizationKind, label: impl Into<String>) -> Self {
        Self { kind, label: label.into(), acronym: None, state_id: None, parent_id: None, is_host: false }
    }
}

/// Keeps a new organization.
///
/// # Errors
/// [`Error::Invalid`] for an empty name; [`Error::Database`].
pub async fn create(work: &mut UnitOfWork, draft: Draft) -> Result<Model> {
    let id = work.fresh_id();
    create_as(work, id, draft).await
}

/// Keeps one that has its identifier already, as one that comes from elsewhere.
///
/// # Errors
/// As [`create`].
pub async fn create_as(work: &mut UnitOfWork, id: Uuid, draft: Draft) -> Result<Model> {
    let Draft { kind, label, acronym, state_id, parent_id, is_host } = draft;
    let label = text("name", &label, 500)?;
    let row = Model {
        id,
        kind: kind.into(),
        folded: fold(&label),
        label,
        acronym: optional_text("acronym", acronym.as_deref(), 40)?,
        state_id,
        parent_id,
        is_host,
        created_at: work.now(),
        version: 1,
    };
    work.insert(row).await
}

/// Makes an organization the one whose follow-up this is.
///
/// # Errors
/// As [`UnitOfWork::revise`].
pub async fn make_host(work: &mut UnitOfWork, id: Uuid) -> Result<Model> {
    work.revise(id, None, |row: &mut Model| {
        row.is_host = true;
        Ok(())
    })
    .await
}

/// What may be changed of an organization; what is `None` stays.
#[derive(Debug, Clone, Default)]
pub struct Revision {
    /// What it is.
    pub kind: Option<OrganizationKind>,
    /// The name that is shown.
    pub label: Option<String>,
    /// Its acronym, or that it has none.
    pub acronym: Option<Option<String>>,
    /// The state it belongs to, or that it belongs to none.
    pub state_id: Option<Option<Uuid>>,
    /// The organization it is part of, or that it is part of none.
    pub parent_id: Option<Option<Uuid>>,
}

/// Revises an organization; a former label stays as a name.
///
/// # Errors
/// As [`UnitOfWork::revise`]; [`Error::Invalid`].
pub async fn revise(work: &mut UnitOfWork, id: Uuid, expected: Option<i32>, revision: Revision) -> Result<Model> {
    let Revision { kind, label, acronym, state_id, parent_id } = revision;
    let id = work.kept::<Model>(id, expected).await?;
    let before = crate::by_id::<Entity>(work.connection(), id).await?;
    let parent = parent_id.flatten();
    if parent.is_some() && work.stands_for(parent.unwrap_or_default()).await? == id {
        return Err(Error::invalid("parentId", "an organization cannot be part of itself"));
    }
    let after: Model = work
        .revise(id, expected, |row: &mut Model| {
            if let Some(label) = label {
                row.label = text("name", &label, 500)?;
                row.folded = fold(&row.label);
            }
            if let Some(acronym) = acronym {
                row.acronym = optional_text("acronym", acronym.as_deref(), 40)?;
            }
            row.kind = kind.map_or(row.kind, Code);
            row.state_id = state_id.unwrap_or(row.state_id);
            row.parent_id = parent_id.unwrap_or(row.parent_id);
            Ok(())
        })
        .await?;
    if before.folded != after.folded {
        let former =
            record_name::Draft::new(RecordRef::new(Concept::Organization, id), None, NameRole::Former, before.label);
        record_name::create(work, record_name::Draft { valid_to: Some(work.today()), ..former }).await?;
    }
    Ok(after)
}

/// Which organizations.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Filter {
    /// Of one of these kinds.
    pub kinds: Option<Vec<OrganizationKind>>,
    /// Of one of these states.
    pub state_ids: Option<Vec<Uuid>>,
    /// Whose name, in any language or spelling, holds this.
    pub text: Option<String>,
    /// What has to hold beside it.
    pub together: Together<Filter>,
}

/// The organizations that pass the filter.
pub fn select(filter: &Filter) -> Select<Entity> {
    Entity::find().filter(passes(filter))
}

fn passes(filter: &Filter) -> Condition {
    let Filter { kinds, state_ids, text, together } = filter;
    let mut own = Condition::all();
    if let Some(kinds) = kinds {
        own = own.add(Column::Kind.is_in(kinds.iter().copied().map(Code)));
    }
    if let Some(ids) = state_ids {
        own = own.add(Column::StateId.is_in(ids.iter().copied()));
    }
    if let Some(text) = text {
        let folded = fold(text);
        let named = record_name::of(Concept::Organization).filter(record_name::Column::Folded.contains(&folded));
        let named = named.select_only().column(record_name::Column::RecordId).into_query();
        let any = Condition::any().add(Column::Folded.contains(&folded)).add(Column::Id.in_subquery(named));
        own = own.add(any.add(Column::Acronym.eq(text.trim())));
    }
    together.beside(own, passes)
}

/// What organizations can be listed under.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Under {
    /// The state they belong to.
    State,
    /// The organization they are part of.
    Parent,
}

/// The organizations that pass the filter, and the column that tells under which record each stands.
pub fn select_under(under: Under, filter: &Filter) -> (Select<Entity>, ColumnRef) {
    let column = match under {
        Under::State => Column::StateId,
        Under::Parent => Column::ParentId,
    };
    (select(filter), (Entity, column).into_column_ref())
}

/// By name.
pub fn by_name() -> Vec<Key> {
    vec![Key::text(Column::Folded, Order::Asc)]
}

/// The organization whose follow-up this is.
///
/// # Errors
/// [`Error::Invalid`] where no host was loaded yet; [`Error::Database`].
pub async fn host(db: &impl ConnectionTrait) -> Result<Model> {
    let host = Entity::find().filter(Column::IsHost.eq(true)).one(db).await?;
    host.ok_or_else(|| Error::invalid("host", "no host organization is loaded: run `entente seed` first"))
}

/// The organizations that bear one of these folded names or acronyms, in any language or spelling.
///
/// # Errors
/// [`Error::Database`].
pub async fn bearing(db: &impl ConnectionTrait, folded: &[String]) -> Result<Vec<Model>> {
    let named = record_name::of(Concept::Organization)
        .filter(record_name::Column::Folded.is_in(folded.iter().cloned()))
        .select_only()
        .column(record_name::Column::RecordId)
        .into_query();
    let acronym = Expr::expr(Func::lower(Expr::col((Entity, Column::Acronym))));
    let any = sea_orm::Condition::any()
        .add(Column::Folded.is_in(folded.iter().cloned()))
        .add(acronym.is_in(folded.iter().cloned()))
        .add(Column::Id.in_subquery(named));
    Ok(Entity::find().filter(any).all(db).await?)
}

/// Keeps others who ask for the same from going on until this unit of work ends, and answers with the host.
///
/// SQLite has one writer anyway; on PostgreSQL the host's row is locked, which hinders nobody who only refers to it.
///
/// # Errors
/// [`Error::Invalid`] where no host was loaded yet; [`Error::Database`].
pub async fn one_at_a_time(work: &UnitOfWork) -> Result<Model> {
    let host = host(work.connection()).await?;
    Entity::find_by_id(host.id).lock(LockType::NoKeyUpdate).one(work.connection()).await?;
    Ok(host)
}
