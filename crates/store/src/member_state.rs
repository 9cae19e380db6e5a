//! The states, as reference data: one row for each state of ISO 3166-1.

use sea_orm::{Condition, QuerySelect, QueryTrait, entity::prelude::*, sea_query::Order};
use serde::{Deserialize, Serialize};
use vocab::{Language, Standing};

use crate::{Code, Together, page::Key, standing, unit_of_work::recorded};

/// A state.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "member_state")]
pub struct Model {
    /// Identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// ISO 3166-1 alpha-3; unique.
    pub code: String,
    /// ISO 3166-1 alpha-2; unique.
    pub alpha2: String,
    /// Its name in English.
    pub name_en: String,
    /// Its name in French.
    pub name_fr: String,
    /// Its name in Arabic.
    pub name_ar: String,
    /// Counts the revisions.
    pub version: i32,
}

impl Model {
    /// Its name in a language.
    pub fn name(&self, language: Language) -> &str {
        match language {
            Language::En => &self.name_en,
            Language::Fr => &self.name_fr,
            Language::Ar => &self.name_ar,
        }
    }
}

/// Referred to by others alone.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

recorded!(MemberState);

/// Which states.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Filter {
    /// With one of these alpha-3 codes.
    pub codes: Option<Vec<String>>,
    /// With one of these standings in the host organization, by the latest statement.
    pub standings: Option<Vec<Standing>>,
    /// What has to hold beside it.
    pub together: Together<Filter>,
}

/// The states that pass the filter.
pub fn select(filter: &Filter) -> Select<Entity> {
    Entity::find().filter(passes(filter))
}

fn passes(filter: &Filter) -> Condition {
    let Filter { codes, standings, together } = filter;
    let mut own = Condition::all();
    if let Some(codes) = codes {
        own = own.add(Column::Code.is_in(codes.iter().map(|code| code.to_ascii_uppercase())));
    }
    if let Some(standings) = standings {
        let stated = |standing: Standing| {
            let ids = standing::latest_in_host().select_only().column(standing::Column::StateId);
            Column::Id.in_subquery(ids.filter(standing::Column::Standing.eq(Code(standing))).into_query())
        };
        let unstated = || {
            Column::Id.not_in_subquery(
                standing::latest_in_host().select_only().column(standing::Column::StateId).into_query(),
            )
        };
        let mut any = Condition::any();
        for standing in standings {
            any = any.add(if *standing == Standing::Unknown { unstated() } else { stated(*standing) });
        }
        own = own.add(any);
    }
    together.beside(own, passes)
}

/// An order of states.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OrderBy {
    /// By alpha-3 code.
    Code,
    /// By English name.
    Name,
}

impl OrderBy {
    /// The keys of this order.
    pub fn keys(self, order: Order) -> Vec<Key> {
        match self {
            Self::Code => vec![Key::text(Column::Code, order)],
            Self::Name => vec![Key::text(Column::NameEn, order)],
        }
    }
}

/// The state with this code of two or three letters.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn by_code(db: &impl ConnectionTrait, code: &str) -> crate::Result<Option<Model>> {
    let code = code.to_ascii_uppercase();
    let coded = sea_orm::Condition::any().add(Column::Code.eq(&*code)).add(Column::Alpha2.eq(&*code));
    Ok(Entity::find().filter(coded).one(db).await?)
}

/// The states with these alpha-3 codes.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn by_codes(db: &impl ConnectionTrait, codes: &[String]) -> crate::Result<Vec<Model>> {
    Ok(Entity::find().filter(Column::Code.is_in(codes.iter().cloned())).all(db).await?)
}

/// Every state by its alpha-3 code.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn all_by_code(db: &impl ConnectionTrait) -> crate::Result<std::collections::HashMap<String, Model>> {
    Ok(Entity::find().all(db).await?.into_iter().map(|state| (state.code.clone(), state)).collect())
}
