//! People.

use sea_orm::{
    Condition, ConnectionTrait, JoinType, QuerySelect, QueryTrait,
    entity::prelude::*,
    sea_query::{Alias, ColumnRef, Expr, ExprTrait, IntoColumnRef, Order, Query, SimpleExpr},
};
use serde::{Deserialize, Serialize};
use vocab::{NameRole, fold};

use crate::{
    Concept, RecordRef, Result, Together, UnitOfWork, appointment,
    error::{optional_text, text},
    organization,
    page::Key,
    post, record_name,
    unit_of_work::recorded,
};

/// A person.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "person")]
pub struct Model {
    /// Identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The name that is shown, without honorifics.
    pub label: String,
    /// The label, folded for matching.
    pub folded: String,
    /// The honorific, such as `Dr.`.
    pub honorific: Option<String>,
    /// When it was first kept.
    pub created_at: DateTimeUtc,
    /// Counts the revisions.
    pub version: i32,
}

/// Referred to by others alone.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

recorded!(Person);

/// A new person.
#[derive(Debug, Clone, Default)]
pub struct Draft {
    /// The name that is shown, without honorifics.
    pub label: String,
    /// The honorific.
    pub honorific: Option<String>,
    /// Other spellings.
    pub also: Vec<String>,
}

/// Keeps a new person.
///
/// # Errors
/// [`crate::Error::Invalid`] for an empty name; [`crate::Error::Database`].
pub async fn create(work: &mut UnitOfWork, draft: Draft) -> Result<Model> {
    let id = work.fresh_id();
    create_as(work, id, draft).await
}

/// Keeps one that has its identifier already, as one that comes from elsewhere.
///
/// # Errors
/// As [`create`].
pub async fn create_as(work: &mut UnitOfWork, id: Uuid, draft: Draft) -> Result<Model> {
    let Draft { label, honorific, also } = draft;
    let label = text("name", &label, 200)?;
    let row = Model {
        id,
        folded: fold(&label),
        label,
        honorific: optional_text("honorific", honorific.as_deref(), 40)?,
        created_at: work.now(),
        version: 1,
    };
    let row = work.insert(row).await?;
    for spelling in also.iter().filter(|spelling| fold(spelling) != row.folded) {
        add_spelling(work, row.id, spelling).await?;
    }
    Ok(row)
}

/// Keeps another spelling of a person's name.
///
/// # Errors
/// [`crate::Error::Invalid`] for an empty name; [`crate::Error::Database`].
pub async fn add_spelling(work: &mut UnitOfWork, id: Uuid, spelling: &str) -> Result<()> {
    let record = RecordRef::new(Concept::Person, id);
    record_name::create(work, record_name::Draft::new(record, None, NameRole::Alias, spelling)).await?;
    Ok(())
}

/// What may be changed of a person; what is `None` stays.
#[derive(Debug, Clone, Default)]
pub struct Revision {
    /// The name that is shown.
    pub label: Option<String>,
    /// The honorific, or that there is none.
    pub honorific: Option<Option<String>>,
}

/// Revises a person; a former label stays as a spelling.
///
/// # Errors
/// As [`UnitOfWork::revise`]; [`crate::Error::Invalid`].
pub async fn revise(work: &mut UnitOfWork, id: Uuid, expected: Option<i32>, revision: Revision) -> Result<Model> {
    let Revision { label, honorific } = revision;
    let id = work.kept::<Model>(id, expected).await?;
    let before = crate::by_id::<Entity>(work.connection(), id).await?;
    let after: Model = work
        .revise(id, expected, |row: &mut Model| {
            if let Some(label) = label {
                row.label = text("name", &label, 200)?;
                row.folded = fold(&row.label);
            }
            if let Some(honorific) = honorific {
                row.honorific = optional_text("honorific", honorific.as_deref(), 40)?;
            }
            Ok(())
        })
        .await?;
    if before.folded != after.folded {
        add_spelling(work, id, &before.label).await?;
    }
    Ok(after)
}

