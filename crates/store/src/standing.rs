//! Dated statements of how a state stands in an organization. Sources disagree, so each statement keeps its own.

use sea_orm::{
    QuerySelect, QueryTrait,
    entity::prelude::*,
    sea_query::{Alias, Expr, ExprTrait, Func, Query},
};
use serde::{Deserialize, Serialize};
use vocab::{DatePrecision, Standing};

use crate::{
    Code, Result, UnitOfWork,
    error::{optional_text, text},
    organization,
    unit_of_work::recorded,
};

/// A statement.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "standing")]
pub struct Model {
    /// Identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The state.
    pub state_id: Uuid,
    /// The organization it stands in.
    pub organization_id: Uuid,
    /// How it stands.
    pub standing: Code<Standing>,
    /// The day the source speaks of, the first of its period; none where the source is undated.
    pub stated_on: Option<Date>,
    /// How much of that day is known.
    pub stated_on_precision: Option<Code<DatePrecision>>,
    /// The source.
    pub source: String,
    /// Whether the source itself was read and says so.
    pub verified: bool,
    /// What else there is to say.
    pub note: Option<String>,
}

/// To its state and its organization.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

recorded!(Standing, fixed);

/// A new statement.
#[derive(Debug, Clone)]
pub struct Draft {
    /// The state.
    pub state_id: Uuid,
    /// The organization.
    pub organization_id: Uuid,
    /// How it stands.
    pub standing: Standing,
    /// Since or as of when.
    pub on: Option<vocab::PartialDate>,
    /// The source.
    pub source: String,
    /// Whether the source was read.
    pub verified: bool,
    /// What else there is to say.
    pub note: Option<String>,
}

/// Keeps a new statement.
///
/// # Errors
/// [`crate::Error::Invalid`] without a source; [`crate::Error::Database`].
pub async fn create(work: &mut UnitOfWork, draft: Draft) -> Result<Model> {
    let Draft { state_id, organization_id, standing, on, source, verified, note } = draft;
    let row = Model {
        id: work.fresh_id(),
        state_id,
        organization_id,
        standing: standing.into(),
        stated_on: on.map(|date| date.first_day()),
        stated_on_precision: on.map(|date| date.precision().into()),
        source: text("source", &source, 500)?,
        verified,
        note: optional_text("note", note.as_deref(), 2_000)?,
    };
    work.insert(row).await
}

/// The statements about the host organization.
pub fn in_host() -> Select<Entity> {
    let host = organization::Entity::find().select_only().column(organization::Column::Id);
    let host = host.filter(organization::Column::IsHost.eq(true)).into_query();
    Entity::find().filter(Column::OrganizationId.in_subquery(host))
}

/// Of the statements about the host organization, the latest of each state.
pub fn latest_in_host() -> Select<Entity> {
    let later = Alias::new("later");
    let undated = Date::from_ymd_opt(1, 1, 1).unwrap_or_default();
    let day =
        |table: &Alias| Expr::expr(Func::coalesce([Expr::col((table.clone(), Column::StatedOn)), Expr::val(undated)]));
    let here = Alias::new("standing");
    let mut newer = Query::select();
    newer
        .expr(Expr::val(1))
        .from_as(Entity, later.clone())
        .and_where(Expr::col((later.clone(), Column::StateId)).equals((here.clone(), Column::StateId)))
        .and_where(Expr::col((later.clone(), Column::OrganizationId)).equals((here.clone(), Column::OrganizationId)))
        .cond_where(
            sea_orm::Condition::any().add(day(&later).gt(day(&here))).add(
                sea_orm::Condition::all()
                    .add(day(&later).eq(day(&here)))
                    .add(Expr::col((later, Column::Id)).gt(Expr::col((here, Column::Id)))),
            ),
        );
    in_host().filter(Expr::exists(newer).not())
}

/// How a state stands on a day, by statements in any order: the latest that does not lie behind the day; where all
/// are undated or later, the undated one.
pub fn on(statements: &[Model], day: Date) -> Standing {
    let known = statements.iter().filter(|s| s.stated_on.is_none_or(|on| on <= day));
    known.max_by_key(|s| (s.stated_on, s.id)).map_or(Standing::Unknown, |s| s.standing.0)
}