/// Which people.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Filter {
    /// Who hold or held a post in an organization of one of these states.
    pub state_ids: Option<Vec<Uuid>>,
    /// Who hold or held a post in one of these organizations.
    pub organization_ids: Option<Vec<Uuid>>,
    /// Whose name, in any spelling, holds this.
    pub text: Option<String>,
    /// What has to hold beside it.
    pub together: Together<Filter>,
}

/// The people that pass the filter.
pub fn select(filter: &Filter) -> Select<Entity> {
    Entity::find().filter(passes(filter))
}

fn passes(filter: &Filter) -> Condition {
    let Filter { state_ids, organization_ids, text, together } = filter;
    let mut own = Condition::all();
    if let Some(ids) = state_ids {
        own = own.add(Column::Id.in_subquery(holders(organization::Column::StateId.is_in(ids.iter().copied()))));
    }
    if let Some(ids) = organization_ids {
        own = own.add(Column::Id.in_subquery(holders(organization::Column::Id.is_in(ids.iter().copied()))));
    }
    if let Some(text) = text {
        let folded = fold(text);
        let named = record_name::of(Concept::Person).filter(record_name::Column::Folded.contains(&folded));
        let named = named.select_only().column(record_name::Column::RecordId).into_query();
        let any = Condition::any().add(Column::Folded.contains(&folded)).add(Column::Id.in_subquery(named));
        own = own.add(any);
    }
    together.beside(own, passes)
}

/// The people who hold or held a post in an organization that passes.
fn holders(passing: SimpleExpr) -> sea_orm::sea_query::SelectStatement {
    let mut holders = posts_with_holders();
    holders.column((appointment::Entity, appointment::Column::PersonId)).and_where(passing);
    holders
}

fn posts_with_holders() -> sea_orm::sea_query::SelectStatement {
    let mut joined = Query::select();
    joined
        .distinct()
        .from(appointment::Entity)
        .inner_join(
            post::Entity,
            Expr::col((post::Entity, post::Column::Id)).equals((appointment::Entity, appointment::Column::PostId)),
        )
        .inner_join(
            organization::Entity,
            Expr::col((organization::Entity, organization::Column::Id))
                .equals((post::Entity, post::Column::OrganizationId)),
        );
    joined
}

/// What people can be listed under.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Under {
    /// A state in an organization of which they hold or held a post.
    State,
    /// An organization in which they hold or held a post.
    Organization,
}

/// The people that pass the filter, and the column that tells under which record each stands.
pub fn select_under(under: Under, filter: &Filter) -> (Select<Entity>, ColumnRef) {
    let serving = Alias::new("serving");
    let whose = Alias::new("whose_id");
    let column = match under {
        Under::State => organization::Column::StateId,
        Under::Organization => organization::Column::Id,
    };
    let mut posts = posts_with_holders();
    posts
        .column((appointment::Entity, appointment::Column::PersonId))
        .expr_as(Expr::col((organization::Entity, column)), whose.clone());
    let mut select = select(filter);
    let same = Expr::col((serving.clone(), appointment::Column::PersonId)).equals((Entity, Column::Id));
    QueryTrait::query(&mut select).join_subquery(JoinType::InnerJoin, posts, serving.clone(), same);
    (select, (serving, whose).into_column_ref())
}

/// By name.
pub fn by_name() -> Vec<Key> {
    vec![Key::text(Column::Folded, Order::Asc)]
}

/// The people who bear one of these folded names, in any spelling.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn bearing(db: &impl ConnectionTrait, folded: &[String]) -> Result<Vec<Model>> {
    let named = record_name::of(Concept::Person)
        .filter(record_name::Column::Folded.is_in(folded.iter().cloned()))
        .select_only()
        .column(record_name::Column::RecordId)
        .into_query();
    let any =
        sea_orm::Condition::any().add(Column::Folded.is_in(folded.iter().cloned())).add(Column::Id.in_subquery(named));
    Ok(Entity::find().filter(any).all(db).await?)
}
